package redisstore_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

// A report is stored with its number, its history and every way to find it.
func TestCommitReport(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		change := w.report("c1", citizen, t0)
		change.Done = w.arrived(7)
		r, err := w.Commit(w.ctx, change)
		must(t, err)
		if r.Done || r.Numbers[ledger.ReportMarker] != "2026-00001" {
			t.Fatalf("receipt %+v", r)
		}
		id, err := w.CaseByNumber(w.ctx, "2026-00001")
		must(t, err)
		c, err := w.Case(w.ctx, id)
		must(t, err)
		if c.ID != "c1" || c.Number != "2026-00001" || c.Version != 1 || c.Text != "河道有死猪" {
			t.Errorf("case %+v", c)
		}
		history, err := w.History(w.ctx, "c1")
		must(t, err)
		must(t, casework.Verify(c, history))
		messages, err := w.ReadOutbox(w.ctx, chat, "", 10)
		must(t, err)
		if len(messages) != 1 || messages[0].Text != "登记号 2026-00001" || messages[0].To != citizen {
			t.Errorf("messages %+v", messages)
		}
		left, err := w.ReadInbox(w.ctx, "", 10)
		must(t, err)
		if len(left) != 0 {
			t.Errorf("%d entries left in the inbox", len(left))
		}
		w.wantIDs("decide queue", "c1")(w.Queue(w.ctx, casework.DecideQueue, 0, 10))
		w.wantIDs("near", "c1")(w.Near(w.ctx, geo.Point{Lon: 102.401, Lat: 36.48}, 500, 10))
		w.wantIDs("too far")(w.Near(w.ctx, geo.Point{Lon: 102.42, Lat: 36.48}, 500, 10))
		w.wantIDs("by person", "c1")(w.ByPerson(w.ctx, citizen))
		w.wantIDs("by person since", "c1")(w.ByPersonSince(w.ctx, citizen, t0))
		w.wantIDs("by person, nothing since")(w.ByPersonSince(w.ctx, citizen, t0.Add(time.Second)))
		w.wantIDs("due", "c1")(w.Due(w.ctx, t0.Add(72*time.Hour), 10))
		w.wantIDs("not due yet")(w.Due(w.ctx, t0, 10))
		counts, err := w.Counts(w.ctx, "2026-11-23")
		must(t, err)
		if counts["new/630202101"] != 1 {
			t.Errorf("counts %v", counts)
		}
	})
}

// wantIDs compares a list of cases that a read returned.
func (w *world) wantIDs(what string, want ...casework.CaseID) func([]casework.CaseID, error) {
	return func(got []casework.CaseID, err error) {
		w.t.Helper()
		must(w.t, err)
		if !slices.Equal(got, want) && len(got)+len(want) > 0 {
			w.t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
}

// The same inbox entry has its effects once, whoever commits it again.
func TestCommitDoneOnce(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		entry := w.arrived(7)
		change := w.report("c1", citizen, t0)
		change.Done = entry
		_, err := w.Commit(w.ctx, change)
		must(t, err)
		again := w.report("c2", citizen, t0)
		again.Done = entry
		for name, c := range map[string]ledger.Change{"same change": change, "made anew": again} {
			r, err := w.Commit(w.ctx, c)
			must(t, err)
			if !r.Done {
				t.Errorf("%s: not reported as done", name)
			}
		}
		if _, err := w.Case(w.ctx, "c2"); grid.CodeOf(err) != grid.NotFound {
			t.Errorf("second case: %v", err)
		}
		if n := w.client.XLen(w.ctx, "gw:{630202}:outbox:1").Val(); n != 1 {
			t.Errorf("%d messages", n)
		}
	})
}

