package meeting

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Kind is the kind of a meeting's dossier (ledger.DossierKind).
const Kind = "meeting"

// Series is that of the numbers of minutes (会议纪要).
const Series casework.Series = "minutes"

// The shelves on which meetings stand, in milliseconds: Open by when they were begun, as long as something is to be done; Due by
// the next reminder.
const (
	Open = "open"
	Due  = "due"
)

// State is how far a meeting is.
type State string

// The states.
const (
	Drafting State = "drafting" // the agenda is being made
	Called   State = "called"   // the invitations are out
	Minuted  State = "minuted"  // the minutes are out: the decisions are tasks
	Over     State = "over"     // all of them are done
	Dropped  State = "dropped"  // it does not take place
)

// Meeting is one joint meeting.
type Meeting struct {
	ID        string         `json:"id"`
	By        grid.OfficerID `json:"by"` // the convener
	State     State          `json:"state"`
	Begun     time.Time      `json:"begun"`
	Points    []Point        `json:"points"`
	When      time.Time      `json:"when,omitzero"`
	Place     string         `json:"place,omitempty"`
	Guests    []Guest        `json:"guests,omitempty"`
	Reminded  bool           `json:"reminded,omitempty"` // of the meeting
	Decisions []Decision     `json:"decisions,omitempty"`
	No        string         `json:"no,omitempty"` // of the minutes
	Minuted   time.Time      `json:"minuted,omitzero"`
	Board     int            `json:"board,omitempty"` // the message on the convener's phone that shows who comes
}

// Source is why something stands on the agenda.
type Source string

// The sources of points, in the order in which they stand.
const (
	Late      Source = "late"      // a milestone of the plan that is past its day
	Contested Source = "contested" // one that is said to be done, while cases speak against it
	Dispute   Source = "dispute"   // a case of which nobody wants to be the owner
	Overdue   Source = "overdue"   // a case that is long past its limit
	Own       Source = "own"       // put there by hand
)

// Sources lists them in that order.
func Sources() []Source { return []Source{Late, Contested, Dispute, Overdue, Own} }

// Point is a point of the agenda (议题). Of a case it says its number and place, never the words of a report.
type Point struct {
	Source Source          `json:"s"`
	Ref    string          `json:"r,omitempty"` // the milestone's ID, or the case's number
	Title  string          `json:"t"`
	Lead   grid.Department `json:"l,omitempty"` // whose matter it is
	Cell   grid.CellCode   `json:"c,omitempty"` // of a case: its township
	Days   int             `json:"d,omitempty"` // late
	Cases  int             `json:"n,omitempty"` // open ones that speak against it
}

// Unit is who is invited, or has to do something: a department, or a township by its chief, or one officer.
type Unit struct {
	Department grid.Department `json:"d,omitempty"`
	Cell       grid.CellCode   `json:"c,omitempty"`
	Officer    grid.OfficerID  `json:"o,omitempty"`
}

// Officers are the people of a unit at that moment: the clerks of the department, the chiefs of the township, the officer; or
// who stands in for them.
func (u Unit) Officers(t *grid.Tree, r *grid.Roster, at time.Time) []grid.Officer {
	switch {
	case u.Department != "":
		return casework.Clerks(r, u.Department, at)
	case u.Cell != "":
		var out []grid.Officer
		for _, o := range r.Holders(grid.Chief, u.Cell, at) {
			if who, ok := r.StandIn(o, at); ok && !slices.ContainsFunc(out, func(x grid.Officer) bool { return x.ID == who.ID }) {
				out = append(out, who)
			}
		}
		return out
	}
	o, ok := r.Officer(u.Officer)
	if ok {
		o, ok = r.StandIn(o, at)
	}
	if !ok {
		return nil
	}
	return []grid.Officer{o}
}

// Has tells whether the officer is one of the unit's people at that moment.
func (u Unit) Has(t *grid.Tree, r *grid.Roster, id grid.OfficerID, at time.Time) bool {
	return id != "" && slices.ContainsFunc(u.Officers(t, r, at), func(o grid.Officer) bool { return o.ID == id })
}

// Answer is what a unit says to an invitation.
type Answer string

// The answers.
const (
	Silent  Answer = ""
	Comes   Answer = "comes"    // 出席
	Sends   Answer = "sends"    // 请人代: somebody else comes
	Excused Answer = "excuses"  // 请假
	NoReach Answer = "no_reach" // nobody of the unit can be told
)

// Guest is a unit that is invited.
type Guest struct {
	Unit

	Answer Answer         `json:"a,omitempty"`
	Words  string         `json:"w,omitempty"` // who comes instead, or why nobody does
	By     grid.OfficerID `json:"b,omitempty"`
	At     time.Time      `json:"t,omitzero"`
}

// Units lists whose matters the points are, in the order of the agenda, each once.
func (m Meeting) Units() []Unit {
	var out []Unit
	add := func(u Unit) {
		if u != (Unit{}) && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	for _, p := range m.Points {
		add(Unit{Department: p.Lead})
		add(Unit{Cell: p.Cell})
	}
	return out
}

// GuestOf finds the invitation that an officer answers; -1 when there is none.
func (m Meeting) GuestOf(t *grid.Tree, r *grid.Roster, id grid.OfficerID, at time.Time) int {
	return slices.IndexFunc(m.Guests, func(g Guest) bool { return g.Has(t, r, id, at) })
}

// Running tells whether something is still to be done.
func (m Meeting) Running() bool {
	return m.State == Drafting || m.State == Called || m.State == Minuted
}

// Event is an entry of a meeting's history.
type Event struct {
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by,omitempty"` // empty: the program
	Via   string         `json:"via,omitempty"`
	Did   Action         `json:"did"`
	Unit  *Unit          `json:"unit,omitempty"`
	Point int            `json:"point,omitempty"` // or the decision, counted from 1
	Words string         `json:"words,omitempty"`
	Day   *calendar.Date `json:"day,omitempty"`
}
