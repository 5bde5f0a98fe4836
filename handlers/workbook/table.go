package workbook

import (
	"context"
	"errors"
	"strings"

	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// ErrStrange means that the headings are those of no table.
var ErrStrange = errors.New("the headings are those of no table")

// MissingError names the headings that a table of that kind needs and the file has not.
type MissingError struct {
	Kind   sheet.Kind
	Labels []string
}

// Error lists them.
func (e *MissingError) Error() string {
	return string(e.Kind) + " without " + strings.Join(e.Labels, ", ")
}

// Write makes a workbook of a table, in the words of that language: the rows, a sheet that explains the columns, and
// lists to choose from. remarks, by line of the rows from 2, go into one more column at the end.
func (w Words) Write(lang texts.Lang, t sheet.Table, remarks map[int]string) ([]byte, error) {
	l := layout{
		name: w.Catalogue.Plain(lang, "sheet.kind."+string(t.Kind), nil), notes: w.Catalogue.Plain(lang, "sheet.notes", nil),
		lists:   w.Catalogue.Plain(lang, "sheet.lists", nil),
		explain: [][]string{{w.Catalogue.Plain(lang, "sheet.notes.column", nil), w.Catalogue.Plain(lang, "sheet.notes.help", nil)}},
	}
	columns := sheet.Columns(t.Kind)
	for _, c := range columns {
		h := heading{label: w.label(lang, t.Kind, c), form: c.Form, shown: c.Shown, of: w.choices(lang, c), width: width(c)}
		l.columns = append(l.columns, h)
		l.explain = append(l.explain, []string{h.label, w.Help(lang, t.Kind, c)})
	}
	l.explain = append(l.explain, []string{"", w.Catalogue.Plain(lang, "sheet.rule."+string(t.Kind), nil)})
	if remarks != nil {
		l.columns = append(l.columns, heading{label: w.Catalogue.Plain(lang, "sheet.remark", nil), form: sheet.Long, width: 60})
	}
	for i, r := range t.Rows {
		row := make([]string, 0, len(l.columns))
		for _, c := range columns {
			row = append(row, w.Shown(lang, c, r.Values[c.Name]))
		}
		if remarks != nil {
			row = append(row, remarks[i+firstLine])
		}
		l.rows = append(l.rows, row)
	}
	return l.write()
}

const firstLine = 2 // of the rows, below the headings

func width(c sheet.Column) float64 {
	switch c.Form {
	case sheet.Long, sheet.Words:
		return 60
	case sheet.Place, sheet.Bureau:
		return 28
	case sheet.Text:
		return 22
	default:
		return 14
	}
}

// Read reads a table out of a file, whatever its kind and the language of its headings. ErrTooLarge, ErrDamaged,
// ErrStrange, or a MissingError.
func (w Words) Read(ctx context.Context, data []byte) (sheet.Table, error) {
	g, err := Read(ctx, data)
	if err != nil {
		return sheet.Table{}, err
	}
	return w.table(g)
}

// table finds the kind by the headings.
func (w Words) table(g Grid) (sheet.Table, error) {
	if len(g.Rows) == 0 {
		return sheet.Table{}, ErrStrange
	}
	best, most := sheet.Kind(""), 0
	var where map[string]int
	for _, k := range sheet.Kinds() {
		at := w.headings(k, g.Rows[0].Cells)
		if len(at) > most {
			best, most, where = k, len(at), at
		}
	}
	if most < 2 {
		return sheet.Table{}, ErrStrange
	}
	missing := &MissingError{Kind: best}
	for _, c := range sheet.Columns(best) {
		if _, ok := where[c.Name]; !ok && !c.Shown {
			missing.Labels = append(missing.Labels, w.label(texts.Reference, best, c))
		}
	}
	if len(missing.Labels) > 0 {
		return sheet.Table{}, missing
	}
	t := sheet.Table{Kind: best}
	for _, line := range g.Rows[1:] {
		values := make(map[string]string)
		for _, c := range sheet.Columns(best) {
			if at, ok := where[c.Name]; ok && !c.Shown && at < len(line.Cells) {
				values[c.Name] = w.value(c, line.Cells[at], g.Date1904)
			}
		}
		if strings.Trim(joined(values), " ") != "" {
			t.Rows = append(t.Rows, sheet.Row{Values: values, Line: line.Number})
		}
	}
	return t.Identify(), nil
}

func joined(values map[string]string) string {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(v)
	}
	return b.String()
}

// headings finds the columns of a kind by their names in any language; the first of two that are called the same counts.
func (w Words) headings(k sheet.Kind, cells []string) map[string]int {
	at := make(map[string]int)
	for _, c := range sheet.Columns(k) {
		for i, cell := range cells {
			if _, found := at[c.Name]; !found && w.called(k, c, cell) {
				at[c.Name] = i
			}
		}
	}
	return at
}

func (w Words) called(k sheet.Kind, c sheet.Column, cell string) bool {
	cell = strings.Join(strings.Fields(cell), " ")
	if strings.EqualFold(cell, c.Name) {
		return true
	}
	for _, lang := range texts.Langs() {
		if strings.EqualFold(cell, w.label(lang, k, c)) {
			return true
		}
	}
	return false
}
