package casework

import (
	"maps"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Dispute is an open objection: "not my cell", or "not my department". The clocks go on meanwhile.
type Dispute struct {
	By         grid.OfficerID  `json:"b"`
	Reason     string          `json:"r"`          // one of ObjectionReasons
	Target     grid.CellCode   `json:"t,omitzero"` // whose it is instead: a cell …
	Department grid.Department `json:"p,omitzero"` // … or a department that should lead
	Of         grid.Department `json:"o,omitzero"` // the lead department in whose name it was raised
	At         time.Time       `json:"a"`
	Superior   grid.CellCode   `json:"s,omitzero"` // the common superior who must decide, after too many moves
}

// OtherDepartment is the reason that names a department and not a cell.
const OtherDepartment = "other_department"

// ObjectionReasons lists why somebody may say "not mine", in the order in which they are shown: the place lies in another
// cell, what was reported is not there, another level has to see to it, another department has.
func ObjectionReasons() []string {
	return []string{"boundary", "not_found", "other_level", OtherDepartment}
}

// MayObject tells why nobody can say "not mine" of the case any more: Conflict once the common superior decided, Expired after the
// time for objecting. Whoever it is asked for, before they are asked for reasons.
func (w *Work) MayObject(c Case, now time.Time) error {
	switch {
	case c.Decided:
		return grid.Fail(grid.Conflict, "error.case.decided")
	case w.objectionOver(&c, now):
		return grid.Fail(grid.Expired, "error.case.objection_late", "limit", w.Rules.Objection.String())
	}
	return nil
}

// dispute objects, within the time for objecting (信访工作条例 Art 23: 5 working days) and not any more once the common
// superior decided. After too many moves it is the common superior's to decide (Art 24), not the desk's.
func (w *Work) dispute(c *Case, act Act, roster *grid.Roster, now time.Time) error {
	d := &Dispute{By: act.Officer, Reason: act.Reason, At: now, Of: leadOf(c, act.Officer, roster, now)}
	if err := w.MayObject(*c, now); err != nil {
		return err
	}
	switch {
	case !slices.Contains(ObjectionReasons(), act.Reason):
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	case act.Reason == OtherDepartment && act.Department != "":
		if act.Department == c.Lead {
			return grid.Fail(grid.Invalid, "error.case.no_department")
		}
		d.Department = act.Department
	case !w.known(act.Cell) || act.Cell == c.Cell:
		return grid.Fail(grid.Invalid, "error.case.target", "cell", string(act.Cell))
	default:
		d.Target = act.Cell
	}
	d.Superior = w.mustDecide(c, d)
	c.Dispute = d
	return nil
}

// leadOf is the lead department in whose name the officer speaks; none for those of the cell.
func leadOf(c *Case, id grid.OfficerID, roster *grid.Roster, now time.Time) grid.Department {
	if o, ok := roster.Officer(id); ok && clerkOf(o, c.Lead, now) {
		return c.Lead
	}
	return ""
}

// mustDecide is the common superior of those who dispute a case that was moved too often; nobody before. Above departments
// there is the district.
func (w *Work) mustDecide(c *Case, d *Dispute) grid.CellCode {
	switch {
	case w.Rules.MaxBounces <= 0 || c.Bounces < w.Rules.MaxBounces:
		return ""
	case d.Department != "" || d.Of != "":
		return w.Tree.Root().Code
	}
	return w.Superior(c.Cell, d.Target)
}

// arrive remembers when the case reached those who have it.
func (c *Case) arrive(now time.Time) {
	if c.Came.IsZero() {
		c.Came = now
	}
}

// objectionOver tells whether the time to object has run out. It counts from when the case came to those who have it now.
func (w *Work) objectionOver(c *Case, now time.Time) bool {
	return !c.Came.IsZero() && w.Rules.Objection.Valid() && w.Calendar.Deadline(c.Came, w.Rules.Objection).Late(now)
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

// reassign moves the case to another cell, or to another lead department; every clock goes on, and whoever worked on it
// works on it no longer. What was decided about an objection by the common superior stays decided.
func (w *Work) reassign(c *Case, act Act, now time.Time) error {
	before := holder{c.Cell, c.Lead}
	switch {
	case act.Lead != "":
		if c.Undecided() {
			return grid.Fail(grid.Conflict, "error.case.no_department")
		}
		w.setLead(c, act.Lead, now)
	case !w.known(act.Cell):
		return grid.Fail(grid.Invalid, "error.case.target", "cell", string(act.Cell))
	default:
		c.Cell, c.Away = act.Cell, ""
	}
	d := c.Dispute
	if d != nil && d.Of != "" && c.Cell != before.cell {
		c.Lead = "" // the department said that it is a cell's
	}
	moved := before != holder{c.Cell, c.Lead}
	if d != nil {
		c.Decided = d.Superior != ""
	}
	if d != nil && moved {
		c.Bounces++
	}
	c.Handler, c.Dispute = "", nil
	if moved {
		c.Raised, c.Came = "", time.Time{}
		if c.Reopened > 0 {
			w.raise(c)
		}
	}
	return nil
}

// holder is who has a case: a cell and, where there is one, a department in the lead.
type holder struct {
	cell grid.CellCode
	lead grid.Department
}

// moveNote is what the history says of a move beside where to: from whom, which objection it answers, and whether the common
// superior decided. It is written down with the event, so that the history needs no other to be read.
func (a *Act) moveNote(c *Case) {
	if a.Action != Reassign && a.Action != NotMine {
		return
	}
	note := map[string]string{"from": string(c.Cell)}
	maps.Copy(note, a.Note)
	if c.Lead != "" {
		note["from_lead"] = string(c.Lead)
	}
	if d := c.Dispute; d != nil && a.Action == Reassign {
		note["reason"], note["wanted"] = d.Reason, string(d.Target)
		if d.Department != "" {
			note["wanted"] = string(d.Department)
		}
		if d.Superior != "" {
			note["superior"] = string(d.Superior)
		}
	}
	a.Note = note
}
