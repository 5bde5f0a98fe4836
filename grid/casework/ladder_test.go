package casework_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// pressing is the engine with a whole ladder for the finish clock, and a day for "received".
func pressing(tb testing.TB) *casework.Work {
	tb.Helper()
	w := work(tb)
	w.Rules.Receipt = 24 * time.Hour
	wd := func(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.Workday} }
	handler, chief, district := casework.TellHandler, casework.TellChief, casework.TellDistrict
	w.Rules.Stages[casework.FinishClock] = []casework.StageRule{
		{Name: "due", After: -15 * time.Hour, Tell: []casework.Audience{handler}, Rung: casework.Nudge},
		{Name: "overdue", Tell: []casework.Audience{handler}, Rung: casework.Urge},
		{Name: "order", After: 24 * time.Hour, Tell: []casework.Audience{handler}, Copy: []casework.Audience{handler, chief}, Rung: casework.UrgeOrder},
		{Name: "press", After: 72 * time.Hour, Tell: []casework.Audience{handler, chief}, Copy: []casework.Audience{district}, Rung: casework.Press},
		{Name: "circulate", Later: wd(5), Tell: []casework.Audience{chief}, Rung: casework.Circulate},
		{Name: "summon", Later: wd(10), Tell: []casework.Audience{district}, Rung: casework.Summon},
	}
	return w
}

// rungsOf lists the rungs that were climbed on the finish clock with that limit.
func rungsOf(c casework.Case, due time.Time) (out []casework.Rung) {
	for _, s := range c.Ladder {
		if s.Clock == casework.FinishClock && s.Due.Equal(due) {
			out = append(out, s.Rung)
		}
	}
	return out
}

// wholeLadder is every rung above a nudge.
func wholeLadder() []casework.Rung { return casework.Rungs()[1:] }

// At whatever times the clocks are looked at, whoever acknowledges when: each rung is climbed once for each limit, an extended
// one too, in its order, and nobody is told twice that somebody is silent.
func TestLadder_EachRungOncePerClock(t *testing.T) {
	w := pressing(t)
	rapid.Check(t, func(rt *rapid.T) {
		c, history := in(t, w, casework.Handling, monday)
		first, _ := c.Clock(casework.FinishClock)
		now, unread := monday, map[string]int{}
		fire := func() {
			next, events, _ := w.Fire(c, roster(), now)
			for _, e := range events {
				if e.Note["stage"] == casework.UnreadStage {
					unread[e.Note["step"]]++
				}
			}
			c, history = next, append(history, events...)
		}
		try := func(act casework.Act) {
			if next, e, err := w.Apply(c, act, roster(), now); err == nil {
				c, history = next, append(history, e)
			}
		}
		for range rapid.IntRange(0, 40).Draw(rt, "looks") {
			now = now.Add(time.Duration(rapid.IntRange(0, 72*60).Draw(rt, "minutes")) * time.Minute)
			fire()
			switch rapid.IntRange(0, 5).Draw(rt, "act") {
			case 0:
				try(filled(casework.AskExtension, person("ivan")))
				try(filled(casework.Extend, person("sven")))
			case 1:
				try(filled(casework.Acknowledge, person("ivan")))
			default:
			}
		}
		now = now.AddDate(1, 0, 0)
		fire()
		last, _ := c.Clock(casework.FinishClock)
		if got := rungsOf(c, last.Due); !slices.Equal(got, wholeLadder()) {
			rt.Fatalf("climbed %v", got)
		}
		if got := rungsOf(c, first.Due); !first.Due.Equal(last.Due) && len(got) > 0 {
			rt.Fatalf("%v of a limit that was extended in time", got)
		}
		for step, n := range unread {
			if n > 1 {
				rt.Fatalf("told %d times that step %s is not acknowledged", n, step)
			}
		}
		if err := casework.Verify(c, history); err != nil {
			rt.Fatal(err)
		}
	})
}

