package handlers

import (
	"math"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/picture"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const (
	sectionMonths = 6  // on a section's card
	trendMonths   = 24 // in its chart
	readingsShown = 10
)

// sections lists the sections with how each stands: /sections; /sections ID or a name shows one.
func (s *scene) sections() error {
	if words := strings.TrimSpace(s.msg.Args); words != "" {
		if x, ok := s.Water.Named(words); ok {
			return s.showSection(x.ID)
		}
		_, err := s.Water.Section(words)
		return err
	}
	return s.listSections("")
}

// listSections shows what the newest month with readings of each says.
func (s *scene) listSections(string) error {
	if len(s.Water.Sections) == 0 {
		s.say(flow.Reply{Key: "sections.none"})
		return nil
	}
	var lines texts.Lines
	buttons := make([]flow.Choice, 0, len(s.Water.Sections))
	var all [][]water.Judged
	for _, kind := range water.Kinds() {
		of := s.Water.Of(kind)
		if len(of) > 0 {
			lines = append(lines, texts.Text{Key: "sections.kind." + string(kind)})
		}
		for _, x := range of {
			months, err := s.periodsOf(x, publication.Monthly, sectionMonths)
			if err != nil {
				return err
			}
			if kind == water.OfRiver {
				all = append(all, months)
			}
			j := newest(x, months)
			a := s.sectionArgs(x)
			a["mark"], a["judged"] = texts.Text{Key: "water.mark." + string(j.Standing())}, s.judgedText(j)
			lines = append(lines, texts.Text{Key: "sections.line", Args: a})
			buttons = append(buttons, flow.Choice{Label: texts.Names(x.Names), Data: waterData("open", x.ID)})
		}
		if kind == water.OfRiver {
			lines = append(lines, s.riverLines(all)...)
		}
	}
	s.say(flow.Reply{Key: "sections.list", Args: texts.Args{"n": len(s.Water.Sections), "lines": lines}, Rows: pairs(buttons), Edit: s.rewrites()})
	return nil
}

// newest is the newest of a section's months that has readings, or the last of them.
func newest(x water.Section, months []water.Judged) water.Judged {
	for _, j := range slices.Backward(months) {
		if !j.Empty() {
			return j
		}
	}
	if len(months) == 0 {
		return water.Judged{Section: x}
	}
	return months[len(months)-1]
}

// riverLines say how each river as a whole stands, by the months of its sections.
func (s *scene) riverLines(all [][]water.Judged) texts.Lines {
	var lines texts.Lines
	for _, r := range s.Water.Rules.Rivers(all) {
		a := texts.Args{"river": r.River, "period": texts.Period(r.Period.Name), "n": r.Sections, "missing": r.Sections - r.Judged}
		key := "sections.river.unjudged"
		switch class, ok := r.Class(); {
		case r.Period.Name == "":
			key = "sections.river.none"
		case ok:
			key, a["quality"], a["class"] = "sections.river.mean", qualityName(r.Quality), className(class)
		case r.Sections == r.Judged && r.Quality == "":
			key = "sections.river.vague"
		case r.Quality != "":
			key, a["quality"], a["good"], a["bad"] = "sections.river.shares", qualityName(r.Quality), r.Ratio.Good, r.Ratio.Bad
		}
		lines = append(lines, texts.Text{Key: key, Args: a})
	}
	if len(lines) > 0 {
		lines = append(texts.Lines{texts.Text{Key: "sections.river.title"}}, lines...)
	}
	return lines
}

func qualityName(q water.Quality) texts.Text { return texts.Text{Key: "water.quality." + string(q)} }

// showSection shows a section: its target, its newest months, the quarter, and what may be done.
func (s *scene) showSection(id string) error {
	x, err := s.Water.Section(id)
	if err != nil {
		return err
	}
	months, err := s.periodsOf(x, publication.Monthly, sectionMonths)
	if err != nil {
		return err
	}
	quarters, err := s.periodsOf(x, s.Water.Period, 2)
	if err != nil {
		return err
	}
	var lines texts.Lines
	for _, j := range append(months, quarters...) {
		if !j.Empty() {
			lines = append(lines, s.judgedText(j))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, texts.Text{Key: "section.empty"})
	}
	across, err := s.sectionBorderRows(x)
	if err != nil {
		return err
	}
	a := s.sectionArgs(x)
	a["lines"] = lines
	s.say(flow.Reply{Key: "section.card", Args: a, Rows: append(s.sectionButtons(x), across...), Edit: s.rewrites()})
	return nil
}

// trendItems are the items whose trend is offered.
var trendItems = []string{"nh3n", "tp", "codmn", "cod", "bod5", "do"}

