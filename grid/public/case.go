// Package public is what everybody may know of cases: one function, [Of], makes it of a case, and pages, feeds and interfaces
// are given nothing else. Words are those of an approved public notice only; where something was reported is told to within
// some hundred metres; who reported, who worked on it and what was written inside the house are not in it.
package public

import (
	"math"
	"reflect"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Stage is how far a case is, as the public is told.
type Stage string

// The stages.
const (
	Received  Stage = "received" // waits for the decision whether it is accepted
	Accepted  Stage = "accepted"
	Handling  Stage = "handling"
	Answered  Stage = "answered" // the office answered; the reporter has the word
	Merged    Stage = "merged"   // goes with the case of the same matter
	Closed    Stage = "closed"
	Refused   Stage = "refused"
	Withdrawn Stage = "withdrawn"
)

// Stages lists all stages in the order in which a case may go through them.
func Stages() []Stage {
	return []Stage{Received, Accepted, Handling, Answered, Merged, Closed, Refused, Withdrawn}
}

// Open tells whether the office still owes its answer.
func (s Stage) Open() bool { return s == Received || s == Accepted || s == Handling }

// Case is a report or case as the public may see it.
type Case struct {
	Number     string        // 举报件号, or the number of the registration while it is not accepted
	Report     string        // 登记号: stays the same for ever
	Categories []string      // codes, the main one first
	Township   grid.CellCode // or the district where it lies in none
	Lead       grid.Department
	Stage      Stage
	Opened     time.Time // when it was registered
	Updated    time.Time // when something happened last that the public is told
	Told       time.Time // the day on which something happened last of which the public hears or that it sees, whoever did it
	Closed     time.Time // when it was answered, refused or withdrawn; zero while it is open
	Due        time.Time // the first instant that is too late for the limit that runs; zero without one
	Late       bool      // answered later than promised; for an open one see [Case.LateAt]
	Point      *geo.Point
	Notice     string // the approved public notice; empty without
	Verdict    casework.Verdict
	Refusal    casework.Disposition // why it was refused; empty otherwise
}

// Equal tells whether the public would see no difference.
func (c *Case) Equal(o Case) bool { return reflect.DeepEqual(*c, o) }

// LateAt tells whether a limit of the office was missed at now.
func (c *Case) LateAt(now time.Time) bool { return c.Late || !c.Due.IsZero() && !now.Before(c.Due) }

// Moved is the moment at which something last happened to a case, for one that is over that of its end; false while nothing happened after
// the report, whose moment nobody is told.
func (c *Case) Moved() (at time.Time, ok bool) {
	at = c.Updated
	if !c.Stage.Open() && !c.Closed.IsZero() {
		at = c.Closed
	}
	return at.Truncate(time.Second), at.Sub(c.Opened) >= time.Minute
}

// Changed is when the public last heard something of a case: the moment where one is told, else the day.
func (c *Case) Changed() time.Time {
	if at, ok := c.Moved(); ok {
		return latest(at, c.Told)
	}
	return c.Told
}

// View says how exactly the public may know.
type View struct {
	Tree  *grid.Tree
	Round float64 // metres: a place is told as the middle of a square of this size
	Zone  *time.Location
}

// Of is what the public may know of a case; false when it may not know that there is one: nothing was submitted, it has no
// number yet, or it is under suspicion of abuse.
func (v View) Of(c casework.Case) (Case, bool) {
	stage, ok := stages[c.State]
	if !ok || c.Number == "" || c.Abuse != nil {
		return Case{}, false
	}
	out := Case{
		Number: c.Shown(), Report: c.Number, Categories: c.Categories, Township: v.township(c.Cell), Lead: c.Lead, Stage: stage,
		Opened: c.CreatedAt, Updated: c.CreatedAt, Told: v.day(latest(c.CreatedAt, c.Told)), Late: late(c), Point: v.round(c.Point),
	}
	for _, k := range c.Clocks {
		out.Updated = latest(out.Updated, v.told(c, k)...)
	}
	closed := c.ClosedAt
	if stage == Withdrawn {
		closed = v.day(closed)
	}
	out.Updated = latest(out.Updated, closed)
	if !stage.Open() {
		out.Closed = closed
	} else {
		out.Due = due(c)
	}
	if text, approved := c.Public(); approved {
		out.Notice, out.Verdict = text, c.Verdict
	}
	if stage == Refused {
		out.Refusal = c.Disposition
	}
	return out, true
}

// stages of the states that the public may know of: an alarm is nobody's report yet.
var stages = map[casework.State]Stage{
	casework.Registered: Received, casework.OutOfArea: Received, casework.Asked: Received, casework.Accepted: Accepted,
	casework.Handling: Handling, casework.HandedIn: Handling, casework.Reviewing: Answered, casework.Answered: Answered,
	casework.SpotCheck: Answered, casework.Merged: Merged, casework.Closed: Closed, casework.Refused: Refused, casework.Withdrawn: Withdrawn,
}

// promised are the limits that the office owes the public: to decide, to finish, to reply, to review. Those by which the house
// presses itself are its own.
func promised(k casework.Clock) bool {
	owed := []casework.ClockName{casework.DecideClock, casework.FinishClock, casework.ReplyClock, casework.ReviewClock}
	return slices.Contains(owed, k.Name) && !k.Replaced && !k.Held
}

// late tells whether the office kept a promise too late.
func late(c casework.Case) bool {
	return slices.ContainsFunc(c.Clocks, func(k casework.Clock) bool { return promised(k) && !k.Running() && k.Late(k.Stopped) })
}

// due is the earliest promise that runs.
func due(c casework.Case) time.Time {
	var out time.Time
	for _, k := range c.Clocks {
		if promised(k) && k.Running() && (out.IsZero() || k.Due.Before(out)) {
			out = k.Due
		}
	}
	return out
}

// told are the moments of a limit as the public may know them: what whoever reported did (they objected, asked for review, agreed,
// answered) only by its day, for the second would lead to whoever held the phone.
func (v View) told(c casework.Case, k casework.Clock) []time.Time {
	if k.Name.Theirs() {
		return []time.Time{k.Started}
	}
	if k.Name == casework.ReviewClock || k.Name == casework.FinishClock && c.Reopened > 0 {
		return []time.Time{v.day(k.Started), k.Stopped}
	}
	return []time.Time{k.Started, k.Stopped}
}

// day is when the day of a moment began.
func (v View) day(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	zone := v.Zone
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

func latest(a time.Time, others ...time.Time) time.Time {
	for _, b := range others {
		if b.After(a) {
			a = b
		}
	}
	return a
}

// township is the cell that the public is told: never the village, where everybody knows who could have reported it.
func (v View) township(code grid.CellCode) grid.CellCode {
	if code == v.Tree.Unassigned().Code {
		return v.Tree.Root().Code
	}
	return v.Tree.Township(code)
}

func (v View) round(p *geo.Point) *geo.Point {
	if p == nil || v.Round <= 0 {
		return nil
	}
	out := Round(*p, v.Round)
	return &out
}

// Round is the middle of the square of that size, in metres, that the point lies in: many places share it, and it is the same each
// time, so that asking again tells no more.
func Round(p geo.Point, metres float64) geo.Point {
	lat := snap(p.Lat, metres/metresPerDegree)
	wide := metres / (metresPerDegree * math.Cos(lat*math.Pi/180))
	return geo.Point{Lon: snap(p.Lon, wide), Lat: lat}
}

// metresPerDegree of latitude, on a sphere.
const metresPerDegree = 111_195

func snap(v, step float64) float64 {
	const digits = 1e5 // of a degree: about a metre
	return math.Round((math.Floor(v/step)+0.5)*step*digits) / digits
}