// Days after a limit are the calendar's: five working days beyond Wednesday 8 July end on the 15th, at 24:00.
func TestLadder_LaterStagesCountWorkingDays(t *testing.T) {
	w := pressing(t)
	c, _ := in(t, w, casework.Handling, monday)
	var at []string
	for range 6 {
		next, ok := w.NextStage(c)
		if !ok {
			t.Fatal("the ladder ends early")
		}
		if _, early, _ := w.Fire(c, roster(), next.Add(-time.Nanosecond)); len(early) > 0 {
			t.Errorf("a stage was passed before %s", next)
		}
		after, _, reminders := w.Fire(c, roster(), next)
		for i := range after.Ladder { // everybody says "received" at once
			for _, o := range after.Ladder[i].Unacknowledged() {
				after.Ladder[i].Acks = append(after.Ladder[i].Acks, casework.Ack{By: o, At: next})
			}
		}
		for _, r := range reminders {
			at = append(at, next.In(shanghai).Format("01-02 15:04 ")+r.Stage.Name+": "+names(r.To)+"; "+names(r.Copy))
		}
		c = after
	}
	want := []string{
		"07-08 09:00 due: ivan; ", "07-09 07:00 overdue: ivan; ", "07-10 07:00 order: ivan; vera", "07-12 07:00 press: ivan vera; otto sven",
		"07-16 07:00 circulate: vera; ", "07-23 07:00 summon: otto sven; ",
	}
	if !slices.Equal(at, want) {
		t.Errorf("got\n%q, want\n%q", at, want)
	}
	if _, more := w.NextStage(c); more {
		t.Error("there is more to come")
	}
}

// Whoever does not say "received" within a day is told of to the level above, once, and not at night.
func TestLadder_UnreadGoesOneLevelUpOnce(t *testing.T) {
	w := pressing(t)
	c, _ := in(t, w, casework.Handling, monday)
	c = mustApply(t, w, c, filled(casework.Supervise, "p-sven"), monday) // to ivan and vera, his chief
	if next, _ := w.NextStage(c); !next.Equal(monday.Add(24 * time.Hour)) {
		t.Errorf("next stage %s", next)
	}
	c = mustApply(t, w, c, filled(casework.Acknowledge, "p-vera"), monday)
	c, events, reminders := w.Fire(c, roster(), monday.Add(25*time.Hour))
	if got := told(reminders); len(events) != 1 || !slices.Equal(got, []string{"/unread: otto sven"}) {
		t.Errorf("told %v in %d events", got, len(events))
	}
	if _, again, _ := w.Fire(c, roster(), monday.AddDate(0, 0, 9)); len(again) != 0 {
		t.Errorf("%d events more", len(again))
	}
}

// After a long pause the record shows every rung, but only the last was told to anybody, and brings a document.
func TestLadder_StaleRungsAreOnRecordOnly(t *testing.T) {
	w := pressing(t)
	c, _ := in(t, w, casework.Handling, monday)
	due, _ := c.Due()
	c, _, reminders := w.Fire(c, roster(), due.AddDate(0, 2, 0))
	if got := rungsOf(c, due); !slices.Equal(got, wholeLadder()) {
		t.Errorf("on record: %v", got)
	}
	if got := told(reminders); !slices.Equal(got, []string{"finish/summon: otto sven"}) || reminders[0].Step != len(c.Ladder) {
		t.Errorf("told %v, step %d of %d", got, reminders[0].Step, len(c.Ladder))
	}
	for _, s := range c.Ladder[:len(c.Ladder)-1] {
		if len(s.To) > 0 || len(s.Copy) > 0 {
			t.Errorf("%s was addressed to %v", s.Rung, s.To)
		}
	}
	if !slices.Contains(c.Queues(), casework.BulletinQueue) {
		t.Error("the next bulletin does not name it")
	}
}

// A document belongs to one step, once; a bulletin to every circulated step of the case, whether or not it is over meanwhile.
func TestIssue_OncePerStep(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Closed, monday)
	c.Ladder = []casework.Step{{Rung: casework.Press, At: monday}, {Rung: casework.Circulate, At: monday}, {Rung: casework.Circulate, At: monday}}
	issue := func(step int, s casework.Series) casework.Act {
		return casework.Act{Action: casework.Issue, Step: step, Letter: &casework.Letter{Series: s, No: "7", To: "all", Text: "late"}}
	}
	for _, wrong := range []casework.Act{issue(0, casework.PressSeries), issue(4, casework.PressSeries), issue(1, casework.OrderSeries)} {
		_, _, err := w.Apply(c, wrong, roster(), monday)
		wantCode(t, "wrong", err, grid.Invalid)
	}
	c = mustApply(t, w, c, issue(1, casework.PressSeries), monday)
	_, _, err := w.Apply(c, issue(1, casework.PressSeries), roster(), monday)
	wantCode(t, "twice", err, grid.Conflict)
	if c.Uncirculated() != 2 || !slices.Equal(c.Queues(), []casework.Queue{casework.BulletinQueue}) {
		t.Errorf("uncirculated %d, queues %v", c.Uncirculated(), c.Queues())
	}
	c = mustApply(t, w, c, issue(2, casework.BulletinSeries), monday)
	if c.Ladder[1].Doc != 2 || c.Ladder[2].Doc != 2 || len(c.Letters) != 2 || c.Uncirculated() != 0 || len(c.Queues()) != 0 {
		t.Errorf("ladder %+v, %d letters", c.Ladder, len(c.Letters))
	}
}
