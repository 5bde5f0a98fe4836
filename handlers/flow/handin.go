package flow

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askHandIn asks for the finding first and for photos then.
func (t *turn) askHandIn() {
	task := t.s.Task
	if !enough(task.said(), t.rules) {
		t.ask("handin.ask_finding", args("number", task.Number, "min", t.rules.MinHan), t.handInRows()...)
		return
	}
	if missing := task.missing(); len(missing) > 0 {
		t.ask("handin.ask_photos", args("stages", stageNames(missing)), t.handInRows()...)
		return
	}
	t.ask("handin.ready", args("finding", clipTo(task.said(), summaryWords),
		"before", task.count(casework.Before), "after", task.count(casework.After)), t.handInRows()...)
}

func (t *turn) handInRows() [][]Choice {
	task := t.s.Task
	var rows [][]Choice
	if len(task.Files) > 0 {
		rows = append(rows, []Choice{t.choice("button.before", "before", ""), t.choice("button.after", "after", "")})
	}
	if enough(task.said(), t.rules) && len(task.missing()) == 0 {
		rows = append(rows, []Choice{t.choice("button.send_result", "done", "")})
	}
	return rows
}

// missing are the stages that a photo must still show.
func (task *Task) missing() []casework.Stage {
	var out []casework.Stage
	for _, s := range task.Needs {
		if task.count(s) == 0 {
			out = append(out, s)
		}
	}
	return out
}

func (task *Task) count(stage casework.Stage) int {
	n := 0
	for _, f := range task.Files {
		if f.Stage == stage {
			n++
		}
	}
	return n
}

func stageNames(stages []casework.Stage) texts.List {
	var out texts.List
	for _, s := range stages {
		out = append(out, texts.Text{Key: "stage." + string(s)})
	}
	return out
}

// handInMessage takes words as the finding and files as shown by the stage that is asked for.
func (t *turn) handInMessage() {
	task := t.s.Task
	joins := t.joinsSilently(task.Files)
	named := t.stageNamed()
	if named != "" && len(t.e.Files) == 0 && len(task.Files) > 0 {
		t.stageFiles(named)
		return
	}
	if t.e.Text != "" && named == "" {
		task.Words = added(task.Words, Words{Message: t.e.ID, Text: t.clipTask(t.e.Text, t.rules.MaxText-length(task.Words))})
	}
	stage := task.nextStage()
	if named != "" {
		stage = named
	}
	all := t.takeFiles(t.e.stamped(stage))
	if !joins || !all {
		t.askAgain()
	}
}

// takeFiles adds photos to the task, those of an album with the stage of its first; what is not taken is told.
func (t *turn) takeFiles(files []File) (all bool) {
	task := t.s.Task
	for i, f := range files {
		for _, known := range task.Files {
			if f.Group != "" && known.Group == f.Group {
				files[i].Stage = known.Stage
			}
		}
	}
	if task.Files, all = joined(task.Files, files, t.rules.MaxFiles); !all {
		t.sayOnce("officer.too_many_files", args("max", t.rules.MaxFiles))
	}
	return all
}

// stageNamed is the stage that the whole text names: people write it under the photo sooner than they press a button.
func (t *turn) stageNamed() casework.Stage {
	for _, s := range []casework.Stage{casework.Before, casework.After} {
		if means(string(s), t.e.Text) {
			return s
		}
	}
	return ""
}

// nextStage is what the next photo probably shows: what is missing, else the result.
func (task *Task) nextStage() casework.Stage {
	if task.Stage != "" {
		return task.Stage
	}
	if missing := task.missing(); len(missing) > 0 {
		return missing[0]
	}
	return casework.After
}

// stageFiles says what the photos that were sent last show.
func (t *turn) stageFiles(stage casework.Stage) {
	task := t.s.Task
	if len(task.Files) == 0 {
		t.stale()
		return
	}
	last := task.Files[len(task.Files)-1]
	for i, f := range task.Files {
		if f.Message == last.Message || f.Group != "" && f.Group == last.Group {
			task.Files[i].Stage = stage
		}
	}
	t.askAgain()
}

func (t *turn) handInDone() {
	task := t.s.Task
	if task.Story != HandingIn {
		t.stale()
		return
	}
	if !enough(task.said(), t.rules) || len(task.missing()) > 0 {
		t.askAgain()
		return
	}
	t.do(HandIn{Case: task.Case, Finding: task.said(), Files: task.Files, At: t.e.At})
	t.s.Last = &Last{
		Nonce: task.Nonce, Case: task.Case, Officer: true, Album: true, Stage: casework.After,
		Groups: groups(task.Files), Until: t.now.Add(t.rules.JoinTime),
	}
	t.endStory()
}
