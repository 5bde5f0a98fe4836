package casework_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// extended asks for days and grants them.
func extended(t *testing.T, w *casework.Work, c casework.Case, days int, now time.Time) casework.Case {
	t.Helper()
	c = mustApply(t, w, c, casework.Act{Action: casework.AskExtension, Person: "p-ivan", Days: days, Reason: "lab"}, now)
	return mustApply(t, w, c, casework.Act{Action: casework.Extend, Person: "p-sven"}, now)
}

// Rules §0: 60 (here 30) days and at most 30 more in all, counted on from the end of the limit; what was stopped for it was
// not late.
func TestExtension_CountsOnFromTheLimit(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Handling, monday) // 8 June + 30 days = 8 July
	c = extended(t, w, c, 10, monday.AddDate(0, 0, 20))
	due, _ := c.Due()
	if want := at(7, 21, 0); !due.Equal(want) { // 18 July is a Saturday: Monday the 20th, until 24:00
		t.Errorf("due %s, want %s", due, want)
	}
	k, _ := c.Clock(casework.FinishClock)
	if k.Extended != 10 || k.Fired != 0 {
		t.Errorf("clock %+v", k)
	}
	old := c.Clocks[slices.IndexFunc(c.Clocks, func(k casework.Clock) bool { return k.Name == casework.FinishClock })]
	if !old.Replaced || old.Running() || old.Late(monday.AddDate(1, 0, 0)) {
		t.Errorf("the clock before is %+v", old)
	}
	if left := w.Extendable(c); left != 20 {
		t.Errorf("%d days are left", left)
	}
}

// The sum is capped, not the number of times; afterwards nothing is granted.
func TestExtension_CapsTheSum(t *testing.T) {
	w := work(t)
	rapid.Check(t, func(rt *rapid.T) {
		c, _ := in(t, w, casework.Handling, monday)
		sum := 0
		for range rapid.IntRange(1, 6).Draw(rt, "times") {
			days := rapid.IntRange(1, 40).Draw(rt, "days")
			next, _, err := w.Apply(c, casework.Act{Action: casework.AskExtension, Person: "p-ivan", Days: days, Reason: "lab"}, roster(), monday)
			if (sum+days <= 30) != (err == nil) {
				rt.Fatalf("%d days beside %d: %v", days, sum, err)
			}
			if err != nil {
				continue
			}
			c = mustApply(t, w, next, casework.Act{Action: casework.Extend, Person: "p-sven"}, monday)
			sum += days
		}
		k, _ := c.Clock(casework.FinishClock)
		bound := at(6, 8, 0).AddDate(0, 0, 30+30+4+1) // each end may roll over a weekend
		if k.Extended != sum || k.Due.After(bound) {
			rt.Fatalf("%+v after %d days", k, sum)
		}
	})
}

// It is asked for and granted before the limit, and not by the same person.
func TestExtension_NeitherLateNorSilent(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Handling, monday)
	due, _ := c.Due()
	ask := casework.Act{Action: casework.AskExtension, Person: "p-ivan", Days: 5, Reason: "lab"}
	_, _, err := w.Apply(c, ask, roster(), due)
	wantCode(t, "asked late", err, grid.Expired)
	_, _, err = w.Apply(c, casework.Act{Action: casework.Extend, Person: "p-sven"}, roster(), monday)
	wantCode(t, "never asked", err, grid.Conflict)
	c = mustApply(t, w, c, ask, due.Add(-time.Nanosecond))
	if q := c.Queues(); q[len(q)-1] != casework.ExtensionQueue {
		t.Errorf("stands in %v", q)
	}
	_, _, err = w.Apply(c, casework.Act{Action: casework.Extend, Person: "p-sven"}, roster(), due)
	wantCode(t, "granted late", err, grid.Expired)
	denied := mustApply(t, w, c, casework.Act{Action: casework.DenyExtension, Person: "p-sven", Reason: "no"}, due)
	if denied.Extension != nil {
		t.Error("still asked for")
	}
	granted := mustApply(t, w, c, casework.Act{Action: casework.Extend, Person: "p-sven", Days: 2}, due.Add(-time.Nanosecond))
	if k, _ := granted.Clock(casework.FinishClock); k.Extended != 2 {
		t.Errorf("granted fewer days: %+v", k)
	}
}

// A provisional limit that was extended gets its final date when the year's holidays are published.
func TestExtension_SurvivesRecompute(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Handling, at(12, 1, 10))
	c = extended(t, w, c, 10, at(12, 2, 10))
	k, _ := c.Clock(casework.FinishClock)
	if !k.Provisional {
		t.Fatalf("%+v should be provisional", k)
	}
	again, changed := w.Recompute(c)
	if after, _ := again.Clock(casework.FinishClock); changed || after != k {
		t.Errorf("with the same calendar %+v became %+v", k, after)
	}
}
