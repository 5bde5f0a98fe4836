package office

import (
	"context"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
)

// Store has what administrators made of the tables. What is not there is a NotFound error; a book that nobody made is
// empty.
type Store interface {
	Book(ctx context.Context, k sheet.Kind) (ledger.Book, error)
	// Shelf and Dossiers read the registers of sites and enterprises.
	Shelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error)
	Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error)
	Import(ctx context.Context, id string) (ledger.Import, error)
	// Imports lists the newest that were made, the newest first.
	Imports(ctx context.Context, n int) ([]ledger.Import, error)
}

// District is the district's folder: what it brings, and the one judge of whatever is to take its place.
type District interface {
	// Original is a kind's table as the folder has it; the roster and the wording are not its own.
	Original(k sheet.Kind) sheet.Table
	// Judge finds what is wrong with the whole district when these tables take the place of its files.
	Judge(tables ...sheet.Table) []sheet.Fault
	// InUse tells which of these cells or categories cases belong to.
	InUse(ctx context.Context, k sheet.Kind, ids []string) ([]string, error)
	// Root is the code of the district itself, which names where everything is stored.
	Root() grid.CellCode
	// Sites is what it takes to keep the register of sites.
	Sites() *site.Work
	// Enterprises is what it takes to keep the register of enterprises.
	Enterprises() enterprise.Work
	// Lists are the cells and departments that may be chosen.
	Lists() workbook.Lists
	// Restart tells whether a change of that setting counts from the next start only.
	Restart(setting string) bool
}

// Office is the administrators' room.
type Office struct {
	Store    Store
	District District
	Texts    *texts.Catalogue
	Location *time.Location
}

// Words reads and writes the tables of this district.
func (o *Office) Words() workbook.Words {
	return workbook.Words{Catalogue: o.Texts, Lists: o.District.Lists()}
}

// InForce is a kind's table as it counts now, and the version of the book that it follows from.
func (o *Office) InForce(ctx context.Context, k sheet.Kind, r *grid.Roster, now time.Time) (sheet.Table, ledger.Book, error) {
	if k == sheet.Roster {
		return sheet.FromRoster(r, now, o.Location), ledger.Book{Kind: k, Version: r.Version}, nil
	}
	if k == sheet.Enterprises {
		t, err := o.enterprises(ctx)
		return t, ledger.Book{Kind: k}, err
	}
	if k == sheet.Sites {
		t, err := o.sites(ctx)
		return t, ledger.Book{Kind: k}, err
	}
	book, err := o.Store.Book(ctx, k)
	if err != nil {
		return sheet.Table{}, book, err
	}
	return sheet.Apply(o.original(k), book.Edits), book, nil
}

// original is what the program or the district's folder brings.
func (o *Office) original(k sheet.Kind) sheet.Table {
	if k == sheet.Templates {
		return Templates(o.Texts)
	}
	return o.District.Original(k)
}

// Proposal is what would become of a table, and what is wrong with it.
type Proposal struct {
	Table   sheet.Table // as it would be
	Edits   []sheet.Edit
	Faults  []sheet.Fault
	Refused []sheet.Edit // what cannot be taken back, because it was changed since
	Restart []string     // settings that count from the next start only
}

// Propose compares a table with what is in force and judges it.
func (o *Office) Propose(ctx context.Context, candidate sheet.Table, r *grid.Roster, now time.Time) (Proposal, error) {
	before, _, err := o.InForce(ctx, candidate.Kind, r, now)
	if err != nil {
		return Proposal{}, err
	}
	p := Proposal{Table: candidate}
	if candidate.Kind == sheet.Roster {
		p.Table, p.Faults = sheet.NameNew(candidate, r)
	}
	if candidate.Kind == sheet.Sites {
		if p.Table, err = o.nameSites(ctx, candidate, before); err != nil {
			return Proposal{}, err
		}
	}
	p.Edits = sheet.Diff(before, p.Table)
	p.Faults = append(p.Faults, sheet.Check(before, p.Table)...)
	judged, err := o.judge(ctx, p, r, now)
	if err != nil {
		return Proposal{}, err
	}
	p.Faults = causes(once(append(p.Faults, judged...)))
	sheet.Sort(candidate.Kind, p.Faults)
	for _, e := range p.Edits {
		if candidate.Kind == sheet.Settings && o.District.Restart(e.ID) {
			p.Restart = append(p.Restart, e.ID)
		}
	}
	return p, nil
}

