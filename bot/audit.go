package main

import (
	"context"
	"errors"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/handlers/media"
)

// audit looks through the record for whatever was changed, taken out or put in its place. It writes nothing and may run
// beside the program.
type audit struct {
	store *redisstore.Store
	vault *media.Store // nil: the files themselves are not looked at
	tree  *grid.Tree
	now   time.Time

	cases, events, files int
	anchors              int
	assessed             int       // sealed assessments
	published            int       // publications that are as they were published
	anchored             time.Time // when the last anchor was made
	last                 string    // hash of the last anchor
	faults               []fault
}

// fault is one thing that is wrong. What is the end of a key of the catalogue.
type fault struct {
	number string // of the case
	event  int
	what   string
	detail string
}

// whole looks through everything.
func (a *audit) whole(ctx context.Context) error {
	stands, err := a.chain(ctx)
	if err != nil {
		return err
	}
	var seen numbers
	for number, err := range a.store.Numbers(ctx) {
		if err != nil {
			return err
		}
		seen.add(number)
	}
	if err := a.gaps(ctx, seen); err != nil {
		return err
	}
	looked := make(map[casework.CaseID]bool)
	for _, number := range seen.all {
		if err := a.number(ctx, number, looked, stands); err != nil {
			return err
		}
	}
	for id, list := range stands {
		if !looked[id] {
			a.found(list[0].Number, 0, "gone", "")
		}
	}
	if err := a.assessments(ctx); err != nil {
		return err
	}
	if err := a.publications(ctx); err != nil {
		return err
	}
	return a.strays(ctx)
}

// some looks at the cases of these numbers only.
func (a *audit) some(ctx context.Context, list []string) error {
	stands, err := a.chain(ctx)
	if err != nil {
		return err
	}
	looked := make(map[casework.CaseID]bool)
	for _, number := range list {
		if err := a.number(ctx, number, looked, stands); err != nil {
			return err
		}
	}
	return nil
}

// chain checks the anchors and returns where they say each case stood.
func (a *audit) chain(ctx context.Context) (map[casework.CaseID][]casework.Stand, error) {
	lines, err := a.store.Anchors(ctx)
	if err != nil {
		return nil, err
	}
	good, broken := casework.VerifyAnchors(lines)
	if broken > 0 {
		a.found("", broken, "anchor", "")
	}
	a.anchors = len(lines)
	if len(lines) > 0 {
		a.last = casework.Sum([]byte(lines[len(lines)-1]))
	}
	out := make(map[casework.CaseID][]casework.Stand)
	for _, anchor := range good {
		a.anchored = anchor.At
		for _, s := range anchor.Cases {
			out[s.Case] = append(out[s.Case], s)
		}
	}
	return out, nil
}

// expect checks an anchor against what somebody was told of it with a digest.
func (a *audit) expect(ctx context.Context, seq int, hash string) error {
	lines, err := a.store.Anchors(ctx)
	if err == nil && (seq < 1 || seq > len(lines) || casework.Sum([]byte(lines[seq-1])) != hash) {
		a.found("", seq, "unexpected", hash)
	}
	return err
}

// number looks at the case that a number leads to, once.
func (a *audit) number(
	ctx context.Context, number string, looked map[casework.CaseID]bool, stands map[casework.CaseID][]casework.Stand,
) error {
	id, err := a.store.CaseByNumber(ctx, number)
	if err == nil && looked[id] {
		return nil
	}
	if err == nil {
		looked[id] = true
		err = a.record(ctx, id, number, stands[id])
	}
	if grid.CodeOf(err) == grid.NotFound {
		a.found(number, 0, "gone", "")
		return nil
	}
	return err
}

// record checks one case: its history, where it stood, its files and its indexes.
func (a *audit) record(ctx context.Context, id casework.CaseID, number string, stands []casework.Stand) error {
	c, events, err := a.store.Record(ctx, id)
	switch {
	case grid.CodeOf(err) == grid.NotFound:
		return err
	case errors.Is(err, redisstore.ErrUnreadable):
		a.found(number, 0, "unreadable", err.Error())
		return nil
	case err != nil:
		return err
	}
	a.cases++
	a.events += len(events)
	a.history(number, casework.Verify(c, events))
	for _, s := range stands {
		a.stood(number, casework.Stood(c, events, s))
	}
	if first := casework.Unanchored(events, stands, a.anchored); first > 0 {
		a.found(number, first, "unanchored", "")
	}
	if c.Number != number && c.CaseNo != number {
		a.found(number, 0, "number", c.Number)
	}
	if err := a.evidence(ctx, c, number); err != nil {
		return err
	}
	return a.indexes(ctx, c, number)
}

// history notes where a history breaks.
func (a *audit) history(number string, err error) {
	var f *casework.ChainError
	if errors.As(err, &f) {
		a.found(number, f.Event, string(f.What), "")
	}
}

// stood notes that a history does not go through where an anchor found it.
func (a *audit) stood(number string, err error) {
	var f *casework.ChainError
	if errors.As(err, &f) {
		a.found(number, f.Event, "stood", "")
	}
}

// evidence checks that every file is what the history says.
func (a *audit) evidence(ctx context.Context, c casework.Case, number string) error {
	for _, e := range c.Evidence {
		if e.SHA256 == "" {
			continue
		}
		a.files++
		known, err := a.store.File(ctx, e.File)
		switch {
		case grid.CodeOf(err) == grid.NotFound, err == nil && known.SHA256 != e.SHA256:
			a.found(number, 0, "file_index", e.SHA256)
		case err != nil:
			return err
		}
		if a.vault == nil {
			continue
		}
		switch err := a.vault.Check(ctx, e.SHA256); {
		case errors.Is(err, media.ErrNotFound):
			a.found(number, 0, "file_gone", e.SHA256)
		case errors.Is(err, media.ErrDamaged):
			a.found(number, 0, "file_other", e.SHA256)
		case err != nil:
			return err
		}
	}
	return nil
}

// indexes checks that the case is found where it should be. When somebody is at work on it, it is read again.
func (a *audit) indexes(ctx context.Context, c casework.Case, number string) error {
	for {
		wrong, err := a.store.Misindexed(ctx, c, a.now)
		if errors.Is(err, ledger.ErrConflict) {
			if c, err = a.store.Case(ctx, c.ID); err != nil {
				return err
			}
			continue
		}
		for _, name := range wrong {
			a.found(number, 0, "index", name)
		}
		return err
	}
}

// strays looks for entries of worklists whose case has no place there.
func (a *audit) strays(ctx context.Context) error {
	queues := casework.DistrictQueues()
	for _, c := range a.tree.Cells() {
		queues = append(queues, casework.CellQueue(c.Code))
	}
	list, err := a.store.Strays(ctx, queues)
	for _, s := range list {
		a.found(string(s.Case), 0, "stray", s.Index)
	}
	return err
}

func (a *audit) found(number string, event int, what, detail string) {
	a.faults = append(a.faults, fault{number, event, what, detail})
}
