package plan

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Kind is what the dossiers of occurrences are called.
const Kind ledger.DossierKind = "measure"

// Store is what it takes to see how a plan stands.
type Store interface {
	Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error)
	Queue(ctx context.Context, q casework.Queue, offset, n int) ([]casework.CaseID, error)
	Cases(ctx context.Context, ids []casework.CaseID) ([]casework.Case, error)
}

// Look reads how the plan stands at now: what is stored of its milestones, and the open cases that tell on its measures.
func (w Work) Look(ctx context.Context, store Store, now time.Time) (Overview, error) {
	states, err := w.States(ctx, store, now)
	if err != nil {
		return Overview{}, err
	}
	cases, err := Telling(ctx, store, w.Plan.Codes())
	if err != nil {
		return Overview{}, err
	}
	return w.Overview(states, w.Plan.OpenCases(cases), now), nil
}

// States reads what is stored of every occurrence whose period has begun, by its ID.
func (w Work) States(ctx context.Context, store Store, now time.Time) (map[string]Progress, error) {
	all := w.Occurrences(now)
	ids := make([]string, len(all))
	for i, o := range all {
		ids[i] = o.ID()
	}
	found, err := store.Dossiers(ctx, Kind, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Progress, len(found))
	for _, d := range found {
		var p Progress
		if err := d.Into(&p); err != nil {
			return nil, err
		}
		out[d.ID] = p
	}
	return out, nil
}

// Telling reads the cases of these codes that are accepted and not closed, each once.
func Telling(ctx context.Context, store Store, codes []string) ([]casework.Case, error) {
	var ids []casework.CaseID
	seen := make(map[casework.CaseID]bool)
	for _, code := range codes {
		page, err := store.Queue(ctx, casework.MatterQueue(code), 0, 1<<20)
		if err != nil {
			return nil, err
		}
		for _, id := range page {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return store.Cases(ctx, ids)
}
