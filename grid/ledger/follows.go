package ledger

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// FollowsWrite replaces what somebody follows, if it is still at its Version. It is personal data, sealed, and no dossier: Data
// nil leaves nothing of it.
type FollowsWrite struct {
	Person  grid.PersonID
	Version int64 // as it was read; 0: there was none
	Data    []byte
	Until   time.Time // when it ends by itself

	Place   float64  // on every list of followers
	On, Off []string // lists of followers
}

// Followed is what somebody follows as the store has it.
type Followed struct {
	Person  grid.PersonID
	Version int64
	Data    []byte
}

// Tally is what became of the messages of one kind that went to many: how many were queued, and by outcome.
type Tally map[Outcome]int64

// Queued is counted in a tally when a message is put into the outbox.
const Queued Outcome = "queued"
