package redisstore_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Messages wait by priority, in order, until they were sent.
func TestOutbox(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		_, err := w.Commit(w.ctx, ledger.Change{At: t0, Outbox: []ledger.Message{
			{To: citizen, Priority: ledger.Reply, Kind: "a", At: t0},
			{To: citizen, Priority: ledger.Digest, Kind: "b", At: t0.Add(-time.Hour)},
			{To: citizen, Priority: ledger.Reply, Kind: "c", At: t0.Add(time.Second), NotBefore: t0.Add(time.Hour)},
		}})
		must(t, err)
		replies, err := w.ReadOutbox(w.ctx, ledger.Reply, "", 10)
		must(t, err)
		if len(replies) != 2 || replies[0].Kind != "a" || replies[1].Kind != "c" ||
			replies[1].Priority != ledger.Reply || !replies[1].NotBefore.Equal(t0.Add(time.Hour)) {
			t.Fatalf("replies %+v", replies)
		}
		rest, err := w.ReadOutbox(w.ctx, ledger.Reply, replies[0].Entry, 10)
		must(t, err)
		if len(rest) != 1 || rest[0].Kind != "c" {
			t.Errorf("after the first: %+v", rest)
		}
		must(t, w.Sent(w.ctx, replies[0], ledger.Sent, t0))
		must(t, w.Sent(w.ctx, replies[0], ledger.Sent, t0))
		depths, err := w.OutboxDepth(w.ctx)
		must(t, err)
		if len(depths) != 4 || depths[ledger.Reply].Waiting != 1 || !depths[ledger.Digest].Oldest.Equal(t0.Add(-time.Hour)) ||
			depths[ledger.Emergency].Waiting != 0 || !depths[ledger.Emergency].Oldest.IsZero() {
			t.Errorf("depths %+v", depths)
		}
		if err := w.Sent(w.ctx, ledger.Message{Entry: "9/1-1"}, ledger.Sent, t0); err == nil {
			t.Error("an entry of no outbox was accepted")
		}
	})
}

// A message that must not be said twice is begun once, whoever tries.
func TestOnce(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		_, err := w.Commit(w.ctx, ledger.Change{At: t0, Outbox: []ledger.Message{
			{To: citizen, Priority: ledger.Reminder, Once: true}, {To: citizen, Priority: ledger.Digest, Once: true},
		}})
		must(t, err)
		for _, p := range []ledger.Priority{ledger.Reminder, ledger.Digest} {
			found, err := w.ReadOutbox(w.ctx, p, "", 1)
			must(t, err)
			for i, want := range []bool{true, false, false} {
				if got, err := w.Begin(w.ctx, found[0]); err != nil || got != want {
					t.Errorf("priority %d, attempt %d: %v, %v", p, i, got, err)
				}
			}
			must(t, w.Sent(w.ctx, found[0], ledger.Uncertain, t0))
			if got, err := w.Begin(w.ctx, found[0]); err != nil || got {
				t.Errorf("after it was taken out: %v, %v", got, err)
			}
		}
		if n := w.client.Exists(w.ctx, "gw:{630202}:outbox:begun").Val(); n != 0 {
			t.Error("what was begun is remembered for ever")
		}
	})
}

// Whoever blocks the bot shows as blocked until they write again.
func TestBlocked(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		person := ledger.Person{ID: citizen, User: 42, Chat: 42, Phone: "13800000000", LastSeen: t0}
		_, err := w.Commit(w.ctx, ledger.Change{
			At: t0, People: []ledger.Person{person}, Outbox: []ledger.Message{{To: citizen}},
		})
		must(t, err)
		found, err := w.ReadOutbox(w.ctx, 0, "", 1)
		must(t, err)
		must(t, w.Sent(w.ctx, found[0], ledger.BlockedBot, t0))
		for _, want := range []bool{true, false} {
			got, err := w.Person(w.ctx, citizen)
			must(t, err)
			if got.Blocked != want || got.User != 42 || got.ID != citizen || got.Phone != person.Phone {
				t.Errorf("person %+v, want blocked %v", got, want)
			}
			got.Blocked = false
			_, err = w.Commit(w.ctx, ledger.Change{At: t0, People: []ledger.Person{got}})
			must(t, err)
		}
	})
}

// A file is fetched once; a failed attempt comes again when its time has come.
func TestFetch(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		ask := ledger.Change{At: t0, Fetch: []ledger.Fetch{{File: "id", Unique: "u1", Kind: "photo"}}}
		for range 2 {
			_, err := w.Commit(w.ctx, ask)
			must(t, err)
		}
		found, err := w.ReadFetch(w.ctx, t0, 10)
		must(t, err)
		if len(found) != 1 || found[0].Unique != "u1" || found[0].Tries != 0 {
			t.Fatalf("fetch queue %+v", found)
		}
		later, err := w.Refetch(w.ctx, found[0], t0.Add(time.Minute))
		must(t, err)
		if found, _ = w.ReadFetch(w.ctx, t0.Add(59*time.Second), 10); len(found) != 0 {
			t.Error("comes again too early")
		}
		found, err = w.ReadFetch(w.ctx, t0.Add(time.Minute), 10)
		must(t, err)
		if len(found) != 1 || found[0].Tries != 1 || found[0].Entry != later.Entry {
			t.Fatalf("after a failure %+v", found)
		}
		if _, err := w.File(w.ctx, "u1"); grid.CodeOf(err) != grid.NotFound {
			t.Errorf("before: %v", err)
		}
		file := ledger.Change{At: t0, Files: []ledger.FileWrite{
			{File: ledger.File{Unique: "u1", SHA256: "abc", PHash: 1 << 63}, Fetched: later.Entry},
		}}
		for _, want := range []bool{false, true} {
			r, err := w.Commit(w.ctx, file)
			if err != nil || r.Done != want {
				t.Errorf("fetched: %+v, %v", r, err)
			}
		}
		if n, err := w.FetchDepth(w.ctx); n != 0 || err != nil {
			t.Errorf("%d left, %v", n, err)
		}
		if _, err := w.Refetch(w.ctx, later, t0); grid.CodeOf(err) != grid.NotFound {
			t.Errorf("put off what is done: %v", err)
		}
		n := 0
		for f, err := range w.Files(w.ctx) {
			must(t, err)
			n++
			if f.SHA256 != "abc" || f.PHash != 1<<63 {
				t.Errorf("file %+v", f)
			}
		}
		if n != 1 {
			t.Errorf("%d files", n)
		}
	})
}
