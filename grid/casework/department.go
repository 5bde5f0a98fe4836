package casework

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Task is what one supporting department (配合部门) is asked, and what it answered.
type Task struct {
	Department grid.Department `json:"d"`
	Measures   []int           `json:"m,omitempty"` // items of the plan that it is asked by
	Asked      time.Time       `json:"a"`
	Declined   string          `json:"n,omitzero"` // why the department says that it is not its matter; undecided
	Reply      string          `json:"r,omitzero"`
	By         grid.OfficerID  `json:"b,omitzero"`
	At         time.Time       `json:"t,omitzero"`
}

// Done tells whether the department has answered.
func (t Task) Done() bool { return !t.At.IsZero() }

func (c *Case) task(d grid.Department) int {
	return slices.IndexFunc(c.Tasks, func(t Task) bool { return t.Department == d })
}

// Waiting lists the departments that have not answered.
func (c *Case) Waiting() []grid.Department {
	var out []grid.Department
	for _, t := range c.Tasks {
		if !t.Done() {
			out = append(out, t.Department)
		}
	}
	return out
}

// assign names the lead and asks the supporting departments, each with a task and a limit of its own. Whoever was asked
// before stays asked.
func (w *Work) assign(c *Case, act Act, now time.Time) error {
	if act.Lead == "" && len(act.Tasks) == 0 {
		return grid.Fail(grid.Invalid, "error.case.no_department")
	}
	if act.Lead != "" && act.Lead != c.Lead {
		if c.Dispute != nil {
			return grid.Fail(grid.Conflict, "error.case.dispute_open")
		}
		w.setLead(c, act.Lead, now)
		c.Came = now
	}
	for _, t := range act.Tasks {
		switch {
		case t.Department == "" || t.Department == c.Lead:
			return grid.Fail(grid.Invalid, "error.case.no_department")
		case c.task(t.Department) >= 0:
			continue
		}
		c.Tasks = append(c.Tasks, Task{Department: t.Department, Measures: t.Measures, Asked: now})
		w.startOf(c, TaskClock, string(t.Department), now)
	}
	return nil
}

// declineTask says for a department, with the reason, that it was asked by mistake. It stays asked and its clock goes on until
// a supervisor lets it go or the desk asks it again.
func (c *Case) declineTask(act Act) error {
	i := c.task(act.Department)
	switch {
	case i < 0 || c.Tasks[i].Done():
		return grid.Fail(grid.Conflict, "error.case.no_task")
	case act.Reason == "":
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	}
	c.Tasks[i].Declined = act.Reason
	return nil
}

// keepTask turns that down: the department still has to answer.
func (c *Case) keepTask(act Act) error {
	i := c.task(act.Department)
	if i < 0 || c.Tasks[i].Declined == "" {
		return grid.Fail(grid.Conflict, "error.case.no_task")
	}
	c.Tasks[i].Declined = ""
	return nil
}

// dropTask lets a department go that was asked by mistake.
func (w *Work) dropTask(c *Case, act Act, now time.Time) error {
	i := c.task(act.Department)
	switch {
	case i < 0 || c.Tasks[i].Done():
		return grid.Fail(grid.Conflict, "error.case.no_task")
	case act.Reason == "":
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	}
	c.Tasks = slices.Delete(c.Tasks, i, i+1)
	w.stopOf(c, TaskClock, string(act.Department), now)
	return nil
}

// Asked is the department that waits to answer and for which the person may do so, by themselves or standing in; none when
// there is none.
func (w *Work) Asked(c Case, person grid.PersonID, roster *grid.Roster, now time.Time) grid.Department {
	rule, err := w.ruleFor(AnswerTask, c.State)
	if err != nil {
		return ""
	}
	for _, d := range c.Waiting() {
		if w.allowed(c, Act{Action: AnswerTask, Person: person, Department: d}, rule, roster, now) {
			return d
		}
	}
	return ""
}

// answerTask answers for a department; its clock stops.
func (w *Work) answerTask(c *Case, act Act, now time.Time) error {
	i := c.task(act.Department)
	switch {
	case i < 0:
		return grid.Fail(grid.Invalid, "error.case.no_department")
	case act.Reply == "":
		return grid.Fail(grid.Invalid, "error.case.no_reply")
	}
	c.Tasks[i].Reply, c.Tasks[i].By, c.Tasks[i].At, c.Tasks[i].Declined = act.Reply, act.Officer, now, ""
	c.addEvidence(act.Evidence)
	w.stopOf(c, TaskClock, string(act.Department), now)
	return nil
}

// AllAnswered is a Conflict that names the supporting departments which have not answered: the lead closes only when all have.
func (c *Case) AllAnswered() error {
	open := c.Waiting()
	if len(open) == 0 {
		return nil
	}
	names := make([]string, len(open))
	for i, d := range open {
		names[i] = string(d)
	}
	return grid.Fail(grid.Conflict, "error.case.tasks_open", "departments", strings.Join(names, " "))
}

// setLead lets a department lead. Whoever leads is not waited for as one that supports.
func (w *Work) setLead(c *Case, d grid.Department, now time.Time) {
	c.Lead = d
	if i := c.task(d); i >= 0 && !c.Tasks[i].Done() {
		c.Tasks = slices.Delete(c.Tasks, i, i+1)
		w.stopOf(c, TaskClock, string(d), now)
	}
}
