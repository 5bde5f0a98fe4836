package handlers

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// assignPlan is the button that asks the departments which the plan names.
const assignPlan = "assign_plan"

// departmentChoices are the buttons about departments that the person may press now.
func (s *scene) departmentChoices(c casework.Case, to grid.PersonID) []flow.Choice {
	var out []flow.Choice
	add := func(key, verb string) {
		out = append(out, flow.Choice{Key: key, Data: caseData(verb, c.ID)})
	}
	if s.Work.Asked(c, to, s.roster, s.now) != "" {
		add("button.answer_task", string(casework.AnswerTask))
		add("button.decline_task", string(casework.DeclineTask))
	}
	if s.Work.May(c, casework.Assign, to, s.roster, s.now) {
		if s.planLine(c).Key != "" {
			add("button.assign_plan", assignPlan)
		}
		add("button.assign", string(casework.Assign))
	}
	if len(c.Waiting()) > 0 && s.Work.May(c, casework.DropTask, to, s.roster, s.now) {
		add("button.drop_task", string(casework.DropTask))
	}
	return out
}

// assignAsPlanned asks whom the plan names.
func (s *scene) assignAsPlanned(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	p, ok := s.Book.Proposal(c.Categories, c.Kinds)
	if !ok || c.Lead != "" || len(c.Tasks) > 0 {
		return grid.Fail(grid.Conflict, "error.case.assigned")
	}
	return s.assign(flow.Assign{Case: id, Lead: p.Lead, Supports: p.Supports})
}

// assign lets a department lead and others support. Each is told what it is asked, never who reported; the desk is told of
// which of them nobody can be reached.
func (s *scene) assign(a flow.Assign) error {
	before, err := s.load(a.Case)
	if err != nil {
		return err
	}
	act := casework.Act{Action: casework.Assign, Lead: a.Lead, At: a.At}
	p, planned := s.Book.Proposal(before.Categories, before.Kinds)
	for _, d := range a.Supports {
		t := casework.Task{Department: d}
		if planned && slices.Contains(p.Supports, d) {
			t.Measures = []int{p.Item}
		}
		act.Tasks = append(act.Tasks, t)
	}
	c, err := s.act(before, act)
	if err != nil {
		return err
	}
	if c, err = s.handOn(c); err != nil {
		return err
	}
	silent, err := s.tellAssigned(before, c)
	if err != nil {
		return err
	}
	args := s.caseArgs(c)
	args["silent"] = texts.Text{}
	if len(silent) > 0 {
		args["silent"] = texts.Text{Key: "notice.done.silent", Args: texts.Args{"departments": departmentList(silent)}}
	}
	s.say(flow.Reply{Key: "notice.done.assign", Args: args, Rows: s.caseButtons(c, s.me), Hide: true})
	return s.tellReporters(c, "notice.reporter.assigned", texts.Args{"departments": s.asked(c.Lead, c.Tasks)})
}

// tellAssigned tells the clerks of those departments that are new to the case, and lists those that have nobody to tell.
func (s *scene) tellAssigned(before, c casework.Case) (silent []grid.Department, err error) {
	tell := func(d grid.Department, key string) error {
		officers := casework.Clerks(s.roster, d, s.now)
		if len(officers) == 0 {
			silent = append(silent, d)
		}
		return s.tellAll(officers, c, key)
	}
	if c.Lead != before.Lead {
		if err := tell(c.Lead, "notice.department.lead"); err != nil {
			return nil, err
		}
	}
	for _, t := range c.Tasks {
		if slices.ContainsFunc(before.Tasks, func(b casework.Task) bool { return b.Department == t.Department }) {
			continue
		}
		if err := tell(t.Department, "notice.department.task"); err != nil {
			return nil, err
		}
	}
	return silent, nil
}

// answerTask answers for the person's department; whoever works on the case is told, and whom it still waits for.
func (s *scene) answerTask(a flow.AnswerTask) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	d := s.Work.Asked(c, s.me, s.roster, s.now)
	c, err = s.act(c, casework.Act{
		Action: casework.AnswerTask, Department: d, Reply: a.Reply, Evidence: s.evidenceOf(a.Files, casework.OnSite), At: a.At,
	})
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "notice.done.answer_task", Args: texts.Args{"number": c.Shown(), "department": string(d)}, Hide: true})
	left := texts.Text{Key: "task.all_answered"}
	if open := c.Waiting(); len(open) > 0 {
		left = texts.Text{Key: "task.left", Args: texts.Args{"departments": departmentList(open)}}
	}
	return s.tellWorkers(c, flow.Reply{Key: "notice.department.answered", Photos: relayed(a.Files), Args: texts.Args{
		"number": c.Shown(), "department": string(d), "reply": excerpt(a.Reply, aloneText), "left": left,
	}})
}

