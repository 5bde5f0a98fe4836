package publication

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// The kinds under which issues and the chain are kept, and the shelves: all issues by the last moment to publish them, and those that
// are out by their number.
const (
	Dossiers ledger.DossierKind = "publication"
	Chains   ledger.DossierKind = "publication_chain"
	ChainID                     = "chain"

	All    ledger.Shelf = "all"
	OutNow ledger.Shelf = "out"
)

// Read is the issue that a dossier holds; an open one when there is none.
func Read(d ledger.Dossier) (Issue, error) {
	i := Issue{ID: d.ID}
	err := d.Into(&i)
	return i, err
}

// Write is the write of an issue as it is after an event.
func Write(read ledger.Dossier, after Issue, e Event) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, after, e)
	if err != nil {
		return w, err
	}
	w.Stand(true, All, float64(after.Due.Unix()))
	if after.State == Published {
		s, err := after.Sheet()
		if err != nil {
			return w, err
		}
		w.Stand(true, OutNow, float64(s.Number))
	}
	return w, nil
}

// Store is what is read of the store.
type Store interface {
	Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error)
	Shelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error)
}

// Lines is the calendar: every occasion of every duty that was or is, the one that is due first before the others.
func (w Work) Lines(ctx context.Context, store Store, now time.Time) ([]Line, error) {
	issues, err := w.Memory.issues(ctx, store)
	if err != nil {
		return nil, err
	}
	var out []Line
	for _, d := range w.Duties {
		for _, o := range w.Occasions(d, now) {
			out = append(out, w.Line(o, issues[o.ID()], now))
		}
	}
	return sortLines(out), nil
}

// Issues are all issues by the id of their occasion, the first before its corrections.
func Issues(ctx context.Context, store Store) (map[string][]Issue, error) {
	return (*Memory)(nil).issues(ctx, store)
}
