// Package read takes the official work plans of Chinese governments apart: which measures a document holds, who leads and who
// supports each, what it promises by when, and what in it could not be understood. It is pure: formats of files are read at the
// edge. The words of the genre stand in grammar.json.
package read

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/plan"
)

// Line is a line of a document, or a row of a table in it.
type Line struct {
	Number int      // in the file, from 1
	Text   string   // without the end of the line
	Cells  []string // of a row of a table; Text is empty then
}

// Lines takes a text apart. A line with tabs between three parts or more is the row of a table.
func Lines(text string) []Line {
	out := make([]Line, 0, strings.Count(text, "\n")+1)
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\r\n")
		l := Line{Number: number, Text: line}
		if cells := strings.Split(line, "\t"); len(cells) >= 3 && strings.TrimSpace(cells[0]+cells[1]) != "" {
			l.Text, l.Cells = "", cells
		}
		out = append(out, l)
	}
	return out
}

// Known is what the district knows of itself: whom a plan may name.
type Known struct {
	Names  []string // of the district: 海东市乐都区, 乐都区
	Bodies []Body
}

// Body is a department of the district.
type Body struct {
	Name    string
	Aliases []string
}

// Finding is something that whoever imports a plan should look at.
type Finding struct {
	Line  int    `json:"line"`           // in the file, from 1
	Item  int    `json:"item,omitempty"` // of the measure, 0 when it is about none
	Code  Code   `json:"code"`
	Words string `json:"words,omitempty"` // of the document
}

// Code says what a finding is about.
type Code string

// The findings.
const (
	Gap         Code = "gap"          // numbers are missing; the words say which
	Twice       Code = "twice"        // a number is there twice, or goes back
	NoLead      Code = "no_lead"      // an item without anybody who leads
	SoleLead    Code = "sole_lead"    // the only responsible body was taken as the lead
	ManyLeads   Code = "many_leads"   // several lead; the first is taken as the lead, the others lead with it
	Several     Code = "several"      // an item with several marks, which count for all of it
	Unclosed    Code = "unclosed"     // a bracket that is not closed
	Unopened    Code = "unopened"     // a bracket that is not opened
	Unknown     Code = "unknown"      // a body that the district does not know
	NoRole      Code = "no_role"      // bodies of which the document does not say what they do
	NoDate      Code = "no_date"      // a time that no day can be told of
	Ambiguous   Code = "ambiguous"    // a date that may be read otherwise: 2020年前
	Past        Code = "past"         // a promise that was over before the plan was made
	OtherPeriod Code = "other_period" // a duty that comes back in a period of its own
	Direction   Code = "direction"    // a figure without a direction, read as the one to reach
	Person      Code = "person"       // somebody is named in person; the plan holds bodies only
	LeftOut     Code = "left_out"     // a part that was not read as a measure
	NoMeasures  Code = "no_measures"  // nothing in the document could be read as a measure
	Garbled     Code = "garbled"      // characters are missing; the words say how it was read
	NoTitle     Code = "no_title"     // of the plan
	Elsewhere   Code = "elsewhere"    // the plan's title names another district, or none
)

// Result is what a document was found to hold.
type Result struct {
	Plan     plan.Plan `json:"plan"`
	Findings []Finding `json:"findings"`
	Lines    []int     `json:"lines"` // of the measures, in their order
}

// finder collects findings.
type finder struct{ list []Finding }

func (f *finder) add(line, item int, code Code, words string) {
	f.list = append(f.list, Finding{Line: line, Item: item, Code: code, Words: words})
}

// settle takes back what was found between two lines and has an answer now.
func (f *finder) settle(code Code, from, to int) {
	f.list = slices.DeleteFunc(f.list, func(x Finding) bool { return x.Code == code && from <= x.Line && x.Line <= to })
}

// sorted lists the findings by line, each once and with the item that it lies in.
func (f *finder) sorted(measures []measure) []Finding {
	for i := range f.list {
		x := &f.list[i]
		for _, m := range measures {
			if x.Item == 0 && m.line <= x.Line && x.Line <= m.last && x.Code != LeftOut {
				x.Item = m.Item
			}
		}
	}
	slices.SortStableFunc(f.list, func(a, b Finding) int { return a.Line - b.Line })
	return slices.CompactFunc(f.list, func(a, b Finding) bool { return a == b })
}

// Document reads a plan. It never fails: what it could not read is among the findings.
func Document(lines []Line, known Known) Result {
	f := &finder{}
	g := newNames(known, f)
	head, rows := parts(lines)
	out := Result{Plan: heading(head, f)}
	if !g.ours(out.Plan.Title) {
		f.add(1, 0, Elsewhere, out.Plan.Title)
	}
	year := yearOf(out.Plan)
	var measures []measure
	if len(rows) > 0 {
		measures = append(measures, table(rows, g)...)
	}
	measures = append(outline(blocks(head, f), g), measures...)
	number(measures, f)
	for i := range measures {
		m := &measures[i]
		m.promise(year, f)
		m.check(f)
		out.Plan.Measures = append(out.Plan.Measures, m.Measure)
		out.Lines = append(out.Lines, m.line)
	}
	if len(measures) == 0 {
		f.add(1, 0, NoMeasures, "")
	}
	out.Findings = f.sorted(measures)
	return out
}
