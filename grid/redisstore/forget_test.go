package redisstore_test

import (
	"slices"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// TestGone: who is forgotten is found neither by name nor by cases, what was put aside of theirs is dropped, and everybody
// else is as before.
func TestGone(t *testing.T) {
	both(t, func(w *world) {
		w.stored("c1")
		c, change := w.act(w.stored("c2"), casework.Act{Action: casework.Follow, Person: "p-other"}, t0)
		change.People = []ledger.Person{{ID: citizen, User: 1, Blocked: true}, {ID: "p-other", User: 2}}
		_, err := w.Commit(w.ctx, change)
		must(t, err)
		entry := w.arrived(7)
		must(t, w.SetAside(w.ctx, entry, "e", t0))
		aside, err := w.Aside(w.ctx, 9)
		must(t, err)

		c, err = w.Case(w.ctx, c.ID)
		must(t, err)
		after, change := w.act(c, casework.Act{Action: casework.Forget, Person: citizen, As: grid.Gone("x")}, t0)
		change.Gone, change.Drop = []grid.PersonID{citizen}, []ledger.EntryID{aside[0].ID}
		_, err = w.Commit(w.ctx, change)
		must(t, err)
		if after.Reporter != "gone-x" {
			t.Errorf("reported by %s", after.Reporter)
		}
		w.wantIDs("of the person", "c1")(w.ByPerson(w.ctx, citizen))
		w.wantIDs("of the name in their place")(w.ByPerson(w.ctx, "gone-x"))
		w.wantIDs("of the follower", "c2")(w.ByPerson(w.ctx, "p-other"))
		if _, err := w.Person(w.ctx, citizen); grid.CodeOf(err) != grid.NotFound {
			t.Errorf("still known: %v", err)
		}
		if n, err := w.AsideCount(w.ctx); err != nil || n != 0 {
			t.Errorf("%d put aside, %v", n, err)
		}
		var known []grid.PersonID
		for p, err := range w.EachPerson(w.ctx) {
			must(t, err)
			known = append(known, p.ID)
		}
		if !slices.Equal(known, []grid.PersonID{"p-other"}) {
			t.Errorf("known are %v", known)
		}
	})
}

// TestDropFile forgets a file only if it is still the one that was meant.
func TestDropFile(t *testing.T) {
	both(t, func(w *world) {
		old, fresh := ledger.File{Unique: "u", SHA256: "aa", At: t0.UTC()}, ledger.File{Unique: "u", SHA256: "bb", At: t0.UTC()}
		for _, f := range []ledger.File{old, fresh} {
			_, err := w.Commit(w.ctx, ledger.Change{At: t0, Files: []ledger.FileWrite{{File: f}}})
			must(t, err)
		}
		must(t, w.DropFile(w.ctx, old))
		if f, err := w.File(w.ctx, "u"); err != nil || f.SHA256 != "bb" {
			t.Errorf("%+v, %v", f, err)
		}
		must(t, w.DropFile(w.ctx, fresh))
		if _, err := w.File(w.ctx, "u"); grid.CodeOf(err) != grid.NotFound {
			t.Errorf("still listed: %v", err)
		}
	})
}
