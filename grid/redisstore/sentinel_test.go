package redisstore_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

// guarded is a master with a replica and three Sentinels that guard them.
type guarded struct {
	master, replica *redistest.Node
	sentinels       []*redistest.Node
}

func startGuarded(t *testing.T) guarded {
	t.Helper()
	ctx := context.Background()
	x := guarded{master: redistest.NewNode(t, "repl-diskless-sync-delay 0")}
	x.replica = redistest.NewNode(t, "replicaof "+x.master.Host+" "+x.master.Port)
	redistest.Until(t, 20*time.Second, "replica", func() bool {
		return strings.Contains(x.master.Client.Info(ctx, "replication").Val(), "state=online")
	})
	for range 3 {
		x.sentinels = append(x.sentinels, redistest.NewSentinel(t,
			"sentinel monitor gw "+x.master.Host+" "+x.master.Port+" 2",
			"sentinel down-after-milliseconds gw 500", "sentinel failover-timeout gw 3000"))
	}
	for _, s := range x.sentinels {
		redistest.Until(t, 20*time.Second, "sentinels", func() bool {
			others, _ := s.Client.Do(ctx, "sentinel", "sentinels", "gw").Slice()
			replicas, _ := s.Client.Do(ctx, "sentinel", "replicas", "gw").Slice()
			return len(others) == 2 && len(replicas) == 1
		})
	}
	return x
}

// settled waits until the replica has everything that the master has.
func (x guarded) settled(t *testing.T) {
	t.Helper()
	offset := func(n *redistest.Node) string {
		_, rest, _ := strings.Cut(n.Client.Info(context.Background(), "replication").Val(), "master_repl_offset:")
		at, _, _ := strings.Cut(rest, "\r")
		return at
	}
	redistest.Until(t, 20*time.Second, "replication", func() bool { return offset(x.master) == offset(x.replica) })
}

// insist commits the change until it is made, and tells whether that took more than one attempt.
func (w *world) insist(c ledger.Change) (struggled bool) {
	w.t.Helper()
	redistest.Until(w.t, 20*time.Second, "commit", func() bool {
		_, err := w.Commit(w.ctx, c)
		if errors.Is(err, ledger.ErrConflict) && struggled { // an attempt whose reply was lost had made it
			return true
		}
		struggled = struggled || err != nil
		return err == nil
	})
	return struggled
}

// When the master is killed, commits go on at the replica within seconds. Replication is asynchronous: what may be lost is
// only the last of what was acknowledged before the kill, each case whole or not at all; numbers have no gaps.
func TestSentinelFailover(t *testing.T) {
	if testing.Short() {
		t.Skip("starts five servers")
	}
	const settled, before, after = 30, 60, 30
	x := startGuarded(t)
	w := openWorld(t, redisstore.Options{
		URL:    x.sentinels[0].Addr() + "," + x.sentinels[1].Addr() + "," + x.sentinels[2].Addr(),
		Master: "gw",
	})
	id := func(i int) casework.CaseID { return casework.CaseID(fmt.Sprintf("c%03d", i)) }
	broken, made := -1, 0 // the first commit that met the dead master, and how many were made
	var outage time.Duration
	for ; broken < 0 || made < broken+after; made++ {
		switch made {
		case settled:
			x.settled(t)
		case before:
			go x.master.Kill() // in the middle of things
		}
		start := time.Now()
		if w.insist(w.report(id(made), citizen, t0)) && broken < 0 {
			broken, outage = made, time.Since(start)
		}
	}
	found, lost := 0, 0
	for i := range made {
		c, err := w.Case(w.ctx, id(i))
		switch {
		case err == nil:
			found++
			history, bad := w.History(w.ctx, c.ID)
			must(t, errors.Join(bad, casework.Verify(c, history)))
			if want := fmt.Sprintf("2026-%05d", found); c.Number != want {
				t.Errorf("case %d has number %s, want %s", i, c.Number, want)
			}
			if lost > 0 && i < broken {
				t.Errorf("case %d is there, one before it was lost", i)
			}
		case grid.CodeOf(err) != grid.NotFound:
			t.Fatal(err)
		case i < settled || i >= broken:
			t.Errorf("case %d is lost", i)
		default:
			lost++
		}
	}
	t.Logf("no commits for %v; %d of %d cases acknowledged before the failover did not reach the replica", outage, lost, broken)
}
