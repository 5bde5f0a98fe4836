package water

import (
	"slices"
	"strings"
)

// Row is a line of a table.
type Row struct {
	Line  int
	Cells []string
}

// Table is what was read of a table of readings.
type Table struct {
	Entries []Entry
	Faults  []Fault  // rows with one are no entries
	LeftOut []string // headings of columns that are nothing that a reading has, or have been there before
	Source  string   // what stands for the number of the report, where the table has no column for it
}

// ReadTable reads a table of readings, one row for each section and day. The first row are the headings. day reads a day as people
// write it; without one, 2006-01-02 is. A reading has to tell where it comes from: of a table without a column for the report's
// number that is source, the name of its file.
func (n Network) ReadTable(rows []Row, day func(string) string, today, source string) Table {
	if len(rows) == 0 {
		return Table{Faults: []Fault{{Rule: FaultHeadings}}}
	}
	t, heads := n.readHeadings(rows[0])
	if len(t.Faults) > 0 {
		return t
	}
	if !named(heads, ColReport) {
		t.Source = source
	}
	seen := make(map[string]bool)
	for _, r := range rows[1:] {
		e, wrong := n.readRow(r, heads, parsing{day: day, today: today, entry: &Entry{Line: r.Line, Given: Given{Report: t.Source}}})
		if id := ReadingID(e.Section, e.Day); len(wrong) == 0 && seen[id] {
			wrong = append(wrong, Fault{Line: r.Line, Rule: FaultTwice, Value: e.Day})
		} else {
			seen[id] = true
		}
		t.Faults = append(t.Faults, wrong...)
		if len(wrong) == 0 {
			t.Entries = append(t.Entries, e)
		}
	}
	return t
}

// readHeadings finds what each column is. What is nothing that a reading has is left out: a number of the row, a remark. An item in a
// unit that is not known is not, for its values would be missed.
func (n Network) readHeadings(row Row) (Table, []heading) {
	var t Table
	heads := make([]heading, len(row.Cells))
	for i, words := range row.Cells {
		if strings.TrimSpace(words) == "" {
			continue
		}
		h, rule := n.Rules.Standard.heading(words)
		switch {
		case rule == FaultColumn, rule == "" && named(heads, h.code):
			t.LeftOut = append(t.LeftOut, words)
		case rule != "":
			t.Faults = append(t.Faults, Fault{Line: row.Line, Rule: rule, Column: words})
		default:
			heads[i] = h
		}
	}
	for _, must := range []string{ColSection, ColDay} {
		if !named(heads, must) {
			t.Faults = append(t.Faults, Fault{Line: row.Line, Rule: FaultHeadings, Column: must})
		}
	}
	return t, heads
}

// named tells whether one of the columns is that.
func named(heads []heading, code string) bool {
	return slices.ContainsFunc(heads, func(h heading) bool { return h.code == code })
}

// readRow reads one row under its headings.
func (n Network) readRow(r Row, heads []heading, p parsing) (Entry, []Fault) {
	p.standard, p.line, p.network = n.Rules.Standard, r.Line, n
	for i, cell := range r.Cells {
		if cell = strings.TrimSpace(cell); i < len(heads) && heads[i].code != "" && cell != "" {
			p.take(heads[i], cell)
		}
	}
	p.finish()
	return *p.entry, p.faults
}
