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
	Copy  []grid.Officer // who gets a copy
	Cell  grid.CellCode  // whose officers the first of these are: a cell above the case's when nobody can be reached there
	Step  int            // of the ladder that it put there, counted from 1; 0 without

	Public bool // the reporter and the followers are told as well
}

// NextStage is when the next stage of any running clock is reached, or a level above has to hear that somebody does not
// say "received", moved out of the quiet hours unless the case is urgent; false when nothing is to come.
func (w *Work) NextStage(c Case) (time.Time, bool) {
	_, _, next, ok := w.next(c)
	return next, ok
}

// next is what comes next, and when: the stage of a clock, or else a step of the ladder that is not acknowledged.
func (w *Work) next(c Case) (clock, step int, at time.Time, ok bool) {
	clock, step = -1, -1
	for i, k := range c.Clocks {
		if t, comes := w.stageAt(c, k); comes && (!ok || t.Before(at)) {
			clock, at, ok = i, t, true
		}
	}
	for i, s := range c.Ladder {
		if t, comes := w.raisedAt(c, s); comes && (!ok || t.Before(at)) {
			clock, step, at, ok = -1, i, t, true
		}
	}
	return clock, step, at, ok
}

// stageAt is when the clock's next stage is reached.
func (w *Work) stageAt(c Case, k Clock) (time.Time, bool) {
	stage, again, ok := w.stage(k)
	if !k.Running() || !ok {
		return time.Time{}, false
	}
	at := k.Due.Add(stage.After)
	if stage.Later.Valid() {
		at = w.Calendar.Extend(k.Due, stage.Later).At
	}
	return w.awake(c, at.Add(time.Duration(again)*stage.Every)), true
}

// awake moves what is not urgent out of the quiet hours.
func (w *Work) awake(c Case, at time.Time) time.Time {
	if c.Urgent {
		return at
	}
	return w.Rules.Quiet.Next(at)
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
	f := &firing{Work: w, c: c.clone(), roster: roster, now: now}
	for {
		clock, step, at, ok := w.next(f.c)
		switch {
		case !ok || at.After(now):
			return f.c, f.events, f.out
		case clock >= 0:
			f.pass(clock)
		default:
			f.unread(step)
		}
	}
}

// firing is one case on its way past the stages that were reached.
type firing struct {
	*Work

	c      Case
	roster *grid.Roster
	now    time.Time
	events []Event
	out    []Reminder
}

// pass goes past the next stage of a clock.
func (f *firing) pass(i int) {
	k := &f.c.Clocks[i]
	stage, again, _ := f.stage(*k)
	k.Fired++
	later, more := f.stageAt(f.c, *k)
	stale := more && !later.After(f.now)
	if stale && again > 0 {
		return // what comes again and again is not on record for every time that it did not
	}
	e := f.stageEvent(f.c, *k, stage, f.now, stale)
	if again > 0 {
		e.Note["again"] = strconv.Itoa(again)
	}
	r := Reminder{Clock: *k, Stage: stage, Public: slices.Contains(stage.Tell, TellReporter) && f.c.Source != FromInspector}
	if stale {
		f.c.climb(*k, stage, nil, nil, f.now)
		if r.Public { // officers hear of the later stage; the public has only this one
			f.out = append(f.out, r)
		}
	} else {
		r.To, r.Cell = f.audience(f.c, *k, stage.Tell, f.roster, f.now)
		r.Copy = f.copied(f.c, *k, stage.Copy, r.To, f.roster, f.now)
		r.Step = f.c.climb(*k, stage, r.To, r.Copy, f.now)
		if k.Name == AlarmClock {
			f.c.Incident.Call(r.To)
			e.Note["called"] = ids(r.To)
		}
		f.out = append(f.out, r)
	}
	f.c.record(&e)
	f.events = append(f.events, e)
	if stage.Does == "" {
		return
	}
	if next, done, err := f.Apply(f.c, Act{Action: stage.Does, Via: "job/deadlines"}, f.roster, f.now); err == nil {
		f.c, f.events = next, append(f.events, done)
	}
}

// climb keeps a rung of the ladder that has to be acknowledged and tells its place, counted from 1; 0 for a mere nudge.
func (c *Case) climb(k Clock, stage StageRule, to, copied []grid.Officer, now time.Time) int {
	if stage.Rung == "" || stage.Rung == Nudge {
		return 0
	}
	step := Step{Rung: stage.Rung, Clock: k.Name, Of: k.Of, Due: k.Due, Reason: "late", At: now}
	step.address(to, copied)
	c.Ladder = append(c.Ladder, step)
	return len(c.Ladder)
}

