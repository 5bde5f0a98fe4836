package handlers

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/figures"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// judgedIn judges all sections of some kinds in a period.
func (s *scene) judgedIn(p publication.Period, kinds ...water.Kind) ([]water.Judged, error) {
	sections := s.Water.Of(kinds...)
	out := make([]water.Judged, 0, len(sections))
	for _, x := range sections {
		j, err := s.Water.In(s.ctx, s.Store, x, p)
		if err != nil {
			return nil, err
		}
		out = append(out, j)
	}
	return out, nil
}

// sectionResults are the sections of rivers against their targets (plan item 29), and those under public supervision.
func (s *scene) sectionResults(p publication.Period) (publication.Content, error) {
	all, err := s.judgedIn(p, water.OfRiver)
	if err != nil {
		return publication.Content{}, err
	}
	rate := water.RateOf(all)
	out := publication.Content{
		Title: s.frozen("publication.sections.title", texts.Args{"period": texts.Period(p.Name)}),
		Intro: s.frozen("publication.sections.intro", texts.Args{"n": rate.All, "judged": rate.Judged, "met": rate.Met}),
		Notes: []publication.Words{s.frozen("publication.sections.note", nil)},
	}
	table := publication.Table{
		Caption: s.frozen("publication.sections.table", nil), Columns: s.waterHeads("section", "river", "level", "target", "samples", "class", "standing", "items"),
	}
	for _, j := range all {
		class, _ := j.Verdict.Class()
		x := j.Section
		table.Rows = append(table.Rows, publication.Row{Key: x.ID, Cells: []publication.Words{
			publication.Words(x.Names), publication.Same(x.River), s.frozenText(s.levelName(x)), s.frozenText(className(x.Target)), figure(len(j.Readings)),
			s.frozenText(className(class)), s.frozenText(texts.Text{Key: "water.standing." + string(j.Standing())}), s.frozenItems(j),
		}})
	}
	listed, err := s.listedTable(p)
	if err != nil {
		return out, err
	}
	out.Tables = []publication.Table{table, s.riverTable(all), listed}
	return out, nil
}

// riverTable is how the rivers as a whole stood in the period, by the sections of this district.
func (s *scene) riverTable(all []water.Judged) publication.Table {
	t := publication.Table{Caption: s.frozen("publication.rivers", nil), Columns: s.waterHeads("river", "sections", "judged", "quality", "class")}
	periods := make([][]water.Judged, len(all))
	for i, j := range all {
		periods[i] = []water.Judged{j}
	}
	for _, r := range s.Water.Rules.Rivers(periods) {
		quality, class := s.frozen("water.quality.unknown", nil), s.frozen("publication.no_value", nil)
		if r.Quality != "" {
			quality = s.frozenText(qualityName(r.Quality))
		}
		if c, ok := r.Class(); ok {
			class = s.frozenText(className(c))
		}
		t.Rows = append(t.Rows, publication.Row{Key: string(r.Body) + "/" + r.River, Cells: []publication.Words{
			publication.Same(r.River), figure(r.Sections), figure(r.Judged), quality, class,
		}})
	}
	return t
}

// waterHeads are the headings of tables about water.
func (s *scene) waterHeads(names ...string) []publication.Words {
	out := make([]publication.Words, len(names))
	for i, n := range names {
		out[i] = s.frozen("publication.water.head."+n, nil)
	}
	return out
}

// frozenText is a text of the catalogue in every language.
func (s *scene) frozenText(t texts.Text) publication.Words { return s.frozen(t.Key, t.Args) }

// frozenItems are the items that miss the section's target; where it cannot be judged, those that are missing are told by their number.
func (s *scene) frozenItems(j water.Judged) publication.Words {
	failing := j.Verdict.Failing(j.Section.Target)
	switch {
	case j.Empty():
		return s.frozen("publication.water.no_reading", nil)
	case len(failing) > 0:
		return s.frozen("publication.water.items", texts.Args{"items": s.itemNames(first(failing, 3), true)})
	case j.Standing() == water.Unjudged:
		return s.frozen("publication.water.vague", texts.Args{"n": len(j.Verdict.Vague(j.Section.Target))})
	}
	return s.frozen("publication.no_value", nil)
}

