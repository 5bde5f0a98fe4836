package redisstore_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// thief steals the server's replies to scripts: the script ran, the client never hears of it and sends it again.
type thief struct {
	steal  atomic.Int32 // how many replies are still to be stolen
	stolen atomic.Int32
}

// client is one to the same database, through the thief.
func (th *thief) client(tb testing.TB, to *redis.Client) *redis.Client {
	tb.Helper()
	o := *to.Options()
	dial := o.Dialer
	o.Dialer = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		return &watched{Conn: c, thief: th}, err
	}
	c := redis.NewClient(&o)
	tb.Cleanup(func() { _ = c.Close() })
	return c
}

type watched struct {
	net.Conn
	thief  *thief
	script atomic.Bool // a script was sent, its reply is to come
	dead   atomic.Bool // its reply was stolen
}

func (w *watched) Write(b []byte) (int, error) {
	if w.dead.Load() {
		return 0, io.EOF
	}
	w.script.Store(bytes.Contains(b, []byte("\r\neval")))
	return w.Conn.Write(b)
}

func (w *watched) Read(b []byte) (int, error) {
	if w.dead.Load() {
		return 0, io.EOF
	}
	n, err := w.Conn.Read(b)
	if err != nil || !w.script.Load() || bytes.HasPrefix(b[:n], []byte("-NOSCRIPT")) || w.thief.steal.Add(-1) < 0 {
		return n, err
	}
	w.thief.stolen.Add(1)
	w.dead.Store(true)
	_ = w.Close()
	return 0, io.EOF
}

// robbed runs test on both backends in a world whose replies to scripts are stolen whenever rob was called.
func robbed(t *testing.T, test func(w *world, rob func(func()))) {
	t.Helper()
	both(t, func(honest *world) {
		th := &thief{}
		w := newWorld(honest.t, th.client(honest.t, honest.client.(*redis.Client)))
		test(w, func(do func()) {
			w.t.Helper()
			before := th.stolen.Load()
			th.steal.Store(2)
			do()
			th.steal.Store(0)
			if got := th.stolen.Load() - before; got != 2 {
				w.t.Fatalf("%d replies were lost, not 2: the test proves nothing", got)
			}
		})
	})
}

// A commit whose reply was lost, twice, is done once and answered like one whose reply arrived.
func TestCommitRepliesLost(t *testing.T) {
	robbed(t, func(w *world, rob func(func())) {
		t := w.t
		commit := func(name string, c ledger.Change) ledger.Receipt {
			t.Helper()
			var r ledger.Receipt
			rob(func() {
				var err error
				if r, err = w.Commit(w.ctx, c); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			})
			return r
		}
		message := []ledger.Message{{To: citizen, Kind: "x", At: t0}}
		depth := int64(0)
		said := func(name string) {
			t.Helper()
			depth++
			if n := w.client.XLen(w.ctx, "gw:{630202}:outbox:0").Val(); n != depth {
				t.Errorf("%s: %d messages, want %d", name, n, depth)
			}
		}

		change := w.report("c1", citizen, t0)
		if r := commit("report", change); r.Done || r.Numbers[ledger.ReportMarker] != "2026-00001" {
			t.Errorf("report: %+v", r)
		}
		c, err := w.Case(w.ctx, "c1")
		must(t, err)
		history, err := w.History(w.ctx, "c1")
		must(t, err)
		must(t, casework.Verify(c, history))

		_, change = w.act(c, casework.Act{Action: casework.Accept, Person: desk, Officer: clerk}, t0)
		change.Outbox = message
		if r := commit("accept", change); r.Done {
			t.Error("accept: taken for somebody else's")
		}
		said("accept")
		commit("messages only", ledger.Change{At: t0, Outbox: message})
		said("messages only")
		commit("talk", ledger.Change{At: t0, Outbox: message, Talks: []ledger.TalkWrite{
			{Key: theTalk, Data: []byte("x"), Expires: t0.Add(time.Hour)},
		}})
		said("talk")
		turn, err := w.Turn(w.ctx, citizen, theTalk)
		must(t, err)
		commit("end of talk", ledger.Change{At: t0, Outbox: message, Talks: []ledger.TalkWrite{
			{Key: theTalk, Version: turn.TalkVersion},
		}})
		said("end of talk")
		commit("roster", ledger.Change{At: t0, Outbox: message, Roster: &ledger.RosterWrite{Officers: officers()}})
		said("roster")
		mark := ledger.Change{At: t0, Outbox: message, Marks: []ledger.Mark{{Name: "m"}}}
		if r := commit("mark", mark); r.Done {
			t.Error("mark: taken for somebody else's")
		}
		said("mark")
		commit("counts", ledger.Change{At: t0, Counts: []ledger.Count{{Day: "2026-11-24", Field: "f", N: 1}}})
		if counts, _ := w.Counts(w.ctx, "2026-11-24"); counts["f"] != 1 {
			t.Errorf("counted %d times", counts["f"])
		}
		entry := w.arrived(7)
		commit("inbox entry", ledger.Change{At: t0, Done: entry, Outbox: message})
		said("inbox entry")
		if change = w.report("c2", citizen, t0); commit("report", change).Numbers[ledger.ReportMarker] != "2026-00002" {
			t.Error("a number was lost")
		}
	})
}