// Repropose makes of edits that were compared before what they would be now; those that were made from something else
// are left out, as Refused.
func (o *Office) Repropose(ctx context.Context, k sheet.Kind, edits []sheet.Edit, r *grid.Roster, now time.Time) (Proposal, error) {
	before, _, err := o.InForce(ctx, k, r, now)
	if err != nil {
		return Proposal{}, err
	}
	refused := sheet.Stale(before, edits)
	kept := slices.DeleteFunc(slices.Clone(edits), func(e sheet.Edit) bool {
		return slices.ContainsFunc(refused, func(s sheet.Edit) bool { return s.ID == e.ID })
	})
	p, err := o.Propose(ctx, sheet.Apply(before, kept), r, now)
	p.Refused = refused
	return p, err
}

// Undo proposes what takes an import back.
func (o *Office) Undo(ctx context.Context, m ledger.Import, r *grid.Roster, now time.Time) (Proposal, error) {
	inverse := sheet.Invert(m.Edits)
	if m.Kind == sheet.Roster {
		inverse = sheet.Restore(inverse, now, o.Location)
	}
	return o.Repropose(ctx, m.Kind, inverse, r, now)
}

// Change puts what an import does into a change. The caller has proposed it again and found nothing stale or wrong.
func (o *Office) Change(ctx context.Context, c *ledger.Change, m ledger.Import, r *grid.Roster, now time.Time) error {
	before, book, err := o.InForce(ctx, m.Kind, r, now)
	if err != nil {
		return err
	}
	switch m.Kind {
	case sheet.Sites:
		if err := o.changeSites(ctx, c, m, now); err != nil {
			return err
		}
	case sheet.Enterprises:
		if err := o.changeEnterprises(ctx, c, m, now); err != nil {
			return err
		}
	case sheet.Roster:
		c.Roster = &ledger.RosterWrite{Version: r.Version, Officers: sheet.Officers(r, m.Edits, now, o.Location)}
	default:
		edits := sheet.Diff(o.original(m.Kind), sheet.Apply(before, m.Edits))
		c.Books = append(c.Books, ledger.BookWrite{Version: book.Version, Book: ledger.Book{Kind: m.Kind, Edits: edits, At: now}})
	}
	m.Applied = now
	c.Imports = append(c.Imports, ledger.ImportWrite{Version: m.Version, Import: m})
	return nil
}

// causes drops what a fault of the same row brings about: a cell of the wrong level, or with an odd code, never fits its
// parent.
func causes(faults []sheet.Fault) []sheet.Fault {
	odd := make(map[int]bool)
	for _, f := range faults {
		if f.Kind == sheet.Cells && (f.Column == "level" || f.Column == "code") {
			odd[f.Line] = true
		}
	}
	return slices.DeleteFunc(faults, func(f sheet.Fault) bool {
		return f.Kind == sheet.Cells && f.Column == "parent" && odd[f.Line]
	})
}

// once drops what is said of the same place twice.
func once(faults []sheet.Fault) []sheet.Fault {
	type place struct {
		line       int
		id, column string
	}
	seen := make(map[place]bool)
	return slices.DeleteFunc(faults, func(f sheet.Fault) bool {
		at := place{f.Line, f.ID, f.Column}
		if f.Column == "" || f.Rule == sheet.RuleMissing {
			return false
		}
		twice := seen[at]
		seen[at] = true
		return twice
	})
}
