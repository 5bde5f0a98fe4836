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

	Public bool // the reporter and the followers are told as well
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
	stage, again, ok := w.stage(k)
	if !k.Running() || !ok {
		return time.Time{}, false
	}
	at := k.Due.Add(stage.After + time.Duration(again)*stage.Every)
	if !c.Urgent {
		at = w.Rules.Quiet.Next(at)
	}
	return at, true
}

// stage is the clock's next stage and how often it came already; false when none is to come.
func (w *Work) stage(k Clock) (stage StageRule, again int, ok bool) {
	stages := w.Rules.Stages[k.Name]
	last := len(stages) - 1
	switch {
	case last < 0 || k.Fired > last && stages[last].Every <= 0:
		return StageRule{}, 0, false
	case k.Fired > last:
		return stages[last], k.Fired - last, true
	default:
		return stages[k.Fired], 0, true
	}
}

// Fire passes every stage that was reached by now and returns the case as it is then, the events, and the reminders to
// send: each stage once, for the case remembers which are over, and in the order of their times. A stage whose successor is
// due as well is recorded but sends nothing, so that a long pause does not end in a burst of stale reminders. What a stage
// does by itself is done by the state table, like everything else.
func (w *Work) Fire(c Case, roster *grid.Roster, now time.Time) (Case, []Event, []Reminder) {
	c = c.clone()
	var events []Event
	var out []Reminder
	for {
		i := w.reached(c, now)
		if i < 0 {
			return c, events, out
		}
		k := &c.Clocks[i]
		stage, again, _ := w.stage(*k)
		k.Fired++
		later, more := w.stageAt(c, *k)
		stale := more && !later.After(now)
		if stale && again > 0 {
			continue // what comes again and again is not on record for every time that it did not
		}
		e := w.stageEvent(c, *k, stage, now, stale)
		if again > 0 {
			e.Note["again"] = strconv.Itoa(again)
		}
		public := slices.Contains(stage.Tell, TellReporter) && c.Source != FromInspector
		if stale && public { // officers hear of the later stage; the public has only this one
			out = append(out, Reminder{Clock: *k, Stage: stage, Public: true})
		}
		if !stale {
			to, cell := w.audience(c, *k, stage.Tell, roster, now)
			c.climb(*k, stage, to, now)
			if k.Name == AlarmClock {
				c.Incident.Call(to)
				e.Note["called"] = ids(to)
			}
			out = append(out, Reminder{Clock: *k, Stage: stage, To: to, Cell: cell, Public: public})
		}
		c.record(&e)
		events = append(events, e)
		if stage.Does == "" {
			continue
		}
		if next, done, err := w.Apply(c, Act{Action: stage.Does, Via: "job/deadlines"}, roster, now); err == nil {
			c, events = next, append(events, done)
		}
	}
}

// reached is the clock whose next stage was reached first; negative when none was.
func (w *Work) reached(c Case, now time.Time) int {
	found := -1
	var first time.Time
	for i, k := range c.Clocks {
		if at, ok := w.stageAt(c, k); ok && !at.After(now) && (found < 0 || at.Before(first)) {
			found, first = i, at
		}
	}
	return found
}

// climb keeps a rung of the ladder that has to be acknowledged.
func (c *Case) climb(k Clock, stage StageRule, to []grid.Officer, now time.Time) {
	if stage.Rung == "" || stage.Rung == Nudge {
		return
	}
	step := Step{Rung: stage.Rung, Clock: k.Name, Reason: "late", At: now}
	for _, o := range to {
		step.To = append(step.To, o.ID)
	}
	c.Ladder = append(c.Ladder, step)
}

func (w *Work) stageEvent(c Case, k Clock, stage StageRule, now time.Time, stale bool) Event {
	note := map[string]string{"clock": string(k.Name), "stage": stage.Name, "limit": strconv.FormatInt(k.Due.Unix(), 10)}
	if k.Of != "" {
		note["of"] = k.Of
	}
	if stale {
		note["stale"] = "1"
	}
	return Event{At: now, Arrived: now, Action: Remind, By: "system", From: c.State, To: c.State, Via: "job/deadlines", Note: note}
}

