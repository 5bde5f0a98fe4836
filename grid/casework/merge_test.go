package casework_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// flock is some reports of which several are of one matter.
type flock struct {
	w       *casework.Work
	cases   []casework.Case
	events  [][]casework.Event
	now     time.Time
	answers []int // that each reporter was given
}

func newFlock(rt *rapid.T, w *casework.Work) *flock {
	f := &flock{w: w, now: monday, answers: make([]int, 5)}
	for i := range 5 {
		c := fresh()
		c.ID, c.Reporter, c.Number = casework.CaseID(fmt.Sprint("c", i)), grid.PersonID(fmt.Sprint("citizen", i)), fmt.Sprint("R", i)
		f.cases, f.events = append(f.cases, c), append(f.events, nil)
		f.do(rt, i, casework.Submit, c.Reporter)
	}
	return f
}

// do does something to one of them, and lets those that go with it follow when it ends; false when it was refused.
func (f *flock) do(rt *rapid.T, i int, action casework.Action, who grid.PersonID) bool {
	act := filled(action, who)
	before := f.cases[i]
	next, e, err := f.w.Apply(before, act, roster(), f.now)
	if err != nil {
		return false
	}
	f.put(i, next, e)
	if !casework.Ends(before, next) {
		return true
	}
	for k := range f.cases {
		if f.cases[k].Parent == next.ID && f.cases[k].State == casework.Merged {
			child, e, err := f.w.EndWith(next, f.cases[k], "", roster(), f.now)
			if err != nil {
				rt.Fatalf("%s does not follow %s: %v", f.cases[k].ID, next.State, err)
			}
			if (next.State == casework.Refused) != (child.State == casework.Refused) || child.Reply != next.Reply && child.State != f.was(k) {
				rt.Fatalf("%s ended as %s %q, and %s with it as %s %q", next.ID, next.State, next.Reply, child.ID, child.State, child.Reply)
			}
			f.put(k, child, e)
		}
	}
	return true
}

// was is the state that a merged case had before.
func (f *flock) was(i int) casework.State { return f.cases[i].Was }

func (f *flock) put(i int, c casework.Case, e casework.Event) {
	switch e.Action {
	case casework.Close, casework.Refuse, casework.CloseWith, casework.RefuseWith:
		f.answers[i]++
	default:
	}
	f.cases[i], f.events[i] = c, append(f.events[i], e)
}

func (f *flock) pick(rt *rapid.T, label string) int {
	return rapid.IntRange(0, len(f.cases)-1).Draw(rt, label)
}

func (f *flock) merge(rt *rapid.T) {
	i, j := f.pick(rt, "child"), f.pick(rt, "parent")
	c, p := f.cases[i], f.cases[j]
	if casework.Mergeable(c, p) != nil {
		return
	}
	child, e, err := f.w.Apply(c, casework.Act{Action: casework.Merge, Person: "p-dora", Other: p.ID}, roster(), f.now)
	if err != nil {
		return
	}
	parent, pe, err := f.w.Apply(p, casework.Act{Action: casework.Adopt, Person: "p-dora", Other: c.ID}, roster(), f.now)
	if err != nil {
		return
	}
	f.put(i, child, e)
	f.put(j, parent, pe)
}

func (f *flock) unmerge(rt *rapid.T) {
	i := f.pick(rt, "child")
	c := f.cases[i]
	held := c.Clocks
	if c.State != casework.Merged || !f.do(rt, i, casework.Unmerge, "p-dora") {
		return
	}
	for k, clock := range f.cases[i].Clocks {
		if held[k].Held && (!clock.Running() || !clock.Due.Equal(held[k].Due)) {
			rt.Fatalf("taken apart, %s is %+v, was %+v", clock.Name, clock, held[k])
		}
	}
	for j, p := range f.cases {
		if p.ID == c.Parent {
			next, e, err := f.w.Apply(p, casework.Act{Action: casework.Release, Person: "p-dora", Other: c.ID}, roster(), f.now)
			if err != nil {
				rt.Fatal(err)
			}
			f.put(j, next, e)
		}
	}
}

func (f *flock) check(rt *rapid.T) {
	for i, c := range f.cases {
		if err := casework.Verify(c, f.events[i]); err != nil {
			rt.Fatal(err)
		}
		if c.State == casework.Merged && len(running(c)) > 0 {
			rt.Fatalf("%s is merged and %v runs", c.ID, running(c))
		}
		closings := 1 + c.Reopened
		if c.State.Underway() || c.State == casework.Merged || c.State == casework.Withdrawn {
			closings = c.Reopened
		}
		if f.answers[i] != closings {
			rt.Fatalf("%s (%s, reopened %d): its reporter was answered %d times", c.ID, c.State, c.Reopened, f.answers[i])
		}
		if c.State == casework.Merged {
			for _, p := range f.cases {
				if p.ID == c.Parent && !p.State.Underway() {
					rt.Fatalf("%s waits for %s, which is %s", c.ID, p.ID, p.State)
				}
			}
		}
	}
}

// For any sequence of merging, taking apart, closing, objecting and withdrawing: every reporter of every report gets exactly one
// answer for each closing, nothing that is merged has a running clock or waits for what is over, and what is taken apart goes on
// with its old limits.
func TestMerge_EverybodyIsAnsweredOnce(t *testing.T) {
	w := work(t)
	rapid.Check(t, func(rt *rapid.T) {
		f := newFlock(rt, w)
		step := func(actions ...casework.Action) func(*rapid.T) {
			return func(rt *rapid.T) {
				i := f.pick(rt, "case")
				for _, a := range actions {
					who := person("dora")
					switch a {
					case casework.Take, casework.HandIn:
						who = person("ivan")
					case casework.Object, casework.Confirm, casework.Withdraw:
						who = f.cases[i].Reporter
					case casework.HandOn:
						who = ""
					default:
					}
					f.do(rt, i, a, who)
				}
			}
		}
		rt.Repeat(map[string]func(*rapid.T){
			"merge":    f.merge,
			"unmerge":  f.unmerge,
			"accept":   step(casework.Accept, casework.HandOn, casework.Take),
			"close":    step(casework.Accept, casework.HandOn, casework.Take, casework.HandIn, casework.Close),
			"refuse":   step(casework.Refuse),
			"object":   step(casework.Object),
			"confirm":  step(casework.Confirm),
			"withdraw": step(casework.Withdraw),
			"wait": func(rt *rapid.T) {
				f.now = f.now.Add(time.Duration(rapid.IntRange(1, 72).Draw(rt, "hours")) * time.Hour)
			},
			"": f.check,
		})
	})
}

// The answer of a merged report names its own number.
func TestMerge_OwnNumber(t *testing.T) {
	w := work(t)
	parent, _ := in(t, w, casework.HandedIn, monday)
	child, _ := in(t, w, casework.Registered, monday)
	child.ID, child.Number, child.Reporter = "c2", "R2", "another"
	parent.CaseNo, parent.Children = "A1", []casework.CaseID{"c2"}
	child = mustApply(t, w, child, casework.Act{Action: casework.Merge, Person: "p-dora", Other: "c1"}, monday)
	after := mustApply(t, w, parent, casework.Act{Action: casework.Close, Person: "p-dora", Reply: "A1 is done"}, monday)
	got, _, err := w.EndWith(after, child, "", roster(), monday)
	if err != nil || got.Reply != "R2 is done" || got.State != casework.Answered {
		t.Errorf("%s: %q, %v", got.State, got.Reply, err)
	}
}
