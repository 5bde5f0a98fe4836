package casework

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Reminder is one stage of one clock that was reached: who is to be told what.
type Reminder struct {
	Clock Clock
	Stage StageRule
	To    []grid.Officer
	Cell  grid.CellCode // whose officers the first of these are: a cell above the case's when nobody can be reached there
}

// NextStage is when the next stage of any running clock is reached, moved out of the quiet hours unless the case is
// urgent; false when nothing is to come.
func (w *Work) NextStage(c Case) (time.Time, bool) {
	var next time.Time
	for _, k := range c.Clocks {
		if at, ok := w.stageAt(c, k); ok && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next, !next.IsZero()
}

// stageAt is when the clock's next stage is reached.
func (w *Work) stageAt(c Case, k Clock) (time.Time, bool) {
	stages := w.Rules.Stages[k.Name]
	if !k.Running() || k.Fired >= len(stages) {
		return time.Time{}, false
	}
	at := k.Due.Add(stages[k.Fired].After)
	if !c.Urgent {
		at = w.Rules.Quiet.Next(at)
	}
	return at, true
}

// Fire passes every stage that was reached by now and returns the case as it is then, the events, and the reminders to
// send: each stage once, for the case remembers which are over. A stage whose successor is due as well is recorded but
// sends nothing, so that a long pause does not end in a burst of stale reminders.
func (w *Work) Fire(c Case, roster *grid.Roster, now time.Time) (Case, []Event, []Reminder) {
	c.Clocks = slices.Clone(c.Clocks)
	var events []Event
	var out []Reminder
	for i := range c.Clocks {
		k := &c.Clocks[i]
		for {
			at, ok := w.stageAt(c, *k)
			if !ok || at.After(now) {
				break
			}
			stage := w.Rules.Stages[k.Name][k.Fired]
			k.Fired++
			later, more := w.stageAt(c, *k)
			stale := more && !later.After(now)
			e := w.stageEvent(c, *k, stage, now, stale)
			c.record(&e)
			events = append(events, e)
			if !stale {
				to, cell := w.audience(c, stage.Tell, roster, now)
				out = append(out, Reminder{Clock: *k, Stage: stage, To: to, Cell: cell})
			}
		}
	}
	return c, events, out
}

func (w *Work) stageEvent(c Case, k Clock, stage StageRule, now time.Time, stale bool) Event {
	note := map[string]string{"clock": string(k.Name), "stage": stage.Name, "limit": strconv.FormatInt(k.Due.Unix(), 10)}
	if stale {
		note["stale"] = "1"
	}
	return Event{At: now, Arrived: now, Action: Remind, By: "system", From: c.State, To: c.State, Via: "job/deadlines", Note: note}
}

// audience finds the officers that a stage speaks to, each once, and the cell in which the first of them were found. What
// would reach nobody reaches whoever is there for the district: a limit must not run out unheard.
func (w *Work) audience(c Case, tell []Audience, roster *grid.Roster, now time.Time) ([]grid.Officer, grid.CellCode) {
	root := w.Tree.Root().Code
	found := make(map[grid.OfficerID]grid.Officer)
	cell := root
	add := func(officers []grid.Officer, where grid.CellCode) {
		if len(found) == 0 {
			cell = where
		}
		for _, o := range officers {
			found[o.ID] = o
		}
	}
	for _, a := range tell {
		switch a {
		case TellHandler:
			if o, ok := roster.Officer(c.Handler); ok && o.Reachable() && len(o.Areas(now, grid.Inspector, grid.Chief)) > 0 {
				add([]grid.Officer{o}, c.Cell)
			} else {
				add(roster.Responsible(w.Tree, c.Cell, now, grid.Inspector, grid.Chief))
			}
		case TellChief:
			add(roster.Responsible(w.Tree, c.Cell, now, grid.Chief))
		case TellDistrict:
			add(roster.Responsible(w.Tree, root, now, grid.Supervisor))
		case TellDesk:
			add(roster.Responsible(w.Tree, root, now, grid.Desk))
		}
	}
	if len(found) == 0 {
		add(roster.Responsible(w.Tree, root, now, grid.Supervisor, grid.Desk, grid.Admin))
	}
	ids := slices.Sorted(maps.Keys(found))
	out := make([]grid.Officer, len(ids))
	for i, id := range ids {
		out[i] = found[id]
	}
	return out, cell
}
