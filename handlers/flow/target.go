package flow

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/routing"
)

func (t *turn) askNotMine() {
	task := t.s.Task
	if task.Reason == "" {
		var choices []Choice
		for _, r := range casework.ObjectionReasons() {
			choices = append(choices, t.choice("reason."+r, "reason", r))
		}
		t.ask("notmine.ask_reason", args("number", task.Number), inRows(1, choices)...)
		return
	}
	if task.Reason == casework.OtherDepartment {
		t.askDepartment()
		return
	}
	t.askTarget("notmine.ask_target", t.book.Nearby(task.Cell))
}

func (t *turn) chooseReason(reason string) {
	if t.s.Task.Story != Objecting || !contains(casework.ObjectionReasons(), reason) {
		t.stale()
		return
	}
	t.s.Task.Reason = reason
	t.askAgain()
}

// townshipLevel is the level of townships and streets in the tree, below the district.
const townshipLevel = 2

// askReassign offers, when there is an objection, what it wants and what it is against: the desk may follow neither. Then
// come the case's own township and its neighbours.
func (t *turn) askReassign() {
	task := t.s.Task
	var likely []grid.CellCode
	if task.Wanted != "" {
		likely = append(likely, task.Wanted, task.Cell)
	}
	for _, c := range t.book.Path(task.Cell) {
		if c.Level == townshipLevel {
			likely = append(likely, c.Code)
		}
	}
	t.askTarget("reassign.ask", append(likely, t.book.Nearby(task.Cell)...))
}

// mayAim tells whether the cell can be the target: another than the case's, or its own when it turns an objection down.
func (task *Task) mayAim(cell grid.CellCode) bool { return cell != task.Cell || task.Wanted != "" }

// askTarget asks whose case it is: by buttons for the likely cells, by words for any.
func (t *turn) askTarget(key string, likely []grid.CellCode) {
	task := t.s.Task
	task.Offered = nil
	for _, c := range likely {
		if task.mayAim(c) && !contains(task.Offered, c) && len(task.Offered) < 2*t.rules.MaxOffered {
			task.Offered = append(task.Offered, c)
		}
	}
	rows := t.cells(task.Offered, "target")
	for i, c := range task.Offered {
		if c == task.Cell {
			rows[i][0].Key, rows[i][0].Args, rows[i][0].Label = "button.stays", args("cell", rows[i][0].Label), nil
		}
	}
	t.ask(key, args("number", task.Number), rows...)
}

// targetMessage finds the cell that was named in words.
func (t *turn) targetMessage() {
	task := t.s.Task
	if t.e.Text == "" && t.e.Point == nil || task.Story == Objecting && task.Reason == "" {
		t.askAgain()
		return
	}
	if task.Reason == casework.OtherDepartment {
		t.departmentMessage()
		return
	}
	a := t.book.Route(routing.Query{Text: t.e.Text, Point: t.e.Point, Accuracy: t.e.Accuracy, Picked: t.e.Picked})
	var found []grid.CellCode
	for _, c := range a.Candidates {
		if task.mayAim(c.Cell) {
			found = append(found, c.Cell)
		}
	}
	switch {
	case len(found) == 0:
		t.sayKey("target.unknown", "said", excerpt(t.e.Text))
		t.askAgain()
	case task.Story == Reassigning: // what was typed may have been misread, and a case is moved at once
		t.askTarget("target.confirm", found)
	case len(found) == 1 && !a.Ask:
		t.aim(found[0])
	default:
		t.askTarget("target.which", found)
	}
}

func (t *turn) chooseTarget(code string) {
	task := t.s.Task
	ready := task.Story == Reassigning || task.Story == Objecting && task.Reason != ""
	if !ready || !contains(task.Offered, grid.CellCode(code)) {
		t.stale()
		return
	}
	t.aim(grid.CellCode(code))
}

// aim gives the command once the target is known.
func (t *turn) aim(cell grid.CellCode) {
	task := t.s.Task
	if task.Story == Objecting {
		t.do(NotMine{Case: task.Case, Reason: task.Reason, Target: cell, At: t.e.At})
	} else {
		t.do(Reassign{Case: task.Case, Cell: cell, At: t.e.At})
	}
	t.endStory()
}
