package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// waterData is what a button about water carries.
func waterData(verb string, parts ...string) string {
	return "wt:" + verb + ":" + strings.Join(parts, ":")
}

// waterCommands are the commands about water.
func (s *scene) waterCommands() map[string]func() error {
	return map[string]func() error{
		"sections": s.sections, "reading": s.readingCommand, "supervised": s.listSupervisions, "black": s.blackCommand,
	}
}

// pressWater does what a button about water says.
func (s *scene) pressWater(verb, arg string) error {
	do := map[string]func(string) error{
		"open": s.showSection, "enter": s.beginReading, "trend": s.showTrend, "readings": s.showReadings,
		"yes": s.enterBatch, "no": s.cancelBatch, "undo": s.undoBatch, "reason": s.askReadingReason,
		"list": s.listSections, "sup": s.showSupervision, "black": s.showBlack, "strike": s.askBlack("black_strike"), "progress": s.askBlack("black_progress"),
		"s_list": s.askListing(water.List, "supervise_list"), "s_decline": s.askListing(water.Decline, "supervise_decline"),
		"s_report": s.askListing(water.Report, "supervise_report"), "s_ask": s.askListing(water.AskExtend, "supervise_ask"),
		"s_lift": s.askListing(water.Lift, "supervise_lift"), "s_extend": s.pressListing(water.Extend), "s_deny": s.askListing(water.DenyExtend, "supervise_deny"),
	}[verb]
	if do == nil {
		return s.forged(s.msg.Data)
	}
	return do(arg)
}

// waterNotes take the words of the notes about water.
func (s *scene) waterNotes() map[string]func(flow.Worded) error {
	out := map[string]func(flow.Worded) error{
		"reading":        func(n flow.Worded) error { return s.readForm(n.Ref, n.Words) },
		"reading_reason": func(n flow.Worded) error { return s.correctBatch(n.Ref, n.Words) },
		"black_progress": s.blackWorded, "black_strike": s.blackWorded,
	}
	for note, action := range listNotes {
		out[note] = func(n flow.Worded) error { return s.superviseWorded(n, action) }
	}
	return out
}

// mayEnter tells whether the person may enter readings of the section: a supervisor of the district, or a clerk of the bureau or of
// the section's own department.
func (s *scene) mayEnter(x water.Section) bool {
	if s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, grid.Supervisor) {
		return true
	}
	return s.clerkOf(s.Water.Own) || x.Department != "" && s.clerkOf(x.Department)
}

// clerkOf tells whether the person is a clerk of the department, or stands in for one.
func (s *scene) clerkOf(d grid.Department) bool {
	return s.officer.ID != "" && slices.ContainsFunc(casework.Clerks(s.roster, d, s.now), func(o grid.Officer) bool { return o.ID == s.officer.ID })
}

// entersReadings tells whether the person may enter readings of any section.
func (s *scene) entersReadings() bool {
	return slices.ContainsFunc(s.Water.Sections, s.mayEnter)
}

func className(c water.Class) texts.Text {
	if c == 0 {
		return texts.Text{Key: "water.class.unknown"}
	}
	return texts.Text{Key: "water.class." + c.Code()}
}

// itemName is what an item of the standard is called.
func (s *scene) itemName(code string) texts.Names {
	if i, ok := s.Water.Rules.Standard.Item(code); ok {
		return texts.Names(i.Names)
	}
	return texts.Name(code)
}

// itemNames are the names of some items; with over, by how much each passes the limit of class III, where that can be said: (value -
// limit) / limit, the 超标倍数 of the ministry's rules for surface water (环办〔2011〕22号), in two decimals.
func (s *scene) itemNames(findings []water.Finding, over bool) texts.List {
	var out texts.List
	for _, f := range findings {
		if times := f.Over.Round(2); over && times > 0 {
			out = append(out, texts.Text{Key: "water.over", Args: texts.Args{"item": s.itemName(f.Code), "times": times.String()}})
			continue
		}
		out = append(out, s.itemName(f.Code))
	}
	return out
}

// judgedText says in one line what a period's readings mean.
func (s *scene) judgedText(j water.Judged) texts.Text {
	class, _ := j.Verdict.Class()
	a := texts.Args{
		"period": texts.Period(j.Period.Name), "class": className(class), "standing": texts.Text{Key: "water.standing." + string(j.Standing())}, "why": texts.Text{},
		"corrected": texts.Text{}, "tested": j.Tested, "passed": j.Passed,
	}
	if j.Corrected {
		a["corrected"] = texts.Text{Key: "water.corrected"}
	}
	failing, vague := j.Verdict.Failing(j.Section.Target), j.Verdict.Vague(j.Section.Target)
	switch {
	case j.Empty():
		return texts.Text{Key: "water.none", Args: a}
	case j.Section.Counted():
		return texts.Text{Key: "water.counted", Args: a}
	case len(failing) > 0:
		a["why"] = texts.Text{Key: "water.failing", Args: texts.Args{"items": s.itemNames(first(failing, 3), true)}}
	case j.Standing() == water.Unjudged:
		a["why"] = texts.Text{Key: "water.vague", Args: texts.Args{"items": s.itemNames(first(vague, 3), false), "n": len(vague)}}
	}
	return texts.Text{Key: "water.judged", Args: a}
}

// first is as many of the findings as are named.
func first(all []water.Finding, n int) []water.Finding { return all[:min(n, len(all))] }

// seenPeriods leaves to the public only periods that are over: until then a reading may still be corrected.
func (s *scene) seenPeriods(all []water.Judged) []water.Judged {
	if s.officer.ID != "" {
		return all
	}
	return water.Ended(all, s.now)
}

// periodsOf judges the newest months of a section, as far as the person may see them.
func (s *scene) periodsOf(x water.Section, every publication.Every, n int) ([]water.Judged, error) {
	all, err := s.Water.Periods(s.ctx, s.Store, x, every, n, s.now)
	return s.seenPeriods(all), err
}

// sectionArgs are what a sentence about a section may name.
func (s *scene) sectionArgs(x water.Section) texts.Args {
	a := texts.Args{
		"id": x.ID, "name": texts.Names(x.Names), "kind": texts.Text{Key: "water.kind." + string(x.Kind)}, "level": s.levelName(x), "cell": s.Work.Tree.Name(x.Cell),
		"river": orDash(x.River), "target": texts.Text{Key: "water.target.counted"}, "point": texts.Text{},
	}
	if x.Target > 0 {
		a["target"] = className(x.Target)
	}
	if x.Point != nil {
		a["point"] = texts.Text{Key: "water.point", Args: texts.Args{
			"lon": strconv.FormatFloat(x.Point.Lon, 'f', 3, 64), "lat": strconv.FormatFloat(x.Point.Lat, 'f', 3, 64), "metres": x.Accuracy,
		}}
	}
	return a
}

// levelName is who controls a section, or whom a source supplies.
func (s *scene) levelName(x water.Section) texts.Text {
	if x.Kind.Drinking() {
		return texts.Text{Key: "water.supply." + string(x.Level)}
	}
	return texts.Text{Key: "water.level." + string(x.Level)}
}
