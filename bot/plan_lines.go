package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/plan/read"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// planLines says what was read in a plan.
type planLines struct {
	words *texts.Catalogue
	lang  texts.Lang
}

func (l planLines) text(key string, args texts.Args) string { return l.words.Plain(l.lang, key, args) }

func (l planLines) say(w io.Writer, key string, args texts.Args) error {
	_, err := fmt.Fprintln(w, l.text(key, args))
	return err
}

// all is the whole answer: the measures, then what somebody should look at.
func (l planLines) all(r read.Result) string {
	var b strings.Builder
	promises := 0
	for _, m := range r.Plan.Measures {
		promises += len(m.Milestones)
	}
	fmt.Fprintln(&b, l.text("planimport.head", texts.Args{
		"title": dash(r.Plan.Title), "number": dash(r.Plan.Number), "issued": dash(day(r.Plan.Issued)),
		"n": len(r.Plan.Measures), "promises": promises,
	}))
	chapter := ""
	for i, m := range r.Plan.Measures {
		if m.Chapter != chapter {
			chapter = m.Chapter
			fmt.Fprintf(&b, "\n%s\n", chapter)
		}
		l.measure(&b, m, r.Lines[i])
	}
	if len(r.Findings) > 0 {
		fmt.Fprintf(&b, "\n%s\n", l.text("planimport.findings", texts.Args{"n": len(r.Findings)}))
	}
	for _, line := range l.findings(r.Findings) {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	return b.String()
}

// measure is an item in a few lines.
func (l planLines) measure(b *strings.Builder, m plan.Measure, line int) {
	title := m.Title
	if m.Label != "" {
		title = m.Label + " " + title
	}
	fmt.Fprintf(b, "%3d. %s  %s\n", m.Item, title, l.text("planimport.line", texts.Args{"line": line}))
	parts := make([]string, 0, 5)
	add := func(key string, list []string) {
		if len(list) > 0 {
			parts = append(parts, l.text(key, texts.Args{"who": strings.Join(list, l.text("planimport.comma", nil))}))
		}
	}
	if m.Lead != "" {
		add("planimport.lead", strs(append([]grid.Department{m.Lead}, m.Joint...)))
	}
	add("planimport.supports", append(strs(m.Supports), m.Others...))
	add("planimport.responsible", m.Responsible)
	if len(parts) > 0 {
		fmt.Fprintf(b, "     %s\n", strings.Join(parts, l.text("planimport.semicolon", nil)))
	}
	for _, x := range m.Milestones {
		fmt.Fprintf(b, "     %s %s  %s\n", x.ID, l.terms(x), x.Words)
	}
}

func strs(list []grid.Department) []string {
	out := make([]string, 0, len(list))
	for _, d := range list {
		out = append(out, string(d))
	}
	return out
}

// terms are when, how often and how much.
func (l planLines) terms(m plan.Milestone) string {
	parts := make([]string, 0, 4)
	if m.From != (calendar.Date{}) {
		parts = append(parts, l.text("planimport.from", texts.Args{"day": day(m.From)}))
	}
	if m.By != (calendar.Date{}) {
		parts = append(parts, l.text("planimport.by", texts.Args{"day": day(m.By)}))
	}
	if m.Every != "" {
		parts = append(parts, l.text("planimport.every."+string(m.Every), nil))
	}
	if t := m.Target; t != nil {
		key := map[plan.Relation]string{
			plan.AtLeast: "planimport.at_least", plan.AtMost: "planimport.at_most", plan.Exactly: "planimport.exactly",
			plan.Down: "planimport.down", plan.Up: "planimport.up", plan.Flat: "planimport.flat",
		}[t.Relation]
		against := ""
		if t.Against > 0 {
			against = l.text("planimport.against", texts.Args{"year": strconv.Itoa(t.Against)})
		}
		parts = append(parts, l.text(key, texts.Args{"value": strconv.FormatFloat(t.Value, 'f', -1, 64), "unit": t.Unit, "against": against}))
	}
	return "[" + strings.Join(parts, " ") + "]"
}

// findings are one line each; bodies that are not known are told together.
func (l planLines) findings(list []read.Finding) []string {
	out := make([]string, 0, len(list))
	unknown := make(map[string][]int)
	var names []string
	for _, f := range list {
		if f.Code == read.Unknown {
			if unknown[f.Words] == nil {
				names = append(names, f.Words)
			}
			if !slices.Contains(unknown[f.Words], f.Line) {
				unknown[f.Words] = append(unknown[f.Words], f.Line)
			}
			continue
		}
		out = append(out, l.finding(f))
	}
	for _, name := range names {
		lines := make([]string, 0, len(unknown[name]))
		for _, n := range unknown[name] {
			lines = append(lines, strconv.Itoa(n))
		}
		out = append(out, l.text("planimport.finding.unknown", texts.Args{"lines": strings.Join(lines, " "), "words": name}))
	}
	return out
}

func (l planLines) finding(f read.Finding) string {
	where := l.text("planimport.line", texts.Args{"line": f.Line})
	if f.Item > 0 {
		where += " " + l.text("planimport.item", texts.Args{"item": f.Item})
	}
	return where + " " + l.text("planimport.finding."+string(f.Code), texts.Args{"words": f.Words})
}

func day(d calendar.Date) string {
	if d == (calendar.Date{}) {
		return ""
	}
	return d.String()
}

func dash(s string) string {
	if s == "" {
		return "\u2013"
	}
	return s
}
