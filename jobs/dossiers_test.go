package jobs

import (
	"context"
	"maps"
	"slices"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// fakeDossiers keeps dossiers in memory with the shelves on which they stand.
type fakeDossiers struct {
	dossiers map[string]ledger.Dossier // by kind/ID
	shelves  map[string]float64        // by kind/shelf/ID
}

func (f *fakeDossiers) keep(writes []ledger.DossierWrite) {
	if f.dossiers == nil {
		f.dossiers, f.shelves = make(map[string]ledger.Dossier), make(map[string]float64)
	}
	for _, w := range writes {
		w.Version++
		f.dossiers[string(w.Kind)+"/"+w.ID] = w.Dossier
		for shelf, at := range w.On {
			f.shelves[string(w.Kind)+"/"+string(shelf)+"/"+w.ID] = at
		}
		for _, shelf := range w.Off {
			delete(f.shelves, string(w.Kind)+"/"+string(shelf)+"/"+w.ID)
		}
	}
}

func (f *fakeDossiers) Dossiers(_ context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error) {
	var out []ledger.Dossier
	for _, id := range ids {
		if d, ok := f.dossiers[string(kind)+"/"+id]; ok {
			out = append(out, d)
		}
	}
	return out, nil
}

func (f *fakeDossiers) Shelf(_ context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error) {
	start := string(kind) + "/" + string(shelf) + "/"
	var out []string
	for _, key := range slices.Sorted(maps.Keys(f.shelves)) {
		if at := f.shelves[key]; len(key) > len(start) && key[:len(start)] == start && at >= from && at <= to && len(out) < n {
			out = append(out, key[len(start):])
		}
	}
	return out, nil
}
