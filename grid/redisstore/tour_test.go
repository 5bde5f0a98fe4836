package redisstore_test

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

// tour calls everything that the store can do once.
func (w *world) tour() {
	w.t.Helper()
	entry := w.arrived(1)
	change := w.report("c1", citizen, t0)
	change.Done = entry
	change.People = []ledger.Person{{ID: citizen, User: 42}}
	change.Talks = []ledger.TalkWrite{{Key: theTalk, Data: []byte("x"), Expires: t0.Add(time.Hour)}}
	change.Roster = &ledger.RosterWrite{Officers: officers()}
	change.Invites = []ledger.InviteWrite{{Invite: ledger.Invite{Hash: "h"}}}
	change.Books = []ledger.BookWrite{{Book: ledger.Book{Kind: sheet.Cells}}}
	change.Imports = []ledger.ImportWrite{{Import: ledger.Import{ID: "i", Applied: t0}}}
	change.Fetch = []ledger.Fetch{{File: "f", Unique: "u"}}
	change.Marks = []ledger.Mark{{Name: "m", Keep: time.Hour}}
	change.Follows = []ledger.FollowsWrite{{Person: citizen, Data: []byte("x"), Until: t0, On: []string{"any@8"}}}
	change.Outbox[0].Tallies = []string{"post"}
	_, err := w.Commit(w.ctx, change)
	must(w.t, err)
	turn, err := w.Turn(w.ctx, citizen, theTalk)
	must(w.t, err)
	if turn.Person == nil || turn.Talk == nil || len(turn.Roster.Officers()) != 2 {
		w.t.Errorf("turn %+v", turn)
	}
	_, err = w.Invite(w.ctx, "h")
	must(w.t, err)
	invites, err := w.Invites(w.ctx)
	must(w.t, err)
	w.wantIDs("queue", "c1")(w.Queue(w.ctx, casework.DecideQueue, 0, 5))
	w.wantIDs("near", "c1")(w.Near(w.ctx, geo.Point{Lon: 102.4, Lat: 36.48}, 100, 5))
	w.wantIDs("by person", "c1")(w.ByPerson(w.ctx, citizen))
	counts, err := w.QueueCounts(w.ctx, []casework.Queue{casework.ReviewQueue, casework.DecideQueue}, t0.AddDate(0, 1, 0))
	must(w.t, err)
	if len(invites) != 1 || counts[0].Open != 0 || counts[1].Open != 1 || counts[1].Late != 1 {
		w.t.Errorf("invites %v, counts %v", invites, counts)
	}
	cases, err := w.Cases(w.ctx, []casework.CaseID{"none", "c1"})
	must(w.t, err)
	if len(cases) != 1 || cases[0].Version != 1 {
		w.t.Errorf("cases %+v", cases)
	}
	seen := 0
	for c, bad := range w.EachCase(w.ctx) {
		must(w.t, bad)
		if c.ID == "c1" {
			seen++
		}
	}
	at, some, err := w.NextDue(w.ctx)
	must(w.t, err)
	if !some || !at.After(t0) {
		w.t.Errorf("next due %v, %v", at, some)
	}
	messages, err := w.ReadOutbox(w.ctx, chat, "", 5)
	must(w.t, err)
	begun, err := w.Begin(w.ctx, messages[0])
	must(w.t, err)
	must(w.t, w.Sent(w.ctx, messages[0], ledger.BlockedBot, t0))
	fetch, err := w.ReadFetch(w.ctx, t0, 5)
	must(w.t, err)
	_, err = w.Refetch(w.ctx, fetch[0], t0)
	must(w.t, err)
	entry = w.arrived(2)
	_, err = w.Fail(w.ctx, entry, "", t0)
	must(w.t, err)
	must(w.t, w.SetAside(w.ctx, entry, "e", t0))
	aside, err := w.Aside(w.ctx, 5)
	must(w.t, err)
	must(w.t, w.Retry(w.ctx, aside[0].ID))
	ok, err := w.Lease(w.ctx, "l", "me", time.Minute, t0)
	must(w.t, err)
	must(w.t, w.Release(w.ctx, "l", "me"))
	_, err = w.Facts(w.ctx)
	must(w.t, err)
	if !ok || !begun || seen != 1 {
		w.t.Errorf("lease %v, begun %v, %d cases", ok, begun, seen)
	}
	if _, err = w.Case(w.ctx, "none"); grid.CodeOf(err) != grid.NotFound {
		w.t.Errorf("no such case: %v", err)
	}
	if _, err = w.History(w.ctx, "none"); grid.CodeOf(err) != grid.NotFound {
		w.t.Errorf("no such history: %v", err)
	}
}
