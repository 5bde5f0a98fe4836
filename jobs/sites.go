package jobs

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
)

// SiteStore is what keeping the register of sites needs of the store.
type SiteStore interface {
	Shelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error)
	Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error)
	Cases(ctx context.Context, ids []casework.CaseID) ([]casework.Case, error)
	Commit(ctx context.Context, c ledger.Change) (done bool, err error)
}

// Sites reckons all sites anew: which of the cases at them are over by themselves, and when each is due by the rules of today.
type Sites struct {
	Store SiteStore
	Work  *site.Work
}

// sitesEach is how many are read at once.
const sitesEach = 500

// Run goes through the register. What somebody else changes meanwhile is left to them.
func (j Sites) Run(ctx context.Context, now time.Time) (Result, error) {
	ids, err := j.Store.Shelf(ctx, site.Dossier, site.AllShelf, site.First, site.Last, 1<<20)
	if err != nil {
		return nil, err
	}
	res := Result{"sites": len(ids)}
	var faults []error
	for some := range slices.Chunk(ids, sitesEach) {
		docs, err := j.Store.Dossiers(ctx, site.Dossier, some)
		if err != nil {
			return res, err
		}
		for _, d := range docs {
			switch changed, err := j.settle(ctx, d, now); {
			case errors.Is(err, ledger.ErrConflict):
				res["conflicts"]++
			case err != nil:
				faults = keep(faults, err)
			case changed:
				res["changed"]++
			}
		}
	}
	return res, errors.Join(faults...)
}

// settle reckons one site anew, and tells whether that changed it.
func (j Sites) settle(ctx context.Context, d ledger.Dossier, now time.Time) (bool, error) {
	x, err := site.Read(d)
	if err != nil {
		return false, err
	}
	var events []site.Event
	if open := x.Open(); len(open) > 0 {
		cases, lost := j.Store.Cases(ctx, open)
		if lost != nil {
			return false, lost
		}
		for _, id := range open {
			there := slices.IndexFunc(cases, func(c casework.Case) bool { return c.ID == id })
			if over := there < 0 || !cases[there].State.Underway(); over && x.Unlink(id, now) {
				events = append(events, site.Event{At: now, Via: "job/sites", Did: site.Unlinked, Case: string(id)})
			}
		}
	}
	if len(events) == 0 && j.Work.Due(x).Equal(x.Due) {
		return false, nil
	}
	w, err := j.Work.Write(d, x, now, events...)
	if err != nil {
		return false, err
	}
	_, err = j.Store.Commit(ctx, ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}})
	return err == nil, err
}
