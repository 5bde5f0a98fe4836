package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// planLine is what the plan says of whom to ask about a case that nobody was asked about yet.
func (s *scene) planLine(c casework.Case) texts.Text {
	p, ok := s.Book.Proposal(c.Categories, c.Kinds)
	if !ok || c.Lead != "" || len(c.Tasks) > 0 || len(p.Supports) == 0 && p.Lead == "" {
		return texts.Text{}
	}
	lead := any(string(p.Named))
	if p.Lead == "" {
		lead = texts.Text{Key: "department.own", Args: texts.Args{"department": string(p.Named)}}
	}
	return texts.Text{Key: "card.plan", Args: texts.Args{
		"item": p.Item, "title": p.Title, "lead": lead, "supports": departmentList(p.Supports),
	}}
}

func departmentList(all []grid.Department) texts.List {
	out := make(texts.List, 0, len(all))
	for _, d := range all {
		out = append(out, string(d))
	}
	return out
}

// departmentLines are what a card says of who leads, who was asked, who answered what and who has not.
func (s *scene) departmentLines(c casework.Case) texts.Parts {
	var out texts.Parts
	if c.Lead != "" {
		out = append(out, texts.Text{Key: "card.lead", Args: texts.Args{"lead": string(c.Lead)}})
	}
	for _, t := range c.Tasks {
		args := texts.Args{
			"department": string(t.Department), "reply": excerpt(t.Reply, cardPlace), "reason": excerpt(t.Declined, cardPlace), "due": "",
		}
		if k, ok := c.ClockOf(casework.TaskClock, string(t.Department)); ok {
			args["due"] = s.lastDay(k.Due)
		}
		key := "card.task_waiting"
		switch {
		case t.Done():
			key = "card.task_done"
		case t.Declined != "":
			key = "card.task_declined"
		}
		out = append(out, texts.Text{Key: key, Args: args})
	}
	return out
}

// asked says who leads and who supports.
func (s *scene) asked(lead grid.Department, tasks []casework.Task) texts.Parts {
	var out texts.Parts
	if lead != "" {
		out = append(out, texts.Text{Key: "department.leads", Args: texts.Args{"department": string(lead)}})
	}
	names := make([]grid.Department, 0, len(tasks))
	for _, t := range tasks {
		names = append(names, t.Department)
	}
	if len(names) > 0 {
		out = append(out, texts.Text{Key: "department.support", Args: texts.Args{"departments": departmentList(names)}})
	}
	return out
}

// showTasks lists what the person's departments are asked: /tasks.
func (s *scene) showTasks(offset int) error {
	var ids []casework.CaseID
	departments := s.departments()
	if len(departments) == 0 {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	for _, d := range departments {
		page, err := s.Store.Queue(s.ctx, casework.DepartmentQueue(d), 0, 500)
		if err != nil {
			return err
		}
		ids = append(ids, page...)
	}
	slices.Sort(ids)
	cases, err := s.Store.Cases(s.ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	slices.SortStableFunc(cases, func(a, b casework.Case) int {
		x, _ := a.Due()
		y, _ := b.Due()
		return x.Compare(y)
	})
	urgentFirst(cases)
	return s.list("tasks.title", "w:tasks:", cases, offset)
}

// departments are those that the person works for, or stands in for somebody of.
func (s *scene) departments() []grid.Department {
	var out []grid.Department
	for _, o := range append([]grid.Officer{s.officer}, s.roster.Principals(s.officer.ID, s.now)...) {
		for _, a := range o.Appointments {
			if a.Role == grid.Clerk && a.Active(s.now) && a.Department != "" && !slices.Contains(out, a.Department) {
				out = append(out, a.Department)
			}
		}
	}
	return out
}
