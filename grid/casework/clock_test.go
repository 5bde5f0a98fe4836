package casework_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// running lists the clocks that count.
func running(c casework.Case) (out []casework.ClockName) {
	for _, k := range c.Clocks {
		if k.Running() {
			out = append(out, k.Name)
		}
	}
	return out
}

func mustApply(t *testing.T, w *casework.Work, c casework.Case, act casework.Act, now time.Time) casework.Case {
	t.Helper()
	next, _, err := w.Apply(c, act, roster(), now)
	if err != nil {
		t.Fatalf("%s: %v", act.Action, err)
	}
	return next
}

// Which clocks run in each state.
func TestClocksOfStates(t *testing.T) {
	w := work(t)
	tests := []struct {
		state casework.State
		want  []casework.ClockName
	}{
		{casework.Registered, []casework.ClockName{casework.DecideClock, casework.NotifyClock}},
		{casework.OutOfArea, []casework.ClockName{casework.DecideClock, casework.NotifyClock}},
		{casework.Asked, []casework.ClockName{casework.NotifyClock, casework.AnswerClock}},
		{casework.Accepted, []casework.ClockName{casework.FinishClock, casework.StartClock}},
		{casework.Handling, []casework.ClockName{casework.FinishClock}},
		{casework.HandedIn, []casework.ClockName{casework.FinishClock}},
		{casework.Answered, []casework.ClockName{casework.ConfirmClock}},
		{casework.SpotCheck, []casework.ClockName{casework.SpotClock}},
		{casework.Reviewing, []casework.ClockName{casework.ReviewClock}},
		{casework.Merged, nil},
		{casework.Closed, nil},
		{casework.Refused, nil},
		{casework.Withdrawn, nil},
	}
	for _, tt := range tests {
		c, _ := in(t, w, tt.state, monday)
		got := running(c)
		if len(got) != len(tt.want) {
			t.Errorf("%s: %v run, want %v", tt.state, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: %v run, want %v", tt.state, got, tt.want)
			}
		}
	}
}

// Moving a case, objecting and giving a result back move no limit; who gets a case that somebody had begun gets time to
// begin.
func TestClocksSurvive(t *testing.T) {
	w := work(t)
	accepted, _ := in(t, w, casework.Accepted, monday)
	later := monday.AddDate(0, 0, 1)

	moved := mustApply(t, w, accepted, filled(casework.Reassign, "p-dora"), later)
	for _, name := range []casework.ClockName{casework.StartClock, casework.FinishClock} {
		a, _ := accepted.Clock(name)
		if b, _ := moved.Clock(name); a != b || !b.Running() {
			t.Errorf("%s: %+v became %+v", name, a, b)
		}
	}

	taken := mustApply(t, w, accepted, filled(casework.Take, "p-ivan"), monday)
	objected := mustApply(t, w, taken, filled(casework.NotMine, "p-ivan"), later)
	back := mustApply(t, w, objected, filled(casework.Reassign, "p-dora"), later)
	finish, _ := accepted.Clock(casework.FinishClock)
	if k, _ := back.Clock(casework.FinishClock); k != finish {
		t.Errorf("the finish clock %+v became %+v", finish, k)
	}
	back = mustApply(t, w, back, casework.Act{Action: casework.HandOn}, later)
	start, _ := back.Clock(casework.StartClock)
	if !start.Running() || !start.Started.Equal(later) {
		t.Errorf("the new cell's start clock is %+v", start)
	}

	result := mustApply(t, w, taken, filled(casework.HandIn, "p-ivan"), later)
	returned := mustApply(t, w, result, filled(casework.Return, "p-dora"), later)
	if k, _ := returned.Clock(casework.FinishClock); k != finish {
		t.Errorf("after a return the finish clock %+v became %+v", finish, k)
	}
}

