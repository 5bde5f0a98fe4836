package assess

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/figures"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// Facts gather what figures are counted from: by unit and measure, each thing by its number. What nobody adds has no data.
type Facts struct {
	Span figures.Span
	Now  time.Time

	work *casework.Work
	own  grid.Department // the bureau whose grid it is: the district's own limits are its
	refs map[Unit]map[Measure][]Ref
}

// NewFacts begins to gather for a span.
func NewFacts(span figures.Span, now time.Time, work *casework.Work, own grid.Department) *Facts {
	return &Facts{Span: span, Now: now, work: work, own: own, refs: make(map[Unit]map[Measure][]Ref)}
}

// Add adds one thing that a unit is judged by.
func (f *Facts) Add(u Unit, m Measure, r Ref) {
	if u.Code == "" || r.Of == 0 {
		return
	}
	u.Name = "" // who it is does not hang on how it is called
	if f.refs[u] == nil {
		f.refs[u] = make(map[Measure][]Ref)
	}
	f.refs[u][m] = append(f.refs[u][m], r)
}

// AddCase adds the limits of a case that ended in the span, each to whoever had to keep it, and the score of the answer.
func (f *Facts) AddCase(c casework.Case) {
	for _, k := range c.Clocks {
		met, counted := figures.Kept(k, f.Span, f.Now)
		if !counted {
			continue
		}
		f.Add(f.keeper(c, k.Name, k.Of), ClockRate(k.Name), Ref{ID: c.Shown(), Got: one(met), Of: 1})
	}
	if closed, ok := figures.AnsweredAt(c); ok && c.Score > 0 && f.Span.Holds(closed) {
		f.Add(f.keeper(c, casework.FinishClock, ""), Satisfaction, Ref{ID: c.Shown(), Got: c.Score, Of: 1})
	}
}

// keeper is who has to keep a limit of the case: the department that leads, or is asked; the township of its cell; the bureau
// for all else.
func (f *Facts) keeper(c casework.Case, clock casework.ClockName, of string) Unit {
	d, cell := f.work.Unit(c, casework.Step{Clock: clock, Of: of})
	if town := f.work.Tree.Township(cell); d == "" && town != f.work.Tree.Root().Code && town != f.work.Tree.Unassigned().Code {
		return Unit{Kind: Township, Code: string(town)}
	}
	if d == "" {
		d = f.own
	}
	return Unit{Kind: Department, Code: string(d)}
}

// AddMilestone adds a time that something of the plan fell due in the span, for every department that leads. Kept is what was
// reported as done by its day and accepted; what was reported in time and waits for a supervisor is neither kept nor missed.
func (f *Facts) AddMilestone(l plan.Line) {
	due := l.Due(f.Span.From.Location())
	if due.IsZero() || due.After(f.Now) || !f.Span.Holds(due.Add(-time.Nanosecond)) || l.State == plan.Reported && !l.DoneLate {
		return
	}
	for _, lead := range l.Measure.Leads() {
		f.Add(Unit{Kind: Department, Code: string(lead)}, Milestones, Ref{ID: l.ID(), Got: one(l.State == plan.Accepted && !l.DoneLate), Of: 1})
	}
}

// AddPatrols adds an object in a cell of a township: on how many days of the span it was covered by visits, and of how many that
// is known.
func (f *Facts) AddPatrols(cell grid.CellCode, id string, made, due int) {
	town := f.work.Tree.Township(cell)
	f.Add(Unit{Kind: Township, Code: string(town)}, Coverage, Ref{ID: id, Got: min(made, due), Of: due})
}

// AddSection adds a section of a river in a cell of a township, and whether it reached its target in one month.
func (f *Facts) AddSection(cell grid.CellCode, id string, met bool) {
	f.Add(Unit{Kind: Township, Code: string(f.work.Tree.Township(cell))}, Sections, Ref{ID: id, Got: one(met), Of: 1})
}

// Figures are the figures of a unit by a scheme; indicators without anything to count have none.
func (f *Facts) Figures(s Scheme, u Unit) []Figure {
	u.Name = ""
	var out []Figure
	for _, i := range s.Of(u.Kind) {
		if refs := f.refs[u][i.Measure]; len(refs) > 0 {
			out = append(out, Count(i.Code, i.Measure, refs))
		}
	}
	return out
}

// Score judges these units, ranked. What was entered by hand holds instead of what was counted.
func (f *Facts) Score(s Scheme, units []Unit, entries []Entry) []Result {
	out := make([]Result, 0, len(units))
	for _, u := range units {
		list := f.Figures(s, u)
		for _, e := range entries {
			if e.Unit == u.Key() {
				list = s.with(list, e.Indicator, &e.Given)
			}
		}
		out = append(out, s.Score(u, list))
	}
	Rank(out)
	return out
}

// with lets a given value hold for an indicator; nil lets what was counted hold again.
func (s Scheme) with(list []Figure, indicator string, g *Given) []Figure {
	i, ok := s.Indicator(indicator)
	if !ok {
		return list
	}
	list = slices.Clone(list)
	at := slices.IndexFunc(list, func(x Figure) bool { return x.Indicator == indicator })
	if at < 0 {
		at, list = len(list), append(list, Figure{Indicator: indicator})
	}
	list[at] = list[at].give(i.Measure, g)
	return list
}

// Assessed tells whether such a span is assessed: a quarter or a year, not a month.
func Assessed(span figures.Span) bool {
	return !strings.Contains(span.Name, "-") || strings.Contains(span.Name, "Q")
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
