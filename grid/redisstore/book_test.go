package redisstore_test

import (
	"errors"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

// A book is replaced by whoever read it last, and by nobody else; what was made is on record, the newest first, and what
// was only proposed is not.
func TestBooksAndImports(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		edits := []sheet.Edit{{Op: sheet.Change, ID: "max_files", Fields: []sheet.Field{{Column: "value", Before: "20", After: "30"}}}}
		write := func(version int64, id string, applied time.Time) error {
			_, err := w.Commit(w.ctx, ledger.Change{
				At: t0, Books: []ledger.BookWrite{{Version: version, Book: ledger.Book{Kind: sheet.Settings, Edits: edits, At: t0}}},
				Imports: []ledger.ImportWrite{{Import: ledger.Import{ID: id, Kind: sheet.Settings, Edits: edits, Made: t0, Applied: applied}, Keep: time.Hour}},
			})
			return err
		}
		if b, err := w.Book(w.ctx, sheet.Settings); err != nil || b.Version != 0 || b.Edits != nil {
			t.Errorf("no book yet: %+v, %v", b, err)
		}
		must(t, write(0, "one", t0))
		if err := write(0, "two", t0); !errors.Is(err, ledger.ErrConflict) {
			t.Errorf("a stale book: %v", err)
		}
		if _, err := w.Import(w.ctx, "two"); grid.CodeOf(err) != grid.NotFound {
			t.Errorf("half of a change was made: %v", err)
		}
		must(t, write(1, "three", t0.Add(time.Minute)))
		must(t, write(2, "proposed", time.Time{}))
		b, err := w.Book(w.ctx, sheet.Settings)
		if err != nil || b.Version != 3 || len(b.Edits) != 1 || b.Edits[0].Fields[0].After != "30" {
			t.Errorf("book %+v, %v", b, err)
		}
		books, err := w.Books(w.ctx, sheet.Cells, sheet.Settings)
		if err != nil || len(books) != 2 || books[0].Kind != sheet.Cells || books[0].Version != 0 || books[1].Version != 3 || len(books[1].Edits) != 1 {
			t.Errorf("books %+v, %v", books, err)
		}
		made, err := w.Imports(w.ctx, 10)
		if err != nil || len(made) != 2 || made[0].ID != "three" || made[1].Version != 1 {
			t.Errorf("imports %+v, %v", made, err)
		}
		for id, forgotten := range map[string]bool{"one": false, "proposed": true} {
			left := w.client.PTTL(w.ctx, "gw:{630202}:import:"+id).Val()
			if (left > 0) != forgotten {
				t.Errorf("%s is kept for %s", id, left)
			}
		}
	})
}
