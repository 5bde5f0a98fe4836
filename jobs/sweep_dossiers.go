package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// remindOne says what is due of one dossier and commits it.
type remindOne func(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time, res Result) error

// dueShelf is the shelf that each of these kinds calls Due, where a dossier stands at the time when something is due of it.
const dueShelf ledger.Shelf = "due"

// sweepDossiers goes through the dossiers of a kind whose place on that shelf, in milliseconds, is over.
func (d Deps) sweepDossiers(ctx context.Context, kind ledger.DossierKind, now time.Time, remind remindOne) (Result, error) {
	return d.sweepShelf(ctx, kind, dueShelf, float64(now.UnixMilli()), now, remind)
}

// sweepShelf goes through the dossiers that stand on a shelf up to a place. One that fails holds up no other.
func (d Deps) sweepShelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, until float64, now time.Time, remind remindOne) (Result, error) {
	res := Result{"messages": 0}
	ids, err := d.Store.Shelf(ctx, kind, shelf, 0, until, sweepBatch)
	if err != nil || len(ids) == 0 {
		return res, err
	}
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return res, err
	}
	found, err := d.Store.Dossiers(ctx, kind, ids)
	if err != nil {
		return res, err
	}
	var faults []error
	for _, read := range found {
		if err := remind(ctx, read, roster, now, res); err != nil {
			faults = keep(faults, fmt.Errorf("%s %s: %w", kind, read.ID, err))
		}
	}
	return res, errors.Join(faults...)
}

// commitDossier commits what was said of a dossier. Who was faster is left to the next run.
func (d Deps) commitDossier(ctx context.Context, change ledger.Change, res Result) error {
	_, err := d.Store.Commit(ctx, change)
	if errors.Is(err, ledger.ErrConflict) {
		res["conflicts"]++
		return nil
	}
	if err == nil {
		res["messages"] += len(change.Outbox)
	}
	return err
}
