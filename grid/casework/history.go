package casework

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Event is one entry of a case's history. Hash covers the event, Prev, which is the hash of the event before it, and Doc,
// the hash of the case, so that neither can be altered unseen.
type Event struct {
	Case    CaseID            `json:"c"`
	Seq     int               `json:"n"`
	At      time.Time         `json:"a"` // of the act: when the person's message was written
	Arrived time.Time         `json:"r"` // when it reached us
	Action  Action            `json:"x"`
	By      string            `json:"b"` // an officer's ID, "reporter", "follower" or "system"
	From    State             `json:"f,omitzero"`
	To      State             `json:"t"`
	Via     string            `json:"v,omitzero"` // the way it came: update/123 of Telegram's, job/deadlines; never a person
	Note    map[string]string `json:"m,omitempty"`
	Doc     string            `json:"d"` // Sum of the case's Matter as the event left it
	Prev    string            `json:"p,omitzero"`
	Hash    string            `json:"h,omitzero"`
}

// record gives the event its place in the case's history, links it to the one before and to the case as the event
// leaves it. Nothing of the matter may change after that: what changes a case is an event.
func (c *Case) record(e *Event) {
	if e.Action.Told() || e.Note["point"] != "" {
		c.Told = e.Arrived
	}
	c.Events++
	e.Case, e.Seq, e.Prev = c.ID, c.Events, c.Head
	e.Doc = Sum(c.Matter())
	e.Hash = Sum(e.Hashed())
	c.Head = e.Hash
}

// Sum is a SHA-256 as the histories write it: base64url without padding.
func Sum(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Hashed is the event as one line of JSON, without its hash: the very bytes whose Sum is the hash.
func (e Event) Hashed() []byte {
	e.Hash = ""
	return mustJSON(e)
}

// Matter is the case as one line of JSON: the very bytes whose Sum the last event names as Doc. Who reported stands in it as
// a hash, so that the matter can be shown and checked without them. Left out are the numbers, those of letters too, which
// the store gives when it commits, the clocks, which follow the calendar, and the chain itself.
func (c Case) Matter() []byte {
	return mustJSON(matter{Case: &c, Letters: unnumbered(c.Letters), People: Sum(mustJSON(people{c.Reporter, c.Followers, c.Code}))})
}

type matter struct {
	*Case

	Number    struct{} `json:"n,omitzero"` // what stands here hides the field of the same name
	CaseNo    struct{} `json:"cn,omitzero"`
	Code      struct{} `json:"q,omitzero"`
	Reporter  struct{} `json:"p,omitzero"`
	Followers struct{} `json:"f,omitzero"`
	Clocks    struct{} `json:"cl,omitzero"`
	Events    struct{} `json:"ev,omitzero"`
	Head      struct{} `json:"hd,omitzero"`
	Told      struct{} `json:"td,omitzero"` // follows from the events
	Letters   []Letter `json:"le,omitempty"`
	People    string   `json:"people"`
}

type people struct {
	Reporter  grid.PersonID   `json:"p"`
	Followers []grid.PersonID `json:"f,omitempty"`
	Code      string          `json:"q"`
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil { // cases and events hold only strings, numbers and times within year 9999
		panic(err)
	}
	return b
}

// Damage is what is wrong with a history.
type Damage string

// The kinds of damage.
const (
	Altered  Damage = "altered"  // an event was altered or moved, or one before it was taken out
	Missing  Damage = "missing"  // events are missing from here on
	Extra    Damage = "extra"    // there are more events than the case counts
	Tail     Damage = "tail"     // the last event is not the one that the case names
	Document Damage = "document" // the case says something else than its last event left
)

// ChainError is where a history breaks.
type ChainError struct {
	Case  CaseID
	Event int // the first that is wrong
	What  Damage
}

func (f *ChainError) Error() string {
	return fmt.Sprintf("case %s: event %d: %s", f.Case, f.Event, f.What)
}

// Verify checks that the events are the whole history of the case, in order and unaltered, and that the case is what
// they left. The error is a *ChainError and names the first entry that is wrong.
func Verify(c Case, events []Event) error {
	last, what := chain(c.ID, events)
	switch {
	case what != "":
		return &ChainError{Case: c.ID, Event: last + 1, What: what}
	case last < c.Events:
		return &ChainError{Case: c.ID, Event: last + 1, What: Missing}
	case last > c.Events:
		return &ChainError{Case: c.ID, Event: c.Events + 1, What: Extra}
	case last == 0:
		return nil
	case events[last-1].Hash != c.Head:
		return &ChainError{Case: c.ID, Event: last, What: Tail}
	case events[last-1].Doc != Sum(c.Matter()):
		return &ChainError{Case: c.ID, Event: last, What: Document}
	}
	return nil
}

// chain tells how many events from the first on are in order, and what is wrong with the one after them.
func chain(id CaseID, events []Event) (int, Damage) {
	prev := ""
	for i, e := range events {
		if e.Case != id || e.Seq != i+1 || e.Prev != prev || e.Hash != Sum(e.Hashed()) {
			return i, Altered
		}
		prev = e.Hash
	}
	return len(events), ""
}