// raisedAt is when the level above has to hear that a step is not acknowledged; false when it need not.
func (w *Work) raisedAt(c Case, s Step) (time.Time, bool) {
	if w.Rules.Receipt <= 0 || !c.State.Open() || !s.Raised.IsZero() || len(s.Unacknowledged()) == 0 {
		return time.Time{}, false
	}
	return w.awake(c, s.At.Add(w.Rules.Receipt)), true
}

// UnreadStage is the stage of which the level above is told: a step of the ladder was not acknowledged.
const UnreadStage = "unread"

// unread tells the level above that a step is not acknowledged, once, and only of the newest when there are several: not of one
// whose clock has gone on to the next rung, for that one speaks to the level above itself.
func (f *firing) unread(i int) {
	s := &f.c.Ladder[i]
	s.Raised = f.now
	due := func(at time.Time, comes bool) bool { return comes && !at.After(f.now) }
	same := func(clock ClockName, of string, limit time.Time) bool {
		return s.Clock != "" && clock == s.Clock && of == s.Of && limit.Equal(s.Due)
	}
	stale := slices.ContainsFunc(f.c.Ladder[i+1:], func(later Step) bool {
		return same(later.Clock, later.Of, later.Due) || due(f.raisedAt(f.c, later))
	}) || slices.ContainsFunc(f.c.Clocks, func(k Clock) bool { return same(k.Name, k.Of, k.Due) && due(f.stageAt(f.c, k)) })
	stage := StageRule{Name: UnreadStage, Rung: s.Rung}
	k := Clock{Name: s.Clock, Of: s.Of, Due: s.Due}
	e := f.stageEvent(f.c, k, stage, f.now, stale)
	e.Note["rung"], e.Note["step"] = string(s.Rung), strconv.Itoa(i+1)
	if to := f.above(f.c, *s, f.roster, f.now); !stale && len(to) > 0 {
		f.out = append(f.out, Reminder{Clock: k, Stage: stage, To: to, Cell: f.Tree.Root().Code, Step: i + 1})
	}
	f.c.record(&e)
	f.events = append(f.events, e)
}

// above is who stands above those to whom a step was addressed: the first level beyond all of them that has anybody.
func (w *Work) above(c Case, s Step, roster *grid.Roster, now time.Time) []grid.Officer {
	levels := []Audience{TellChief, TellDistrict, TellLeader}
	if !slices.Contains([]ClockName{"", StartClock, FinishClock}, s.Clock) || c.Undecided() { // no cell's
		levels = levels[1:]
	}
	told := func(o grid.Officer) bool { return slices.Contains(s.To, o.ID) }
	var next []grid.Officer
	for _, level := range levels {
		found, _ := w.listeners(c, Clock{}, level, roster, now)
		found = slices.DeleteFunc(slices.Clone(found), func(o grid.Officer) bool { return w.Excluded(c, o, now) })
		switch {
		case slices.ContainsFunc(found, told):
			next = nil
		case len(next) == 0:
			next = found
		}
	}
	return next
}

// copied finds who gets a copy, without those who are addressed.
func (w *Work) copied(c Case, k Clock, tell []Audience, to []grid.Officer, roster *grid.Roster, now time.Time) []grid.Officer {
	var out []grid.Officer
	for _, a := range tell {
		found, _ := w.listeners(c, k, a, roster, now)
		for _, o := range found {
			same := func(x grid.Officer) bool { return x.ID == o.ID }
			if !w.Excluded(c, o, now) && !slices.ContainsFunc(to, same) && !slices.ContainsFunc(out, same) {
				out = append(out, o)
			}
		}
	}
	return out
}

func (w *Work) stageEvent(c Case, k Clock, stage StageRule, now time.Time, stale bool) Event {
	note := map[string]string{"stage": stage.Name}
	if k.Name != "" {
		note["clock"], note["limit"] = string(k.Name), strconv.FormatInt(k.Due.Unix(), 10)
	}
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
		return w.Turn(c, roster, now)
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
	case TellReporter: // no officer
	}
	return nil, root
}

// Turn is whose turn a case is that nobody works on: the clerks of its lead department, and the people of its seat where it has none,
// or was found wrong after its answer and so is theirs as well.
func (w *Work) Turn(c Case, roster *grid.Roster, now time.Time) ([]grid.Officer, grid.CellCode) {
	clerks := slices.DeleteFunc(Clerks(roster, c.Lead, now), func(o grid.Officer) bool { return w.Excluded(c, o, now) })
	if len(clerks) > 0 && c.Reopened == 0 {
		return clerks, w.Tree.Root().Code
	}
	found, cell := w.Responsible(c, roster, now, grid.Inspector, grid.Chief)
	for _, o := range clerks {
		if !slices.ContainsFunc(found, func(x grid.Officer) bool { return x.ID == o.ID }) {
			found = append(found, o)
		}
	}
	return found, cell
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
