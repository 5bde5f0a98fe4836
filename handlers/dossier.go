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
