package ledger

import "github.com/gridwarden/gridwarden/grid"

// ErrConflict means that a case, a conversation or the roster is no longer what the change was made from: somebody was
// faster. Read again and decide again. Ask with errors.Is.
var ErrConflict error = &grid.Error{Code: grid.Conflict, Key: "error.conflict"}

// Receipt is what became of a Change.
type Receipt struct {
	Done    bool              // it was dealt with before, by whomever: nothing was changed and nothing will be said
	Numbers map[string]string // the numbers that were claimed, by their markers
}
