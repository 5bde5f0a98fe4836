package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// groupedLine is a milestone in a list: of a duty that comes back the newest period, and how many of the list there are.
type groupedLine struct {
	plan.Line

	Periods int // in the list; 0 for what is done once
	Late    int // of them overdue
}

// grouped puts the periods of a duty that comes back into one line, so that years of them do not fill pages.
func grouped(lines []plan.Line) []groupedLine {
	var out []groupedLine
	at := make(map[string]int)
	for _, l := range lines {
		i, known := at[l.Milestone.ID]
		if !known {
			i = len(out)
			at[l.Milestone.ID] = i
			out = append(out, groupedLine{Line: l})
		}
		g := &out[i]
		g.Line = l
		if l.Period != "" {
			g.Periods++
		}
		if l.Standing == plan.Overdue {
			g.Late++
		}
	}
	return out
}

// milestonesCommand lists milestones: /milestones overdue, soon, mine, review, all; without a word those of the person's own
// departments, or what is due soon.
func (s *scene) milestonesCommand() error {
	which := strings.ToLower(s.msg.Args)
	if which == "" {
		which = "soon"
		if len(s.departments()) > 0 {
			which = "mine"
		}
	}
	return s.listMilestones(which, 0)
}

// listMilestones shows one page of a list.
func (s *scene) listMilestones(which string, offset int) error {
	v, err := s.look()
	if err != nil {
		return err
	}
	pass, ok := s.picks(which, v)
	if !ok {
		if s.msg.Kind == Button {
			return s.forged(s.msg.Data)
		}
		return grid.Fail(grid.Invalid, "error.plan.list")
	}
	picked := v.Pick(pass)
	lines := grouped(picked)
	slices.SortStableFunc(lines, func(a, b groupedLine) int { return plan.Sooner(a.Line, b.Line) })
	if which == "mine" {
		slices.SortStableFunc(lines, s.ledFirst)
	}
	if len(lines) == 0 {
		s.say(flow.Reply{Key: "milestones.empty", Rows: milestoneTabs()})
		return nil
	}
	offset = max(0, min(offset, len(lines)-1))
	page := lines[offset:min(offset+s.Rules.PageSize, len(lines))]
	rows := make([]string, 0, len(page))
	buttons := make([]flow.Choice, 0, len(page))
	for i, l := range page {
		rows = append(rows, s.milestoneLine(offset+i+1, l, true))
		buttons = append(buttons, flow.Choice{Label: texts.Name(strconv.Itoa(offset + i + 1)), Data: planData("open", l.ID())})
	}
	keys := [][]flow.Choice{buttons}
	if next := offset + len(page); next < len(lines) {
		keys = append(keys, []flow.Choice{{Key: "button.more", Data: planData("list", which+":"+strconv.Itoa(next))}})
	}
	s.say(flow.Reply{
		Key: "milestones.title", Args: texts.Args{"n": len(lines), "periods": len(picked), "day": v.Day.String(), "lines": texts.Raw(strings.Join(rows, "\n"))},
		Rows: append(keys, milestoneTabs()...), Edit: s.msg.Kind == Button && offset > 0,
	})
	return nil
}

// ledFirst orders what the person's departments lead before what they support.
func (s *scene) ledFirst(a, b groupedLine) int {
	mine := s.departments()
	leads := func(l groupedLine) bool {
		return slices.ContainsFunc(l.Measure.Leads(), func(d grid.Department) bool { return slices.Contains(mine, d) })
	}
	switch x, y := leads(a), leads(b); {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

func milestoneTabs() [][]flow.Choice {
	return [][]flow.Choice{{
		{Key: "button.plan_overdue", Data: planData("list", "overdue:0")},
		{Key: "button.plan_soon", Data: planData("list", "soon:0")},
		{Key: "button.plan", Data: planData("plan", "chapters")},
	}}
}

// picks are the lines of a list; false when there is none of that name. A chapter is named by its place in the plan,
// a department by its code.
func (s *scene) picks(which string, v plan.Overview) (func(plan.Line) bool, bool) {
	view, place, _ := strings.Cut(which, ".")
	n, err := strconv.Atoi(place)
	switch {
	case view == "chapters" && err == nil && n >= 0 && n < len(v.Chapters):
		return func(l plan.Line) bool { return l.Measure.Chapter == v.Chapters[n].Name }, true
	case view == "departments":
		return func(l plan.Line) bool { return l.Measure.Lead.Code() == place }, true
	}
	mine := s.departments()
	pick, ok := map[string]func(plan.Line) bool{
		"overdue": func(l plan.Line) bool { return l.Standing == plan.Overdue },
		"soon":    func(l plan.Line) bool { return l.Standing == plan.Soon },
		"review":  func(l plan.Line) bool { return l.Standing == plan.Claimed },
		"all":     func(plan.Line) bool { return true },
		"mine": func(l plan.Line) bool {
			return l.Standing != plan.Fulfilled &&
				slices.ContainsFunc(slices.Concat(l.Measure.Leads(), l.Measure.Supports), func(d grid.Department) bool { return slices.Contains(mine, d) })
		},
	}[which]
	return pick, ok
}

// milestoneLine is a milestone in a list: how it stands first, then what it promises; whose it is where that is not clear.
func (s *scene) milestoneLine(n int, l groupedLine, lead bool) string {
	args := texts.Args{
		"n": n, "id": l.Milestone.ID, "words": excerpt(l.Milestone.Words, 36), "stands": s.standing(l.Line), "lead": texts.Text{}, "periods": texts.Text{},
		"contested": texts.Text{},
	}
	if lead {
		args["lead"] = texts.Text{Key: "milestones.lead", Args: texts.Args{"lead": string(l.Measure.Lead)}}
	}
	if l.Periods > 1 {
		args["periods"] = texts.Text{Key: "milestones.periods", Args: texts.Args{"n": l.Periods, "late": l.Late}}
	}
	if l.Contested {
		args["contested"] = texts.Text{Key: "milestones.contested", Args: texts.Args{"n": l.Cases}}
	}
	return s.Texts.T(s.lang, "milestones.line", args)
}

// standing says how an occurrence stands, with its last day and what is left of the time.
func (s *scene) standing(l plan.Line) texts.Text {
	args := texts.Args{"day": l.Last.String(), "days": l.Days, "period": texts.Text{}, "progress": texts.Text{}}
	if l.Days < 0 {
		args["days"] = -l.Days
	}
	if l.Period != "" {
		args["period"] = texts.Text{Key: "milestones.period", Args: texts.Args{"period": texts.Period(l.Period)}}
	}
	if l.State == plan.Underway {
		args["progress"] = texts.Text{Key: "milestones.progress", Args: texts.Args{"percent": l.Percent}}
	}
	key := "standing." + string(l.Standing)
	if l.Standing != plan.Undated && l.Last == (calendar.Date{}) {
		key = "standing." + string(l.Standing) + "_undated"
	}
	return texts.Text{Key: key, Args: args}
}
