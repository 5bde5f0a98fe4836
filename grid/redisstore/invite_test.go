package redisstore_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Only what expired before the time named is tidied away, and what is tidied away cannot be taken any more.
func TestTidyInvites(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		if n, err := w.TidyInvites(w.ctx, t0); n != 0 || err != nil {
			t.Errorf("tidied %d of none: %v", n, err)
		}
		var made []ledger.InviteWrite
		for hash, expires := range map[string]time.Time{
			"old": t0.Add(-time.Hour), "older": t0.AddDate(0, -1, 0), "now": t0, "new": t0.Add(time.Second),
		} {
			made = append(made, ledger.InviteWrite{Invite: ledger.Invite{Hash: hash, Expires: expires}})
		}
		_, err := w.Commit(w.ctx, ledger.Change{At: t0, Invites: made})
		must(t, err)
		for _, want := range []int{2, 0} {
			if n, tidied := w.TidyInvites(w.ctx, t0); n != want || tidied != nil {
				t.Errorf("tidied %d, want %d: %v", n, want, tidied)
			}
		}
		for _, hash := range []string{"now", "new"} {
			_, err = w.Invite(w.ctx, hash)
			must(t, err)
		}
		_, err = w.Commit(w.ctx, ledger.Change{At: t0, Invites: []ledger.InviteWrite{{Invite: ledger.Invite{Hash: "old"}, Take: true}}})
		if grid.CodeOf(err) != grid.Conflict {
			t.Errorf("taken: %v", err)
		}
	})
}
