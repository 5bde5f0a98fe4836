package plan

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Standing is how an occurrence stands on a day.
type Standing string

// The standings.
const (
	Fulfilled Standing = "fulfilled" // accepted
	Claimed   Standing = "claimed"   // reported as done; a supervisor has the word
	Overdue   Standing = "overdue"
	Soon      Standing = "soon" // within Rules.Soon
	Ahead     Standing = "ahead"
	Undated   Standing = "undated" // the plan gives no date
)

// Standings lists them in the order in which people are shown them.
func Standings() []Standing { return []Standing{Overdue, Soon, Claimed, Ahead, Undated, Fulfilled} }

// Line is an occurrence with how it stands.
type Line struct {
	Occurrence
	Progress

	Standing  Standing
	Days      int  // until the last day, negative after it; 0 without a date
	Cases     int  // open ones on its measure
	Contested bool // it is said to be done, and open cases speak against it (有争议)
	DoneLate  bool // it was reported as done after its last day
}

// Tally counts lines.
type Tally struct {
	All       int
	Contested int
	By        map[Standing]int
}

func (t *Tally) add(l Line) {
	if t.By == nil {
		t.By = make(map[Standing]int)
	}
	t.All++
	t.By[l.Standing]++
	if l.Contested {
		t.Contested++
	}
}

// Part is a chapter, or what a department leads.
type Part struct {
	Name string
	Tally
}

// Overview is how a plan stands.
type Overview struct {
	Day         calendar.Date
	Lines       []Line // in the order of the plan
	Total       Tally
	Chapters    []Part      // in the order of the plan
	Departments []Part      // by what they lead, the most overdue first
	Cases       map[int]int // open ones on each measure, by its item
}

// Overview tells how the plan stands at now. states are the stored ones by Occurrence.ID, what is missing is untouched;
// openCases are the open cases on each measure, by its item.
func (w Work) Overview(states map[string]Progress, openCases map[int]int, now time.Time) Overview {
	out := Overview{Day: calendar.DateOf(now.In(w.Location)), Cases: openCases}
	chapters, departments := make(map[string]int), make(map[grid.Department]int)
	count := func(parts *[]Part, i int, known bool, name string, l Line) int {
		if !known {
			i = len(*parts)
			*parts = append(*parts, Part{Name: name})
		}
		(*parts)[i].add(l)
		return i
	}
	for _, o := range w.Occurrences(now) {
		l := w.Line(o, states[o.ID()], openCases[o.Measure.Item], now)
		out.Lines = append(out.Lines, l)
		out.Total.add(l)
		i, known := chapters[o.Measure.Chapter]
		chapters[o.Measure.Chapter] = count(&out.Chapters, i, known, o.Measure.Chapter, l)
		i, known = departments[o.Measure.Lead]
		departments[o.Measure.Lead] = count(&out.Departments, i, known, string(o.Measure.Lead), l)
	}
	slices.SortStableFunc(out.Departments, func(a, b Part) int { return b.By[Overdue] - a.By[Overdue] })
	return out
}

// Occurrences lists every time that something of the plan falls due of which the period has begun at now.
func (w Work) Occurrences(now time.Time) []Occurrence {
	return w.Plan.Occurrences(w.Rules.Regularly, calendar.DateOf(now.In(w.Location)))
}

// Line tells how one occurrence stands at now, with that many open cases on its measure. A promise that is kept once is contested as long as cases are open; a duty of a
// period only until it is accepted, for cases of later periods say nothing about it.
func (w Work) Line(o Occurrence, p Progress, cases int, now time.Time) Line {
	today := calendar.DateOf(now.In(w.Location))
	l := Line{Occurrence: o, Progress: p, Cases: cases, Standing: Ahead}
	dated := o.Last != (calendar.Date{})
	if dated {
		l.Days = int(o.Last.In(time.UTC).Sub(today.In(time.UTC)).Hours() / 24)
	}
	switch {
	case p.State == Accepted:
		l.Standing = Fulfilled
	case p.State == Reported:
		l.Standing = Claimed
	case !dated:
		l.Standing = Undated
	case o.Late(today):
		l.Standing = Overdue
	case l.Days <= w.Rules.Soon:
		l.Standing = Soon
	}
	l.Contested = cases > 0 && (p.State == Reported || p.State == Accepted && o.Period == "")
	l.DoneLate = p.State.Done() && dated && o.Late(calendar.DateOf(p.Claimed.In(w.Location)))
	return l
}

// Pick lists the lines that pass, by their last day, those without one last.
func (o Overview) Pick(pass func(Line) bool) []Line {
	var out []Line
	for _, l := range o.Lines {
		if pass(l) {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, Sooner)
	return out
}

// Sooner orders lines by their last day, those without one last.
func Sooner(a, b Line) int {
	switch undated := (calendar.Date{}); {
	case a.Last == b.Last:
		return 0
	case a.Last == undated:
		return 1
	case b.Last == undated:
		return -1
	}
	return a.Last.Compare(b.Last)
}

// Of lists the lines of a measure in the order of the plan.
func (o Overview) Of(item int) []Line {
	var out []Line
	for _, l := range o.Lines {
		if l.Measure.Item == item {
			out = append(out, l)
		}
	}
	return out
}

// Line finds the occurrence of that ID; false when there is none, or its period has not begun.
func (o Overview) Line(id string) (Line, bool) {
	i := slices.IndexFunc(o.Lines, func(l Line) bool { return l.ID() == id })
	if i < 0 {
		return Line{}, false
	}
	return o.Lines[i], true
}
