package ledger

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Entry is an update that was received and not dealt with yet.
type Entry struct {
	ID      EntryID
	Update  int64 // Telegram's update id; 0 for what the program tells itself
	Data    []byte
	Arrived time.Time
	Tries   int // how often it failed
}

// Turn is what every turn of a conversation needs, read at once.
type Turn struct {
	Person      *Person // nil for a stranger
	Talk        []byte  // nil when there is no conversation
	TalkVersion int64
	Roster      *grid.Roster
}

// QueueCount is how many cases stand in a worklist, and how many of them are past their limit.
type QueueCount struct {
	Open int
	Late int
}