// listedTable are the sections that were under public supervision in the period.
func (s *scene) listedTable(p publication.Period) (publication.Table, error) {
	t := publication.Table{Caption: s.frozen("publication.sections.listed", nil), Columns: s.waterHeads("section", "unit", "listed", "due", "state")}
	ids, err := s.Store.Shelf(s.ctx, water.Supervisions, water.AllListed, 0, math.MaxInt64, mostSupervisions)
	if err != nil {
		return t, err
	}
	all, err := water.ReadAll[water.Supervision](s.ctx, s.Store, water.Supervisions, ids)
	if err != nil {
		return t, err
	}
	for _, x := range all {
		l, public := x.Public()
		if !public || !l.Listed.Before(p.To) || !l.Lifted.IsZero() && l.Lifted.Before(p.From) {
			continue
		}
		t.Rows = append(t.Rows, publication.Row{Key: l.ID, Cells: []publication.Words{
			publication.Words(s.supervisionName(x)), publication.Same(string(l.Unit)), publication.Same(s.dayOf(l.Listed)),
			publication.Same(x.Last(s.Rules.Location)), s.frozenText(texts.Text{Key: "supervision.state." + string(x.State)}),
		}})
	}
	return t, nil
}

// drinkingResults are the safety of drinking water (plan items 12, 13): sources, the outflow of plants and taps, with the share of
// sources that reach their class and what the plan asks for.
func (s *scene) drinkingResults(p publication.Period) (publication.Content, error) {
	all, err := s.judgedIn(p, water.Source, water.Plant, water.Tap)
	if err != nil {
		return publication.Content{}, err
	}
	out := publication.Content{
		Title: s.frozen("publication.drinking.title", texts.Args{"period": texts.Period(p.Name)}),
		Notes: []publication.Words{s.frozen("publication.drinking.note", nil)},
	}
	rates := publication.Table{Caption: s.frozen("publication.drinking.rates", nil), Columns: s.waterHeads("level", "sources", "judged", "met", "share", "asked", "reached")}
	for level, asked := range map[water.Level]int{water.County: s.Water.County, water.Township: s.Water.Township} {
		of := slices.DeleteFunc(slices.Clone(all), func(j water.Judged) bool { return j.Section.Kind != water.Source || j.Section.Level != level })
		if len(of) == 0 {
			continue
		}
		r := water.RateOf(of)
		rates.Rows = append(rates.Rows, publication.Row{Key: string(level), Cells: []publication.Words{
			s.frozen("water.supply."+string(level), nil), figure(r.All), figure(r.Judged), figure(r.Met), publication.Same(strconv.Itoa(100*r.Met/r.All) + "%"),
			publication.Same(strconv.Itoa(asked) + "%"), s.frozen("publication.drinking.reached."+strconv.FormatBool(r.Reaches(asked)), nil),
		}})
	}
	slices.SortFunc(rates.Rows, func(a, b publication.Row) int { return strings.Compare(a.Key, b.Key) })
	out.Tables = append(out.Tables, rates)
	for _, kind := range []water.Kind{water.Source, water.Plant, water.Tap} {
		t := publication.Table{Caption: s.frozen("publication.drinking."+string(kind), nil), Columns: s.waterHeads("place", "level", "target", "samples", "result", "standing")}
		for _, j := range all {
			if j.Section.Kind == kind {
				t.Rows = append(t.Rows, s.drinkingRow(j))
			}
		}
		out.Tables = append(out.Tables, t)
	}
	return out, nil
}

