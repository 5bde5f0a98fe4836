package main

import (
	"context"
	"strings"

	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers/office"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// checkTables tells whether what the office changed by spreadsheet still fits the folder and the program. The program
// starts all the same, with the original of what does not.
func (c doctorCmd) checkTables(ctx context.Context, store *redisstore.Store) []finding {
	district, err := c.load()
	if err != nil {
		return nil // the folder was found wanting before
	}
	f := newFolder(c.folder(), district, store, nil)
	b, err := readBooks(ctx, store)
	if err != nil {
		return []finding{found(bad, "redis_away", "error", err.Error())}
	}
	items := make([]string, 0, len(b))
	_, left := f.district(b)
	for _, x := range left {
		items = append(items, string(x.kind)+" ("+strings.TrimSpace(x.detail)+")")
	}
	if words, err := texts.New(); err == nil {
		if err := words.Override(office.Overrides(b[sheet.Templates].Edits)); err != nil {
			items = append(items, string(sheet.Templates)+" ("+strings.ReplaceAll(err.Error(), "\n", "; ")+")")
		}
	}
	if len(items) > 0 {
		return []finding{found(bad, "books_broken", "items", strings.Join(items, " "))}
	}
	n := 0
	for _, book := range b {
		if len(book.Edits) > 0 {
			n++
		}
	}
	return []finding{found(good, "books", "n", n)}
}
