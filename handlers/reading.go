package handlers

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
)

// faultsShown is how many faults of a form or table are told at once.
const faultsShown = 12

// readingCommand asks of which section a reading is: /reading; a table of many may be sent instead.
func (s *scene) readingCommand() error {
	var buttons []flow.Choice
	for _, x := range s.Water.Sections {
		if s.mayEnter(x) {
			buttons = append(buttons, flow.Choice{Label: texts.Names(x.Names), Data: waterData("enter", x.ID)})
		}
	}
	if len(buttons) == 0 {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	s.say(flow.Reply{Key: "reading.which", Rows: pairs(buttons)})
	return nil
}

// beginReading shows the form of a section and waits for it.
func (s *scene) beginReading(id string) error {
	x, err := s.Water.Section(id)
	if err == nil && !s.mayEnter(x) {
		err = grid.Fail(grid.Forbidden, "error.role")
	}
	if err != nil {
		return err
	}
	a := s.sectionArgs(x)
	a["form"] = texts.Raw("<pre>" + s.form(x) + "</pre>")
	s.say(flow.Reply{Key: "reading.form", Args: a})
	return s.begin(flow.Task{Story: flow.Wording, Ref: x.ID, Reason: "reading"})
}

// form is what is to be filled in, in the first words that the standard's file gives for each.
func (s *scene) form(x water.Section) string {
	standard := s.Water.Rules.Standard
	var b strings.Builder
	line := func(label, value string) { b.WriteString(label + "\uFF1A" + value + "\n") }
	head := func(code string) string {
		if words := standard.Headings[code]; len(words) > 0 {
			return words[0]
		}
		return code
	}
	line(head(water.ColDay), s.today())
	line(head(water.ColReport), "")
	if x.Counted() {
		line(head(water.ColTested), "")
		line(head(water.ColPassed), "")
		line(head(water.ColFailing), "")
		return b.String()
	}
	for _, i := range standard.Judged() {
		line(texts.Names(i.Names).In(texts.Reference), "")
	}
	return b.String()
}

// readForm takes a form that was filled in.
func (s *scene) readForm(section, words string) error {
	x, err := s.Water.Section(section)
	if err == nil && !s.mayEnter(x) {
		err = grid.Fail(grid.Forbidden, "error.role")
	}
	if err != nil {
		return err
	}
	e, faults := s.Water.ReadForm(x, words, readDay, s.today())
	if len(faults) > 0 {
		s.say(flow.Reply{Key: "reading.faults", Args: texts.Args{"n": len(faults), "lines": s.faultLines(faults)}, Hide: true, Rows: [][]flow.Choice{{
			{Key: "button.water.again", Data: waterData("enter", x.ID)},
		}}})
		return nil
	}
	return s.proposeBatch("", []water.Entry{e})
}

// readDay reads a day as people and spreadsheets write it.
func readDay(v string) string { return workbook.Day(v, false) }

// faultLines tell what is wrong, one line each.
func (s *scene) faultLines(faults []water.Fault) texts.Lines {
	var out texts.Lines
	for _, f := range faults[:min(len(faults), faultsShown)] {
		a := texts.Args{"column": orDash(f.Column), "value": orDash(f.Value), "line": texts.Text{}}
		if f.Line > 0 {
			a["line"] = texts.Text{Key: "reading.line", Args: texts.Args{"n": f.Line}}
		}
		out = append(out, texts.Text{Key: "reading.fault." + f.Rule, Args: a})
	}
	if more := len(faults) - faultsShown; more > 0 {
		out = append(out, texts.Text{Key: "reading.more", Args: texts.Args{"n": more}})
	}
	return out
}

// takesReadings tells whether a table is one of readings: it has columns for the section and the day.
func (s *scene) takesReadings(g workbook.Grid) bool {
	if !s.entersReadings() {
		return false
	}
	t := s.Water.ReadTable(readingRows(g)[:1], nil, s.today(), "")
	return !slices.ContainsFunc(t.Faults, func(f water.Fault) bool { return f.Rule == water.FaultHeadings })
}

func readingRows(g workbook.Grid) []water.Row {
	out := make([]water.Row, len(g.Rows))
	for i, r := range g.Rows {
		out[i] = water.Row{Line: r.Number, Cells: r.Cells}
	}
	return out
}

// importReadings shows what a table of readings would enter, or what is wrong with it by row. What is right is entered by a tap, with
// what is wrong left out.
func (s *scene) importReadings(file string, g workbook.Grid) error {
	day := func(v string) string { return workbook.Day(v, g.Date1904) }
	t := s.Water.ReadTable(readingRows(g), day, s.today(), file)
	faults := t.Faults
	entries := slices.DeleteFunc(t.Entries, func(e water.Entry) bool {
		x, err := s.Water.Section(e.Section)
		if err != nil || s.mayEnter(x) {
			return err != nil
		}
		faults = append(faults, water.Fault{Line: e.Line, Rule: "role", Value: e.Section})
		return true
	})
	if len(faults) > 0 {
		s.say(flow.Reply{Key: "reading.table_faults", Args: texts.Args{"n": len(faults), "right": len(entries), "lines": s.faultLines(faults)}})
	}
	if len(t.LeftOut) > 0 {
		s.say(flow.Reply{Key: "reading.left_out", Args: texts.Args{"columns": strings.Join(t.LeftOut, " · ")}})
	}
	if len(entries) == 0 {
		return nil
	}
	if t.Source != "" {
		s.say(flow.Reply{Key: "reading.no_report", Args: texts.Args{"file": t.Source}})
	}
	return s.proposeBatch(file, entries)
}

// batch reads a batch that the person may still decide.
func (s *scene) batch(id string) (water.Batch, ledger.Dossier, error) {
	d, err := s.dossier(water.Batches, id)
	if err == nil && d.Version == 0 {
		err = grid.Fail(grid.NotFound, "error.water.batch")
	}
	var b water.Batch
	if err == nil {
		err = d.Into(&b)
	}
	if err == nil && b.By != s.officer.ID && !s.supervises() {
		err = grid.Fail(grid.Forbidden, "error.role")
	}
	return b, d, err
}
