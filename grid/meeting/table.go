package meeting

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Action is something that can be done to a meeting.
type Action string

// The actions.
const (
	Begin       Action = "begin"
	AddPoint    Action = "add_point"
	DropPoint   Action = "drop_point"
	Set         Action = "set"    // day, hour and place
	Invite      Action = "invite" // the invitations go out
	Reply       Action = "reply"  // a unit answers
	Drop        Action = "drop"   // it does not take place
	Decide      Action = "decide" // a decision is written down
	Undecide    Action = "undecide"
	Assign      Action = "assign" // and whose it is
	Fix         Action = "fix"    // and until when
	Minute      Action = "minute"
	ReportDone  Action = "report_done" // the owner reports a decision as done
	AcceptDone  Action = "accept_done"
	ReturnDone  Action = "return_done"
	RemindGuest Action = "remind"
	RemindOwner Action = "remind_owner"
)

// table says in which states a meeting allows what. Decisions are written down when the invitations are out: some meetings know
// beforehand what they will decide.
var table = map[Action][]State{
	AddPoint:   {Drafting},
	DropPoint:  {Drafting},
	Set:        {Drafting},
	Invite:     {Drafting},
	Reply:      {Called},
	Drop:       {Drafting, Called},
	Decide:     {Called},
	Undecide:   {Called},
	Assign:     {Called},
	Fix:        {Called},
	Minute:     {Called},
	ReportDone: {Minuted},
	AcceptDone: {Minuted},
	ReturnDone: {Minuted},
}

// Allows tells whether that may be done to the meeting as it is: Conflict when not.
func (m Meeting) Allows(a Action) error {
	if !slices.Contains(table[a], m.State) {
		return grid.Fail(grid.Conflict, "error.meeting.state")
	}
	return nil
}

// Act is something that somebody wants to do. Whether they may is asked by whoever calls Apply: the convener and other
// supervisors do everything but answer for a unit.
type Act struct {
	Action Action
	By     grid.OfficerID
	Via    string
	Index  int       // of the point, the guest or the decision, counted from 0
	Words  string    // of a point, a reply, a decision, a report, a reason; the place
	When   time.Time // Set
	Answer Answer    // Reply
	Unit   Unit      // Assign
	Units  []Guest   // Invite
	Day    calendar.Date
}

// Apply does act to the meeting at now and returns it as it is then, with the event for its history.
func (m Meeting) Apply(a Act, now time.Time) (Meeting, Event, error) {
	if err := m.Allows(a.Action); err != nil {
		return m, Event{}, err
	}
	before := m
	m.Points, m.Guests, m.Decisions = slices.Clone(m.Points), slices.Clone(m.Guests), slices.Clone(m.Decisions)
	e := Event{At: now, By: a.By, Via: a.Via, Did: a.Action, Words: a.Words}
	if err := m.effect(a, &e, now); err != nil {
		return before, Event{}, err
	}
	return m, e, nil
}

// effect changes the meeting as the action says.
func (m *Meeting) effect(a Act, e *Event, now time.Time) error {
	switch a.Action {
	case AddPoint:
		m.Points = append(m.Points, Point{Source: Own, Title: a.Words})
		e.Point = len(m.Points)
	case DropPoint:
		if a.Index < 0 || a.Index >= len(m.Points) {
			return errGone()
		}
		e.Point, e.Words = a.Index+1, m.Points[a.Index].Title
		m.Points = slices.Delete(m.Points, a.Index, a.Index+1)
	case Set:
		if a.When.IsZero() {
			m.Place = a.Words
			break
		}
		m.When = a.When
	case Invite:
		return m.invite(a, now)
	case Reply:
		return m.reply(a, e, now)
	case Drop:
		m.State = Dropped
	default:
		return m.decided(a, e, now)
	}
	return nil
}

func errGone() error { return grid.Fail(grid.NotFound, "error.meeting.gone") }

// invite sends the invitations out.
func (m *Meeting) invite(a Act, now time.Time) error {
	switch {
	case len(m.Points) == 0:
		return grid.Fail(grid.Invalid, "error.meeting.no_points")
	case m.When.IsZero() || m.Place == "":
		return grid.Fail(grid.Invalid, "error.meeting.no_when")
	case !m.When.After(now):
		return grid.Fail(grid.Invalid, "moment.past")
	case len(a.Units) == 0:
		return grid.Fail(grid.Invalid, "error.meeting.no_guests")
	}
	m.Guests, m.State = a.Units, Called
	return nil
}

// reply takes what a unit says. It may think again until the minutes are out.
func (m *Meeting) reply(a Act, e *Event, now time.Time) error {
	if a.Index < 0 || a.Index >= len(m.Guests) {
		return grid.Fail(grid.Forbidden, "error.meeting.not_invited")
	}
	if a.Answer != Comes && a.Words == "" {
		return grid.Fail(grid.Invalid, "error.meeting.no_words")
	}
	g := &m.Guests[a.Index]
	g.Answer, g.Words, g.By, g.At = a.Answer, a.Words, a.By, now
	u := g.Unit
	e.Unit = &u
	e.Words = string(a.Answer) + " " + a.Words
	return nil
}
