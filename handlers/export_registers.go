package handlers

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
)

// enterprisesTable is the register of enterprises: those whose cards the person may see.
func (x *exporting) enterprisesTable() exportedTable {
	return exportedTable{x.columns("enterprise",
		"number", 10, "name", 30, "cell", 22, "code", 20, "permit", 24, "trade", 16, "key", 8, "colour", 8, "card", 16, "decision", 22, "decided", 12,
		"until", 12, "exceeded", 8, "newest", 12, "owed", 10, "grade", 10, "graded", 8, "added", 12), x.addEnterprises}
}

func (x *exporting) addEnterprises(rows *workbook.Rows) error {
	return x.eachEnterprise(func(d enterpriseDossier) error { return x.add(rows, x.enterpriseCells(d)...) })
}

// eachEnterprise goes through the register: what was taken off it does not stand there, and what the person may not see is left out.
func (x *exporting) eachEnterprise(do func(enterpriseDossier) error) error {
	all, err := x.shelfOfEnterprises(enterprise.All)
	if err != nil {
		return err
	}
	for _, d := range all {
		if !x.seesEnterprise(d) {
			continue
		}
		if err := do(d); err != nil {
			return err
		}
	}
	return nil
}

// enterpriseCells are the row of an enterprise. A fact that was struck counts for nothing.
func (x *exporting) enterpriseCells(d enterpriseDossier) []any {
	e := d.e
	card, _ := e.Running()
	exceeded, newest := 0, time.Time{}
	for _, f := range e.Facts {
		if f.Live() && f.Kind.Measured() {
			exceeded++
			if f.Day.After(newest) {
				newest = f.Day
			}
		}
	}
	var grade, graded any
	for _, r := range slices.Backward(e.Ratings) {
		if !r.Published.IsZero() {
			grade, graded = x.gradeName(r.Grade).In(x.lang), r.Year
			break
		}
	}
	return []any{
		string(e.Number), d.site.Name, x.cellName(d.site.Cell), string(e.Code), e.Permit, x.word(term("choice.trade.", string(e.Trade))),
		x.yes(e.Key), strings.TrimSpace(x.word(colourText(e.Colour()))), x.word(term("enterprise.state.", string(card.State))), card.Doc,
		x.onDay(card.Decided), x.wallDay(card.Until), exceeded, x.onDay(newest), len(x.Enterprises.Owed(e, x.now)), grade, graded, x.onDay(e.Added),
	}
}

// factsTable is what is on record about those enterprises, fact by fact. One that was struck stays in sight, with the reason.
func (x *exporting) factsTable() exportedTable {
	return exportedTable{x.columns("fact",
		"number", 10, "name", 30, "n", 6, "kind", 18, "day", 12, "source", 14, "item", 14, "value", 10, "limit", 10, "unit", 8, "multiple", 8, "toxic", 8,
		"doc", 22, "words", 40, "by", 12, "at", 17, "struck", 12, "why", 30), x.addFacts}
}

func (x *exporting) addFacts(rows *workbook.Rows) error {
	return x.eachEnterprise(func(d enterpriseDossier) error {
		for _, f := range d.e.Facts {
			if err := x.add(rows, append([]any{string(d.e.Number), d.site.Name}, x.factCells(f)...)...); err != nil {
				return err
			}
		}
		return nil
	})
}

func (x *exporting) factCells(f enterprise.Fact) []any {
	var value, limit, multiple any
	if f.Kind.Measured() {
		value, limit, multiple = f.Value, f.Limit, f.Multiple()
	}
	return []any{
		f.N, x.word(term("enterprise.fact.", string(f.Kind))), x.onDay(f.Day), x.word(term("enterprise.source.", string(f.Source))), f.Item, value, limit, f.Unit,
		multiple, x.yes(f.Toxic), f.Doc, f.Words, x.officerName(f.By), x.wall(f.At), x.onDay(f.Struck), f.StruckWhy,
	}
}

// yes marks what holds; nothing where it does not.
func (x *exporting) yes(holds bool) string {
	if !holds {
		return ""
	}
	return x.Texts.Plain(x.lang, "export.yes", nil)
}

// onDay is the day on which a moment lies, as a day.
func (x *exporting) onDay(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	l := x.wall(t)
	return time.Date(l.Year(), l.Month(), l.Day(), 0, 0, 0, 0, l.Location())
}

// readingsTable is every reading of every section, the oldest of each first, with a column for each item of the standard.
func (x *exporting) readingsTable() exportedTable {
	columns := x.columns("reading",
		"section", 22, "day", 12, "target", 12, "report", 24, "tested", 8, "passed", 8, "failing", 22, "corrected", 8, "reason", 22, "by", 12, "at", 17)
	for _, i := range x.Water.Rules.Standard.Items {
		head := texts.Names(i.Names).In(x.lang)
		if i.Unit != "" {
			head += " (" + i.Unit + ")"
		}
		columns = append(columns, workbook.Column{Head: head, Width: 12})
	}
	return exportedTable{columns, x.addReadings}
}

// readAtOnce is how many readings are in memory.
const readAtOnce = 500

func (x *exporting) addReadings(rows *workbook.Rows) error {
	for _, section := range x.Water.Sections {
		// a reading whose entry was undone stands on no shelf
		ids, err := x.Store.Shelf(x.ctx, water.Readings, water.SectionShelf(section.ID), 0, math.MaxInt64, workbook.MaxRows)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(ids, readAtOnce) {
			readings, err := water.ReadAll[water.Reading](x.ctx, x.Store, water.Readings, some)
			if err != nil {
				return err
			}
			for _, r := range readings {
				if err := x.add(rows, x.readingCells(section, r)...); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// readingCells are the row of a reading as it holds now: amounts are figures, what was not detected is written as laboratories do.
func (x *exporting) readingCells(section water.Section, r water.Reading) []any {
	day, err := time.Parse(time.DateOnly, r.Day)
	if err != nil {
		day = time.Time{}
	}
	target := any(nil)
	if section.Target > 0 {
		target = x.word(className(section.Target))
	}
	cells := []any{texts.Names(section.Names).In(x.lang), day, target, r.Now.Report}
	if c := r.Now.Check; c != nil {
		cells = append(cells, c.Tested, c.Passed, c.Failing)
	} else {
		cells = append(cells, nil, nil, nil)
	}
	cells = append(cells, x.yes(r.Corrected()), r.Now.Reason, x.officerName(r.Now.By), x.wall(r.Now.At))
	for _, i := range x.Water.Rules.Standard.Items {
		switch v, ok := r.Now.Values[i.Code]; {
		case !ok:
			cells = append(cells, nil)
		case v.Below:
			cells = append(cells, v.String())
		default:
			cells = append(cells, v.Amount.Float())
		}
	}
	return cells
}