// audience finds the officers that a stage speaks to, each once, and the cell in which the first of them were found. What
// would reach nobody reaches whoever is there for the district: a limit must not run out unheard. Who is kept from the case
// hears nothing of it.
func (w *Work) audience(c Case, k Clock, tell []Audience, roster *grid.Roster, now time.Time) ([]grid.Officer, grid.CellCode) {
	root := w.Tree.Root().Code
	found := make(map[grid.OfficerID]grid.Officer)
	cell := root
	add := func(officers []grid.Officer, where grid.CellCode) {
		for _, o := range officers {
			if w.Excluded(c, o, now) {
				continue
			}
			if len(found) == 0 {
				cell = where
			}
			found[o.ID] = o
		}
	}
	tell = slices.DeleteFunc(slices.Clone(tell), func(a Audience) bool { return a == TellReporter }) // no officer
	for _, a := range tell {
		add(w.listeners(c, k, a, roster, now))
	}
	if len(found) == 0 && len(tell) > 0 {
		add(roster.Responsible(w.Tree, root, now, grid.Supervisor, grid.Desk, grid.Admin))
	}
	ids := slices.Sorted(maps.Keys(found))
	out := make([]grid.Officer, len(ids))
	for i, id := range ids {
		out[i] = found[id]
	}
	return out, cell
}

// listeners are the officers of one audience, and the cell in which they were found.
func (w *Work) listeners(c Case, k Clock, a Audience, roster *grid.Roster, now time.Time) ([]grid.Officer, grid.CellCode) {
	root := w.Tree.Root().Code
	switch a {
	case TellHandler:
		if o, ok := w.AtWork(c, roster, now); ok {
			return []grid.Officer{o}, c.Cell
		}
		return w.Responsible(c, roster, now, grid.Inspector, grid.Chief)
	case TellChief:
		return w.Responsible(c, roster, now, grid.Chief)
	case TellDistrict:
		return roster.Responsible(w.Tree, root, now, grid.Supervisor)
	case TellDesk:
		return roster.Responsible(w.Tree, root, now, grid.Desk)
	case TellLeader:
		return roster.Responsible(w.Tree, root, now, grid.Chief)
	case TellAll:
		return w.everybody(c, roster, now), root
	case TellDepartment:
		return Clerks(roster, grid.Department(k.Of), now), root
	case TellSuperior:
		seat := root
		if c.Dispute != nil && c.Dispute.Superior != "" {
			seat = c.Dispute.Superior
		}
		return roster.Responsible(w.Tree, seat, now, grid.Chief, grid.Supervisor)
	}
	return nil, root
}

// AtWork is the officer who works on the case, or who stands in while they are away; false when they cannot be reached or
// it is theirs no longer.
func (w *Work) AtWork(c Case, roster *grid.Roster, now time.Time) (grid.Officer, bool) {
	o, ok := roster.AtWork(c.Handler, now, func(o grid.Officer) bool {
		return !w.Excluded(c, o, now) && (o.May(w.Tree, c.Seat(), now, grid.Inspector, grid.Chief) || clerkOf(o, c.Lead, now))
	})
	return o, ok && !w.Excluded(c, o, now)
}

// Clerks lists the clerks of a department, or who stands in for them, as far as they can be reached.
func Clerks(roster *grid.Roster, d grid.Department, at time.Time) []grid.Officer {
	var out []grid.Officer
	for _, o := range roster.Officers() {
		if !clerkOf(o, d, at) {
			continue
		}
		if who, ok := roster.StandIn(o, at); ok && !slices.ContainsFunc(out, func(x grid.Officer) bool { return x.ID == who.ID }) {
			out = append(out, who)
		}
	}
	return out
}
