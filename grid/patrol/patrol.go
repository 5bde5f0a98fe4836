package patrol

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Kind of the dossiers in which patrols are kept.
const Kind ledger.DossierKind = "patrol"

// Running is the shelf of the patrols that are under way, by when they end by themselves (Unix seconds).
const Running ledger.Shelf = "running"

// By is the shelf of the officer's patrols, by their start.
func By(o grid.OfficerID) ledger.Shelf { return ledger.Shelf("by/" + o) }

// In is the shelf of the patrols in a cell, by their start.
func In(c grid.CellCode) ledger.Shelf { return ledger.Shelf("in/" + string(c)) }

// Patrol is one round of one officer, as it is stored.
type Patrol struct {
	ID       string         `json:"id"`
	Officer  grid.OfficerID `json:"o"`
	Cell     grid.CellCode  `json:"g"` // the officer's own in which it is judged
	Start    time.Time      `json:"t"`
	Arrived  time.Time      `json:"r,omitzero"`     // when the word of its start reached us, if later than LateFrom
	End      time.Time      `json:"e,omitzero"`     // zero while it is under way
	ByItself bool           `json:"self,omitempty"` // nobody ended it
	Track    Track          `json:"f,omitempty"`
	Shots    []Shot         `json:"ph,omitempty"`
	Sites    []Passed       `json:"s,omitempty"` // that it passed
	Result   *Result        `json:"res,omitempty"`
}

// Passed is a site, or the reach of a river, that the patrol came by.
type Passed struct {
	Object string     `json:"id"`           // as coverage names it
	Site   string     `json:"no,omitempty"` // the number of a site
	Name   string     `json:"n"`
	Point  *geo.Point `json:"p,omitempty"` // of a site
	At     time.Time  `json:"t"`
}

// Shot is a photo that was sent on the way.
type Shot struct {
	File    string     `json:"f"` // Telegram's unique file id
	At      time.Time  `json:"t"`
	Arrived time.Time  `json:"r,omitzero"`
	Words   string     `json:"w,omitempty"`
	Point   *geo.Point `json:"p,omitempty"` // where it says that it was taken
	Marks   []Mark     `json:"m,omitempty"`
}

// Mark is something about a photo that whoever looks at it should know. A marked photo is kept like any other.
type Mark string

// The marks.
const (
	Forwarded Mark = "forwarded" // somebody else sent it, or at another time
	Old       Mark = "old"       // it was taken before the patrol
	Seen      Mark = "seen"      // it was sent before
)

// Ended tells whether the patrol is over.
func (p Patrol) Ended() bool { return !p.End.IsZero() }

// Last is when something of the patrol was last heard, by the time of the act.
func (p Patrol) Last() time.Time {
	last := p.Start
	if n := len(p.Track); n > 0 && p.Track[n-1].At.After(last) {
		last = p.Track[n-1].At
	}
	for _, s := range p.Shots {
		if s.At.After(last) {
			last = s.At
		}
	}
	return last
}

// Limits say when a patrol that nobody ends is over.
type Limits struct {
	Silence time.Duration // after the last that was heard
	Longest time.Duration // after its start
}

// Due is when the patrol ends by itself.
func (p Patrol) Due(l Limits) time.Time {
	quiet, long := p.Last().Add(l.Silence), p.Start.Add(l.Longest)
	if long.Before(quiet) {
		return long
	}
	return quiet
}

// Covers tells whether something written at that time belongs to the patrol. One that ended by itself may have ended only
// because nothing arrived, so it still takes what was written until it would have been due.
func (p Patrol) Covers(at time.Time, l Limits) bool {
	if at.Before(p.Start) {
		return false
	}
	if p.Ended() && !p.ByItself {
		return !at.After(p.End)
	}
	return !at.After(p.Due(l))
}

// Area is a cell in which a patrol may be judged, and how.
type Area struct {
	Cell  grid.CellCode
	Land  Land
	Rules Rules
	Last  time.Time // when the officer's last patrol that counted began; zero without one
}

// Judge finds in which of the officer's areas the patrol was, and what it is worth there: where it counts, or else where
// most of its way lies. The result is kept.
func (p *Patrol) Judge(areas []Area) Result {
	var best Result
	for i, a := range areas {
		res := Judge(p.Track, a.Land, a.Rules, a.Last)
		if i == 0 || res.Valid && !best.Valid || res.Valid == best.Valid && res.Way > best.Way {
			best, p.Cell = res, a.Cell
		}
	}
	p.Result = &best
	return best
}

// Late tells how many fixes arrived late.
func (p Patrol) Late() int {
	n := 0
	for _, f := range p.Track {
		if !f.Arrived.IsZero() {
			n++
		}
	}
	return n
}

// Shoot adds a photo; one that is there already is not added again.
func (p *Patrol) Shoot(s Shot) bool {
	if slices.ContainsFunc(p.Shots, func(x Shot) bool { return x.File == s.File }) {
		return false
	}
	p.Shots = append(p.Shots, s)
	return true
}

// MarkShot marks a photo; false when it has the mark already, or is not there.
func (p *Patrol) MarkShot(file string, m Mark) bool {
	for i := range p.Shots {
		if s := &p.Shots[i]; s.File == file && !slices.Contains(s.Marks, m) {
			s.Marks = append(slices.Clone(s.Marks), m)
			return true
		}
	}
	return false
}

// PlaceShot notes where a photo says that it was taken.
func (p *Patrol) PlaceShot(file string, at geo.Point) {
	for i := range p.Shots {
		if p.Shots[i].File == file {
			p.Shots[i].Point = &at
		}
	}
}

// Event is a line of a patrol's history.
type Event struct {
	At   time.Time      `json:"at"`
	By   grid.OfficerID `json:"by,omitempty"`
	Via  string         `json:"via,omitempty"`
	Did  string         `json:"did"` // start, fix, photo, mark, end, late
	Fix  *Fix           `json:"fix,omitempty"`
	File string         `json:"file,omitempty"`
	Mark Mark           `json:"mark,omitempty"`

	Result *Result `json:"res,omitempty"`
}
