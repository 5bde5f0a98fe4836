package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// measureCommand shows one measure, or the list of them: /measure 23, /measure.
func (s *scene) measureCommand() error {
	if s.msg.Args == "" {
		return s.listMeasures(0)
	}
	return s.showMeasure(s.msg.Args)
}

// measure finds an item of the plan by its number, for officers.
func (s *scene) measure(item string) (plan.Measure, error) {
	if !s.officer.InService(s.now) {
		return plan.Measure{}, grid.Fail(grid.Forbidden, "error.role")
	}
	n, err := strconv.Atoi(item)
	m, ok := s.Plan.Plan.Measure(n)
	if err != nil || !ok {
		return m, grid.Fail(grid.NotFound, "error.plan.item")
	}
	return m, nil
}

// showMeasure shows what a measure says, who leads and supports it, how its milestones stand and which cases tell on it.
func (s *scene) showMeasure(item string) error {
	m, err := s.measure(item)
	if err != nil {
		return err
	}
	v, err := s.look()
	if err != nil {
		return err
	}
	lines := grouped(v.Of(m.Item))
	rows := make([]string, 0, len(lines))
	buttons := make([]flow.Choice, 0, len(lines))
	for i, l := range lines {
		rows = append(rows, s.milestoneLine(i+1, l, false))
		buttons = append(buttons, flow.Choice{Label: texts.Name(strconv.Itoa(i + 1)), Data: planData("open", l.ID())})
	}
	if len(rows) == 0 {
		rows = append(rows, s.Texts.T(s.lang, "measure.no_milestones", nil))
	}
	cases := v.Cases[m.Item]
	args := s.measureArgs(m)
	args["lines"], args["cases"] = texts.Raw(strings.Join(rows, "\n")), cases
	keys := inRows(6, buttons)
	if cases > 0 {
		keys = append(keys, []flow.Choice{{Key: "button.measure_cases", Args: texts.Args{"n": cases}, Data: planData("cases", item+":0")}})
	}
	s.say(flow.Reply{Key: "measure.card", Args: args, Rows: append(keys, []flow.Choice{{Key: "button.plan", Data: planData("plan", "chapters")}})})
	return nil
}

func (s *scene) measureArgs(m plan.Measure) texts.Args {
	line := func(key string, names []string) texts.Text {
		if len(names) == 0 {
			return texts.Text{}
		}
		list := make(texts.List, 0, len(names))
		for _, n := range names {
			list = append(list, n)
		}
		return texts.Text{Key: key, Args: texts.Args{"names": list}}
	}
	return texts.Args{
		"item": m.Item, "title": m.Title, "chapter": m.Chapter, "text": excerpt(m.Text, cardText), "lead": departmentList(m.Leads()),
		"supports": line("measure.supports", append(names(m.Supports), m.Others...)), "responsible": line("measure.responsible", m.Responsible),
	}
}

func names[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}

// casesOn are the cases that tell on a measure and that the officer may see.
func (s *scene) casesOn(m plan.Measure) ([]casework.Case, error) {
	cases, err := plan.Telling(s.ctx, s.Store, m.Covers)
	if err != nil {
		return nil, err
	}
	cases = slices.DeleteFunc(s.Plan.Plan.CasesOf(m.Item, cases), func(c casework.Case) bool { return !s.Work.Sees(c, s.me, s.roster, s.now) })
	urgentFirst(cases)
	return cases, nil
}

// showMeasureCases lists the open cases that tell on a measure, as far as the officer may see them.
func (s *scene) showMeasureCases(item string, offset int) error {
	m, err := s.measure(item)
	if err != nil {
		return err
	}
	cases, err := s.casesOn(m)
	if err != nil {
		return err
	}
	return s.list("measure.cases", "n:cases:"+item+":", cases, offset)
}

// listMeasures lists the items of the plan, a button each.
func (s *scene) listMeasures(offset int) error {
	v, err := s.look()
	if err != nil {
		return err
	}
	all := s.Plan.Plan.Measures
	offset = max(0, min(offset, len(all)-1))
	page := all[offset:min(offset+s.Rules.PageSize, len(all))]
	lines := make([]string, 0, len(page))
	buttons := make([]flow.Choice, 0, len(page))
	for _, m := range page {
		late := 0
		for _, l := range v.Of(m.Item) {
			if l.Standing == plan.Overdue {
				late++
			}
		}
		mark := texts.Text{}
		if late > 0 {
			mark = texts.Text{Key: "plan.count.overdue", Args: texts.Args{"n": late}}
		}
		lines = append(lines, s.Texts.T(s.lang, "measure.line", texts.Args{"item": m.Item, "title": m.Title, "lead": string(m.Lead), "late": mark}))
		buttons = append(buttons, flow.Choice{Label: texts.Name(strconv.Itoa(m.Item)), Data: planData("measure", strconv.Itoa(m.Item))})
	}
	rows := [][]flow.Choice{buttons}
	if next := offset + len(page); next < len(all) {
		rows = append(rows, []flow.Choice{{Key: "button.more", Data: planData("measures", ":"+strconv.Itoa(next))}})
	}
	s.say(flow.Reply{Key: "measure.list", Args: texts.Args{"n": len(all), "lines": texts.Raw(strings.Join(lines, "\n"))}, Rows: rows, Edit: s.msg.Kind == Button && offset > 0})
	return nil
}
