package handlers

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/export"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
)

// exportedTable is a table that can be exported: its columns, and what writes its rows.
type exportedTable struct {
	columns []workbook.Column
	fill    func(*workbook.Rows) error
}

// table writes the workbook that was asked for. Forbidden when the person may not any more.
func (x *exporting) table(w io.Writer) error {
	if slices.Contains(export.Registers(), x.r.What) && !x.mayExport(x.r.What) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	t, ok := map[export.What]func() exportedTable{
		export.Cases: x.casesTable, export.Sites: x.sitesTable, export.Coverage: x.coverageTable,
		export.Enterprises: x.enterprisesTable, export.Facts: x.factsTable, export.Readings: x.readingsTable, export.Plan: x.planTable,
	}[x.r.What]
	if !ok {
		return fmt.Errorf("export %q", x.r.What)
	}
	made := t()
	rows, err := workbook.NewRows(x.name(), made.columns)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	if wrong := made.fill(rows); wrong != nil {
		return wrong
	}
	_, err = rows.WriteTo(w)
	return err
}

// name is what the sheet, and the file but for its day, is called.
func (x *exporting) name() string {
	return x.Texts.Plain(x.lang, "export.name."+string(x.r.What), nil)
}

// add writes a row and says, now and then, how far it is.
func (x *exporting) add(rows *workbook.Rows, cells ...any) error {
	if err := rows.Add(cells...); err != nil {
		return err
	}
	return x.far(rows.Count())
}

// columns are the headings of a table, each with its width.
func (x *exporting) columns(table string, widths ...any) []workbook.Column {
	var out []workbook.Column
	for i := 0; i < len(widths); i += 2 {
		head, width := widths[i].(string), widths[i+1].(int)
		out = append(out, workbook.Column{Head: x.Texts.Plain(x.lang, "export."+table+"."+head, nil), Width: float64(width), Long: width >= 30})
	}
	return out
}

// word is a sentence without its marks.
func (x *exporting) word(v any) string {
	return x.Texts.Plain(x.lang, "stats.plain", texts.Args{"value": v})
}

// casesTable are the cases that are wanted and that the person may see: the matter, never the person who reported it.
func (x *exporting) casesTable() exportedTable {
	return exportedTable{x.columns("case",
		"number", 15, "report", 13, "state", 10, "category", 14, "township", 12, "cell", 22, "place", 24, "received", 17, "due", 12, "closed", 17, "late", 8,
		"lead", 18, "handler", 12, "source", 12, "verdict", 10, "text", 50, "finding", 50, "notice", 40), x.addCases}
}

func (x *exporting) addCases(rows *workbook.Rows) error {
	wanted := x.casesWanted(x.r)
	var fault error
	err := x.everyCase(func(c casework.Case) {
		if fault == nil && wanted(c) {
			fault = rows.Add(x.caseCells(c)...)
		}
	}, x.far)
	if err != nil {
		return err
	}
	return fault
}

func (x *exporting) caseCells(c casework.Case) []any {
	notice, _ := c.Public()
	due, _ := c.Due()
	late := ""
	if c.Late(x.now) {
		late = x.Texts.Plain(x.lang, "export.late", nil)
	}
	verdict := texts.Text{}
	if c.Verdict != "" {
		verdict = texts.Text{Key: "verdict." + string(c.Verdict)}
	}
	return []any{
		c.CaseNo, c.Number, x.word(name("state", string(c.State))), x.word(x.categories(c.Categories)), x.Work.Tree.Name(x.Work.Tree.Township(c.Cell)),
		x.cellName(c.Cell), c.Place, x.wall(c.CreatedAt), x.wallDay(due), x.wall(c.ClosedAt), late, string(c.Lead), x.officerName(c.Handler),
		x.word(name("source", string(c.Source))), x.word(verdict), c.Text, c.Finding, notice,
	}
}

// sitesTable is the register of the areas that the person may see.
func (x *exporting) sitesTable() exportedTable {
	return exportedTable{x.columns("site",
		"number", 10, "kind", 14, "name", 30, "cell", 22, "address", 30, "state", 10, "added", 12, "inspected", 12, "visited", 17, "due", 12, "cases", 8), x.addSites}
}

func (x *exporting) addSites(rows *workbook.Rows) error {
	seen := make(map[string]bool)
	for _, a := range x.coverageAreas() {
		sites, wrong := x.sitesOn(site.CellShelf(a))
		if wrong != nil {
			return wrong
		}
		for _, t := range sites {
			if seen[string(t.Number)] || !x.Work.Tree.Within(t.Cell, a) {
				continue
			}
			seen[string(t.Number)] = true
			if wrong := x.add(rows, string(t.Number), x.word(x.kindName(t.Kind)), t.Name, x.cellName(t.Cell), t.Address,
				x.word(x.siteDue(t)), x.wallDay(t.Added), x.wallDay(t.Inspected), x.wall(t.Visited), x.wallDay(t.Due), len(t.Cases)); wrong != nil {
				return wrong
			}
		}
	}
	return nil
}

// coverageTable is what has to be visited in the person's areas, when somebody was there and what was missed.
func (x *exporting) coverageTable() exportedTable {
	return exportedTable{x.columns("coverage",
		"object", 26, "cell", 22, "seen", 17, "next", 12, "missed", 8, "missing", 10, "who", 30), x.addCoverage}
}

func (x *exporting) addCoverage(rows *workbook.Rows) error {
	all, err := x.standings(x.coverageAreas())
	if err != nil {
		return err
	}
	for _, d := range all {
		if wrong := x.add(rows, x.coverageCells(d)...); wrong != nil {
			return wrong
		}
	}
	return nil
}

func (x *exporting) coverageCells(d coverage.Standing) []any {
	names := make([]string, 0, len(d.Who))
	for _, o := range d.Who {
		names = append(names, o.Name)
	}
	missing := ""
	if d.Missing() {
		missing = x.Texts.Plain(x.lang, "export.missing", nil)
	}
	return []any{x.word(textOf("rounds.of."+string(d.Kind), "cell", x.cellName(d.Cell), "name", d.Name)), x.cellName(d.Cell), x.wall(d.Seen), x.wallDay(d.Next), len(d.Missed), missing, strings.Join(names, " ")}
}
