package office_test

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/office"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
	"github.com/gridwarden/gridwarden/seeds"
)

var now = time.Date(2020, 6, 1, 9, 0, 0, 0, time.UTC)

// small is the smallest district there is, and a store that holds what was committed.
type small struct {
	fsys fs.FS
	base *seeds.District
	used []string

	books   map[sheet.Kind]ledger.Book
	imports map[string]ledger.Import
	roster  *grid.Roster
}

func (s *small) Original(k sheet.Kind) sheet.Table { return s.base.Table(k, now) }

func (s *small) Judge(tables ...sheet.Table) []sheet.Fault {
	_, faults := seeds.LoadWith(s.fsys, tables...)
	return faults
}

func (s *small) InUse(context.Context, sheet.Kind, []string) ([]string, error) { return s.used, nil }
func (s *small) Root() grid.CellCode                                           { return s.base.Code }
func (s *small) Lists() workbook.Lists                                         { return workbook.Lists{} }
func (s *small) Restart(setting string) bool                                   { return setting == "time_zone" }

func (*small) Enterprises() enterprise.Work { return enterprise.Work{} }

func (s *small) Sites() *site.Work { return &site.Work{Tree: s.base.Tree, Rules: s.base.Sites()} }

func (s *small) Shelf(context.Context, ledger.DossierKind, ledger.Shelf, float64, float64, int) ([]string, error) {
	return nil, nil
}

func (s *small) Dossiers(context.Context, ledger.DossierKind, []string) ([]ledger.Dossier, error) {
	return nil, nil
}

func (s *small) Book(_ context.Context, k sheet.Kind) (ledger.Book, error) { return s.books[k], nil }

func (s *small) Import(_ context.Context, id string) (ledger.Import, error) {
	return s.imports[id], nil
}
func (s *small) Imports(context.Context, int) ([]ledger.Import, error) { return nil, nil }

// commit does what the store would.
func (s *small) commit(tb rapid.TB, c ledger.Change) {
	tb.Helper()
	for _, w := range c.Books {
		if w.Version != s.books[w.Book.Kind].Version {
			tb.Fatalf("the book is at %d, written from %d", s.books[w.Book.Kind].Version, w.Version)
		}
		w.Book.Version = w.Version + 1
		s.books[w.Book.Kind] = w.Book
	}
	if c.Roster != nil {
		all := c.Roster.Officers
		changed := grid.NewRoster(0, all)
		for _, o := range s.roster.Officers() {
			if _, ok := changed.Officer(o.ID); !ok {
				all = append(all, o)
			}
		}
		s.roster = grid.NewRoster(s.roster.Version+1, all)
	}
}

// open makes the room; anew puts it on an empty store.
func open(tb testing.TB) (room *office.Office, anew func() *small) {
	tb.Helper()
	fsys := os.DirFS("../../seeds/testdata/tiny")
	base, err := seeds.Load(fsys)
	if err != nil {
		tb.Fatal(err)
	}
	words, err := texts.New()
	if err != nil {
		tb.Fatal(err)
	}
	o := &office.Office{Texts: words, Location: base.Settings.TimeZone}
	return o, func() *small {
		s := &small{fsys: fsys, base: base, books: make(map[sheet.Kind]ledger.Book), roster: grid.NewRoster(1, base.Officers)}
		o.Store, o.District = s, s
		return s
	}
}

// Whatever is imported and then taken back leaves every table as it was, through the judge, the book and the record.
func TestImportAndUndoGivesTheStateBefore(t *testing.T) {
	o, anew := open(t)
	ctx := t.Context()
	sound := map[sheet.Kind]map[string][]string{
		sheet.Cells:      {"former": {"甲", "乙;丙", ""}, "name": {"东片", "新片"}},
		sheet.Categories: {"words": {"脏水", "脏水 黑水", "臭水"}, "name_en": {"Water", "Waters"}},
		sheet.Settings:   {"note": {"", "核对过"}, "source": {"某条", "另一条"}},
		sheet.Roster:     {"title": {"", "站长"}, "until": {"", "2030-01-01"}},
		sheet.Templates:  {},
	}
	made := 0
	defer func() {
		if made < 20 {
			t.Errorf("only %d imports were made", made)
		}
	}()
	rapid.Check(t, func(t *rapid.T) {
		s := anew()
		k := rapid.SampledFrom(sheet.Kinds()).Draw(t, "kind")
		before, _, err := o.InForce(ctx, k, s.roster, now)
		if err != nil {
			t.Fatal(err)
		}
		candidate := sheet.Table{Kind: k}
		title := rapid.SampledFrom([]string{"", "站长"}).Draw(t, "title of everybody")
		for _, r := range before.Rows {
			v := maps.Clone(r.Values)
			for column, choices := range sound[k] {
				if choice := rapid.SampledFrom(choices).Draw(t, column); rapid.IntRange(0, 9).Draw(t, "row") == 0 {
					v[column] = choice
				}
			}
			if k == sheet.Templates && rapid.Bool().Draw(t, "word") {
				v["zh"] = "答复：" + v["zh"]
			}
			if k == sheet.Roster {
				v["title"] = title
			}
			candidate.Rows = append(candidate.Rows, sheet.Row{Values: v})
		}
		p, err := o.Propose(ctx, candidate.Identify(), s.roster, now)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Faults) > 0 {
			return // a district that was no longer sound, such as a cell called like another place
		}
		made++
		one := ledger.Import{ID: "one", Kind: k, Edits: p.Edits}
		apply(ctx, t, o, s, one)
		after, _, err := o.InForce(ctx, k, s.roster, now)
		if err != nil || len(sheet.Diff(after, p.Table)) > 0 {
			t.Fatalf("in force is something else: %+v, %v", sheet.Diff(after, p.Table), err)
		}
		back, err := o.Undo(ctx, one, s.roster, now)
		if err != nil || len(back.Faults)+len(back.Refused) > 0 {
			t.Fatalf("undoing: %+v, %v", back, err)
		}
		apply(ctx, t, o, s, ledger.Import{ID: "two", Kind: k, Edits: back.Edits, Undoes: "one"})
		end, _, err := o.InForce(ctx, k, s.roster, now)
		if err != nil || len(sheet.Diff(before, end)) > 0 {
			t.Fatalf("left behind: %+v, %v", sheet.Diff(before, end), err)
		}
		if k != sheet.Roster && len(s.books[k].Edits) > 0 {
			t.Fatalf("the book still holds %+v", s.books[k].Edits)
		}
	})
}