// Whoever read an older state is told so and changes nothing.
func TestCommitConflict(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		c := w.stored("c1")
		accepted, first := w.act(c, casework.Act{Action: casework.Accept, Person: desk, Officer: clerk}, t0)
		_, second := w.act(c, casework.Act{
			Action: casework.Refuse, Person: desk, Officer: clerk, Disposition: casework.InCourt,
		}, t0)
		second.Outbox = []ledger.Message{{To: citizen, Kind: "refused", At: t0}}
		second.Numbers = []ledger.Number{{Series: "case", Year: 2026, Format: "%d", Marker: ledger.CaseMarker}}
		_, err := w.Commit(w.ctx, first)
		must(t, err)
		entry := w.arrived(9)
		second.Done = entry
		_, err = w.Commit(w.ctx, second)
		if !errors.Is(err, ledger.ErrConflict) || grid.CodeOf(err) != grid.Conflict {
			t.Errorf("second commit: %v", err)
		}
		got, err := w.Case(w.ctx, "c1")
		must(t, err)
		if got.State != accepted.State || got.Version != 2 {
			t.Errorf("state %s, version %d", got.State, got.Version)
		}
		if n := w.client.XLen(w.ctx, "gw:{630202}:outbox:0").Val(); n != 0 {
			t.Error("a refused commit said something")
		}
		if n := w.client.Exists(w.ctx, "gw:{630202}:seq:case:2026").Val(); n != 0 {
			t.Error("a refused commit used up a number")
		}
		if w.arrived(9) != entry {
			t.Error("a refused commit used up its inbox entry")
		}
	})
}

// A mark is set once; the second run is told that it was done.
func TestCommitMark(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		run := ledger.Change{
			At: t0, Marks: []ledger.Mark{{Name: "digest:2026-11-23", Keep: time.Hour}},
			Outbox: []ledger.Message{{To: desk, Priority: ledger.Digest, Kind: "digest", At: t0}},
		}
		r, err := w.Commit(w.ctx, run)
		must(t, err)
		if r.Done {
			t.Error("first run: done before")
		}
		r, err = w.Commit(w.ctx, run)
		must(t, err)
		if !r.Done {
			t.Error("second run: not known")
		}
		messages, err := w.ReadOutbox(w.ctx, ledger.Digest, "", 10)
		must(t, err)
		if len(messages) != 1 {
			t.Errorf("%d messages", len(messages))
		}
	})
}

// An invitation makes one officer only, and the roster is refused when it moved on.
func TestCommitInvite(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		invite := ledger.Invite{Hash: "h1", Officer: officers()[0], Expires: t0.Add(time.Hour)}
		_, err := w.Commit(w.ctx, ledger.Change{At: t0, Invites: []ledger.InviteWrite{{Invite: invite}}})
		must(t, err)
		got, err := w.Invite(w.ctx, "h1")
		must(t, err)
		if got.Officer.ID != clerk {
			t.Errorf("invite %+v", got)
		}
		take := ledger.Change{
			At: t0, Invites: []ledger.InviteWrite{{Invite: invite, Take: true}},
			Roster: &ledger.RosterWrite{Officers: []grid.Officer{invite.Officer}},
		}
		_, err = w.Commit(w.ctx, take)
		must(t, err)
		roster, err := w.Roster(w.ctx)
		must(t, err)
		if o, ok := roster.Officer(clerk); !ok || o.Person != desk || roster.Version != 1 {
			t.Errorf("roster %+v", roster)
		}
		_, err = w.Commit(w.ctx, take)
		var e *grid.Error
		if !errors.As(err, &e) || e.Code != grid.Conflict || e.Key != "error.invite.gone" {
			t.Errorf("taken twice: %v", err)
		}
		stale := ledger.Change{At: t0, Roster: &ledger.RosterWrite{Officers: officers()}}
		if _, err = w.Commit(w.ctx, stale); !errors.Is(err, ledger.ErrConflict) {
			t.Errorf("stale roster: %v", err)
		}
		if _, err := w.Invite(w.ctx, "h1"); grid.CodeOf(err) != grid.NotFound {
			t.Errorf("taken invitation: %v", err)
		}
	})
}

// What cannot be written as it is given is refused before anything is sent.
func TestCommitRefuses(t *testing.T) {
	w := newWorld(t, redistest.NewMini(t))
	c := w.stored("c1")
	for name, change := range map[string]ledger.Change{
		"format without number": {Numbers: []ledger.Number{{Series: "x", Format: "2026", Marker: "m"}}},
		"format with text":      {Numbers: []ledger.Number{{Series: "x", Format: "%s%d", Marker: "m"}}},
		"no marker":             {Numbers: []ledger.Number{{Series: "x", Format: "%d"}}},
		"another case":          {Cases: []ledger.CaseWrite{{Before: c, After: casework.Case{ID: "c9"}}}},
		"no id":                 {Cases: []ledger.CaseWrite{{}}},
		"no such priority":      {Outbox: []ledger.Message{{Priority: 7}}},
	} {
		if _, err := w.Commit(w.ctx, change); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
