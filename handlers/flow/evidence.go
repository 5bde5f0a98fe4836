package flow

import "github.com/gridwarden/gridwarden/grid/casework"

// askEvidence asks for photos from the spot, before anything is reported about it.
func (t *turn) askEvidence() {
	task := t.s.Task
	if len(task.Files) == 0 {
		t.ask("evidence.ask", args("number", task.Number))
		return
	}
	t.ask("evidence.ready", args("number", task.Number, "before", task.count(casework.Before), "after", task.count(casework.After)),
		[]Choice{t.choice("button.before", "before", ""), t.choice("button.after", "after", "")},
		[]Choice{t.choice("button.add_evidence", "add", "")})
}

// evidenceDone adds the photos to the case; late ones of the same album join them.
func (t *turn) evidenceDone() {
	task := t.s.Task
	if task.Story != Showing || len(task.Files) == 0 {
		t.askAgain()
		return
	}
	t.do(AddEvidence{Case: task.Case, Files: task.Files})
	t.s.Last = &Last{
		Nonce: task.Nonce, Case: task.Case, Officer: true, Album: true, Stage: task.nextStage(),
		Groups: groups(task.Files), Until: t.now.Add(t.rules.JoinTime),
	}
	t.endStory()
}
