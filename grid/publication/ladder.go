package publication

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Rules are the numbers of the calendar; they come from the settings of the district, with their sources.
type Rules struct {
	Before []int // days before the last day on which whoever is to act is reminded
	Order  int   // days after it on which the supervisors are told, too
	Press  int   // and it is pressed
}

// Stage is one moment in which whoever is to act hears of an occasion.
type Stage struct {
	Name string // before_14, urge, order, press
	Days int    // until the last day; negative after it
}

// The stages after the last day.
const (
	Urge  = "urge" // on the day after it
	Order = "order"
	Press = "press"
)

// Reached is the stage of which somebody is to hear: the last that was reached, unless it was told. False when there is none, or
// when the issue is published.
func (w Work) Reached(o Occasion, i Issue, now time.Time) (Stage, bool) {
	if i.State == Published {
		return Stage{}, false
	}
	today := calendar.DateOf(now.In(o.Due.Location()))
	stages := []Stage{{Urge, -1}, {Order, -w.Rules.Order}, {Press, -w.Rules.Press}}
	for _, n := range w.Rules.Before {
		stages = append(stages, Stage{"before_" + strconv.Itoa(n), n})
	}
	slices.SortStableFunc(stages, func(a, b Stage) int { return b.Days - a.Days })
	var last Stage
	for _, s := range stages {
		if o.Last().AddDays(-s.Days).Compare(today) <= 0 {
			last = s
		}
	}
	return last, last.Name != "" && !slices.Contains(i.Told, last.Name)
}

// Tell records that a stage was told.
func (i Issue) Tell(o Occasion, s Stage, via string, now time.Time) (Issue, Event) {
	i.Told, i.Due = append(slices.Clone(i.Told), s.Name), o.Due
	return i, Event{At: now, Via: via, Did: Remind, To: i.State, Of: s.Name}
}

// Standing is how a reader sees an occasion.
type Standing string

// The standings.
const (
	Running  Standing = "running" // its period is not over
	Awaited  Standing = "awaited" // it is over, and the last day is to come
	Overdue  Standing = "overdue"
	Done     Standing = "done"
	DoneLate Standing = "done_late"
)

// Line is an occasion in the calendar, as anybody may see it.
type Line struct {
	Occasion

	Standing Standing
	Days     int       // late; until the last day when it is to come
	Out      time.Time // zero: not published
	Issue    string    // the newest that is out: a correction when there is one
}

// Line is how an occasion stands; issues are all that there are of it, the first first.
func (w Work) Line(o Occasion, issues []Issue, now time.Time) Line {
	l := Line{Occasion: o}
	for _, i := range issues {
		if i.State != Published {
			continue
		}
		l.Issue = i.ID
		if l.Out.IsZero() {
			l.Out = i.Out
		}
	}
	today := calendar.DateOf(now.In(o.Due.Location()))
	switch {
	case !l.Out.IsZero() && o.Late(l.Out) > 0:
		l.Standing, l.Days = DoneLate, o.Late(l.Out)
	case !l.Out.IsZero():
		l.Standing = Done
	case o.Late(now) > 0:
		l.Standing, l.Days = Overdue, o.Late(now)
	case now.Before(o.Period.To):
		l.Standing = Running
	default:
		l.Standing = Awaited
	}
	if l.Standing == Running || l.Standing == Awaited {
		l.Days = int(o.Last().In(time.UTC).Sub(today.In(time.UTC)).Hours() / 24)
	}
	return l
}

// Newest is the issue that a reader wants to see: the newest that is out, or else the one that is to come.
func (l Line) Newest() string {
	if l.Issue != "" {
		return l.Issue
	}
	return l.ID()
}
