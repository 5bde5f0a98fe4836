package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/media"
	"github.com/gridwarden/gridwarden/handlers/office"
	"github.com/gridwarden/gridwarden/handlers/workbook"
	"github.com/gridwarden/gridwarden/jobs"
	"github.com/gridwarden/gridwarden/seeds"
)

// folder is the district's folder as the administrators' room wants it.
type folder struct {
	fsys  fs.FS
	base  *seeds.District // as the folder itself has it
	now   func() *seeds.District
	store *redisstore.Store
}

// newOffice opens the administrators' room on a folder; now is the district in force.
func newOffice(fsys fs.FS, store *redisstore.Store, now func() *seeds.District) (*office.Office, error) {
	if fsys == nil {
		fsys = seeds.Ledu
	}
	base, err := seeds.Load(fsys)
	if err != nil {
		return nil, fmt.Errorf("seeds: %w", err)
	}
	return &office.Office{
		Store: store, District: &folder{fsys: fsys, base: base, now: now, store: store}, Location: base.Settings.TimeZone,
	}, nil
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
	out := workbook.Lists{Departments: d.DepartmentNames()}
	for _, c := range d.Tree.Cells() {
		out.Cells = append(out.Cells, workbook.Cell{Code: string(c.Code), Name: d.Tree.PathName(c.Code)})
	}
	return out
}

// InUse goes through the cases for these cells or categories. It is asked only when something is to be removed.
func (f *folder) InUse(ctx context.Context, k sheet.Kind, ids []string) ([]string, error) {
	used := make(map[string]bool)
	for c, err := range f.store.EachCase(ctx) {
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

// Restart tells whether a setting counts from the next start only.
func (f *folder) Restart(setting string) bool { return slices.Contains(fixedAtStart, setting) }

// books are what the office has made of the tables, by kind.
type books map[sheet.Kind]ledger.Book

// readBooks reads them from the store.
func readBooks(ctx context.Context, store office.Store) (books, error) {
	out := make(books)
	for _, k := range sheet.Kinds() {
		if k == sheet.Roster {
			continue
		}
		b, err := store.Book(ctx, k)
		if err != nil {
			return nil, err
		}
		out[k] = b
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

// refresh puts into force what the office has made of the tables, if anybody changed it since the last time. Nothing may
// be running: Run calls it before it starts, and newApp.
func (a *app) refresh(ctx context.Context) error {
	b, err := readBooks(ctx, a.store)
	if err != nil || a.loaded.same(b.versions()) {
		return err
	}
	if err := a.desk.Texts.Override(office.Overrides(b[sheet.Templates].Edits)); err != nil {
		a.Log.ErrorContext(ctx, "wordings left out, the originals are said", slog.Any("error", err))
	}
	d, left := a.desk.Office.District.(*folder).district(b)
	for _, x := range left {
		a.Log.ErrorContext(ctx, "a changed table left out, the folder's counts; see: gridwarden doctor",
			slog.String("table", string(x.kind)), slog.String("why", x.detail))
	}
	if d == nil {
		d = a.unchanged
	}
	if err := a.rewire(d); err != nil {
		return err
	}
	a.loaded.set(b.versions())
	return nil
}

// rewire puts a district into force: whatever wire takes from the district's settings is to be taken again here, or is
// one of fixedAtStart.
func (a *app) rewire(d *seeds.District) error {
	b, err := newBook(d)
	if err != nil {
		return err
	}
	b.roster.Store(a.book.roster.Load())
	a.current.Store(d)
	a.District = d
	a.book, a.work = b, casework.New(d.Tree, d.Calendar, d.Casework())
	a.desk.Store, a.desk.Work, a.desk.Book, a.desk.Rules = &deskStore{Store: a.store, book: b}, a.work, b, deskRules(d)
	a.desk.Office.Location = d.Settings.TimeZone
	a.scheduler = a.newScheduler(a.desk.Texts)
	return a.scheduler.Check()
}

// deskRules are the numbers of the verbs.
func deskRules(d *seeds.District) handlers.Rules {
	s := d.Settings
	return handlers.Rules{
		DuplicateRadius: s.DuplicateRadius, DuplicateWindow: s.DuplicateWindow, PerDay: s.ReportsPerDay, WrongCodes: s.WrongCodes,
		FilesPerDay: s.FilesPerDay, InviteValid: s.InvitationValid, AbsenceLongest: s.AbsenceLongest, PageSize: 8, Location: s.TimeZone,
	}
}

// reworded puts a change of the wording into force at once, and asks for everything else to be put into force when what
// is under way is over.
func (a *app) reworded(writes []ledger.BookWrite) {
	for _, w := range writes {
		if w.Book.Kind == sheet.Templates {
			_ = a.desk.Texts.Override(office.Overrides(w.Book.Edits)) // it was checked when it was proposed
			a.loaded.move(w.Book.Kind, w.Version+1)
			continue
		}
		a.reload()
	}
}

// reload asks Run to put the books into force.
func (a *app) reload() {
	select {
	case a.reloads <- struct{}{}:
	default: // it was asked already
	}
}

// followBooks notices what somebody changed beside this process: at the command line, or a twin.
func (a *app) followBooks(ctx context.Context, _ time.Time) (jobs.Result, error) {
	b, err := readBooks(ctx, a.store)
	if err != nil || a.loaded.same(b.versions()) {
		return nil, err
	}
	a.reload()
	return jobs.Result{"reload": 1}, nil
}

// bring fetches a small file from Telegram.
func (a *app) bring(ctx context.Context, fileID string) ([]byte, error) {
	source, err := media.NewTelegram(media.TelegramOptions{
		HTTP: a.HTTP, Token: a.Token, URL: a.API, LocalDir: a.APIFiles, MaxBytes: workbook.MaxBytes,
	})
	if err != nil {
		return nil, err
	}
	body, _, err := source.Open(ctx, fileID)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(body, workbook.MaxBytes+1))
	return data, errors.Join(err, body.Close())
}