func apply(ctx context.Context, t *rapid.T, o *office.Office, s *small, m ledger.Import) {
	var c ledger.Change
	if err := o.Change(ctx, &c, m, s.roster, now); err != nil {
		t.Fatal(err)
	}
	if len(c.Imports) != 1 || c.Imports[0].Import.Applied.IsZero() {
		t.Fatalf("not on record: %+v", c.Imports)
	}
	s.commit(t, c)
}

// Each mistake is a sentence that says where it is and what would be right, in both languages.
func TestEveryFaultIsASentence(t *testing.T) {
	o, anew := open(t)
	s := anew()
	s.used = []string{"9902"}
	ctx := t.Context()
	for _, k := range []struct {
		name, want string
		kind       sheet.Kind
		spoil      func(t *sheet.Table)
	}{
		{"twice", "“max_text”重复了", sheet.Settings, func(t *sheet.Table) {
			r, _ := t.Row("max_text")
			t.Rows[8] = sheet.Row{Values: r.Values}
		}},
		{"root", "最上级网格的代码不能改", sheet.Cells, func(t *sheet.Table) { t.Rows[0].Values["code"] = "98" }},
		{"in use", "“9902”不能删去：还有举报件属于它", sheet.Cells, func(t *sheet.Table) { t.Rows = append(t.Rows[:2:2], t.Rows[3:]...) }},
		{"refers", "cells.geojson", sheet.Cells, func(t *sheet.Table) { t.Rows = append(t.Rows[:2:2], t.Rows[3:]...) }},
		{"role", "第2行“角色”：“boss”不能用。应填：必填，从下列角色中选一个", sheet.Roster, func(t *sheet.Table) { t.Rows[0].Values["role"] = "boss" }},
		{"namesake", "名册中已有“甲”", sheet.Roster, func(t *sheet.Table) { t.Rows[0].Values["officer"] = "" }},
		{"history", "会改写过去由谁负责的记录", sheet.Roster, func(t *sheet.Table) { t.Rows[0].Values["until"] = "2020-05-01" }},
		{"orphan", "第2行“所属大类”：“fire”不能用", sheet.Categories, func(t *sheet.Table) { t.Rows[0].Values["parent"] = "fire" }},
		{"no source", "“依据”：“（空）”不能用", sheet.Settings, func(t *sheet.Table) { t.Rows[3].Values["source"] = "" }},
		{"places", "花括号占位与原文不一致，应有：hotline number", sheet.Templates, func(t *sheet.Table) {
			r, _ := t.Row("notice.in_court")
			r.Values["zh"] = "您好"
		}},
	} {
		t.Run(k.name, func(t *testing.T) {
			table, _, err := o.InForce(ctx, k.kind, s.roster, now)
			if err != nil {
				t.Fatal(err)
			}
			spoilt := sheet.Table{Kind: k.kind}
			for i, r := range table.Rows {
				spoilt.Rows = append(spoilt.Rows, sheet.Row{ID: r.ID, Values: maps.Clone(r.Values), Line: i + 2})
			}
			k.spoil(&spoilt)
			for i := range spoilt.Rows {
				spoilt.Rows[i].Line = i + 2
			}
			p, err := o.Propose(ctx, spoilt.Identify(), s.roster, now)
			if err != nil {
				t.Fatal(err)
			}
			for _, lang := range texts.Langs() {
				said := strings.Join(o.FaultLines(lang, k.kind, p.Faults), "\n")
				if strings.Contains(said, "\u27e8") || said == "" {
					t.Errorf("not a sentence in %s:\n%s", lang, said)
				}
				if lang == texts.Chinese && !strings.Contains(said, k.want) {
					t.Errorf("want %s in:\n%s", k.want, said)
				}
			}
		})
	}
}

// Nobody can take away the last administrator who has an account; one of two may go.
func TestTheLastAdministratorStays(t *testing.T) {
	o, anew := open(t)
	s := anew()
	admin := func(id grid.OfficerID) grid.Officer {
		return grid.Officer{ID: id, Name: string(id), Person: grid.PersonID("p-" + id), Appointments: []grid.Appointment{
			{Role: grid.Admin, Cell: "99", From: now.AddDate(-1, 0, 0)},
		}}
	}
	for n, officers := range map[int][]grid.Officer{1: {admin("one")}, 0: {admin("one"), admin("two")}} {
		s.roster = grid.NewRoster(1, officers)
		table, _, err := o.InForce(t.Context(), sheet.Roster, s.roster, now)
		if err != nil {
			t.Fatal(err)
		}
		table.Rows = table.Rows[1:]
		p, err := o.Propose(t.Context(), table, s.roster, now)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Faults) != n || n == 1 && p.Faults[0].Rule != sheet.RuleLastAdmin {
			t.Errorf("of %d: %+v", len(officers), p.Faults)
		}
	}
}
