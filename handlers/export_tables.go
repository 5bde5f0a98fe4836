package handlers

import (
	"io"
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
)

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

// casesTable writes the cases that are wanted and that the person may see: the matter, never the person who reported it.
func (x *exporting) casesTable(w io.Writer) error {
	rows, err := workbook.NewRows(x.Texts.Plain(x.lang, "export.name.cases", nil), x.columns("case",
		"number", 15, "report", 13, "state", 10, "category", 14, "township", 12, "cell", 22, "place", 24, "received", 17, "due", 12, "closed", 17, "late", 8,
		"lead", 18, "handler", 12, "source", 12, "verdict", 10, "text", 50, "finding", 50, "notice", 40))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	wanted := x.casesWanted(x.r)
	var fault error
	err = x.everyCase(func(c casework.Case) {
		if fault == nil && wanted(c) {
			fault = rows.Add(x.caseCells(c)...)
		}
	}, x.far)
	if err == nil {
		err = fault
	}
	if err == nil {
		_, err = rows.WriteTo(w)
	}
	return err
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

// sitesTable writes the register of the areas that the person may see.
func (x *exporting) sitesTable(w io.Writer) error {
	rows, err := workbook.NewRows(x.Texts.Plain(x.lang, "export.name.sites", nil), x.columns("site",
		"number", 10, "kind", 14, "name", 30, "cell", 22, "address", 30, "state", 10, "added", 12, "inspected", 12, "visited", 17, "due", 12, "cases", 8))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
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
			if wrong := rows.Add(string(t.Number), x.word(x.kindName(t.Kind)), t.Name, x.cellName(t.Cell), t.Address,
				x.word(x.siteDue(t)), x.wallDay(t.Added), x.wallDay(t.Inspected), x.wall(t.Visited), x.wallDay(t.Due), len(t.Cases)); wrong != nil {
				return wrong
			}
			if wrong := x.far(rows.Count()); wrong != nil {
				return wrong
			}
		}
	}
	_, err = rows.WriteTo(w)
	return err
}

// coverageRows writes what has to be visited in the person's areas, when somebody was there and what was missed.
func (x *exporting) coverageRows(w io.Writer) error {
	rows, err := workbook.NewRows(x.Texts.Plain(x.lang, "export.name.coverage", nil), x.columns("coverage",
		"object", 26, "cell", 22, "seen", 17, "next", 12, "missed", 8, "missing", 10, "who", 30))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	all, err := x.standings(x.coverageAreas())
	if err != nil {
		return err
	}
	for _, d := range all {
		if wrong := rows.Add(x.coverageCells(d)...); wrong != nil {
			return wrong
		}
		if wrong := x.far(rows.Count()); wrong != nil {
			return wrong
		}
	}
	_, err = rows.WriteTo(w)
	return err
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
