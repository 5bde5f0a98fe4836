package redisstore_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

func updates(entries []ledger.Entry) (out []int64) {
	for _, e := range entries {
		out = append(out, e.Update)
	}
	return out
}

// Updates are kept in order and sealed, and each is stored once, also when Telegram sends it again.
func TestInbox(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		batch := []ledger.Entry{
			{Update: 5, Data: []byte("five")}, {Update: 6, Data: []byte("six")}, {Update: 5, Data: []byte("five")},
		}
		must(t, w.Receive(w.ctx, batch, t0))
		must(t, w.Receive(w.ctx, batch[1:], t0.Add(47*time.Hour)))
		must(t, w.Receive(w.ctx, []ledger.Entry{{ID: "gps:1"}, {ID: "gps:1"}, {}, {}}, t0))
		must(t, w.Receive(w.ctx, nil, t0))
		all, err := w.ReadInbox(w.ctx, "", 10)
		must(t, err)
		if got := updates(all); len(got) != 5 || got[0] != 5 || got[1] != 6 || got[4] != 0 {
			t.Fatalf("inbox %v", got)
		}
		if string(all[1].Data) != "six" || !all[1].Arrived.Equal(t0) || all[1].Tries != 0 {
			t.Errorf("entry %+v", all[1])
		}
		rest, err := w.ReadInbox(w.ctx, all[0].ID, 2)
		must(t, err)
		if got := updates(rest); len(got) != 2 || got[0] != 6 {
			t.Errorf("after the first: %v", got)
		}
		raw := w.client.XRange(w.ctx, "gw:{630202}:inbox", "-", "+").Val()
		if bytes.Contains([]byte(raw[0].Values["d"].(string)), []byte("five")) {
			t.Error("an update is stored in the clear")
		}
		depth, err := w.InboxDepth(w.ctx)
		must(t, err)
		if depth.Waiting != 5 || !depth.Oldest.Equal(t0) {
			t.Errorf("depth %+v", depth)
		}
		must(t, w.Receive(w.ctx, []ledger.Entry{{Update: 9}}, t0.Add(49*time.Hour)))
		if n := w.client.ZCard(w.ctx, "gw:{630202}:inbox:seen").Val(); n != 1 {
			t.Errorf("%d updates are remembered after 49 hours", n)
		}
	})
}

// Waiting ends with the first entry, and without one when the time is up.
func TestAwaitInbox(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		if ok, err := w.AwaitInbox(w.ctx, "", 10*time.Millisecond); ok || err != nil {
			t.Errorf("empty inbox: %v, %v", ok, err)
		}
		got := make(chan bool)
		go func() {
			ok, err := w.AwaitInbox(w.ctx, "", 2*time.Second)
			got <- ok && err == nil
		}()
		must(t, w.Receive(w.ctx, []ledger.Entry{{Update: 1}}, t0))
		if !<-got {
			t.Error("did not wake up")
		}
	})
}

// A message that keeps failing is put aside with its error, and can be tried again or dropped.
func TestPoison(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		bad, good := w.arrived(1), w.arrived(2)
		for want := 1; want <= 3; want++ {
			tries, err := w.Fail(w.ctx, bad, "boom", t0)
			if err != nil || tries != want {
				t.Fatalf("failure %d: %d, %v", want, tries, err)
			}
		}
		entries, err := w.ReadInbox(w.ctx, "", 10)
		must(t, err)
		if entries[0].Tries != 3 || entries[1].Tries != 0 {
			t.Errorf("tries are not read: %+v", entries)
		}
		must(t, w.SetAside(w.ctx, bad, "boom", t0.Add(time.Minute)))
		must(t, w.SetAside(w.ctx, bad, "boom", t0.Add(time.Minute)))
		tries, err := w.Fail(w.ctx, bad, "boom", t0)
		must(t, err)
		if tries != 0 {
			t.Errorf("failure of what is gone counted: %d", tries)
		}
		entries, err = w.ReadInbox(w.ctx, "", 10)
		must(t, err)
		if len(entries) != 1 || entries[0].ID != good {
			t.Errorf("inbox %+v", entries)
		}
		aside, err := w.Aside(w.ctx, 10)
		must(t, err)
		if len(aside) != 1 || aside[0].Error != "boom" || aside[0].Tries != 3 || aside[0].Update != 1 ||
			string(aside[0].Data) != "update 1" || !aside[0].At.Equal(t0.Add(time.Minute)) || !aside[0].Arrived.Equal(t0) {
			t.Fatalf("aside %+v", aside)
		}
		must(t, w.Retry(w.ctx, aside[0].ID))
		entries, err = w.ReadInbox(w.ctx, good, 10)
		must(t, err)
		if len(entries) != 1 || entries[0].Update != 1 || entries[0].Tries != 0 || string(entries[0].Data) != "update 1" {
			t.Errorf("retried: %+v", entries)
		}
		if err = w.Retry(w.ctx, aside[0].ID); grid.CodeOf(err) != grid.NotFound {
			t.Errorf("retried twice: %v", err)
		}
		must(t, w.SetAside(w.ctx, entries[0].ID, "again", t0))
		aside, err = w.Aside(w.ctx, 10)
		must(t, err)
		must(t, w.Drop(w.ctx, aside[0].ID))
		if n, err := w.AsideCount(w.ctx); n != 0 || err != nil {
			t.Errorf("%d left aside, %v", n, err)
		}
	})
}

