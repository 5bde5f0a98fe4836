package redisstore_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

// step is one thing that one of several workers tries to do.
type step struct {
	action casework.Action
	target int // which case
	after  time.Duration
}

var tried = []casework.Action{
	casework.Submit, casework.Accept, casework.Refuse, casework.Take, casework.NotMine, casework.Reassign,
	casework.HandIn, casework.Return, casework.Close, casework.Withdraw, casework.Follow, casework.Remind,
}

func drawSteps(rt *rapid.T, label string) []step {
	one := rapid.Custom(func(rt *rapid.T) step {
		return step{
			action: rapid.SampledFrom(tried).Draw(rt, "action"),
			target: rapid.IntRange(0, 3).Draw(rt, "case"),
			after:  time.Duration(rapid.IntRange(0, 200).Draw(rt, "hours")) * time.Hour,
		}
	})
	return rapid.SliceOfN(one, 1, 12).Draw(rt, label)
}

// Whatever several workers do at once, every index says what the cases say, histories are whole, and no number is
// missing or given twice.
func TestIndexesAgree(t *testing.T) {
	both(t, agree)
	t.Run("coalesced", func(t *testing.T) {
		agree(newWorldWith(t, redistest.New(t), redisstore.Options{Coalesce: true}))
	})
}

// agree checks it in one world.
func agree(w *world) {
	t := w.t
	t.Helper()
	rapid.Check(t, func(rt *rapid.T) {
		w.empty()
		plans := [][]step{drawSteps(rt, "first"), drawSteps(rt, "second"), drawSteps(rt, "third")}
		var said tally
		var wg sync.WaitGroup
		for i, plan := range plans {
			wg.Go(func() {
				for n, s := range plan {
					if err := w.try(s, fmt.Sprintf("w%d-%d", i, n), &said); err != nil {
						t.Errorf("worker %d, step %d, %s: %v", i, n, s.action, err)
					}
				}
			})
		}
		wg.Wait()
		w.audit(rt, &said)
	})
}

// tally counts what must be found afterwards.
type tally struct {
	mu               sync.Mutex
	reports, changes int
}

// try makes one step; a conflict and an action that the state does not allow are fine.
func (w *world) try(s step, name string, said *tally) error {
	now := t0.Add(s.after)
	id := casework.CaseID(fmt.Sprintf("c%d", s.target))
	who := grid.PersonID("p-" + name)
	var change ledger.Change
	if c, err := w.Case(w.ctx, id); grid.CodeOf(err) == grid.NotFound {
		change = w.report(id, who, now)
	} else if err != nil {
		return err
	} else if change, err = w.change(c, s.action, who, now); err != nil || len(change.Cases) == 0 {
		if grid.CodeOf(err) == grid.Internal {
			return err
		}
		return nil
	}
	change.Outbox = append(change.Outbox, ledger.Message{To: who, Priority: ledger.Digest, Kind: "audit", At: now})
	_, err := w.Commit(w.ctx, change)
	if errors.Is(err, ledger.ErrConflict) {
		return nil
	}
	if err == nil {
		said.mu.Lock()
		defer said.mu.Unlock()
		said.changes++
		if change.Cases[0].Before.Version == 0 {
			said.reports++
		}
	}
	return err
}

// change is what the action makes of the case.
func (w *world) change(c casework.Case, a casework.Action, who grid.PersonID, now time.Time) (ledger.Change, error) {
	if a == casework.Remind {
		next, events, _ := w.work.Fire(c, w.roster, now)
		if len(events) == 0 {
			return ledger.Change{}, nil
		}
		return ledger.Change{At: now, Cases: []ledger.CaseWrite{{Before: c, After: next, Events: events}}}, nil
	}
	act := casework.Act{
		Action: a, Person: desk, Officer: clerk, At: now, Reason: "boundary", Finding: "f", Reply: "r",
		Cell: other, Disposition: casework.InCourt,
	}
	switch a {
	case casework.Take, casework.NotMine, casework.HandIn:
		act.Person, act.Officer = worker, fieldman
	case casework.Withdraw:
		act.Person, act.Officer = c.Reporter, ""
	case casework.Follow:
		act.Person, act.Officer = who, ""
	default: // the desk does it
	}
	if c.Cell == other {
		act.Cell = town
	}
	next, e, err := w.work.Apply(c, act, w.roster, now)
	if err != nil {
		return ledger.Change{}, err
	}
	change := ledger.Change{At: now}
	if a == casework.Accept {
		next.CaseNo = ledger.CaseMarker
		change.Numbers = []ledger.Number{{Series: "case", Year: 2026, Format: "A-%d", Marker: ledger.CaseMarker}}
	}
	change.Cases = []ledger.CaseWrite{{Before: c, After: next, Events: []casework.Event{e}}}
	return change, nil
}

