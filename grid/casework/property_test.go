package casework_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/public"
)

// life is a case that somebody or other does something to, with time going on.
type life struct {
	w      *casework.Work
	c      casework.Case
	events []casework.Event
	now    time.Time
	shown  public.Case // as the public saw it last
	read   int         // how many of the events it knew of then
}

// fataler is what a check ends with when something is not true: rapid's test or Go's.
type fataler interface {
	Fatalf(format string, args ...any)
}

// act does a random thing by a random person; most are refused, and then nothing may have changed.
func (l *life) act(rt *rapid.T) {
	action := rapid.SampledFrom(allActions()).Draw(rt, "action")
	act := filled(action, rapid.SampledFrom(append(everybody(), "")).Draw(rt, "who"))
	if act.Cell != "" {
		act.Cell = rapid.SampledFrom([]grid.CellCode{village, neighbour, town, otherTown, unassigned}).Draw(rt, "cell")
	}
	if act.Action == casework.Merge && rapid.IntRange(0, 9).Draw(rt, "merge") > 0 {
		return // else most lives would end there
	}
	next, e, err := l.w.Apply(l.c, act, roster(), l.now)
	if err != nil {
		return
	}
	l.c, l.events = next, append(l.events, e)
}

// fire lets the clocks do what they have to do by now.
func (l *life) fire(rt *rapid.T) {
	before, had := l.w.NextStage(l.c)
	after, events, _ := l.w.Fire(l.c, roster(), l.now)
	next, more := l.w.NextStage(after)
	switch {
	case more && !next.After(l.now):
		rt.Fatalf("after Fire at %s the next stage is at %s", l.now, next)
	case had && more && next.Before(before) && after.State == l.c.State:
		rt.Fatalf("the next stage moved back from %s to %s", before, next)
	case (had && !before.After(l.now)) != (len(events) > 0):
		rt.Fatalf("next stage %s (%v), but %d events at %s", before, had, len(events), l.now)
	}
	l.c, l.events = after, append(l.events, events...)
}

// check is what must be true of every case at any time.
func (l *life) check(rt fataler) {
	c := l.c
	if c.State == casework.None {
		return
	}
	runs := running(c)
	if c.State.Open() != (len(runs) > 0) {
		rt.Fatalf("%s with clocks %v", c.State, runs)
	}
	if c.State.Final() {
		if _, fired, _ := l.w.Fire(c, roster(), l.now.AddDate(10, 0, 0)); len(fired) > 0 {
			rt.Fatalf("%s, and yet %v fires", c.State, fired[0].Note)
		}
	}
	if sorted := slices.Sorted(slices.Values(runs)); len(slices.Compact(sorted)) != len(runs) {
		rt.Fatalf("a clock runs twice: %v", runs)
	}
	waits := c.State.Underway() || c.State == casework.Merged
	if waits != c.ClosedAt.IsZero() {
		rt.Fatalf("%s closed at %s", c.State, c.ClosedAt)
	}
	if _, comes := l.w.NextStage(c); comes && !c.State.Open() {
		rt.Fatalf("a stage is to come though the case is %s", c.State)
	}
	works := slices.DeleteFunc(c.Queues(), func(q casework.Queue) bool {
		return slices.Contains([]casework.Queue{casework.BulletinQueue, casework.NoticeQueue, casework.RewardQueue, casework.PayQueue}, q) // of what is over, too
	})
	if c.State.Open() != (len(works) > 0) {
		rt.Fatalf("%s stands in %v", c.State, c.Queues())
	}
	if err := casework.Verify(c, l.events); err != nil {
		rt.Fatalf("%v", err)
	}
	l.public(rt)
	if last := l.events[len(l.events)-1]; last.To != c.State {
		rt.Fatalf("the history ends in %s, the case is %s", last.To, c.State)
	}
}

// public checks that whoever asks what was told since some moment hears of everything that the public sees otherwise by now.
func (l *life) public(rt fataler) {
	c, was, news := l.c, l.shown, l.events[l.read:]
	c.Number = "2026-00001"
	shown, _ := public.View{Tree: l.w.Tree, Round: 500}.Of(c)
	l.shown, l.read = shown, len(l.events)
	told := slices.ContainsFunc(news, func(e casework.Event) bool { return e.Arrived.Equal(c.Told) }) || shown.Updated.After(was.Updated)
	shown.Told, was.Told, shown.Updated = time.Time{}, time.Time{}, was.Updated
	if shown.Report != "" && !shown.Equal(was) && !told {
		rt.Fatalf("the public is not told of %s: %+v became %+v", news[len(news)-1].Action, was, shown)
	}
}

