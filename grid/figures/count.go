package figures

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Cohort is the cases that were accepted in one month: how they ended is known only when their limits are over, so a
// month's bulletin judges an earlier month's cases (rules: the national bulletin of May judges March).
type Cohort struct {
	Month    string // 2006-01
	Accepted int
	Closed   int
	OnTime   int // closed within their limit, extensions included
	Late     int // closed too late, or still open past their limit
	ToClose  Lasted
}

// Count gathers the figures of a span.
type Count struct {
	Span Span
	Now  time.Time

	District    *Tally
	Townships   map[grid.CellCode]*Tally
	Categories  map[string]*Tally
	Departments map[grid.Department]*Tally // of what a department leads; its tasks for others under Tasks
	Tasks       map[grid.Department]Rate   // answers of supporting departments
	Cohorts     map[string]*Cohort

	tree *grid.Tree
	loc  *time.Location
}

// New begins a count.
func New(span Span, now time.Time, tree *grid.Tree, loc *time.Location) *Count {
	return &Count{
		Span: span, Now: now, District: newTally(), Townships: make(map[grid.CellCode]*Tally), Categories: make(map[string]*Tally),
		Departments: make(map[grid.Department]*Tally), Tasks: make(map[grid.Department]Rate), Cohorts: make(map[string]*Cohort),
		tree: tree, loc: loc,
	}
}

// Add counts one case.
func (n *Count) Add(c casework.Case) {
	n.District.add(c, n.Span, n.Now)
	of(n.Townships, n.tree.Township(c.Cell)).add(c, n.Span, n.Now)
	for _, k := range c.Categories {
		of(n.Categories, k).add(c, n.Span, n.Now)
	}
	if c.Lead != "" {
		of(n.Departments, c.Lead).add(c, n.Span, n.Now)
	}
	n.addTasks(c)
	n.addCohort(c)
}

// of is the tally of that key, made when it is not there.
func of[K comparable](m map[K]*Tally, k K) *Tally {
	if m[k] == nil {
		m[k] = newTally()
	}
	return m[k]
}

func (n *Count) addTasks(c casework.Case) {
	for _, k := range c.Clocks {
		if k.Name != casework.TaskClock {
			continue
		}
		var t Tally
		t.Clocks = map[casework.ClockName]Rate{casework.TaskClock: n.Tasks[grid.Department(k.Of)]}
		t.addClock(k, n.Span, n.Now)
		if r := t.Clocks[casework.TaskClock]; r != (Rate{}) {
			n.Tasks[grid.Department(k.Of)] = r
		}
	}
}

// addCohort counts the case in the month of its acceptance, when that lies in the span.
func (n *Count) addCohort(c casework.Case) {
	accepted, ok := AcceptedAt(c)
	if !ok || !n.Span.Holds(accepted) {
		return
	}
	month := accepted.In(n.loc).Format("2006-01")
	h := n.Cohorts[month]
	if h == nil {
		h = &Cohort{Month: month}
		n.Cohorts[month] = h
	}
	h.Accepted++
	finish, _ := c.Clock(casework.FinishClock)
	closed, done := AnsweredAt(c)
	switch {
	case done && !finish.Late(closed):
		h.OnTime++
	case done, finish.Running() && finish.Late(n.Now):
		h.Late++
	}
	if done {
		h.Closed++
		h.ToClose.times = append(h.ToClose.times, closed.Sub(accepted))
	}
}

// Months lists the cohorts, the earliest first.
func (n *Count) Months() []*Cohort {
	return slices.SortedFunc(maps.Values(n.Cohorts), func(a, b *Cohort) int { return cmp.Compare(a.Month, b.Month) })
}

// Busiest lists the keys of tallies, those with the most registrations first.
func Busiest[K cmp.Ordered](m map[K]*Tally) []K {
	return slices.SortedFunc(maps.Keys(m), func(a, b K) int {
		return cmp.Or(cmp.Compare(m[b].Received, m[a].Received), cmp.Compare(a, b))
	})
}
