package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
)

// assessBook sends the assessment, or one unit of it, as a spreadsheet, down to everything that its figures were counted from.
func (s *scene) assessBook(p pressedAssess) error {
	results := p.a.Results
	title := p.a.Period
	if p.rest[0] != "" {
		r, err := p.result()
		if err != nil {
			return err
		}
		results, title = []assess.Result{r}, title+"-"+r.Unit.Name
		if !s.seesUnit(p.a, r.Unit) {
			return grid.Fail(grid.Forbidden, "error.role")
		}
	} else if !s.assessor() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	s.answerNow("assess.working")
	hidden, err := s.hiddenCases()
	if err != nil {
		return err
	}
	b := assessBook{s: s, a: p.a, results: results, hidden: hidden}
	data, err := workbook.WriteSheets([]workbook.Sheet{b.whole(), b.marks(), b.refs(), b.remarks(), b.corrections(), b.scheme(), b.notes()})
	if err != nil {
		return err
	}
	document, err := s.document(s.Texts.Plain(s.lang, "assess.file", texts.Args{"title": title})+".xlsx", data)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "assess.book", Args: texts.Args{"period": texts.Period(p.a.Period), "n": len(results)}, Document: document})
	return nil
}

// hiddenCases are the numbers of the cases that the person may not see.
func (s *scene) hiddenCases() (map[string]bool, error) {
	hidden := make(map[string]bool)
	return hidden, s.everyCase(func(c casework.Case) {
		if !s.Work.Sees(c, s.me, s.roster, s.now) {
			hidden[c.Shown()] = true
		}
	}, nil)
}

// assessBook makes the sheets.
type assessBook struct {
	s       *scene
	a       assess.Assessment
	results []assess.Result
	hidden  map[string]bool
}

func (b assessBook) word(key string) string { return b.s.Texts.Plain(b.s.lang, key, nil) }

func (b assessBook) text(t texts.Text) string { return b.s.Texts.Plain(b.s.lang, t.Key, t.Args) }

func (b assessBook) name(code string) string {
	return letterhead.IndicatorName(b.a.Scheme, code).In(b.s.lang)
}

// sheet begins a sheet with its headings, which are named under assess.head.
func (b assessBook) sheet(name string, heads ...string) workbook.Sheet {
	row := make([]any, 0, len(heads))
	for _, h := range heads {
		row = append(row, b.word("assess.head."+h))
	}
	return workbook.Sheet{Name: b.word("assess.sheet." + name), Rows: [][]any{row}}
}

func (b assessBook) whole() workbook.Sheet {
	out := b.sheet("whole", "unit", "kind", "score", "grade", "rank", "counted", "standing")
	for _, r := range b.results {
		row := []any{r.Unit.Name, b.word("assess.kind." + string(r.Unit.Kind)), nil, nil, nil, r.Counted, b.text(b.s.unitStanding(b.a, r))}
		if r.Judged {
			row[2], row[3], row[4] = r.Score.Float(), gradeName(b.a.Scheme, r.Grade).In(b.s.lang), r.Rank
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (b assessBook) marks() workbook.Sheet {
	out := b.sheet("marks", "unit", "indicator", "value", "got", "n", "weight", "points", "standing", "source")
	for _, r := range b.results {
		for _, m := range r.Marks {
			row := []any{r.Unit.Name, b.name(m.Indicator), nil, m.Got, m.N, m.Weight, nil, b.word("assess.counts." + standingCode(m.Standing)), nil}
			if m.Standing != assess.NoData {
				row[2] = m.Value.Float()
			}
			if m.Standing == assess.Counts {
				row[6] = m.Points.Float()
			}
			if m.Given != nil {
				row[8] = m.Given.Source
			}
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}

func standingCode(s assess.Standing) string {
	if s == assess.Counts {
		return "yes"
	}
	return string(s)
}

// refs are the things that the figures were counted from, one a row.
func (b assessBook) refs() workbook.Sheet {
	out := b.sheet("refs", "unit", "indicator", "id", "got", "of")
	for _, r := range b.results {
		for _, m := range r.Marks {
			i, _ := b.a.Scheme.Indicator(m.Indicator)
			for _, x := range m.Refs {
				id := x.ID
				if i.Measure.OfCases() && b.hidden[x.ID] {
					id = b.word("assess.ref.hidden")
				}
				out.Rows = append(out.Rows, []any{r.Unit.Name, b.name(m.Indicator), id, x.Got, x.Of})
			}
		}
	}
	return out
}

func (b assessBook) remarks() workbook.Sheet {
	out := b.sheet("remarks", "unit", "n", "day", "words", "files", "answer")
	for _, x := range b.a.Comments {
		if r, ok := b.has(x.Unit); ok {
			out.Rows = append(out.Rows, []any{r.Unit.Name, x.N, b.s.minute(x.At), x.Words, len(x.Files), x.Answer})
		}
	}
	return out
}

func (b assessBook) corrections() workbook.Sheet {
	out := b.sheet("corrections", "unit", "indicator", "was", "value", "reason", "day")
	for _, x := range b.a.Corrections {
		if r, ok := b.has(x.Unit); ok {
			out.Rows = append(out.Rows, []any{
				r.Unit.Name, b.name(x.Was.Indicator), b.text(letterhead.FigureValue(b.a.Scheme, x.Was)), x.Now.Float(), x.Reason, b.s.minute(x.At),
			})
		}
	}
	return out
}

// has finds a unit that is in the book.
func (b assessBook) has(unit string) (assess.Result, bool) {
	for _, r := range b.results {
		if r.Unit.Key() == unit {
			return r, true
		}
	}
	return assess.Result{}, false
}

func (b assessBook) scheme() workbook.Sheet {
	out := b.sheet("scheme", "indicator", "weight", "rule", "origin")
	for _, i := range b.a.Scheme.Indicators {
		out.Rows = append(out.Rows, []any{texts.Names(i.Names).In(b.s.lang), i.Weight, b.text(ruleText(i)), i.Source})
	}
	return out
}

func (b assessBook) notes() workbook.Sheet {
	args := texts.Args{
		"pass": b.a.Scheme.Pass.String(), "least": b.a.Scheme.Least, "state": b.s.assessState(b.a), "day": b.s.minute(b.a.Computed), "seal": sealText(b.a),
	}
	return workbook.Sheet{Name: b.word("sheet.notes"), Rows: [][]any{{b.s.Texts.Plain(b.s.lang, "assess.notes", args)}}}
}
