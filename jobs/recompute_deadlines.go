package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// recomputeDeadlines gives provisional deadlines their final date once the holidays of the year are loaded.
func (d Deps) recomputeDeadlines(ctx context.Context, now time.Time) (Result, error) {
	res := Result{}
	const page = 500
	far := now.AddDate(100, 0, 0)
	ids, err := d.Store.Due(ctx, far, 1<<30)
	if err != nil {
		return res, err
	}
	for from := 0; from < len(ids); from += page {
		cases, err := d.Store.Cases(ctx, ids[from:min(from+page, len(ids))])
		if err != nil {
			return res, err
		}
		for _, before := range cases {
			after, changed := d.Work.Recompute(before)
			if !changed {
				continue
			}
			_, err := d.Store.Commit(ctx, ledger.Change{At: now, Cases: []ledger.CaseWrite{{Before: before, After: after}}})
			if errors.Is(err, ledger.ErrConflict) {
				res["conflicts"]++
				continue
			}
			if err != nil {
				return res, err
			}
			res["changed"]++
		}
	}
	return res, nil
}
