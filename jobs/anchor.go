package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// AnchorStore is what the daily anchor needs of the store.
type AnchorStore interface {
	// Changed lists the cases whose histories grew since the last anchor, up to and with a moment.
	Changed(ctx context.Context, until time.Time) ([]casework.CaseID, error)
	// LastAnchor returns the line of the last anchor; empty when there is none yet.
	LastAnchor(ctx context.Context) (string, error)
}

// settled is how old a change is when nothing that happened before it can still be on its way into the store.
const settled = 10 * time.Minute

// anchor fixes where all histories stand that grew since the last anchor, once a day; a day without any is anchored too,
// so that the chain shows that nothing happened.
func (d Deps) anchor(ctx context.Context, now time.Time) (Result, error) {
	until := now.Add(-settled)
	ids, err := d.Store.Changed(ctx, until)
	if err != nil {
		return nil, err
	}
	cases, err := d.Store.Cases(ctx, ids)
	if err != nil {
		return nil, err
	}
	stands := make([]casework.Stand, len(cases))
	for i, c := range cases {
		stands[i] = casework.StandOf(c)
	}
	last, err := d.Store.LastAnchor(ctx)
	if err != nil {
		return nil, err
	}
	a, err := casework.NextAnchor(last, stands, now)
	if err != nil {
		return nil, err
	}
	done, err := d.Store.Commit(ctx, ledger.Change{
		At: now, Anchor: &ledger.AnchorWrite{Line: a.Line(), Until: until},
		Marks: []ledger.Mark{{Name: "anchor/" + now.In(d.Location).Format(time.DateOnly), Keep: 10 * 24 * time.Hour}},
	})
	if err != nil || done {
		return nil, err
	}
	return Result{"cases": len(stands), "number": a.Seq}, nil
}

// anchorLine is the small print of a digest: the number and the hash of the last anchor, which thereby stands on phones
// that nobody in the office can rewrite. Empty when there is none yet.
func (d Deps) anchorLine(ctx context.Context, lang string) (string, error) {
	last, err := d.Store.LastAnchor(ctx)
	if err != nil || last == "" {
		return "", err
	}
	a, err := casework.ParseAnchor(last)
	if err != nil {
		return "", err
	}
	return d.Words.T(lang, "chain.anchor", map[string]any{"n": a.Seq, "hash": casework.Sum([]byte(last))}), nil
}
