package muster

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Kind is the kind of a muster's dossier (ledger.DossierKind).
const Kind = "muster"

// The shelves on which musters stand: All and, while they run, Open by the moment of the call, Due by that of the next reminder;
// in milliseconds.
const (
	All  = "all"
	Open = "open"
	Due  = "due"
)

// Muster is one call (集结) and how it stands.
type Muster struct {
	ID    string         `json:"id"`
	By    grid.OfficerID `json:"by"` // the caller
	Scope Scope          `json:"scope"`
	Words string         `json:"words"`           // what it is about
	Place string         `json:"place,omitempty"` // in words
	Point *geo.Point     `json:"point,omitempty"` // where it is, when the caller gave a location
	When  time.Time      `json:"when,omitzero"`   // until when to be there; zero: at once
	At    time.Time      `json:"at"`              // when it was called
	Ended time.Time      `json:"ended,omitzero"`

	Calls  []Call   `json:"calls"`
	Missed []Missed `json:"missed,omitempty"`
	Rounds int      `json:"rounds,omitempty"` // reminders that went out
	Board  int      `json:"board,omitempty"`  // the message on the caller's phone that shows how it stands
}

// Scope is whom a muster calls: those who have one of the roles in a cell or below it.
type Scope struct {
	Cell  grid.CellCode `json:"cell"`
	Roles []grid.Role   `json:"roles"`
}

// Call is one officer who was called, and their answers.
type Call struct {
	Officer  grid.OfficerID   `json:"o"`
	For      []grid.OfficerID `json:"for,omitempty"` // who is away, or out of reach, and for whom they come
	State    State            `json:"s"`
	Read     time.Time        `json:"r,omitzero"`
	Left     time.Time        `json:"l,omitzero"` // on the way since
	There    time.Time        `json:"t,omitzero"`
	Point    *geo.Point       `json:"p,omitempty"` // from where they said that they are there
	Proof    Proof            `json:"pr,omitempty"`
	Metres   int              `json:"m,omitempty"`  // from the place, when both are known
	Reason   string           `json:"re,omitempty"` // why they do not come
	Unheard  time.Time        `json:"u,omitzero"`   // since when the call is known not to reach them
	Standing grid.OfficerID   `json:"d,omitempty"`  // who answered in their place
}

// Missed is somebody in the scope to whom no call went, and why.
type Missed struct {
	Officer grid.OfficerID `json:"o"`
	Why     string         `json:"w"` // Away or NoReach
}

// Why nobody could be called.
const (
	Away    = "away"     // and nobody stands in
	NoReach = "no_reach" // not connected, or they blocked the bot, and nobody stands in
)

// Proof is how it is known that somebody is there.
type Proof string

// The proofs.
const (
	Checked   Proof = "checked"   // a location near enough to the place
	Unchecked Proof = "unchecked" // a location, and a place in words only
	Said      Proof = "said"      // without a location
)

// Callees finds who is to be called for a scope at that moment: each who has one of the roles there, or who stands in for
// them while they are away or out of reach, once; and those to whom no call goes. The caller is not called.
func Callees(t *grid.Tree, r *grid.Roster, s Scope, by grid.OfficerID, at time.Time) ([]Call, []Missed) {
	var calls []Call
	var missed []Missed
	for _, o := range r.Officers() {
		if o.ID == by || !s.holds(t, o, at) {
			continue
		}
		who, ok := r.StandIn(o, at)
		if !ok || !who.Reachable() {
			m := Missed{Officer: o.ID, Why: NoReach}
			if _, away := o.Away(at); away {
				m.Why = Away
			}
			missed = append(missed, m)
			continue
		}
		if who.ID == by {
			continue
		}
		i := slices.IndexFunc(calls, func(c Call) bool { return c.Officer == who.ID })
		if i < 0 {
			i = len(calls)
			calls = append(calls, Call{Officer: who.ID, State: Called})
		}
		if who.ID != o.ID {
			calls[i].For = append(calls[i].For, o.ID)
		}
	}
	return calls, missed
}

// holds tells whether the officer has one of the roles in the scope's cell or below it.
func (s Scope) holds(t *grid.Tree, o grid.Officer, at time.Time) bool {
	return slices.ContainsFunc(o.Appointments, func(a grid.Appointment) bool {
		return a.Active(at) && slices.Contains(s.Roles, a.Role) && t.Within(a.Cell, s.Cell)
	})
}

// Running tells whether the muster has not ended.
func (m Muster) Running() bool { return m.Ended.IsZero() }

// CallOf finds the call that an officer answers: their own, or that of somebody in whose place they got it. -1 when there is none.
func (m Muster) CallOf(r *grid.Roster, id grid.OfficerID, at time.Time) int {
	if i := slices.IndexFunc(m.Calls, func(c Call) bool { return c.Officer == id }); i >= 0 {
		return i
	}
	return slices.IndexFunc(m.Calls, func(c Call) bool {
		o, ok := r.Officer(c.Officer)
		if !ok {
			return false
		}
		who, ok := r.StandIn(o, at)
		return ok && who.ID == id
	})
}

// In lists the calls in a state, in the order in which they stand. Calls that reach nobody are listed under none,
// unless somebody else has answered them.
func (m Muster) In(s State) []Call {
	var out []Call
	for _, c := range m.Calls {
		if c.State == s && !c.lost() {
			out = append(out, c)
		}
	}
	return out
}

// Unheard lists the calls that turned out to reach nobody.
func (m Muster) Unheard() []Call {
	var out []Call
	for _, c := range m.Calls {
		if c.lost() {
			out = append(out, c)
		}
	}
	return out
}

func (c Call) lost() bool { return !c.Unheard.IsZero() && c.Standing == "" }

// Late tells whether the officer came after the hour that was set.
func (m Muster) Late(c Call) bool { return !m.When.IsZero() && c.There.After(m.When) }
