package referral_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/referral"
)

var (
	nine   = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	monday = calendar.Date{Year: 2026, Month: 11, Day: 2}
)

func rules(t *testing.T) referral.Rules {
	t.Helper()
	c, err := calendar.New(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	days := func(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.Day} }
	return referral.Rules{
		Approve: days(3), HandOver: calendar.Limit{N: 24, Unit: calendar.Hour}, Receive: days(5), Decide: days(3), Clue: days(7), Object: days(3),
		Review: days(3), File: days(30), Again: 48 * time.Hour, Times: 3, Calendar: c,
	}
}

// walk does one act after the other, each on a day counted from Monday.
type walk struct {
	t *testing.T
	r referral.Rules
	x referral.Referral
}

func (w *walk) does(a referral.Action, by grid.OfficerID, day int, code grid.Code) {
	w.t.Helper()
	act := referral.Act{Action: a, By: by, Day: monday.AddDays(day), Words: "because"}
	if a == referral.HandOver {
		act.Letter, act.Bundle = &casework.Letter{Text: "letter"}, referral.Bundle{SHA256: "ab"}
	}
	x, _, err := w.x.Apply(act, w.r, nine.AddDate(0, 0, 60))
	if grid.CodeOf(err) != code {
		w.t.Fatalf("%s: %v", a, err)
	}
	w.x = x
}

// TestApply: the steps come in their order, each on its own day; nobody approves what they proposed; a decline may be objected to
// within the days of the rule, and what is accepted after that is filed and has a result.
func TestApply(t *testing.T) {
	w := &walk{t: t, r: rules(t), x: referral.Referral{ID: "r", Ground: referral.Crime}}
	w.does(referral.Approve, "boss", 0, grid.Conflict)
	w.does(referral.Propose, "boss", 0, "")
	w.does(referral.Approve, "boss", 0, grid.Forbidden)
	w.does(referral.Approve, "other", 1, "")
	w.does(referral.HandOver, "clerk", 0, grid.Invalid)  // before it was approved
	w.does(referral.HandOver, "clerk", 61, grid.Invalid) // tomorrow
	w.does(referral.HandOver, "clerk", 2, "")
	w.does(referral.Receive, "clerk", 2, "")
	w.does(referral.File, "clerk", 3, grid.Conflict)
	w.does(referral.Decline, "clerk", 4, "")
	w.does(referral.Object, "clerk", 8, grid.Conflict) // three days are over
	w.does(referral.Object, "clerk", 7, "")
	w.does(referral.Accept, "clerk", 9, "")
	w.does(referral.File, "clerk", 10, "")
	w.does(referral.Conclude, "clerk", 40, "")
	if w.x.Running() || len(w.x.Steps) != 9 || w.x.Steps[2].Day != monday.AddDays(2) {
		t.Errorf("%+v", w.x)
	}
	count := referral.Count([]referral.Referral{w.x}, 2026)
	if got, want := count[referral.Police], (referral.Year{Handed: 1, Received: 1, Accepted: 1, Filed: 1, Ended: 1}); got != want || len(count) != 1 {
		t.Errorf("%+v", count)
	}
	if len(referral.Count([]referral.Referral{w.x}, 2025)) != 0 {
		t.Error("counted in another year")
	}
}

// TestHandOverNeedsTheBundle: a letter without the file of the case is not handed over.
func TestHandOverNeedsTheBundle(t *testing.T) {
	w := &walk{t: t, r: rules(t)}
	w.does(referral.Propose, "a", 0, "")
	w.does(referral.Approve, "b", 0, "")
	_, _, err := w.x.Apply(referral.Act{Action: referral.HandOver, Day: monday, Letter: &casework.Letter{Text: "x"}}, w.r, nine.AddDate(0, 0, 60))
	if grid.CodeOf(err) != grid.Invalid {
		t.Error(err)
	}
}

// TestChase: each step is asked for from its limit on, as often as set; of the end of the time to object it is reminded a day ahead.
func TestChase(t *testing.T) {
	w := &walk{t: t, r: rules(t)}
	w.does(referral.Propose, "a", 0, "")
	due := w.x.Due
	for i, want := range []bool{true, true, true, false} {
		x, _, told := w.x.Chase(w.r, due.Add(time.Duration(i)*48*time.Hour))
		if told != want {
			t.Errorf("reminder %d: %v", i+1, told)
		}
		w.x = x
	}
	w.does(referral.Approve, "b", 0, "")
	w.does(referral.HandOver, "b", 0, "")
	w.does(referral.Receive, "b", 0, "")
	w.does(referral.Decline, "b", 0, "")
	if next, ok := w.x.Next(w.r); !ok || !next.Equal(w.x.Due.Add(-24*time.Hour)) {
		t.Errorf("next %v, due %v", next, w.x.Due)
	}
	w.does(referral.Leave, "b", 1, "")
	if _, ok := w.x.Next(w.r); ok {
		t.Error("what is over is asked for")
	}
}