// audit compares every index with the cases.
func (w *world) audit(rt *rapid.T, said *tally) {
	queues, due, open, by := map[casework.Queue]map[string]float64{}, map[string]float64{}, []string{}, map[string][]string{}
	numbers, caseNumbers := []string{}, []string{}
	for i := range 4 {
		id := casework.CaseID(fmt.Sprintf("c%d", i))
		c, err := w.Case(w.ctx, id)
		if grid.CodeOf(err) == grid.NotFound {
			continue
		}
		history, herr := w.History(w.ctx, id)
		if all := errors.Join(err, herr, casework.Verify(c, history)); all != nil {
			rt.Fatalf("case %s: %v", id, all)
		}
		for _, q := range c.Queues() {
			if queues[q] == nil {
				queues[q] = map[string]float64{}
			}
			queues[q][string(id)] = math.Inf(1)
			if at, ok := c.Due(); ok {
				queues[q][string(id)] = float64(at.Unix())
			}
		}
		if at, ok := w.work.NextStage(c); ok {
			due[string(id)] = float64(at.UnixMilli())
		}
		if c.State.Underway() {
			open = append(open, string(id))
		}
		for _, p := range append(c.Followers, c.Reporter) {
			by[string(p)] = append(by[string(p)], string(id))
		}
		numbers = append(numbers, c.Number)
		if c.CaseNo != "" {
			caseNumbers = append(caseNumbers, c.CaseNo)
		}
	}
	for _, q := range []casework.Queue{
		casework.DecideQueue, casework.ReviewQueue, casework.DisputeQueue,
		casework.CellQueue(town), casework.CellQueue(other),
	} {
		if got := w.scores("queue:" + string(q)); !maps.Equal(got, queues[q]) {
			rt.Errorf("queue %s: %v, want %v", q, got, queues[q])
		}
	}
	if got := w.scores("due"); !maps.Equal(got, due) {
		rt.Errorf("due: %v, want %v", got, due)
	}
	if got := slices.Sorted(maps.Keys(w.scores("open"))); !slices.Equal(got, open) {
		rt.Errorf("open: %v, want %v", got, open)
	}
	for p, ids := range by {
		if got := slices.Sorted(maps.Keys(w.scores("by:" + p))); !slices.Equal(got, ids) {
			rt.Errorf("cases of %s: %v, want %v", p, got, ids)
		}
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if want := fmt.Sprintf("2026-%05d", i+1); n != want {
			rt.Errorf("numbers %v: %s instead of %s", numbers, n, want)
		}
	}
	slices.Sort(caseNumbers)
	for i, n := range caseNumbers {
		if want := "A-" + strconv.Itoa(i+1); n != want {
			rt.Errorf("case numbers %v: %s instead of %s", caseNumbers, n, want)
		}
	}
	if got := w.client.HLen(w.ctx, "gw:{630202}:numbers").Val(); int(got) != len(numbers)+len(caseNumbers) {
		rt.Errorf("%d numbers can be looked up, there are %d", got, len(numbers)+len(caseNumbers))
	}
	counts, err := w.Counts(w.ctx, "2026-11-23")
	if err != nil || int(counts["new/"+string(town)]) != said.reports || len(numbers) != said.reports {
		rt.Errorf("counts %v, %d reports: %v", counts, said.reports, err)
	}
	if n := w.client.XLen(w.ctx, "gw:{630202}:outbox:3").Val(); int(n) != said.changes {
		rt.Errorf("%d messages of %d changes", n, said.changes)
	}
}

// scores reads a sorted set; nil when it is empty.
func (w *world) scores(key string) map[string]float64 {
	w.t.Helper()
	found, err := w.client.ZRangeWithScores(w.ctx, "gw:{630202}:"+key, 0, -1).Result()
	must(w.t, err)
	var out map[string]float64
	for _, z := range found {
		if out == nil {
			out = map[string]float64{}
		}
		out[z.Member.(string)] = z.Score
	}
	return out
}
