package flow

// back goes to the question before the one that was asked last.
func (t *turn) back() {
	if t.s.Task != nil {
		t.taskBack()
		return
	}
	if t.s.Story != Report {
		t.menu("start.nothing")
		return
	}
	switch t.s.Step {
	case stepWhat:
		t.park()
		t.menu("start.kept")
	case stepScope, stepCategory:
		t.editWords("")
	case stepWhere, stepChoose, stepAway:
		t.editCategory("")
	case stepSimilar, stepSummary, stepPhoto:
		t.editPlace("")
	default:
		t.advance()
	}
}

// taskBack takes back the last answer of an officer's story; before the first, it leaves the story.
func (t *turn) taskBack() {
	task := t.s.Task
	switch {
	case task.Leave.back(), task.musterBack(), task.Site.back(), task.assessBack():
	case task.Matched:
		task.Others, task.Matched = nil, false
	case task.Violation != "":
		task.Violation = ""
	case task.Story == HandingIn && task.Verdict != "":
		task.Verdict = ""
	case task.unsay():
	case task.undecide():
	case task.Story == Dropping && len(task.Chosen) > 0:
		task.Chosen = nil
	case task.Led:
		task.Lead, task.Led = "", false
	case task.Reason != "":
		task.Reason, task.Likely = "", nil
	case task.Story == Status && task.Number != "":
		task.Number = ""
	default:
		t.cancel()
		return
	}
	t.askAgain()
}

// unsay takes back the last that was said in words or counted, and tells whether there was any.
func (task *Task) unsay() bool {
	switch {
	case len(task.Words) > 0:
		task.Words = task.Words[:len(task.Words)-1]
	case task.Story == Naming && task.Phone != "":
		task.Phone = ""
	case len(task.Count) > 0:
		task.Count = nil
	case task.Report != nil && task.Field != "" && task.Report.Says[task.Field] != "":
		task.Field = ""
	default:
		return false
	}
	return true
}
