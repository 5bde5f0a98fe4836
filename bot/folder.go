package main

import (
	"context"
	"io/fs"
	"slices"
	"sync/atomic"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
	"github.com/gridwarden/gridwarden/seeds"
)

// folder is the district's folder as the administrators' room wants it.
type folder struct {
	fsys  fs.FS
	base  *seeds.District // as the folder itself has it
	now   func() *seeds.District
	store *redisstore.Store
	lists atomic.Pointer[listsOf]
}

// listsOf are the lists of a district, made once.
type listsOf struct {
	district *seeds.District
	lists    workbook.Lists
}

// newFolder is a folder, nil for the built-in one, and the district that was read from it; now is the district in force.
func newFolder(fsys fs.FS, base *seeds.District, store *redisstore.Store, now func() *seeds.District) *folder {
	if fsys == nil {
		fsys = seeds.Ledu
	}
	return &folder{fsys: fsys, base: base, now: now, store: store}
}

// Original is a kind's table as the folder has it.
func (f *folder) Original(k sheet.Kind) sheet.Table { return f.base.Table(k, time.Time{}) }

// Judge loads the district with these tables.
func (f *folder) Judge(tables ...sheet.Table) []sheet.Fault {
	_, faults := seeds.LoadWith(f.fsys, tables...)
	return faults
}

// Root is the code of the district.
func (f *folder) Root() grid.CellCode { return f.base.Code }

// Lists are the cells and departments in force.
func (f *folder) Lists() workbook.Lists {
	d := f.now()
	if made := f.lists.Load(); made != nil && made.district == d {
		return made.lists
	}
	out := workbook.Lists{Departments: d.DepartmentNames()}
	for _, c := range d.Tree.Cells() {
		out.Cells = append(out.Cells, workbook.Cell{Code: string(c.Code), Name: d.Tree.PathName(c.Code)})
	}
	for _, k := range d.SiteKinds {
		out.SiteKinds = append(out.SiteKinds, workbook.SiteKind{Code: k.Code, Names: texts.Names(k.Names)})
	}
	f.lists.Store(&listsOf{d, out})
	return out
}

// lookTime is how long the cases are gone through before it counts as not known what they belong to.
const lookTime = 10 * time.Second

// InUse goes through the cases for these cells or categories. It is asked only when something is to be removed; what
// cannot be found out in time counts as in use.
func (f *folder) InUse(ctx context.Context, k sheet.Kind, ids []string) ([]string, error) {
	look, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	used := make(map[string]bool)
	if k == sheet.Cells {
		for _, id := range ids { // sites lie in it
			there, err := f.store.Shelf(ctx, site.Dossier, site.CellShelf(grid.CellCode(id)), site.First, site.Last, 1)
			if err != nil {
				return nil, err
			}
			used[id] = len(there) > 0
		}
	}
	for c, err := range f.store.EachCase(look) {
		if look.Err() != nil && ctx.Err() == nil {
			return ids, nil
		}
		if err != nil {
			return nil, err
		}
		if k == sheet.Cells {
			used[string(c.Cell)] = true
			continue
		}
		for _, code := range slices.Concat(c.Categories, c.Kinds) {
			used[code] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !used[id] }), nil
}

// fixedAtStart are settings that were used before the first message: the folder of the evidence and the sender have them.
var fixedAtStart = []string{
	"time_zone", "media_max_size", "media_min_free", "photo_copy_side", "send_per_second", "send_per_chat", "send_per_group",
}

// Enterprises is what it takes to keep the register of enterprises.
func (f *folder) Enterprises() enterprise.Work {
	return f.now().Enterprises()
}

// Sites is what it takes to keep the register of sites.
func (f *folder) Sites() *site.Work {
	d := f.now()
	return &site.Work{Tree: d.Tree, Rules: d.Sites()}
}

// Restart tells whether a setting counts from the next start only.
func (f *folder) Restart(setting string) bool { return slices.Contains(fixedAtStart, setting) }

// books are what the office has made of the tables, by kind.
type books map[sheet.Kind]ledger.Book

// readBooks reads them from the store.
func readBooks(ctx context.Context, store *redisstore.Store) (books, error) {
	kinds := slices.DeleteFunc(sheet.Kinds(), func(k sheet.Kind) bool { return !k.Booked() })
	read, err := store.Books(ctx, kinds...)
	if err != nil {
		return nil, err
	}
	out := make(books, len(read))
	for _, b := range read {
		out[b.Kind] = b
	}
	return out, nil
}

// versions are what tells whether anybody changed a book.
func (b books) versions() map[sheet.Kind]int64 {
	out := make(map[sheet.Kind]int64, len(b))
	for k, book := range b {
		out[k] = book.Version
	}
	return out
}

// changed lists the kinds that differ from the folder, of those that are the folder's.
func (b books) changed() []sheet.Kind {
	var out []sheet.Kind
	for _, k := range []sheet.Kind{sheet.Cells, sheet.Categories, sheet.Settings} {
		if len(b[k].Edits) > 0 {
			out = append(out, k)
		}
	}
	return out
}

// broken is a kind whose book cannot be used any more, and why.
type broken struct {
	kind   sheet.Kind
	detail string
}

// district is the folder with the books over it. A book that no longer fits, because the folder or the program has
// changed, is left out: it never keeps the program from starting. Nil when no book changes the folder.
func (f *folder) district(b books) (*seeds.District, []broken) {
	changed := b.changed()
	if len(changed) == 0 {
		return nil, nil
	}
	var left []broken
	for len(changed) > 0 {
		d, faults := seeds.LoadWith(f.fsys, f.tables(b, changed)...)
		if d != nil {
			return d, left
		}
		worst := changed[len(changed)-1]
		for _, fault := range faults {
			if slices.Contains(changed, fault.Kind) {
				worst = fault.Kind
				break
			}
		}
		left = append(left, broken{worst, faults[0].ID + " " + faults[0].Detail})
		changed = slices.DeleteFunc(changed, func(k sheet.Kind) bool { return k == worst })
	}
	return f.base, left
}

// tables are those of the changed kinds. The roster is the store's and judged there: the folder's sample is left out.
func (f *folder) tables(b books, changed []sheet.Kind) []sheet.Table {
	out := []sheet.Table{{Kind: sheet.Roster}}
	for _, k := range changed {
		out = append(out, sheet.Apply(f.Original(k), b[k].Edits))
	}
	return out
}
