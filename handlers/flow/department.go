package flow

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askDepartment asks which department has to see to it: by buttons for those that lead in matters of this kind, by words
// for any.
func (t *turn) askDepartment() {
	task := t.s.Task
	if len(task.Likely) == 0 {
		task.Likely = t.leads()
	}
	choices := make([]Choice, 0, len(task.Likely))
	for _, d := range task.Likely {
		if d != task.Lead {
			choices = append(choices, t.named(texts.Name(string(d)), "department", d.Code()))
		}
	}
	t.ask("notmine.ask_department", args("number", task.Number), inRows(1, choices)...)
}

// leads are the departments that lead in the kinds of pollution of the task's case.
func (t *turn) leads() []grid.Department {
	task := t.s.Task
	var out []grid.Department
	add := func(lead string) {
		if d := grid.Department(lead); d != "" && !contains(out, d) {
			out = append(out, d)
		}
	}
	for _, c := range t.book.Categories() {
		if !contains(task.Categories, c.Code) {
			continue
		}
		for _, k := range c.Kinds {
			if contains(task.Kinds, k.Code) {
				add(k.Lead)
			}
		}
	}
	for _, c := range t.book.Categories() {
		if contains(task.Categories, c.Code) {
			add(c.Lead)
		}
	}
	return out[:min(len(out), 2*t.rules.MaxOffered)]
}

// departmentMessage finds the department that was named in words; what was typed is confirmed by a button.
func (t *turn) departmentMessage() {
	found := t.book.NamedDepartments(t.e.Text)
	if len(found) == 0 {
		t.sayKey("department.unknown", "said", excerpt(t.e.Text))
		t.askAgain()
		return
	}
	t.s.Task.Likely = found[:min(len(found), 2*t.rules.MaxOffered)]
	t.askDepartment()
}

// chooseDepartment takes the department of a button.
func (t *turn) chooseDepartment(code string) {
	task := t.s.Task
	d := t.department(code)
	if task.Story == Dropping && contains(task.Likely, d) {
		task.Chosen = []grid.Department{d}
		t.askAgain()
		return
	}
	if d == "" || task.Story != Objecting || task.Reason == "" {
		t.stale()
		return
	}
	t.do(NotMine{Case: task.Case, Reason: task.Reason, Department: d, At: t.e.At})
	t.endStory()
}

// department is the one of that code; empty when there is none any more.
func (t *turn) department(code string) grid.Department {
	for _, d := range t.book.Departments() {
		if d.Code() == code {
			return d
		}
	}
	return ""
}
