package handlers

import (
	"slices"
	"testing"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Two writes of one dossier in one turn become one: its events and files are those of both, and it leaves the shelves on which
// only the first would have put it.
func TestShelve_OneWriteOfOneTurn(t *testing.T) {
	s := &scene{}
	write := func(file, event string, on ledger.Shelf) {
		t.Helper()
		w := ledger.DossierWrite{Dossier: ledger.Dossier{Kind: "site", ID: "1"}, Events: [][]byte{[]byte(event)}, Files: []string{file}}
		w.Stand(true, on, 1)
		if err := s.shelve(w, nil); err != nil {
			t.Fatal(err)
		}
	}
	write("a", "first", "due")
	write("b", "second", "open")
	if n := len(s.change.Dossiers); n != 1 {
		t.Fatalf("%d writes", n)
	}
	w := s.change.Dossiers[0]
	if !slices.Equal(w.Files, []string{"a", "b"}) || len(w.Events) != 2 || !slices.Equal(w.Off, []ledger.Shelf{"due"}) || w.On["open"] != 1 {
		t.Errorf("merged into %+v", w)
	}
}
