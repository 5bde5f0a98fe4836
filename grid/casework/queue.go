package casework

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
)

// Queue names a worklist: all cases that wait for the same kind of people, ordered by limit.
type Queue string

// The queues of the desk and of supervisors. The queue of a cell is CellQueue, that of a department DepartmentQueue.
const (
	DecideQueue    Queue = "decide"    // to accept or refuse
	AskedQueue     Queue = "asked"     // the reporter was asked for what is missing
	ReviewQueue    Queue = "review"    // results to approve
	DisputeQueue   Queue = "dispute"   // "not my cell", "not my department"
	ExtensionQueue Queue = "extension" // more time was asked for
	ConfirmQueue   Queue = "confirm"   // answered: the reporter has the word
	SpotQueue      Queue = "spot"      // to be looked at again
	RecheckQueue   Queue = "recheck"   // review and re-review
	NoticeQueue    Queue = "notice"    // what the public would read, to be approved
	IncidentQueue  Queue = "incident"  // alarms and incidents that stand
	BulletinQueue  Queue = "bulletin"  // the next bulletin names them, whether or not they are over meanwhile
	RewardQueue    Queue = "reward"    // rewards to approve
	PayQueue       Queue = "pay"       // rewards that wait for the reporter
)

// DistrictQueues lists the queues that are not of one cell or department, in the order in which people are shown them.
func DistrictQueues() []Queue {
	return []Queue{DecideQueue, ReviewQueue, DisputeQueue, ExtensionQueue, AskedQueue, SpotQueue, RecheckQueue, ConfirmQueue, NoticeQueue, IncidentQueue, RewardQueue, PayQueue}
}

// CellQueue is the worklist of one cell: open cases that its people have to work on.
func CellQueue(cell grid.CellCode) Queue { return Queue("cell/" + string(cell)) }

// DepartmentQueue is the worklist of one department: cases that wait for its answer.
func DepartmentQueue(d grid.Department) Queue { return Queue("department/" + string(d)) }

// MatterQueue is not worked off: it finds what was accepted and is not closed, by the code of a category or kind. The measures
// of the district's plan are told on by it; which codes are a measure's is data, so the case itself does not know.
func MatterQueue(code string) Queue { return Queue("matter/" + code) }

// Tells tells whether the case speaks of how the matter stands: it was accepted and is not closed.
func (c *Case) Tells() bool { return c.State.Open() && !c.Undecided() && c.State != Alarm }

// Queues lists the worklists in which the case stands now.
//
//nolint:cyclop // a flat list, one line for each
func (c *Case) Queues() []Queue {
	var out []Queue
	switch c.State {
	case Alarm, Registered, OutOfArea:
		out = append(out, DecideQueue)
	case Asked:
		out = append(out, AskedQueue)
	case Accepted, Handling:
		out = append(out, CellQueue(c.Seat()))
	case HandedIn:
		out = append(out, CellQueue(c.Seat()), ReviewQueue)
	case Answered:
		out = append(out, ConfirmQueue)
	case SpotCheck:
		out = append(out, SpotQueue)
	case Reviewing:
		out = append(out, RecheckQueue)
	default: // nobody has to do anything
	}
	if c.Notice != nil && c.Notice.Approved == "" {
		out = append(out, NoticeQueue)
	}
	if c.Uncirculated() > 0 {
		out = append(out, BulletinQueue)
	}
	switch {
	case c.told() && c.Reward.is(RewardProposed):
		out = append(out, RewardQueue)
	case c.told() && c.Reward.Waits():
		out = append(out, PayQueue)
	}
	if c.Tells() {
		for _, code := range slices.Concat(c.Categories, c.Kinds) {
			out = append(out, MatterQueue(code))
		}
	}
	if !c.State.Underway() {
		return out
	}
	return append(out, c.matters()...)
}

// matters lists the worklists in which a case stands for something that is to be decided beside its state.
func (c *Case) matters() []Queue {
	waiting := c.Waiting()
	out := make([]Queue, 0, len(waiting)+1)
	if c.Incident.Stands() {
		out = append(out, IncidentQueue)
	}
	if c.Dispute != nil || slices.ContainsFunc(c.Tasks, func(t Task) bool { return t.Declined != "" }) {
		out = append(out, DisputeQueue)
	}
	if c.Extension != nil {
		out = append(out, ExtensionQueue)
	}
	for _, d := range waiting {
		out = append(out, DepartmentQueue(d))
	}
	if c.Lead != "" && c.State != HandedIn {
		out = append(out, DepartmentQueue(c.Lead))
	}
	return out
}
