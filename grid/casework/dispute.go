package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Dispute is an open objection: "not my cell". The clocks go on meanwhile.
type Dispute struct {
	By       grid.OfficerID `json:"b"`
	Reason   string         `json:"r"` // a code: boundary, not_found, other_level, other_department
	Target   grid.CellCode  `json:"t"` // whose it is instead
	At       time.Time      `json:"a"`
	Superior grid.CellCode  `json:"s,omitzero"` // the common superior who must decide, after too many moves
}

// dispute objects, within the time for objecting (信访工作条例 Art 23: 5 working days) and not any more once the common
// superior decided. After too many moves it is the common superior's to decide (Art 24), not the desk's.
func (w *Work) dispute(c *Case, act Act, now time.Time) error {
	switch {
	case c.Decided:
		return grid.Fail(grid.Conflict, "error.case.decided")
	case !w.known(act.Cell) || act.Cell == c.Cell:
		return grid.Fail(grid.Invalid, "error.case.target", "cell", string(act.Cell))
	case act.Reason == "":
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	case w.objectionOver(c, now):
		return grid.Fail(grid.Expired, "error.case.objection_late", "limit", w.Rules.Objection.String())
	}
	d := &Dispute{By: act.Officer, Reason: act.Reason, Target: act.Cell, At: now}
	if w.Rules.MaxBounces > 0 && c.Bounces >= w.Rules.MaxBounces {
		d.Superior = w.Superior(c.Cell, act.Cell)
	}
	c.Dispute = d
	return nil
}

// objectionOver tells whether the time to object has run out. It counts from when the case came to the cell.
func (w *Work) objectionOver(c *Case, now time.Time) bool {
	k, ok := c.Clock(StartClock)
	return ok && w.Rules.Objection.Valid() && w.Calendar.Deadline(k.Started, w.Rules.Objection).Late(now)
}

// Superior is the lowest cell above both.
func (w *Work) Superior(a, b grid.CellCode) grid.CellCode {
	up := w.Tree.Path(a)
	for _, c := range slices.Backward(up) {
		if c.Code != a && c.Code != b && w.Tree.Within(b, c.Code) {
			return c.Code
		}
	}
	return w.Tree.Root().Code
}

// reassign moves the case; every clock goes on, and whoever worked on it works on it no longer. What was decided about an
// objection by the common superior stays decided.
func (w *Work) reassign(c *Case, act Act) error {
	if !w.known(act.Cell) {
		return grid.Fail(grid.Invalid, "error.case.target", "cell", string(act.Cell))
	}
	if c.Dispute != nil {
		c.Decided = c.Dispute.Superior != ""
		if act.Cell != c.Cell {
			c.Bounces++
		}
	}
	moved := act.Cell != c.Cell
	c.Cell, c.Handler, c.Dispute, c.Away = act.Cell, "", nil, ""
	if moved {
		c.Raised = ""
		if c.Reopened > 0 {
			w.raise(c)
		}
	}
	return nil
}