// So is everything else that is a script.
func TestOtherRepliesLost(t *testing.T) {
	robbed(t, func(w *world, rob func(func())) {
		t := w.t
		rob(func() { must(t, w.Receive(w.ctx, []ledger.Entry{{Data: []byte("from ourselves")}, {Update: 8}}, t0)) })
		entries, err := w.ReadInbox(w.ctx, "", 10)
		must(t, err)
		if len(entries) != 2 {
			t.Errorf("%d entries in the inbox", len(entries))
		}
		rob(func() { must(t, w.SetAside(w.ctx, entries[0].ID, "why", t0)) })
		if n, _ := w.AsideCount(w.ctx); n != 1 {
			t.Errorf("%d entries aside", n)
		}
		_, err = w.Commit(w.ctx, ledger.Change{
			At: t0, Outbox: []ledger.Message{{To: citizen, Once: true}}, Fetch: []ledger.Fetch{{File: "f", Unique: "u"}},
		})
		must(t, err)
		messages, err := w.ReadOutbox(w.ctx, 0, "", 10)
		must(t, err)
		rob(func() {
			ok, beginErr := w.Begin(w.ctx, messages[0])
			must(t, beginErr)
			if !ok {
				t.Error("begin: taken for somebody else's")
			}
		})
		rob(func() { must(t, w.Sent(w.ctx, messages[0], ledger.Sent, t0)) })
		fetch, err := w.ReadFetch(w.ctx, t0, 10)
		must(t, err)
		rob(func() {
			next, err := w.Refetch(w.ctx, fetch[0], t0.Add(time.Minute))
			if err != nil || next.Tries != 1 {
				t.Errorf("refetch: %+v, %v", next, err)
			}
		})
		rob(func() {
			if ok, err := w.Lease(w.ctx, "worker", "me", time.Minute, t0); err != nil || !ok {
				t.Errorf("lease: %v, %v", ok, err)
			}
		})
		rob(func() { must(t, w.Release(w.ctx, "worker", "me")) })
	})
}

// A repetition that arrives after somebody else moved on is told of the conflict and changes nothing.
func TestCommitLateRepetition(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		c := w.stored("c1")
		accepted, first := w.act(c, casework.Act{Action: casework.Accept, Person: desk, Officer: clerk}, t0)
		_, err := w.Commit(w.ctx, first)
		must(t, err)
		accepted.Version = 2
		_, next := w.act(accepted, casework.Act{Action: casework.Take, Person: worker, Officer: fieldman}, t0)
		_, err = w.Commit(w.ctx, next)
		must(t, err)
		if _, err = w.Commit(w.ctx, first); grid.CodeOf(err) != grid.Conflict {
			t.Errorf("late: %v", err)
		}
		got, err := w.Case(w.ctx, "c1")
		must(t, err)
		if got.State != casework.Handling {
			t.Errorf("state %s", got.State)
		}
	})
}
