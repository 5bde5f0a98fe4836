package handlers

import (
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// planData is what a button about the plan carries.
func planData(verb, arg string) string { return "n:" + verb + ":" + arg }

// pressPlan does what a button about the plan says. What it names is looked up again, and who may is asked again.
func (s *scene) pressPlan(verb, arg string) error {
	which, rest, _ := strings.Cut(arg, ":")
	n, err := strconv.Atoi(rest)
	if err != nil && rest != "" {
		return s.forged(s.msg.Data)
	}
	switch verb {
	case "plan":
		return s.planBy(which)
	case "list":
		return s.listMilestones(which, n)
	case "measures":
		return s.listMeasures(n)
	case "measure":
		return s.showMeasure(which)
	case "cases":
		return s.showMeasureCases(which, n)
	case "pdf":
		return s.milestoneLetter(which, n)
	}
	if do, ok := s.milestoneVerbs()[verb]; ok {
		return do(which)
	}
	return s.forged(s.msg.Data)
}

// look reads how the plan stands, for officers.
func (s *scene) look() (plan.Overview, error) {
	switch {
	case !s.officer.InService(s.now):
		return plan.Overview{}, grid.Fail(grid.Forbidden, "error.role")
	case len(s.Plan.Plan.Measures) == 0:
		return plan.Overview{}, grid.Fail(grid.NotFound, "error.plan.none")
	}
	return s.Plan.Look(s.ctx, s.Store, s.now)
}

// showPlan tells how the plan stands: /plan.
func (s *scene) showPlan() error { return s.planBy("chapters") }

// planBy tells how the plan stands by chapters or by departments, with a button for each.
func (s *scene) planBy(view string) error {
	v, err := s.look()
	if err != nil {
		return err
	}
	parts, other := v.Chapters, flow.Choice{Key: "button.plan_departments", Data: planData("plan", "departments")}
	if view == "departments" {
		parts, other = v.Departments, flow.Choice{Key: "button.plan_chapters", Data: planData("plan", "chapters")}
	} else if view != "chapters" {
		return s.forged(s.msg.Data)
	}
	lines := make([]string, 0, len(parts))
	buttons := make([]flow.Choice, 0, len(parts))
	for i, p := range parts {
		lines = append(lines, s.partLine(i+1, p))
		place := strconv.Itoa(i)
		if view == "departments" {
			place = grid.Department(p.Name).Code()
		}
		buttons = append(buttons, flow.Choice{Label: texts.Name(strconv.Itoa(i + 1)), Data: planData("list", view+"."+place+":0")})
	}
	args := s.tallyArgs(v.Total)
	args["title"], args["number"], args["day"], args["lines"] = s.Plan.Plan.Title, s.Plan.Plan.Number, v.Day.String(), texts.Raw(strings.Join(lines, "\n"))
	rows := inRows(6, buttons)
	rows = append(rows, []flow.Choice{
		{Key: "button.plan_overdue", Data: planData("list", "overdue:0")}, {Key: "button.plan_soon", Data: planData("list", "soon:0")},
	}, []flow.Choice{
		other, {Key: "button.plan_measures", Data: planData("measures", ":0")},
	})
	s.say(flow.Reply{Key: "plan.overview", Args: args, Rows: rows, Edit: s.msg.Kind == Button})
	return nil
}

// tallyArgs are the counts of a plan or a part of it.
func (s *scene) tallyArgs(t plan.Tally) texts.Args {
	args := texts.Args{"all": t.All, "within": s.Plan.Rules.Soon, "contested": texts.Text{}}
	for _, st := range plan.Standings() {
		args[string(st)] = t.By[st]
	}
	if t.Contested > 0 {
		args["contested"] = texts.Text{Key: "plan.contested", Args: texts.Args{"n": t.Contested}}
	}
	return args
}

// partLine is a chapter or department: what it lacks first, and nothing that is zero.
func (s *scene) partLine(n int, p plan.Part) string {
	var counts []string
	for _, st := range plan.Standings() {
		if p.By[st] > 0 && st != plan.Fulfilled {
			counts = append(counts, s.Texts.T(s.lang, "plan.count."+string(st), texts.Args{"n": p.By[st]}))
		}
	}
	if p.Contested > 0 {
		counts = append(counts, s.Texts.T(s.lang, "plan.count.contested", texts.Args{"n": p.Contested}))
	}
	counts = append(counts, s.Texts.T(s.lang, "plan.count.fulfilled", texts.Args{"n": p.By[plan.Fulfilled], "all": p.All}))
	return s.Texts.T(s.lang, "plan.line", texts.Args{"n": n, "name": excerpt(orDash(p.Name), 18), "counts": texts.Raw(strings.Join(counts, " "))})
}
