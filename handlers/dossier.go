package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// dossier reads a dossier as this turn has left it so far; one that does not exist has version 0.
func (s *scene) dossier(kind ledger.DossierKind, id string) (ledger.Dossier, error) {
	if i := s.shelved(kind, id); i >= 0 {
		return s.change.Dossiers[i].Dossier, nil
	}
	d, err := s.Store.Dossier(s.ctx, kind, id)
	if grid.CodeOf(err) == grid.NotFound {
		return ledger.Dossier{Kind: kind, ID: id}, nil
	}
	return d, err
}

func (s *scene) shelved(kind ledger.DossierKind, id string) int {
	return slices.IndexFunc(s.change.Dossiers, func(w ledger.DossierWrite) bool { return w.Kind == kind && w.ID == id })
}

// shelve makes the write of a dossier part of the change; several of one turn on one dossier become one write.
func (s *scene) shelve(w ledger.DossierWrite, err error) error {
	if err != nil {
		return err
	}
	i := s.shelved(w.Kind, w.ID)
	if i < 0 {
		s.change.Dossiers = append(s.change.Dossiers, w)
		return nil
	}
	before := s.change.Dossiers[i]
	w.Events, w.Files = slices.Concat(before.Events, w.Events), slices.Concat(before.Files, w.Files)
	for shelf := range before.On { // where the write before would have put it
		if _, stays := w.On[shelf]; !stays && !slices.Contains(w.Off, shelf) {
			w.Off = append(w.Off, shelf)
		}
	}
	for _, shelf := range before.Off {
		if _, back := w.On[shelf]; !back && !slices.Contains(w.Off, shelf) {
			w.Off = append(w.Off, shelf)
		}
	}
	s.change.Dossiers[i] = w
	return nil
}

// opened is what is not a case, as it was read, to be written again.
type opened[T any] struct {
	read ledger.Dossier
	it   T
}

// holdOf reads one as this turn has left it so far; NotFound when there is none.
func holdOf[T any](s *scene, kind ledger.DossierKind, id string) (opened[T], error) {
	var h opened[T]
	var err error
	if i := s.shelved(kind, id); i >= 0 {
		h.read = s.change.Dossiers[i].Dossier
	} else if h.read, err = s.Store.Dossier(s.ctx, kind, id); err != nil {
		return h, err
	}
	return h, h.read.Into(&h.it)
}

// onShelf reads what stands on a shelf, at most n, the lowest first.
func onShelf[T any](s *scene, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]opened[T], error) {
	ids, err := s.Store.Shelf(s.ctx, kind, shelf, from, to, n)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	found, err := s.Store.Dossiers(s.ctx, kind, ids)
	if err != nil {
		return nil, err
	}
	out := make([]opened[T], len(found))
	for i, d := range found {
		out[i].read = d
		if err := d.Into(&out[i].it); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// its are what was read, without how.
func its[T any](all []opened[T]) []T {
	out := make([]T, len(all))
	for i, h := range all {
		out[i] = h.it
	}
	return out
}