// A limit in days ends at 24:00 of its last day: that instant is late, the one before is not, for the running and the
// stopped clock and in agreement with the calendar.
func TestLateAtMidnight(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Registered, monday) // 2 working days from Monday: Wednesday, 24:00
	due, _ := c.Due()
	if want := at(6, 11, 0); !due.Equal(want) {
		t.Fatalf("due %s, want %s", due, want)
	}
	deadline := w.Calendar.Deadline(monday, w.Rules.Limits[casework.DecideClock])
	for _, now := range []time.Time{monday, due.Add(-time.Nanosecond), due, due.Add(time.Nanosecond)} {
		want := deadline.Late(now)
		if want != !now.Before(due) {
			t.Errorf("the calendar finds %s late: %v", now, want)
		}
		if got := c.Late(now); got != want {
			t.Errorf("case at %s: late %v, want %v", now, got, want)
		}
		if got := c.Clocks[0].Late(now); got != want {
			t.Errorf("running clock at %s: late %v, want %v", now, got, want)
		}
		stopped := c.Clocks[0]
		stopped.Stopped = now
		if got := stopped.Late(due.AddDate(1, 0, 0)); got != want {
			t.Errorf("stopped at %s: late %v, want %v", now, got, want)
		}
	}
}

// Where no clock runs nothing is due and nothing is late.
func TestClosedIsNeverDue(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Closed, monday)
	if _, ok := c.Due(); ok || c.Late(monday.AddDate(5, 0, 0)) {
		t.Error("a closed case is due")
	}
	if next, ok := w.NextStage(c); ok {
		t.Errorf("a closed case has a stage at %s", next)
	}
}

// When the holidays of a year are published, provisional limits get their final date, and nothing else does.
func TestRecompute(t *testing.T) {
	before := work(t, calendar.Year{Year: 2026})
	now := at(12, 30, 10)
	c, _ := in(t, before, casework.Registered, now) // two working days from 30 December reach into 2027
	k, _ := c.Clock(casework.DecideClock)
	if !k.Provisional {
		t.Fatalf("clock %+v should be provisional", k)
	}
	if _, changed := before.Recompute(c); changed {
		t.Error("nothing was published, but the limit changed")
	}
	after := work(t, calendar.Year{Year: 2026}, calendar.Year{Year: 2027, Off: []calendar.Date{
		{Year: 2027, Month: 1, Day: 1}, {Year: 2027, Month: 1, Day: 2}, {Year: 2027, Month: 1, Day: 3}, {Year: 2027, Month: 1, Day: 4},
	}})
	got, changed := after.Recompute(c)
	final, _ := got.Clock(casework.DecideClock)
	if want := time.Date(2027, 1, 6, 0, 0, 0, 0, shanghai); !changed || final.Provisional || !final.Due.Equal(want) {
		t.Errorf("recomputed %+v (%v), want final and due %s", final, changed, want)
	}
	if still, _ := c.Clock(casework.DecideClock); still != k {
		t.Error("the case before was changed")
	}
	if _, again := after.Recompute(got); again {
		t.Error("a final limit changed once more")
	}
	closed := mustApply(t, before, c, filled(casework.Withdraw, "citizen"), now)
	if _, changed := after.Recompute(closed); changed {
		t.Error("a stopped clock changed")
	}
}

func TestQueues(t *testing.T) {
	w := work(t)
	tests := []struct {
		state casework.State
		want  []casework.Queue
	}{
		{casework.Registered, []casework.Queue{casework.DecideQueue}},
		{casework.OutOfArea, []casework.Queue{casework.DecideQueue}},
		{casework.Accepted, []casework.Queue{casework.CellQueue(village)}},
		{casework.Handling, []casework.Queue{casework.CellQueue(village)}},
		{casework.HandedIn, []casework.Queue{casework.CellQueue(village), casework.ReviewQueue}},
		{casework.Closed, nil},
		{casework.Refused, nil},
		{casework.Withdrawn, nil},
	}
	for _, tt := range tests {
		c, _ := in(t, w, tt.state, monday)
		got := c.Queues()
		if len(got) != len(tt.want) {
			t.Errorf("%s: %v, want %v", tt.state, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: %v, want %v", tt.state, got, tt.want)
			}
		}
	}
	c, _ := in(t, w, casework.Handling, monday)
	c = mustApply(t, w, c, filled(casework.NotMine, "p-ivan"), monday)
	if got := c.Queues(); len(got) != 2 || got[1] != casework.DisputeQueue {
		t.Errorf("a disputed case stands in %v", got)
	}
}
