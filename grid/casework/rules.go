package casework

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Rules are the numbers of casework; they come from the settings of the district, with their sources.
type Rules struct {
	Limits map[ClockName]calendar.Limit
	Stages map[ClockName][]StageRule // by After, earliest first
	Quiet  calendar.Quiet            // no reminder falls into these hours, emergencies excepted
}

// Work applies actions to cases by the table and runs their clocks. It holds no state of its own.
type Work struct {
	Tree     *grid.Tree
	Calendar *calendar.Calendar
	Rules    Rules

	table []Rule
}

// New makes the engine for one district.
func New(tree *grid.Tree, cal *calendar.Calendar, rules Rules) *Work {
	return &Work{Tree: tree, Calendar: cal, Rules: rules, table: Table()}
}

// start begins a clock, unless one of that name runs already: a clock survives whatever happens to the case.
func (w *Work) start(c *Case, name ClockName, now time.Time) {
	if k, ok := c.Clock(name); ok && k.Running() {
		return
	}
	limit := w.Rules.Limits[name]
	due := w.Calendar.Deadline(now, limit)
	c.Clocks = append(c.Clocks, Clock{
		Name: name, Limit: limit, Started: now, Due: due.At, Provisional: due.Provisional,
	})
}

// stop ends the running clock of that name, if there is one.
func (w *Work) stop(c *Case, name ClockName, now time.Time) {
	for i := range c.Clocks {
		if c.Clocks[i].Name == name && c.Clocks[i].Running() {
			c.Clocks[i].Stopped = now
		}
	}
}

// Recompute gives the running provisional clocks of the case the deadline of the present calendar and tells whether any
// changed. It is called when a year's holidays were published.
func (w *Work) Recompute(c Case) (Case, bool) {
	changed := false
	c.Clocks = append([]Clock(nil), c.Clocks...)
	for i, k := range c.Clocks {
		if !k.Running() || !k.Provisional {
			continue
		}
		due := w.Calendar.Deadline(k.Started, k.Limit)
		if !due.At.Equal(k.Due) || due.Provisional != k.Provisional {
			c.Clocks[i].Due, c.Clocks[i].Provisional = due.At, due.Provisional
			changed = true
		}
	}
	return c, changed
}