// tellWorkers tells whoever works on the case, or else those who have it.
func (s *scene) tellWorkers(c casework.Case, r flow.Reply) error {
	officers := s.holders(c)
	if o, ok := s.Work.AtWork(c, s.roster, s.now); ok {
		officers = []grid.Officer{o}
	}
	return s.tellEach(officers, c, func(o grid.Officer) flow.Reply {
		r.Rows = s.caseButtons(c, o.Person)
		return r
	})
}

// declineTask says for the person's department that it was asked by mistake; the desk and the supervisors decide.
func (s *scene) declineTask(a flow.DeclineTask) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	d := s.Work.Asked(c, s.me, s.roster, s.now)
	c, err = s.act(c, casework.Act{Action: casework.DeclineTask, Department: d, Reason: a.Reason, At: a.At})
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "notice.done.decline_task", Args: texts.Args{"number": c.Shown(), "department": string(d)}, Hide: true})
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Desk, grid.Supervisor)
	return s.tellEach(officers, c, func(o grid.Officer) flow.Reply {
		r := s.card("notice.desk.declined", c, o.Person)
		r.Args["department"], r.Args["reason"] = string(d), excerpt(a.Reason, aloneText)
		r.Rows = append(s.declinedRows(c, d, o.Person), r.Rows...)
		return r
	})
}

// declinedRows are the answers to a department that says that it is not its matter, for who may give them.
func (s *scene) declinedRows(c casework.Case, d grid.Department, to grid.PersonID) [][]flow.Choice {
	var out [][]flow.Choice
	for verb, key := range map[casework.Action]string{casework.DropTask: "button.drop_task_of", casework.KeepTask: "button.keep_task_of"} {
		if s.Work.May(c, verb, to, s.roster, s.now) {
			out = append(out, []flow.Choice{{
				Key: key, Data: "k:" + string(verb) + ":" + string(c.ID) + ":" + d.Code(), Args: texts.Args{"department": string(d)},
			}})
		}
	}
	slices.SortFunc(out, func(a, b []flow.Choice) int { return strings.Compare(a[0].Key, b[0].Key) })
	return out
}

// pressTask answers a department that declined: it is let go, for its own reason, or has to answer.
func (s *scene) pressTask(verb, rest string) error {
	id, code, _ := strings.Cut(rest, ":")
	c, err := s.load(casework.CaseID(id))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(c.Tasks, func(t casework.Task) bool { return t.Department.Code() == code && t.Declined != "" })
	if i < 0 {
		return grid.Fail(grid.Conflict, "error.case.no_task")
	}
	t := c.Tasks[i]
	switch verb {
	case string(casework.DropTask):
		return s.dropTask(flow.DropTask{Case: c.ID, Department: t.Department, Reason: t.Declined})
	case string(casework.KeepTask):
		if c, err = s.act(c, casework.Act{Action: casework.KeepTask, Department: t.Department}); err != nil {
			return err
		}
		s.say(flow.Reply{Key: "notice.done.keep_task", Args: texts.Args{"number": c.Shown(), "department": string(t.Department)}})
		return s.tellAll(casework.Clerks(s.roster, t.Department, s.now), c, "notice.department.kept")
	}
	return s.forged(s.msg.Data)
}

// dropTask lets a department go; its clerks and whoever works on the case are told.
func (s *scene) dropTask(a flow.DropTask) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.DropTask, Department: a.Department, Reason: a.Reason, At: a.At})
	if err != nil {
		return err
	}
	args := texts.Args{"number": c.Shown(), "department": string(a.Department), "reason": excerpt(a.Reason, aloneText)}
	s.say(flow.Reply{Key: "notice.done.drop_task", Args: args, Hide: true})
	r := flow.Reply{Key: "notice.department.dropped", Args: args}
	if err := s.tellEach(casework.Clerks(s.roster, a.Department, s.now), c, func(grid.Officer) flow.Reply { return r }); err != nil {
		return err
	}
	return s.tellWorkers(c, r)
}

// startHandIn begins the result, unless a supporting department has not answered: better told before than after the work of
// writing it.
func (s *scene) startHandIn(id casework.CaseID) error {
	c, err := s.load(id)
	if err == nil && s.Work.May(c, casework.HandIn, s.me, s.roster, s.now) {
		err = c.AllAnswered()
	}
	if err != nil {
		return err
	}
	return s.ask(casework.HandIn, flow.HandingIn)(id)
}
