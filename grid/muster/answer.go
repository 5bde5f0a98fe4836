package muster

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// State is where one of those who are called stands.
type State string

// The states, as the board lists them.
const (
	There   State = "there"
	OnWay   State = "on_way"
	Seen    State = "seen"
	Excused State = "excused" // they said that they do not come, and why
	Called  State = "called"  // no answer yet
)

// States lists every state in the order of the board.
func States() []State { return []State{There, OnWay, Seen, Excused, Called} }

// table says which answers are open in each state: the state to go to is the answer. Whoever said that they do not come may
// still come; whoever is there stays there.
var table = map[State][]State{
	Called:  {Seen, OnWay, There, Excused},
	Seen:    {OnWay, There, Excused},
	OnWay:   {There, Excused},
	Excused: {OnWay, There},
}

// May tells whether somebody in that state may give that answer.
func (s State) May(answer State) bool { return slices.Contains(table[s], answer) }

// Answer is what somebody who was called says.
type Answer struct {
	State  State          // Seen, OnWay, There, Excused
	By     grid.OfficerID // who says it: the one who was called, or who stands in
	Via    string
	Point  *geo.Point // There: where they are; nil when they sent no location
	Reason string     // Excused: why
}

// Event is an entry of a muster's history.
type Event struct {
	At     time.Time      `json:"at"`
	By     grid.OfficerID `json:"by,omitempty"`
	Via    string         `json:"via,omitempty"`
	Did    string         `json:"did"`
	Who    grid.OfficerID `json:"who,omitempty"` // whose call it is, when somebody else acts
	Reason string         `json:"reason,omitempty"`
	Proof  Proof          `json:"proof,omitempty"`
	Metres int            `json:"metres,omitempty"`
	Count  map[State]int  `json:"count,omitempty"` // how it stood when it ended
}

// What else happens to a muster, beside answers.
const (
	DidCall    = "call"
	DidRemind  = "remind"
	DidUnheard = "unheard" // the call did not reach somebody
	DidEnd     = "end"
)

// Take takes an answer to call i. radius is how many metres from the place count as there. Conflict: the muster has ended, or
// that answer is not open in this state; Invalid: no reason, or a location that is too far away.
func (m Muster) Take(i int, a Answer, radius float64, now time.Time) (Muster, Event, error) {
	c := m.Calls[i]
	switch {
	case !m.Running():
		return m, Event{}, grid.Fail(grid.Conflict, "error.muster.ended")
	case !c.State.May(a.State):
		return m, Event{}, grid.Fail(grid.Conflict, "error.muster.answered")
	case a.State == Excused && a.Reason == "":
		return m, Event{}, grid.Fail(grid.Invalid, "error.muster.no_reason")
	}
	e := Event{At: now, By: a.By, Via: a.Via, Did: string(a.State), Reason: a.Reason}
	if a.By != c.Officer {
		e.Who, c.Standing = c.Officer, a.By
	} else {
		c.Unheard, c.Standing = time.Time{}, ""
	}
	c.State, c.Reason = a.State, a.Reason
	switch a.State {
	case OnWay:
		c.Left = now
	case There:
		if err := c.arrive(m.Point, a.Point, radius); err != nil {
			return m, Event{}, err
		}
		c.There = now
	case Called, Seen, Excused:
	}
	if c.Read.IsZero() {
		c.Read = now
	}
	e.Proof, e.Metres = c.Proof, c.Metres
	m.Calls = slices.Clone(m.Calls)
	m.Calls[i] = c
	return m, e, nil
}

// arrive notes where somebody says that they are there, and refuses what is too far away.
func (c *Call) arrive(place, at *geo.Point, radius float64) error {
	c.Point = at
	switch {
	case at == nil:
		c.Proof = Said
	case place == nil:
		c.Proof = Unchecked
	default:
		d := geo.Distance(*place, *at)
		if d > radius {
			return grid.Fail(grid.Invalid, "error.muster.far", "metres", strconv.Itoa(int(d)), "radius", strconv.Itoa(int(radius)))
		}
		c.Proof, c.Metres = Checked, int(d)
	}
	return nil
}

// Miss notes that the call did not reach somebody: they blocked the bot. False when there is nothing to note.
func (m Muster) Miss(id grid.OfficerID, now time.Time) (Muster, Event, bool) {
	i := slices.IndexFunc(m.Calls, func(c Call) bool { return c.Officer == id })
	if i < 0 || !m.Running() || !m.Calls[i].Unheard.IsZero() {
		return m, Event{}, false
	}
	m.Calls = slices.Clone(m.Calls)
	m.Calls[i].Unheard = now
	return m, Event{At: now, Did: DidUnheard, Who: id}, true
}

// End ends the muster; how it stood goes on record.
func (m Muster) End(by grid.OfficerID, via string, now time.Time) (Muster, Event, error) {
	if !m.Running() {
		return m, Event{}, grid.Fail(grid.Conflict, "error.muster.ended")
	}
	m.Ended = now
	e := Event{At: now, By: by, Via: via, Did: DidEnd, Count: make(map[State]int)}
	for _, c := range m.Calls {
		e.Count[c.State]++
	}
	return m, e, nil
}

// Open lists the answers that are open in a state, in the order of their buttons.
func (s State) Open() []State { return slices.Clone(table[s]) }
