package redisstore_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// A dossier is replaced by whoever read it last and by nobody else; its history only grows, and it stands on the shelves
// that it was put on until it is taken off.
func TestDossiers(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		const kind, byCell, due = "site", "cell/630202101", "due"
		type doc struct{ Name, No string }
		read := func(id string) ledger.Dossier {
			d, err := w.Dossier(w.ctx, kind, id)
			if err != nil && grid.CodeOf(err) != grid.NotFound {
				t.Fatal(err)
			}
			return d
		}
		write := func(d ledger.Dossier, v doc, place float64, off ...ledger.Shelf) error {
			x, err := ledger.WriteDossier(d, v, map[string]string{"did": v.Name})
			must(t, err)
			x.Off = off
			x.On = map[ledger.Shelf]float64{byCell: place}
			if len(off) == 0 {
				x.On[due] = place
			}
			_, err = w.Commit(w.ctx, ledger.Change{
				At: t0, Dossiers: []ledger.DossierWrite{x},
				Numbers: []ledger.Number{{Series: "site", Year: 2026, Format: "S-%04d", Marker: ledger.CaseMarker}},
			})
			return err
		}
		if d := read("s1"); d.Version != 0 || d.Kind != kind || d.ID != "s1" {
			t.Errorf("nothing yet, but %+v", d)
		}
		none := read("s1")
		must(t, write(none, doc{"outfall", ledger.CaseMarker}, 7))
		if err := write(none, doc{"again", ""}, 9); !errors.Is(err, ledger.ErrConflict) {
			t.Errorf("made twice: %v", err)
		}
		must(t, write(read("s2"), doc{"farm", ""}, 3))
		var got doc
		must(t, read("s1").Into(&got))
		if got != (doc{"outfall", "S-0001"}) || read("s1").Version != 1 {
			t.Errorf("stored %+v", got)
		}
		list := func(shelf ledger.Shelf, from, to float64, n int) []string {
			ids, err := w.Shelf(w.ctx, kind, shelf, from, to, n)
			must(t, err)
			return ids
		}
		if ids := list(byCell, 0, math.MaxInt32, 10); !slices.Equal(ids, []string{"s2", "s1"}) {
			t.Errorf("on the shelf: %v", ids)
		}
		if ids := list(due, 4, 9, 10); !slices.Equal(ids, []string{"s1"}) {
			t.Errorf("due from 4 to 9: %v", ids)
		}
		must(t, write(read("s1"), doc{"closed", ""}, 1, due))
		if a, b := list(byCell, 0, 100, 1), list(due, 0, 100, 10); !slices.Equal(a, []string{"s1"}) || !slices.Equal(b, []string{"s2"}) {
			t.Errorf("after it moved: %v, due %v", a, b)
		}
		history, err := w.DossierHistory(w.ctx, kind, "s1")
		if err != nil || len(history) != 2 || string(history[1]) != `{"did":"closed"}` {
			t.Errorf("history %q, %v", history, err)
		}
		both, err := w.Dossiers(w.ctx, kind, []string{"s2", "nobody", "s1"})
		if err != nil || len(both) != 2 || both[0].ID != "s2" || both[1].Version != 2 {
			t.Errorf("both: %+v, %v", both, err)
		}
	})
}