func (s *scene) drinkingRow(j water.Judged) publication.Row {
	x := j.Section
	class, _ := j.Verdict.Class()
	target, result := s.frozenText(className(x.Target)), s.frozenText(className(class))
	samples := len(j.Readings)
	if x.Counted() {
		target = s.frozen("water.target.counted", nil)
		result, samples = s.frozen("publication.drinking.passed", texts.Args{"passed": j.Passed, "tested": j.Tested}), j.Tested
	}
	if j.Empty() {
		result = s.frozen("publication.water.no_reading", nil)
	}
	return publication.Row{Key: x.ID, Cells: []publication.Words{
		publication.Words(x.Names), s.frozenText(s.levelName(x)), target, figure(samples), result,
		s.frozenText(texts.Text{Key: "water.standing." + string(j.Standing())}),
	}}
}

// blackResults are the treatment of black and odorous water (plan item 22): the register with day and person, and what became of what
// people reported.
func (s *scene) blackResults(p publication.Period) (publication.Content, error) {
	out := publication.Content{
		Title: s.frozen("publication.black.title", texts.Args{"period": texts.Period(p.Name)}),
		Notes: []publication.Words{s.frozen("publication.black.note", nil)},
	}
	ids, err := s.Store.Shelf(s.ctx, water.Treatments, water.AllTreated, 0, math.MaxInt64, mostSites)
	if err != nil {
		return out, err
	}
	all, err := water.ReadAll[water.Treatment](s.ctx, s.Store, water.Treatments, ids)
	if err != nil {
		return out, err
	}
	bodies := publication.Table{Caption: s.frozen("publication.black.bodies", nil), Columns: s.waterHeads("place", "cell", "unit", "person", "due", "percent", "state")}
	for _, x := range all {
		t, ok := x.Public(s.now, s.Rules.Location)
		if !ok || !x.Added.Before(p.To) {
			continue
		}
		state := s.frozen("black.stage."+string(t.Stage), nil)
		if t.Late {
			state = s.frozen("publication.black.late", nil)
		}
		bodies.Rows = append(bodies.Rows, publication.Row{Key: t.Site, Cells: []publication.Words{
			publication.Same(t.Name), publication.Same(s.Work.Tree.PathName(t.Cell)), publication.Same(string(t.Unit)), publication.Same(t.Person),
			publication.Same(t.Due), publication.Same(strconv.Itoa(t.Percent) + "%"), state,
		}})
	}
	counts, err := s.blackReports(p)
	if err != nil {
		return out, err
	}
	out.Tables = []publication.Table{bodies, counts}
	return out, nil
}

// blackReports counts what people reported of black and odorous water in the period, and what became of it.
func (s *scene) blackReports(p publication.Period) (publication.Table, error) {
	t := publication.Table{Caption: s.frozen("publication.black.reports", nil), Columns: s.headings("item", "count")}
	n := make(map[string]int)
	err := s.everyCase(func(c casework.Case) {
		if slices.Contains(c.Kinds, water.BlackWater) && p.Holds(c.CreatedAt) {
			countBlack(n, c, s.now)
		}
	}, nil)
	for _, what := range []string{"received", "refused", "withdrawn", "finished", "valid", "invalid", "overdue"} {
		t.Rows = append(t.Rows, publication.Row{Key: what, Cells: []publication.Words{s.frozen("publication.black."+what, nil), figure(n[what])}})
	}
	return t, err
}

// countBlack counts one report of black and odorous water. What was refused or withdrawn is neither valid nor invalid, and an alarm is no
// report until it is a case. The first answer counts: one that was doubted later was in time, or was not.
func countBlack(n map[string]int, c casework.Case, now time.Time) {
	if c.State == casework.Alarm || c.State == casework.FalseAlarm {
		return
	}
	n["received"]++
	answered, done := figures.FirstAnswered(c)
	switch {
	case c.State == casework.Refused:
		n["refused"]++
		return
	case c.State == casework.Withdrawn && !done:
		n["withdrawn"]++
		return
	case !done:
		answered = now
	case c.Verdict == casework.Proven || c.Verdict == casework.Partly:
		n["valid"]++
	default:
		n["invalid"]++
	}
	if done {
		n["finished"]++
	}
	if due, ok := figures.FirstDue(c); ok && !answered.Before(due) {
		n["overdue"]++
	}
}