// goOn does the first of these actions that somebody may do and that works, so that a life goes on instead of meeting refusals,
// and tells which; none when none does.
func (l *life) goOn(order []casework.Action) casework.Action {
	everyone := roster()
	for _, a := range order {
		for _, who := range append(everybody(), "") {
			if !l.w.May(l.c, a, who, everyone, l.now) {
				continue
			}
			if next, e, err := l.w.Apply(l.c, filled(a, who), everyone, l.now); err == nil {
				l.c, l.events = next, append(l.events, e)
				return a
			}
			break
		}
	}
	return ""
}

// Lives that go on reach every corner, and what is true of every case is true there: while more time is asked for, granted or
// denied, while the reporter is asked for more, in review and re-review, merged and taken apart, refused and moved.
func TestManyLives_ReachEverything(t *testing.T) {
	w := work(t)
	random := rand.New(rand.NewPCG(4, 2))
	done := map[casework.Action]int{}
	way := []casework.Action{ // to an answer and beyond: one time in three a life goes on along it, if it can
		casework.Submit, casework.Accept, casework.Take, casework.HandIn, casework.Close, casework.Confirm, casework.AskReview, casework.Uphold,
	}
	order := func() []casework.Action {
		all := allActions()
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if random.IntN(3) == 0 {
			return append(slices.Clone(way), all...)
		}
		return all
	}
	for range 120 {
		l := &life{w: w, c: fresh(), now: monday}
		for range 60 {
			done[l.goOn(order())]++
			l.check(t)
			if random.IntN(3) == 0 {
				l.now = l.now.Add(time.Duration(random.IntN(9*24)) * time.Hour)
				l.c, l.events = l.fired()
				l.check(t)
			}
		}
	}
	for _, a := range []casework.Action{
		casework.AskMore, casework.AddWords, casework.AskExtension, casework.Extend, casework.DenyExtension, casework.AskReview,
		casework.Uphold, casework.Reopen, casework.Merge, casework.Unmerge, casework.CloseWith, casework.RefuseWith, casework.Refuse,
		casework.MoveOut, casework.Receipt, casework.Object, casework.Confirm, casework.Pass, casework.Draw, casework.Withdraw,
	} {
		if done[a] == 0 {
			t.Errorf("%s was never done: %v", a, done)
		}
	}
}

// fired lets the clocks do what they have to do by now.
func (l *life) fired() (casework.Case, []casework.Event) {
	c, events, _ := l.w.Fire(l.c, roster(), l.now)
	return c, append(l.events, events...)
}

// Whatever people do in whatever order: no closed case has a running clock, no open one is without; stages come once
// and in order; the history is whole; the worklists agree with the state.
func TestAnyLife(t *testing.T) {
	w := work(t)
	rapid.Check(t, func(rt *rapid.T) {
		l := &life{w: w, c: fresh(), now: monday}
		l.c.Urgent = rapid.Bool().Draw(rt, "urgent")
		rt.Repeat(map[string]func(*rapid.T){
			"act":  l.act,
			"fire": l.fire,
			"go on": func(rt *rapid.T) {
				l.goOn(rapid.Permutation(allActions()).Draw(rt, "order"))
			},
			"wait": func(rt *rapid.T) {
				l.now = l.now.Add(time.Duration(rapid.IntRange(0, 10*24*60).Draw(rt, "minutes")) * time.Minute)
			},
			"": func(rt *rapid.T) { l.check(rt) },
		})
	})
}

// However often and at whatever times the clocks are looked at, each stage is on record exactly once in the end.
func TestStagesOnce(t *testing.T) {
	w := work(t)
	rapid.Check(t, func(rt *rapid.T) {
		c, _ := in(t, w, casework.Accepted, monday)
		seen := map[string]int{}
		now := monday
		for range rapid.IntRange(0, 40).Draw(rt, "looks") {
			now = now.Add(time.Duration(rapid.IntRange(0, 48*60).Draw(rt, "minutes")) * time.Minute)
			var events []casework.Event
			c, events, _ = w.Fire(c, roster(), now)
			for _, e := range events {
				seen[e.Note["clock"]+"/"+e.Note["stage"]]++
			}
		}
		_, events, _ := w.Fire(c, roster(), now.AddDate(1, 0, 0))
		for _, e := range events {
			seen[e.Note["clock"]+"/"+e.Note["stage"]]++
		}
		if len(seen) != 8 {
			rt.Fatalf("%d stages: %v", len(seen), seen)
		}
		for stage, n := range seen {
			if n != 1 {
				rt.Fatalf("%s came %d times", stage, n)
			}
		}
	})
}
