package flow

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askDepartments asks for what the stories about lead and supporting departments lack.
func (t *turn) askDepartments() {
	task := t.s.Task
	switch task.Story {
	case Assigning:
		t.askAssign()
	case Replying:
		if !enough(task.said(), t.rules) {
			t.ask("task.ask_reply", args("number", task.Number, "min", t.rules.MinHan))
			return
		}
		t.ask("task.ready", args("reply", clipTo(task.said(), summaryWords), "files", len(task.Files)),
			[]Choice{t.choice("button.send_reply", "reply", "")})
	case Declining:
		t.ask("task.ask_decline", args("number", task.Number, "min", t.rules.MinHan))
	default:
		t.askDrop()
	}
}

// askAssign asks who leads, then who supports. What the plan says is offered; any department can be written.
func (t *turn) askAssign() {
	task := t.s.Task
	if len(task.Likely) == 0 {
		t.proposeDepartments()
	}
	if !task.Led {
		rows := t.departmentRows(task.Likely, "lead", nil)
		t.ask("assign.ask_lead", args("number", task.Number), append(rows, []Choice{t.choice("button.no_lead", "lead", "none")})...)
		return
	}
	leads := func(d grid.Department) bool { return d == task.Lead }
	task.Chosen = slices.DeleteFunc(task.Chosen, leads)
	rows := t.departmentRows(slices.DeleteFunc(slices.Clone(task.Likely), leads), "support", task.Chosen)
	if task.Lead != "" || len(task.Chosen) > 0 {
		rows = append(rows, []Choice{t.choice("button.assign_send", "assign", "")})
	}
	lead := any(string(task.Lead))
	if task.Lead == "" {
		lead = texts.Text{Key: "assign.by_cell"}
	}
	t.ask("assign.ask_support", args("number", task.Number, "lead", lead), rows...)
}

// proposeDepartments offers those that lead in matters of this kind and those that the plan names, and takes it that the
// latter support.
func (t *turn) proposeDepartments() {
	task := t.s.Task
	p, _ := t.book.Proposal(task.Categories, task.Kinds)
	task.Likely = t.leads()
	for _, d := range append([]grid.Department{p.Named}, p.Supports...) {
		if d != "" && !contains(task.Likely, d) {
			task.Likely = append(task.Likely, d)
		}
	}
	task.Chosen = slices.Clone(p.Supports)
}

// departmentRows are buttons of departments, with a tick at those that are chosen.
func (t *turn) departmentRows(all []grid.Department, verb string, chosen []grid.Department) [][]Choice {
	rows := make([][]Choice, 0, len(all))
	for _, d := range all {
		label := string(d)
		if contains(chosen, d) {
			label = "✓ " + label
		}
		rows = append(rows, []Choice{t.named(texts.Name(label), verb, d.Code())})
	}
	return rows
}

// askDrop asks which department goes, then why.
func (t *turn) askDrop() {
	task := t.s.Task
	if len(task.Chosen) == 0 {
		t.ask("task.ask_which", args("number", task.Number), t.departmentRows(task.Likely, "department", nil)...)
		return
	}
	t.ask("task.ask_drop", args("department", string(task.Chosen[0]), "min", t.rules.MinHan))
}

// departmentsMessage takes words and photos for the story under way.
func (t *turn) departmentsMessage() {
	task := t.s.Task
	switch {
	case task.Story == Assigning:
		t.offerNamed()
	case task.Story == Replying:
		t.replyMessage()
	case !enough(t.e.Text, t.rules), task.Story == Dropping && len(task.Chosen) == 0:
		t.askAgain()
	case task.Story == Declining:
		t.do(DeclineTask{Case: task.Case, Reason: t.clipTask(t.e.Text, t.rules.MaxText), At: t.e.At})
		t.endStory()
	default:
		t.do(DropTask{Case: task.Case, Department: task.Chosen[0], Reason: t.clipTask(t.e.Text, t.rules.MaxText), At: t.e.At})
		t.endStory()
	}
}

// replyMessage takes words and photos for an answer of a department: about a case, or about a milestone of the plan.
func (t *turn) replyMessage() {
	task := t.s.Task
	joins := t.joinsSilently(task.Files)
	if t.e.Text != "" {
		task.Words = added(task.Words, Words{Message: t.e.ID, Text: t.clipTask(t.e.Text, t.rules.MaxText-length(task.Words))})
	}
	if all := t.takeFiles(t.e.stamped(casework.OnSite)); !joins || !all {
		t.askAgain()
	}
}

// offerNamed puts departments that were named in words first among those that are offered.
func (t *turn) offerNamed() {
	task := t.s.Task
	found := t.book.NamedDepartments(t.e.Text)
	if len(found) == 0 {
		t.sayKey("department.unknown", "said", excerpt(t.e.Text))
	}
	for _, d := range task.Likely {
		if !contains(found, d) {
			found = append(found, d)
		}
	}
	task.Likely = found
	t.askAgain()
}

func (t *turn) chooseLead(code string) {
	task := t.s.Task
	d := t.department(code)
	if task.Story != Assigning || d == "" && code != "none" {
		t.stale()
		return
	}
	task.Lead, task.Led = d, true
	t.askAgain()
}

func (t *turn) toggleSupport(code string) {
	task := t.s.Task
	d := t.department(code)
	if task.Story != Assigning || d == "" || d == task.Lead {
		t.stale()
		return
	}
	if i := slices.Index(task.Chosen, d); i >= 0 {
		task.Chosen = slices.Delete(task.Chosen, i, i+1)
	} else {
		task.Chosen = append(task.Chosen, d)
	}
	t.askAgain()
	t.replies[len(t.replies)-1].Edit = true // ticks change where they stand
}

func (t *turn) assignPressed() {
	task := t.s.Task
	if task.Story != Assigning || !task.Led || task.Lead == "" && len(task.Chosen) == 0 {
		t.stale()
		return
	}
	t.do(Assign{Case: task.Case, Lead: task.Lead, Supports: task.Chosen, At: t.e.At})
	t.endStory()
}

func (t *turn) replyPressed() {
	task := t.s.Task
	if task.Story != Replying || !enough(task.said(), t.rules) {
		t.stale()
		return
	}
	t.do(AnswerTask{Case: task.Case, Reply: task.said(), Files: task.Files, At: t.e.At})
	t.endStory()
}
