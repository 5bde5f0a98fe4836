package casework

import "github.com/gridwarden/gridwarden/grid"

// Queue names a worklist: all cases that wait for the same kind of people, ordered by limit.
type Queue string

// The queues of the desk. The queue of a cell is CellQueue.
const (
	DecideQueue  Queue = "decide"  // to accept or refuse
	ReviewQueue  Queue = "review"  // results to approve
	DisputeQueue Queue = "dispute" // "not my cell"
)

// CellQueue is the worklist of one cell: open cases that it has to work on.
func CellQueue(cell grid.CellCode) Queue { return Queue("cell/" + string(cell)) }

// Queues lists the worklists in which the case stands now.
func (c *Case) Queues() []Queue {
	var out []Queue
	switch c.State {
	case Registered, OutOfArea:
		out = append(out, DecideQueue)
	case Accepted, Handling:
		out = append(out, CellQueue(c.Cell))
	case HandedIn:
		out = append(out, CellQueue(c.Cell), ReviewQueue)
	default: // nobody has to do anything
	}
	if c.Dispute != nil && c.State.Open() {
		out = append(out, DisputeQueue)
	}
	return out
}