func (s *scene) sectionButtons(x water.Section) [][]flow.Choice {
	var rows [][]flow.Choice
	if !x.Counted() {
		var items []flow.Choice
		for _, code := range trendItems {
			if _, ok := s.Water.Rules.Standard.Item(code); ok {
				items = append(items, flow.Choice{Label: s.itemName(code), Data: waterData("trend", x.ID, code)})
			}
		}
		rows = append(rows, inRows(3, items)...)
	}
	last := []flow.Choice{{Key: "button.water.list", Data: waterData("list")}}
	if s.officer.ID != "" {
		last = append(last, flow.Choice{Key: "button.water.readings", Data: waterData("readings", x.ID)})
	}
	if s.mayEnter(x) {
		last = append(last, flow.Choice{Key: "button.water.enter", Data: waterData("enter", x.ID)})
	}
	return append(rows, last)
}

// showTrend draws an item of a section by months against the limit of the section's target; months without a reading are gaps.
func (s *scene) showTrend(arg string) error {
	id, code, _ := strings.Cut(arg, ":")
	x, err := s.Water.Section(id)
	if err != nil {
		return err
	}
	item, ok := s.Water.Rules.Standard.Item(code)
	if !ok || x.Counted() {
		return s.forged(s.msg.Data)
	}
	months, err := s.periodsOf(x, publication.Monthly, trendMonths)
	if err != nil {
		return err
	}
	labels, values, limits, found := make([]string, len(months)), make([]float64, len(months)), make([]float64, len(months)), false
	limit, limited := item.Limit(x.Body, x.Target)
	for i, j := range months {
		labels[i], values[i], limits[i] = j.Period.Name, math.NaN(), limit.Float()
		for _, f := range j.Verdict.Findings {
			if f.Code == code && f.N > 0 {
				values[i], found = f.Mean.Float(), true
			}
		}
	}
	a := s.sectionArgs(x)
	a["item"], a["limit"], a["unit"] = texts.Names(item.Names), limit.String(), item.Unit
	if !found {
		s.say(flow.Reply{Key: "section.no_trend", Args: a})
		return nil
	}
	series := []picture.Series{{Name: s.Texts.Plain(s.lang, "section.trend.measured", nil), Values: values}}
	if limited {
		series = append(series, picture.Series{Name: s.Texts.Plain(s.lang, "section.trend.limit", a), Values: limits})
	}
	image, err := picture.Trend(s.Texts.Plain(s.lang, "section.trend.title", a), item.Unit, labels, series)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "section.trend", Args: a, Image: image, Rows: [][]flow.Choice{{{Key: "button.water.section", Data: waterData("open", x.ID)}}}})
	return nil
}

// showReadings shows an officer the newest readings of a section with who entered them and what they said before.
func (s *scene) showReadings(id string) error {
	x, err := s.Water.Section(id)
	if err != nil {
		return err
	}
	if s.officer.ID == "" {
		return s.forged(s.msg.Data)
	}
	all, err := s.Water.Readings(s.ctx, s.Store, x.ID, s.now.AddDate(-2, 0, 0), s.now.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	var lines texts.Lines
	for i := len(all) - 1; i >= 0 && len(lines) < readingsShown; i-- {
		r := all[i]
		a := texts.Args{
			"day": r.Day, "report": r.Now.Report, "by": orDash(s.officerName(r.Now.By)), "at": s.minute(r.Now.At), "values": s.valuesText(r.Now), "before": texts.Text{},
		}
		if n := len(r.Past); n > 0 {
			a["before"] = texts.Text{Key: "section.before", Args: texts.Args{"values": s.valuesText(r.Past[n-1]), "reason": r.Now.Reason}}
		}
		lines = append(lines, texts.Text{Key: "section.reading", Args: a})
	}
	if len(lines) == 0 {
		lines = append(lines, texts.Text{Key: "section.empty"})
	}
	a := s.sectionArgs(x)
	a["lines"] = lines
	s.say(flow.Reply{Key: "section.readings", Args: a, Rows: [][]flow.Choice{{{Key: "button.water.section", Data: waterData("open", x.ID)}}}})
	return nil
}

// valuesText lists what was measured, in the order of the standard.
func (s *scene) valuesText(g water.Given) any {
	if c := g.Check; c != nil {
		return texts.Text{Key: "section.check", Args: texts.Args{"tested": c.Tested, "passed": c.Passed, "failing": orDash(c.Failing)}}
	}
	var out texts.List
	for _, i := range s.Water.Rules.Standard.Items {
		if v, ok := g.Values[i.Code]; ok {
			out = append(out, texts.Text{Key: "section.value", Args: texts.Args{"item": texts.Names(i.Names), "value": v.String()}})
		}
	}
	return out
}
