package meeting

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Decision is what a meeting decided: a task with an owner and a day, once the minutes are out.
type Decision struct {
	Words    string         `json:"w"`
	Owner    Unit           `json:"o"`
	Due      calendar.Date  `json:"due,omitzero"` // the last day
	Report   string         `json:"r,omitempty"`  // what the owner says was done
	By       grid.OfficerID `json:"b,omitempty"`
	Done     time.Time      `json:"d,omitzero"` // reported
	Accepted time.Time      `json:"a,omitzero"`
	Returned string         `json:"re,omitempty"` // why the last report did not suffice
	Stages   int            `json:"s,omitempty"`  // reminders that are over
}

// Complete tells whether it is known whose the decision is and until when.
func (d Decision) Complete() bool { return d.Owner != (Unit{}) && d.Due != (calendar.Date{}) }

// Open tells whether the owner has to do something.
func (d Decision) Open() bool { return d.Done.IsZero() }

// Late tells whether the last day is over on that day, and nothing was reported by then.
func (d Decision) Late(today calendar.Date) bool { return d.Open() && today.Compare(d.Due) > 0 }

// decided is effect for decisions.
func (m *Meeting) decided(a Act, e *Event, now time.Time) error {
	if a.Action == Decide {
		if a.Words == "" {
			return grid.Fail(grid.Invalid, "error.meeting.no_words")
		}
		m.Decisions = append(m.Decisions, Decision{Words: a.Words})
		e.Point = len(m.Decisions)
		return nil
	}
	if a.Action == Minute {
		return m.minute(now)
	}
	if a.Index < 0 || a.Index >= len(m.Decisions) {
		return errGone()
	}
	d := &m.Decisions[a.Index]
	e.Point = a.Index + 1
	switch a.Action {
	case Undecide:
		e.Words = d.Words
		m.Decisions = append(m.Decisions[:a.Index:a.Index], m.Decisions[a.Index+1:]...)
	case Assign:
		d.Owner, e.Unit = a.Unit, &a.Unit
	case Fix:
		if a.Day.Compare(calendar.DateOf(now)) < 0 {
			return grid.Fail(grid.Invalid, "error.meeting.day_past")
		}
		d.Due, e.Day = a.Day, &a.Day
	default:
		return m.pursue(d, a, now)
	}
	return nil
}

// minute closes the list of decisions: from then on they are tasks.
func (m *Meeting) minute(now time.Time) error {
	if len(m.Decisions) == 0 {
		return grid.Fail(grid.Invalid, "error.meeting.no_decisions")
	}
	for _, d := range m.Decisions {
		if !d.Complete() {
			return grid.Fail(grid.Invalid, "error.meeting.incomplete")
		}
	}
	m.State, m.Minuted = Minuted, now
	return nil
}

// pursue takes what the owner reports, and what the supervisor finds of it. When all decisions are done the meeting is over.
func (m *Meeting) pursue(d *Decision, a Act, now time.Time) error {
	switch a.Action {
	case ReportDone:
		if !d.Open() {
			return grid.Fail(grid.Conflict, "error.meeting.reported")
		}
		d.Done, d.Report, d.By, d.Returned = now, a.Words, a.By, ""
	case AcceptDone:
		if d.Open() || !d.Accepted.IsZero() {
			return grid.Fail(grid.Conflict, "error.meeting.state")
		}
		d.Accepted = now
		for _, other := range m.Decisions {
			if other.Accepted.IsZero() {
				return nil
			}
		}
		m.State = Over
	case ReturnDone:
		if d.Open() || !d.Accepted.IsZero() {
			return grid.Fail(grid.Conflict, "error.meeting.state")
		}
		d.Done, d.Returned = time.Time{}, a.Words
	default:
		return errGone()
	}
	if a.Action != AcceptDone && a.Words == "" {
		return grid.Fail(grid.Invalid, "error.meeting.no_words")
	}
	return nil
}
