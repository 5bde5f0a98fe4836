package redisstore_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// The last run of a job moves forward and never back.
func TestLastRun(t *testing.T) {
	both(t, func(w *world) {
		runs, err := w.LastRuns(w.ctx)
		must(w.t, err)
		if len(runs) > 0 {
			w.t.Errorf("before the first run: %v", runs)
		}
		for _, s := range []struct{ set, want time.Duration }{{0, 0}, {time.Hour, time.Hour}, {time.Minute, time.Hour}} {
			must(w.t, w.SetLastRun(w.ctx, "digest", t0.Add(s.set)))
			runs, err = w.LastRuns(w.ctx)
			must(w.t, err)
			if at := runs["digest"]; !at.Equal(t0.Add(s.want)) || len(runs) != 1 {
				w.t.Errorf("after a run for +%v: %v", s.set, runs)
			}
		}
	})
}

// The last check-ins of an officer come back, the oldest of them first.
func TestCheckIns(t *testing.T) {
	both(t, func(w *world) {
		for i := range 3 {
			in := ledger.CheckIn{Officer: fieldman, At: t0.Add(time.Duration(i) * time.Hour)}
			_, err := w.Commit(w.ctx, ledger.Change{At: t0, CheckIns: []ledger.CheckIn{in}})
			must(w.t, err)
		}
		got, err := w.CheckIns(w.ctx, fieldman, 2)
		must(w.t, err)
		if len(got) != 2 || !got[0].At.Equal(t0.Add(time.Hour)) || !got[1].At.Equal(t0.Add(2*time.Hour)) {
			w.t.Errorf("check-ins %+v", got)
		}
		if none, err := w.CheckIns(w.ctx, clerk, 5); err != nil || len(none) != 0 {
			w.t.Errorf("of somebody else: %v, %v", none, err)
		}
	})
}
