package redisstore_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

// A turn brings the person, the conversation and the roster as they are now, and a stranger's is empty.
func TestTurn(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		turn, err := w.Turn(w.ctx, citizen, theTalk)
		must(t, err)
		if turn.Person != nil || turn.Talk != nil || turn.TalkVersion != 0 || turn.Roster.Version != 0 {
			t.Errorf("stranger: %+v", turn)
		}
		_, err = w.Commit(w.ctx, ledger.Change{
			At: t0, People: []ledger.Person{{ID: citizen, User: 42, Phone: "13800000000"}},
			Talks:  []ledger.TalkWrite{{Key: theTalk, Data: []byte("draft"), Expires: t0.Add(24 * time.Hour)}},
			Roster: &ledger.RosterWrite{Officers: officers()},
		})
		must(t, err)
		turn, err = w.Turn(w.ctx, citizen, theTalk)
		must(t, err)
		if turn.Person == nil || turn.Person.User != 42 || string(turn.Talk) != "draft" || turn.TalkVersion == 0 ||
			len(turn.Roster.Officers()) != 2 {
			t.Errorf("turn %+v", turn)
		}
		for _, key := range []string{"person:p-citizen", "talk:p-citizen"} {
			if v := w.client.Get(w.ctx, "gw:{630202}:"+key).Val(); strings.Contains(v, "13800000000") || strings.Contains(v, "draft") {
				t.Errorf("%s is stored in the clear", key)
			}
		}
	})
}

// Two writers of one conversation: the slower one is told, also when the conversation ended and began anew meanwhile.
func TestTalkConflict(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		write := func(version int64, data []byte, now time.Time) error {
			_, err := w.Commit(w.ctx, ledger.Change{At: now, Talks: []ledger.TalkWrite{
				{Key: theTalk, Version: version, Data: data, Expires: now.Add(time.Hour)},
			}})
			return err
		}
		must(t, write(0, []byte("one"), t0))
		first, err := w.Turn(w.ctx, citizen, theTalk)
		must(t, err)
		if err := write(0, []byte("two"), t0); !errors.Is(err, ledger.ErrConflict) {
			t.Errorf("second beginning: %v", err)
		}
		must(t, write(first.TalkVersion, nil, t0))
		must(t, write(0, []byte("three"), t0.Add(time.Minute)))
		if err := write(first.TalkVersion, []byte("late"), t0); !errors.Is(err, ledger.ErrConflict) {
			t.Errorf("writer of the ended conversation: %v", err)
		}
	})
}

// The roster is read again only when it changed, and then at once.
func TestRosterCache(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		_, err := w.Commit(w.ctx, ledger.Change{At: t0, Roster: &ledger.RosterWrite{Officers: officers()}})
		must(t, err)
		one, err := w.Roster(w.ctx)
		must(t, err)
		two, err := w.Roster(w.ctx)
		must(t, err)
		if one != two {
			t.Error("an unchanged roster was read again")
		}
		changed := officers()[1]
		changed.Blocked = true
		_, err = w.Commit(w.ctx, ledger.Change{At: t0, Roster: &ledger.RosterWrite{Version: 1, Officers: []grid.Officer{changed}}})
		must(t, err)
		turn, err := w.Turn(w.ctx, citizen, theTalk)
		must(t, err)
		if o, _ := turn.Roster.Officer(fieldman); !o.Blocked || turn.Roster.Version != 2 || len(turn.Roster.Officers()) != 2 {
			t.Errorf("roster %+v", turn.Roster)
		}
	})
}

// Nobody's edit of the roster may rewrite who was responsible: it is refused, whether or not this process has read the
// roster; ending what lasts is not.
func TestRosterKeepsHistory(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		_, err := w.Commit(w.ctx, ledger.Change{At: t0, Roster: &ledger.RosterWrite{Officers: officers()}})
		must(t, err)
		rewritten := officers()[1]
		rewritten.Appointments = nil
		change := ledger.Change{At: t0, Roster: &ledger.RosterWrite{Version: 1, Officers: []grid.Officer{rewritten}}}
		for range 2 {
			if _, err = w.Commit(w.ctx, change); grid.CodeOf(err) != grid.Conflict || errors.Is(err, ledger.ErrConflict) {
				t.Errorf("lost appointments: %v", err)
			}
		}
		ended := officers()[1]
		ended.Appointments[0].Until = t0
		change.Roster.Officers = []grid.Officer{ended}
		_, err = w.Commit(w.ctx, change)
		must(t, err)
	})
}

// The store works in fake time, on miniredis and on a real server: conversations are tidied up by the bubble's clock in
// the one, and nothing waits in either.
func TestInBubble(t *testing.T) {
	for name, open := range map[string]func(testing.TB) *redis.Client{"miniredis": redistest.NewMini, "redis": redistest.NewReal} {
		t.Run(name, func(t *testing.T) {
			if name == "redis" && !redistest.Real() {
				t.Skip("needs a real Redis")
			}
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, open(t))
				now := time.Now()
				change := w.report("c1", citizen, now)
				change.Talks = []ledger.TalkWrite{{Key: theTalk, Data: []byte("x"), Expires: now.Add(time.Hour)}}
				_, err := w.Commit(w.ctx, change)
				must(t, err)
				time.Sleep(72 * time.Hour)
				due, err := w.Due(w.ctx, time.Now(), 10)
				must(t, err)
				if len(due) != 1 || due[0] != casework.CaseID("c1") {
					t.Errorf("due %v", due)
				}
				turn, err := w.Turn(w.ctx, citizen, theTalk)
				must(t, err)
				if name == "miniredis" && turn.Talk != nil {
					t.Error("the conversation was not tidied up")
				}
			})
		})
	}
}
