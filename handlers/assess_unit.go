package handlers

import (
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// showUnits lists the units of a kind, those that could not be judged last, with a button for each.
func (s *scene) showUnits(p pressedAssess) error {
	all := slices.DeleteFunc(slices.Clone(p.a.Results), func(r assess.Result) bool { return string(r.Unit.Kind) != p.rest[0] })
	if len(all) == 0 {
		return s.forged(s.msg.Data)
	}
	offset := min(p.number(1), len(all)-1)
	page := all[offset:min(offset+s.Rules.PageSize, len(all))]
	var lines texts.Lines
	buttons := make([]flow.Choice, 0, len(page))
	for i, r := range page {
		n := offset + i + 1
		lines = append(lines, texts.Text{Key: "assess.units.line", Args: texts.Args{"n": n, "unit": r.Unit.Name, "standing": s.unitStanding(p.a, r)}})
		buttons = append(buttons, flow.Choice{Label: texts.Name(strconv.Itoa(n)), Data: assessData("unit", p.a.Period, r.Unit.Key())})
	}
	rows := [][]flow.Choice{buttons}
	if next := offset + len(page); next < len(all) {
		rows = append(rows, []flow.Choice{{Key: "button.more", Data: assessData("units", p.a.Period, p.rest[0], strconv.Itoa(next))}})
	}
	rows = append(rows, []flow.Choice{{Key: "button.assess.show", Data: assessData("show", p.a.Period)}})
	s.say(flow.Reply{Key: "assess.units", Args: texts.Args{
		"period": texts.Period(p.a.Period), "kind": texts.Text{Key: "assess.kind." + p.rest[0]}, "n": len(all), "lines": lines,
	}, Rows: rows, Edit: s.rewrites()})
	return nil
}

// unitStanding is the score with its rank, or why there is none.
func (s *scene) unitStanding(a assess.Assessment, r assess.Result) texts.Text {
	args := texts.Args{
		"score": r.Score.String(), "grade": gradeName(a.Scheme, r.Grade), "rank": r.Rank, "counted": r.Counted, "least": a.Scheme.Least,
	}
	switch {
	case r.Failed:
		return texts.Text{Key: "assess.standing.failed", Args: args}
	case r.Judged:
		return texts.Text{Key: "assess.standing.judged", Args: args}
	case r.Empty():
		return texts.Text{Key: "assess.standing.none", Args: args}
	}
	return texts.Text{Key: "assess.standing.few", Args: args}
}

// seesUnit tells whether the person may see the figures of a unit with what they were counted from.
func (s *scene) seesUnit(a assess.Assessment, u assess.Unit) bool {
	return s.assessor() || slices.ContainsFunc(s.ownResults(a), func(r assess.Result) bool { return r.Unit.Key() == u.Key() })
}

func (s *scene) showUnit(p pressedAssess) error {
	r, err := p.result()
	if err != nil {
		return err
	}
	if !s.seesUnit(p.a, r.Unit) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	card := s.unitCard("assess.unit", p.a, r, s.unitButtons(p.a, r))
	card.Edit = s.rewrites()
	s.say(card)
	return nil
}

// unitCard shows a unit with all its figures and what was said about them; key is assess.unit, or a notice that tells them.
func (s *scene) unitCard(key string, a assess.Assessment, r assess.Result, rows [][]flow.Choice) flow.Reply {
	lines := make(texts.Lines, 0, len(r.Marks))
	buttons := make([]flow.Choice, 0, len(r.Marks))
	for i, m := range r.Marks {
		lines = append(lines, s.markLine(a, i+1, m))
		buttons = append(buttons, flow.Choice{Label: texts.Name(strconv.Itoa(i + 1)), Data: figureData(a, r.Unit, m.Indicator, 0)})
	}
	var files []flow.Choice
	for _, x := range a.Comments {
		if x.Unit == r.Unit.Key() {
			lines = append(lines, s.remarkLine(a, x))
			files = append(files, filesButton(a, x)...)
		}
	}
	for _, x := range a.Corrections {
		if x.Unit == r.Unit.Key() {
			lines = append(lines, texts.Text{Key: "assess.corrected", Args: texts.Args{
				"indicator": letterhead.IndicatorName(a.Scheme, x.Was.Indicator), "was": letterhead.FigureValue(a.Scheme, x.Was),
				"now": x.Now.String(), "reason": x.Reason,
			}})
		}
	}
	for _, x := range a.Proposals {
		if x.Unit == r.Unit.Key() {
			lines = append(lines, texts.Text{Key: "assess.proposal", Args: texts.Args{"remedy": texts.Text{Key: "assess.remedy." + string(x.Remedy)}, "doc": x.No}})
		}
	}
	return flow.Reply{Key: key, Args: texts.Args{
		"period": texts.Period(a.Period), "unit": r.Unit.Name, "state": s.assessState(a), "standing": s.unitStanding(a, r), "lines": lines,
		"until": s.lastDay(a.Until), "seal": sealText(a),
	}, Rows: slices.Concat([][]flow.Choice{buttons}, pairs(files), rows)}
}

// markLine is one figure: its value, what it was counted from, what it earned, or why it does not count.
func (s *scene) markLine(a assess.Assessment, n int, m assess.Mark) texts.Text {
	i, _ := a.Scheme.Indicator(m.Indicator)
	args := texts.Args{
		"n": n, "indicator": texts.Names(i.Names), "value": letterhead.FigureValue(a.Scheme, m.Figure), "points": m.Points.String(), "weight": m.Weight,
		"least": i.Least,
	}
	switch m.Standing {
	case assess.NoData:
		return texts.Text{Key: "assess.mark.none", Args: args}
	case assess.TooFew:
		return texts.Text{Key: "assess.mark.few", Args: args}
	default:
		return texts.Text{Key: "assess.mark", Args: args}
	}
}

// unitButtons are what the person may do about a unit as a whole.
func (s *scene) unitButtons(a assess.Assessment, r assess.Result) [][]flow.Choice {
	var rows [][]flow.Choice
	if s.speaksFor(r.Unit) {
		rows = s.judgedButtons(a, r)
	} else {
		rows = [][]flow.Choice{{bookButton(a, r)}}
	}
	if !s.assessor() || a.State != assess.Final {
		return rows
	}
	for _, m := range r.Remedies() {
		if !a.Proposed(r.Unit.Key(), m) {
			rows = append(rows, []flow.Choice{{Key: "button.assess.propose." + string(m), Data: assessData("propose", a.Period, r.Unit.Key(), string(m))}})
		}
	}
	return rows
}

// judgedButtons are what somebody may do who answers for the unit.
func (s *scene) judgedButtons(a assess.Assessment, r assess.Result) [][]flow.Choice {
	rows := [][]flow.Choice{{bookButton(a, r)}}
	if a.State == assess.Commenting && s.now.Before(a.Until) {
		rows = append([][]flow.Choice{{{Key: "button.assess.remark", Data: assessData("remark", a.Period, r.Unit.Key())}}}, rows...)
	}
	return rows
}

func bookButton(a assess.Assessment, r assess.Result) flow.Choice {
	return flow.Choice{Key: "button.assess.book", Data: assessData("book", a.Period, r.Unit.Key())}
}

// figureData is the callback data of one figure, from a place in its list on.
func figureData(a assess.Assessment, u assess.Unit, indicator string, offset int) string {
	at := slices.IndexFunc(a.Scheme.Indicators, func(i assess.Indicator) bool { return i.Code == indicator })
	return assessData("figure", a.Period, u.Key(), strconv.Itoa(at), strconv.Itoa(offset))
}

const figureRefs = 20 // things that a figure was counted from, on one page

// showFigure shows what a figure was counted from, page by page.
func (s *scene) showFigure(p pressedAssess) error {
	r, i, m, err := p.figure()
	if err != nil {
		return err
	}
	if !s.seesUnit(p.a, r.Unit) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	offset := min(p.number(2), max(0, len(m.Refs)-1))
	page := m.Refs[offset:min(offset+figureRefs, len(m.Refs))]
	lines, err := s.refLines(i, page)
	if err != nil {
		return err
	}
	if m.Given != nil {
		lines = append(lines, texts.Text{Key: "assess.given", Args: texts.Args{
			"value": m.Given.Value.String(), "source": m.Given.Source, "day": s.minute(m.Given.At),
			"names": officerNames(s.officersOf([]grid.OfficerID{m.Given.By})),
		}})
	}
	s.say(flow.Reply{Key: "assess.figure", Args: texts.Args{
		"period": texts.Period(p.a.Period), "unit": r.Unit.Name, "mark": s.markLine(p.a, slices.Index(marksOf(r), i.Code)+1, m), "lines": lines,
		"rule": ruleText(i),
	}, Rows: s.figureButtons(p.a, r, m, offset+len(page)), Edit: s.rewrites()})
	return nil
}

func marksOf(r assess.Result) []string {
	out := make([]string, len(r.Marks))
	for i, m := range r.Marks {
		out[i] = m.Indicator
	}
	return out
}

// ruleText says how a figure is turned into points.
func ruleText(i assess.Indicator) texts.Text {
	if len(i.Steps) == 0 {
		return texts.Text{Key: "assess.rule", Args: texts.Args{"zero": i.Zero.String(), "full": i.Full.String(), "least": i.Least, "status": texts.Text{Key: "assess.status." + i.Status}}}
	}
	var steps texts.List
	for _, x := range i.Steps {
		steps = append(steps, texts.Text{Key: "assess.step", Args: texts.Args{"at": x.At.String(), "points": x.Points.String()}})
	}
	return texts.Text{Key: "assess.rule.steps", Args: texts.Args{"steps": steps, "least": i.Least, "status": texts.Text{Key: "assess.status." + i.Status}}}
}

// refLines are the things that a figure was counted from. The number of a case that the person is kept from is not shown: only
// that it counts.
func (s *scene) refLines(i assess.Indicator, refs []assess.Ref) (texts.Lines, error) {
	lines := make(texts.Lines, 0, len(refs))
	for _, r := range refs {
		shown, err := s.refShown(i, r)
		if err != nil {
			return nil, err
		}
		var id any = r.ID
		if !shown {
			id = texts.Text{Key: "assess.ref.hidden"}
		}
		key := "assess.ref.part"
		switch {
		case i.Measure.Mean():
			key = "assess.ref.score"
		case r.Of == 1 && r.Got == 1:
			key = "assess.ref.kept"
		case r.Of == 1:
			key = "assess.ref.missed"
		}
		lines = append(lines, texts.Text{Key: key, Args: texts.Args{"id": id, "got": r.Got, "of": r.Of}})
	}
	return lines, nil
}

// refShown tells whether the person may read the number of what was counted.
func (s *scene) refShown(i assess.Indicator, r assess.Ref) (bool, error) {
	if !i.Measure.OfCases() {
		return true, nil
	}
	id, err := s.Store.CaseByNumber(s.ctx, r.ID)
	if err == nil {
		_, err = s.visible(id)
	}
	if code := grid.CodeOf(err); code == grid.NotFound || code == grid.Forbidden {
		return false, nil
	}
	return err == nil, err
}

// figureButtons are what may be done about one figure.
func (s *scene) figureButtons(a assess.Assessment, r assess.Result, m assess.Mark, next int) [][]flow.Choice {
	at := strconv.Itoa(slices.IndexFunc(a.Scheme.Indicators, func(i assess.Indicator) bool { return i.Code == m.Indicator }))
	var rows [][]flow.Choice
	if next < len(m.Refs) {
		rows = append(rows, []flow.Choice{{Key: "button.more", Data: figureData(a, r.Unit, m.Indicator, next)}})
	}
	switch {
	case !s.assessor():
	case a.State == assess.Draft && m.N == 0:
		rows = append(rows, []flow.Choice{{Key: "button.assess.enter", Data: assessData("enter", a.Period, r.Unit.Key(), at)}})
	case a.State == assess.Commenting:
		rows = append(rows, []flow.Choice{{Key: "button.assess.correct", Data: assessData("correct", a.Period, r.Unit.Key(), at)}})
	}
	return append(rows, []flow.Choice{{Key: "button.assess.unit", Data: assessData("unit", a.Period, r.Unit.Key())}})
}
