package enterprise_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/enterprise"
)

// Whatever is done in whatever order, on whatever days: nobody is closed without the government, production is limited for no longer than
// three months and three more, who is exempt is neither limited nor stopped, and limits are told of once.
func TestWhateverIsDone(t *testing.T) {
	cards := make(map[enterprise.Action]bool)
	for _, r := range enterprise.Table() {
		cards[r.Action] = true
	}
	all := []enterprise.Action{enterprise.Record, enterprise.Record}
	for a := range cards {
		all = append(all, a)
	}
	seen := make(map[enterprise.State]bool)
	rapid.Check(t, func(rt *rapid.T) {
		w := work(rt)
		e := enterprise.Enterprise{Number: "QY0001", Trade: enterprise.Food}
		if rapid.IntRange(0, 3).Draw(rt, "exempt") == 0 {
			e.Exempt = enterprise.ExemptSewage
		}
		now := day("2026-01-05")
		government := false
		limitedFrom := make(map[int]time.Time)
		for range rapid.IntRange(1, 60).Draw(rt, "acts") {
			now = now.AddDate(0, 0, rapid.IntRange(0, 40).Draw(rt, "days"))
			if rapid.Bool().Draw(rt, "job") {
				var again []enterprise.Notice
				e, _, _ = w.Remind(e, now)
				if _, _, again = w.Remind(e, now); len(again) > 0 {
					rt.Fatalf("told twice: %+v", again)
				}
			}
			act := draw(rt, w, e, all, now)
			before := e
			after, _, err := w.Apply(e, act, now)
			if err != nil {
				continue
			}
			e = after
			government = government || act.Action == enterprise.Close && act.Body != "" && act.Doc != ""
			for _, c := range e.Cards {
				seen[c.State] = true
			}
			judge(rt, e, before, act, now, government, limitedFrom)
		}
	})
	for _, s := range []enterprise.State{enterprise.Limited, enterprise.Stopped, enterprise.Lifted, enterprise.Mending, enterprise.Proposed} {
		if !seen[s] {
			t.Errorf("no sequence led to %s: nothing was tested of it", s)
		}
	}
}

func judge(rt *rapid.T, e, before enterprise.Enterprise, act enterprise.Act, now time.Time, government bool, limitedFrom map[int]time.Time) {
	rt.Helper()
	if e.Colour() == enterprise.Red && !government {
		rt.Fatalf("red after %s without the government", act.Action)
	}
	for _, c := range e.Cards {
		if c.State == enterprise.Closed && (c.Red == nil || c.Red.Body == "" || c.Red.GovDoc == "" || c.Red.Proposed.IsZero()) {
			rt.Fatalf("closed with %+v", c.Red)
		}
		if e.Exempt != "" && (c.State == enterprise.Limited || c.State == enterprise.Stopped) {
			rt.Fatalf("exempt and %s", c.State)
		}
		if c.State != enterprise.Limited {
			continue
		}
		if limitedFrom[c.N].IsZero() {
			limitedFrom[c.N] = c.Served
		}
		if c.Served.AddDate(0, 6, 1).Before(c.Until) || !now.Before(c.Until) {
			rt.Fatalf("limited since %v until %v, now %v, after %s (was %v)", c.Served, c.Until, now, act.Action, before.Cards)
		}
	}
	// Limited times do not follow each other without a check in between that found it right.
	for i, c := range e.Cards {
		if i == 0 || c.Measure != enterprise.Limit || c.Served.IsZero() {
			continue
		}
		if p := e.Cards[i-1]; p.Measure == enterprise.Limit && !p.Served.IsZero() && p.State != enterprise.Over {
			rt.Fatalf("limited again while card %d is %s", p.N, p.State)
		}
	}
}

// draw is some act, as often as not one that the state is open for.
func draw(rt *rapid.T, w enterprise.Work, e enterprise.Enterprise, all []enterprise.Action, now time.Time) enterprise.Act {
	a := rapid.SampledFrom(all).Draw(rt, "action")
	act := enterprise.Act{
		Action: a, Card: len(e.Cards), Words: "w", Doc: rapid.SampledFrom([]string{"No 1", "No 2", ""}).Draw(rt, "doc"), Where: "x",
		Body: rapid.SampledFrom([]string{"government", ""}).Draw(rt, "body"), Months: rapid.IntRange(0, 4).Draw(rt, "months"),
		Day: now.AddDate(0, 0, -rapid.SampledFrom([]int{0, 0, 0, 5, 100}).Draw(rt, "ago")),
	}
	if c, open := e.Running(); open && rapid.IntRange(0, 4).Draw(rt, "fitting") > 0 {
		if may := c.May(enterprise.TheBureau, enterprise.TheSupervisor); len(may) > 0 {
			act.Action, act.Card = rapid.SampledFrom(may).Draw(rt, "open"), c.N
		}
	}
	if _, open := e.Running(); !open && rapid.Bool().Draw(rt, "begins") {
		act.Action = enterprise.Tell
	}
	switch act.Action {
	case enterprise.Tell:
		act.Card = 0
		act.Measure = rapid.SampledFrom(enterprise.Measures()).Draw(rt, "measure")
		act.Ground = rapid.SampledFrom(enterprise.Grounds(act.Measure)).Draw(rt, "ground")
		for _, f := range w.Bearing(e, act.Ground) {
			act.Facts = append(act.Facts, f.N)
		}
	case enterprise.Propose:
		act.Ground = rapid.SampledFrom(enterprise.RedGrounds()).Draw(rt, "ground")
	case enterprise.Record:
		act.Fact = enterprise.Fact{
			Kind: rapid.SampledFrom(enterprise.FactKinds()).Draw(rt, "kind"), Day: act.Day, Source: enterprise.Automatic, Item: "Pb",
			Value: 4, Limit: 1, Words: "w", Doc: "d", Toxic: true,
		}
	default: // the others need no more than what was drawn
	}
	return act
}
