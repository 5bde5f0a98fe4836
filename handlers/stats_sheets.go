package handlers

import (
	"cmp"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/figures"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
)

// statsSheets makes the spreadsheet: one sheet a view, numbers as numbers.
func (s *scene) statsSheets(n *figures.Count) ([]byte, error) {
	word := func(key string) string { return s.Texts.Plain(s.lang, key, nil) }
	whole := workbook.Sheet{Name: word("button.stats.all"), Rows: [][]any{s.statsHeads(word("stats.head.name"))}}
	whole.Rows = append(whole.Rows, s.statsCells(n.Span.Name, n.District))
	sheets := []workbook.Sheet{
		whole, s.statsReasonSheet(n.District), s.statsClockSheet(n.District),
		statsSheet(s, "township", n.Townships, func(k grid.CellCode) string { return s.Work.Tree.Name(k) }),
		statsSheet(s, "category", n.Categories, func(k string) string {
			return s.Texts.Plain(s.lang, "stats.plain", texts.Args{"value": s.categories([]string{k})})
		}),
		statsSheet(s, "department", n.Departments, func(k grid.Department) string { return string(k) }),
		s.statsMonthSheet(n),
	}
	notes := workbook.Sheet{Name: word("sheet.notes"), Rows: [][]any{{s.Texts.Plain(s.lang, "stats.notes", texts.Args{"small": s.Rules.SmallNumber})}}}
	return workbook.WriteSheets(append(sheets, notes))
}

var statsColumns = []string{
	"received", "accepted", "refused", "merged", "withdrawn", "open", "closed", "reopened", "met", "finished", "rate", "decide", "decide90",
	"close", "close90", "score", "scores", "small",
}

func (s *scene) statsHeads(first string) []any {
	out := []any{first}
	for _, c := range statsColumns {
		out = append(out, s.Texts.Plain(s.lang, "stats.head."+c, nil))
	}
	return out
}

// statsCells is a tally as a row; what there is nothing to say of stays empty.
func (s *scene) statsCells(label string, t *figures.Tally) []any {
	finish := t.Clocks[casework.FinishClock]
	row := []any{label, t.Received, t.Accepted, t.AllRefused(), t.Merged, t.Withdrawn, t.Open, t.Closed, t.Reopened, finish.Met, finish.N()}
	percent, ok := finish.Percent()
	row = append(row, orEmpty(float64(percent)/100, ok))
	for _, l := range []figures.Lasted{t.ToDecide, t.ToClose} {
		for _, share := range []float64{0.5, 0.9} {
			days, there := l.Days(share)
			row = append(row, orEmpty(days, there))
		}
	}
	mean, scores, rated := t.Satisfaction()
	row = append(row, orEmpty(mean, rated), scores)
	if finish.N() < s.Rules.SmallNumber {
		return append(row, s.Texts.Plain(s.lang, "stats.small", nil))
	}
	return append(row, nil)
}

func orEmpty(v float64, there bool) any {
	if !there {
		return nil
	}
	return v
}

func statsSheet[K cmp.Ordered](s *scene, view string, m map[K]*figures.Tally, label func(K) string) workbook.Sheet {
	out := workbook.Sheet{Name: s.Texts.Plain(s.lang, "button.stats."+view, nil), Rows: [][]any{s.statsHeads(s.Texts.Plain(s.lang, "stats.head."+view, nil))}}
	for _, k := range figures.Busiest(m) {
		out.Rows = append(out.Rows, s.statsCells(label(k), m[k]))
	}
	return out
}

func (s *scene) statsReasonSheet(d *figures.Tally) workbook.Sheet {
	word := func(key string) string { return s.Texts.Plain(s.lang, key, nil) }
	out := workbook.Sheet{Name: word("stats.head.reasons"), Rows: [][]any{{word("stats.head.reason"), word("stats.head.count")}}}
	for _, k := range casework.Refusals() {
		out.Rows = append(out.Rows, []any{word("disposition." + string(k)), d.Refused[k]})
	}
	return out
}

func (s *scene) statsClockSheet(d *figures.Tally) workbook.Sheet {
	word := func(key string) string { return s.Texts.Plain(s.lang, key, nil) }
	out := workbook.Sheet{Name: word("stats.head.clocks"), Rows: [][]any{{word("stats.head.clock"), word("stats.head.met"), word("stats.head.finished"), word("stats.head.rate")}}}
	for _, k := range casework.ClockNames() {
		r := d.Clocks[k]
		percent, ok := r.Percent()
		out.Rows = append(out.Rows, []any{word("clock." + string(k)), r.Met, r.N(), orEmpty(float64(percent)/100, ok)})
	}
	return out
}

func (s *scene) statsMonthSheet(n *figures.Count) workbook.Sheet {
	word := func(key string) string { return s.Texts.Plain(s.lang, "stats.head."+key, nil) }
	out := workbook.Sheet{Name: s.Texts.Plain(s.lang, "button.stats.month", nil), Rows: [][]any{{
		word("month"), word("accepted"), word("closed"), word("ontime"), word("late"), word("close"), word("close90"),
	}}}
	for _, h := range n.Months() {
		median, there := h.ToClose.Days(0.5)
		p90, _ := h.ToClose.Days(0.9)
		out.Rows = append(out.Rows, []any{h.Month, h.Accepted, h.Closed, h.OnTime, h.Late, orEmpty(median, there), orEmpty(p90, there)})
	}
	return out
}
