package redisstore_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

// Commits that are sent together happen once each and get their own receipts, also when replies are lost and when the
// server forgets the script in between.
func TestCoalesced(t *testing.T) {
	redistest.Each(t, func(t *testing.T, client *redis.Client) {
		t.Helper()
		th := &thief{}
		w := newWorldWith(t, th.client(t, client), redisstore.Options{Coalesce: true})
		const writers, each = 40, 5
		var mu sync.Mutex
		given := map[string]bool{}
		var wg sync.WaitGroup
		for i := range writers {
			wg.Go(func() {
				for n := range each {
					id := fmt.Sprintf("c%d-%d", i, n)
					r, err := w.Commit(w.ctx, w.report(casework.CaseID(id), grid.PersonID("p"+id), t0))
					if err != nil || r.Done {
						t.Errorf("commit: %+v, %v", r, err)
					}
					if i == 0 {
						client.ScriptFlush(w.ctx)
						th.steal.Store(1)
					}
					mu.Lock()
					given[r.Numbers[ledger.ReportMarker]] = true
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if len(given) != writers*each || !given["2026-00200"] {
			t.Errorf("%d numbers for %d commits", len(given), writers*each)
		}
		if n := client.XLen(w.ctx, "gw:{630202}:outbox:1").Val(); n != writers*each {
			t.Errorf("%d messages", n)
		}
		if th.stolen.Load() == 0 {
			t.Error("no reply was lost: the test proves nothing")
		}
	})
}

// A caller who gives up gets its context's error at once and holds nobody up.
func TestCoalescedGivesUp(t *testing.T) {
	w := newWorldWith(t, redistest.New(t), redisstore.Options{Coalesce: true})
	live := context.Background()
	over, cancel := context.WithCancel(live)
	cancel()
	var wg sync.WaitGroup
	for i := range 60 {
		wg.Go(func() {
			ctx := live
			if i%3 == 0 {
				ctx = over
			}
			_, err := w.Commit(ctx, ledger.Change{At: t0, Counts: []ledger.Count{{Day: "d", Field: "f", N: 1}}})
			if err != nil && (i%3 != 0 || !errors.Is(err, context.Canceled)) {
				t.Errorf("writer %d: %v", i, err)
			}
		})
	}
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("somebody waits for ever")
	}
	counts, err := w.Counts(w.ctx, "d")
	must(t, err)
	if counts["f"] < 40 {
		t.Errorf("%d of at least 40 commits happened", counts["f"])
	}
}