// What was put aside last is shown first: a long list is cut at its old end.
func TestAsideNewestFirst(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		for i := range int64(4) {
			must(t, w.SetAside(w.ctx, w.arrived(i+1), "boom", t0))
		}
		aside, err := w.Aside(w.ctx, 2)
		must(t, err)
		if len(aside) != 2 || aside[0].Update != 4 || aside[1].Update != 3 {
			t.Errorf("aside %+v", aside)
		}
	})
}

// Committing an entry forgets how often it failed.
func TestDoneForgetsTries(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		entry := w.arrived(1)
		_, err := w.Fail(w.ctx, entry, "boom", t0)
		must(t, err)
		_, err = w.Commit(w.ctx, ledger.Change{At: t0, Done: entry})
		must(t, err)
		if n := w.client.Exists(w.ctx, "gw:{630202}:inbox:tries").Val(); n != 0 {
			t.Error("tries are still there")
		}
	})
}

// An entry that cannot be opened comes without data instead of stopping the inbox.
func TestInboxUnsealable(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		w.arrived(1)
		must(t, w.client.XAdd(w.ctx, &redis.XAddArgs{Stream: "gw:{630202}:inbox", Values: []any{"u", 2, "a", 0, "d", "junk"}}).Err())
		w.arrived(3)
		entries, err := w.ReadInbox(w.ctx, "", 10)
		must(t, err)
		if len(entries) != 3 || entries[1].Data != nil || string(entries[2].Data) != "update 3" {
			t.Errorf("entries %+v", entries)
		}
	})
}

// One holder has the lease until its time is up or it is given back; whoever lost it gives nothing back.
func TestLease(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		for i, s := range []struct {
			holder  string
			after   time.Duration
			release bool
			want    bool
		}{
			{holder: "a", want: true},
			{holder: "b", after: time.Second, want: false},
			{holder: "a", after: 9 * time.Second, want: true}, // renewed until 19 s
			{holder: "b", after: 11 * time.Second, want: false},
			{holder: "b", after: 20 * time.Second, want: true},
			{holder: "a", after: 21 * time.Second, release: true},
			{holder: "a", after: 22 * time.Second, want: false},
			{holder: "b", after: 23 * time.Second, release: true},
			{holder: "a", after: 24 * time.Second, want: true},
		} {
			if s.release {
				must(t, w.Release(w.ctx, "worker", s.holder))
				continue
			}
			got, err := w.Lease(w.ctx, "worker", s.holder, 10*time.Second, t0.Add(s.after))
			if err != nil || got != s.want {
				t.Errorf("step %d: %v, %v", i, got, err)
			}
		}
	})
}

// A dead server is an error that says so, and no update is taken for stored.
func TestDeadServer(t *testing.T) {
	client := redistest.NewMini(t)
	w := newWorld(t, client)
	must(t, client.Close())
	if err := w.Receive(w.ctx, []ledger.Entry{{Update: 1}}, t0); !errors.Is(err, redis.ErrClosed) {
		t.Errorf("receive: %v", err)
	}
	if _, err := w.Turn(w.ctx, citizen, theTalk); err == nil {
		t.Error("turn: no error")
	}
	if _, err := w.Cases(w.ctx, []casework.CaseID{"c1"}); err == nil {
		t.Error("cases: no error")
	}
}
