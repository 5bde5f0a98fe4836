package redisstore_test

import (
	"errors"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// A code leads to its case until another takes its place.
func TestRewardIsFoundByItsCode(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		_, err := w.Commit(w.ctx, w.report("c1", citizen, t0))
		must(t, err)
		hold := func(hashes ...string) {
			before, err := w.Case(w.ctx, "c1")
			must(t, err)
			after := before
			after.Reward = &casework.Reward{State: casework.RewardClaimed}
			for _, h := range hashes {
				after.Reward.Shares = append(after.Reward.Shares, casework.Share{Hash: h})
			}
			_, err = w.Commit(w.ctx, ledger.Change{At: t0, Cases: []ledger.CaseWrite{{Before: before, After: after}}})
			must(t, err)
			if bad, err := w.Misindexed(w.ctx, must1(w)(w.Case(w.ctx, "c1")), time.Now()); err != nil || len(bad) > 0 {
				t.Errorf("misindexed %v, %v", bad, err)
			}
		}
		hold("h1")
		hold("h2", "h3")
		for hash, want := range map[string]grid.Code{"h1": grid.NotFound, "h2": "", "h3": ""} {
			if id, err := w.CaseByReward(w.ctx, hash); grid.CodeOf(err) != want || want == "" && id != "c1" {
				t.Errorf("%s: %s, %v", hash, id, err)
			}
		}
	})
}

// A change that relies on a case it does not write is refused when that case has moved on.
func TestChangeReliesOnCasesItDoesNotWrite(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		_, err := w.Commit(w.ctx, w.report("c1", citizen, t0))
		must(t, err)
		_, err = w.Commit(w.ctx, w.report("c2", citizen, t0))
		must(t, err)
		seen, err := w.Case(w.ctx, "c2")
		must(t, err)
		write := func(id casework.CaseID, relies ...casework.Case) error {
			c, wrong := w.Case(w.ctx, id)
			must(t, wrong)
			after := c
			after.Text += " and more"
			_, err = w.Commit(w.ctx, ledger.Change{At: t0.Add(time.Minute), Cases: []ledger.CaseWrite{{Before: c, After: after}}, Relies: relies})
			return err
		}
		must(t, write("c1", seen))
		must(t, write("c2"))
		if err = write("c1", seen); !errors.Is(err, ledger.ErrConflict) {
			t.Errorf("%v, want a conflict", err)
		}
	})
}

func must1(w *world) func(c casework.Case, err error) casework.Case {
	return func(c casework.Case, err error) casework.Case {
		w.t.Helper()
		must(w.t, err)
		return c
	}
}
