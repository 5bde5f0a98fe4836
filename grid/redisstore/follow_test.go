package redisstore_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// What somebody follows is replaced by whoever read it last, sealed, stands on the lists in one order, and leaves nothing when it ends.
func TestFollows(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		write := func(id grid.PersonID, version int64, data string, place float64, on, off []string) error {
			f := ledger.FollowsWrite{Person: id, Version: version, Until: t0.Add(time.Hour), Place: place, On: on, Off: off}
			if data != "" {
				f.Data = []byte(data)
			}
			_, err := w.Commit(w.ctx, ledger.Change{At: t0, Follows: []ledger.FollowsWrite{f}})
			return err
		}
		list := func(after float64, n int) []grid.PersonID {
			ids, err := w.Followers(w.ctx, "at:1@8", after, n)
			must(t, err)
			return ids
		}
		must(t, write("b", 0, "water", 20, []string{"at:1@8", "any@8"}, nil))
		must(t, write("a", 0, "air", 30, []string{"at:1@8"}, nil))
		if err := write("a", 0, "again", 30, nil, nil); !errors.Is(err, ledger.ErrConflict) {
			t.Errorf("written over what was not read: %v", err)
		}
		if ids := list(-1, 5); !slices.Equal(ids, []grid.PersonID{"b", "a"}) {
			t.Errorf("followers %v", ids)
		}
		if ids := list(20, 5); !slices.Equal(ids, []grid.PersonID{"a"}) {
			t.Errorf("followers beyond 20: %v", ids)
		}
		all, err := w.FollowsOf(w.ctx, []grid.PersonID{"a", "nobody", "b"})
		must(t, err)
		if len(all) != 2 || string(all[0].Data) != "air" || string(all[1].Data) != "water" {
			t.Errorf("follows %+v", all)
		}
		if raw := w.client.Get(w.ctx, "gw:{630202}:follows:a").Val(); raw == "" || strings.Contains(raw, "air") {
			t.Errorf("stored as %q", raw)
		}
		ended, err := w.FollowsEnded(w.ctx, t0.Add(2*time.Hour), 5)
		must(t, err)
		if early, _ := w.FollowsEnded(w.ctx, t0, 5); len(ended) != 2 || len(early) != 0 {
			t.Errorf("ended %v, early %v", ended, early)
		}
		must(t, write("a", all[0].Version, "", 30, nil, []string{"at:1@8"}))
		if f, err := w.Follows(w.ctx, "a"); err != nil || f.Version != 0 || f.Data != nil {
			t.Errorf("left: %+v, %v", f, err)
		}
		if n, _ := w.FollowersCount(w.ctx, []string{"at:1@8"}); n != 1 {
			t.Errorf("%d followers left", n)
		}
	})
}

// A message is counted when it is queued and once when it is taken out, however often that is told.
func TestTally(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		_, err := w.Commit(w.ctx, ledger.Change{At: t0, Outbox: []ledger.Message{
			{To: citizen, Priority: ledger.Digest, Kind: "k", Text: "one", Tallies: []string{"post/1"}},
			{To: citizen, Priority: ledger.Digest, Kind: "k", Text: "two", Tallies: []string{"post/1", "post/2"}},
		}})
		must(t, err)
		waiting, err := w.ReadOutbox(w.ctx, ledger.Digest, "", 5)
		must(t, err)
		must(t, w.Sent(w.ctx, waiting[0], ledger.Sent, t0))
		must(t, w.Sent(w.ctx, waiting[0], ledger.Sent, t0))
		must(t, w.Sent(w.ctx, waiting[1], ledger.BlockedBot, t0))
		one, err := w.Tally(w.ctx, "post/1")
		must(t, err)
		two, _ := w.Tally(w.ctx, "post/2")
		if one[ledger.Queued] != 2 || one[ledger.Sent] != 1 || one[ledger.BlockedBot] != 1 || two[ledger.Queued] != 1 || two[ledger.BlockedBot] != 1 {
			t.Errorf("tallies %v, %v", one, two)
		}
	})
}
