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

	// FinishBy is by kind of matter what stands instead of the limit of FinishClock: black and odorous water is answered within the
	// limit of the platform of its ministry (black_reply; its source stands there). The main kind counts.
	FinishBy map[string]calendar.Limit

	ReportGrave calendar.Limit     // the limit of ReportClock for grave incidents; that of plain ones is in Limits
	Receipt     time.Duration      // in which "received" is expected of whoever was pressed; then the level above is told, once
	Extension   calendar.Limit     // the most that all extensions together may add, in days
	Objection   calendar.Limit     // to say "not mine"
	ReviewAsk   calendar.Limit     // to ask for a review after an answer
	MaxBounces  int                // moves after objections; the next objection is the common superior's to decide
	MaxReopened int                // how often the reporter may reopen; then there is the review
	Certified   int                // certified officers that a violation needs
	NearSame    float64            // metres between two reports of one matter
	SameWords   float64            // share of their words, 0 to 1, where a point is not known of both
	Naming      Naming             // by which words people of the case's own cells are named
	Evidence    map[string][]Stage // by category: what an officer's photos must show before a result is handed in
	Reward      RewardRules
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
func (w *Work) start(c *Case, name ClockName, now time.Time) { w.startOf(c, name, "", now) }

// startOf is start for one department's clock. A clock to which the rules give no limit does not run; the settings of a
// district give one to each.
func (w *Work) startOf(c *Case, name ClockName, of string, now time.Time) {
	if k, ok := c.ClockOf(name, of); ok && k.Running() {
		return
	}
	k := Clock{Name: name, Of: of, Limit: w.limit(c, name), Started: now}
	if !k.Limit.Valid() {
		return
	}
	due := w.deadline(k)
	k.Due, k.Provisional = due.At, due.Provisional
	c.Clocks = append(c.Clocks, k)
}

// limit is the limit of a clock: its own, but for a case whose main kind has another one to finish. What it is besides does not count:
// black water out of a pipe is a matter of the pipe.
func (w *Work) limit(c *Case, name ClockName) calendar.Limit {
	if name == FinishClock && len(c.Kinds) > 0 {
		if by, ok := w.Rules.FinishBy[c.Kinds[0]]; ok {
			return by
		}
	}
	return w.Rules.Limits[name]
}

// stop ends the running clocks of that name.
func (w *Work) stop(c *Case, name ClockName, now time.Time) { w.stopOf(c, name, "", now) }

// stopOf is stop for one department's clock.
func (w *Work) stopOf(c *Case, name ClockName, of string, now time.Time) {
	for i := range c.Clocks {
		if k := &c.Clocks[i]; k.Name == name && k.Running() && (of == "" || k.Of == of) {
			k.Stopped = now
		}
	}
}

// Recompute gives the running provisional clocks of the case the deadline of the present calendar and tells whether any
// changed. It is called when a year's holidays were published.
func (w *Work) Recompute(c Case) (Case, bool) {
	changed := false
	c.Clocks = append([]Clock(nil), c.Clocks...)
	for i, k := range c.Clocks {
		if !k.Running() && !k.Held || !k.Provisional {
			continue
		}
		due := w.deadline(k)
		if !due.At.Equal(k.Due) || due.Provisional != k.Provisional {
			c.Clocks[i].Due, c.Clocks[i].Provisional = due.At, due.Provisional
			changed = true
		}
	}
	return c, changed
}
