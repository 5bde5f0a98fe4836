package flow

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askHandIn asks for the finding first, then for the verdict and whether it was a violation, and for photos then: which are
// needed depends on the verdict.
func (t *turn) askHandIn() {
	task := t.s.Task
	switch {
	case !enough(task.said(), t.rules):
		t.ask("handin.ask_finding", args("number", task.Number, "min", t.rules.MinHan), t.handInRows()...)
	case task.Verdict == "":
		t.ask("handin.ask_verdict", args("number", task.Number), t.verdictRow())
	case !task.judged():
		t.ask("handin.ask_violation", args("number", task.Number),
			[]Choice{t.choice("button.violation", "violation", "yes"), t.choice("button.no_violation", "violation", "no")})
	case len(task.missing()) > 0:
		t.ask("handin.ask_photos", args("stages", stageNames(task.missing())), t.handInRows()...)
	default:
		violation := texts.Text{}
		if task.Violation == "yes" {
			violation.Key = "handin.violation"
		}
		t.ask("handin.ready", args("finding", clipTo(task.said(), summaryWords),
			"verdict", any(texts.Text{Key: "verdict." + string(task.Verdict)}), "violation", violation,
			"before", task.count(casework.Before), "after", task.count(casework.After), "onsite", task.count(casework.OnSite)), t.handInRows()...)
	}
}

func (t *turn) verdictRow() []Choice {
	row := make([]Choice, 0, len(casework.Verdicts()))
	for _, v := range casework.Verdicts() {
		row = append(row, t.choice("verdict."+string(v), "verdict", string(v)))
	}
	return row
}

// chooseVerdict takes whether the report was right.
func (t *turn) chooseVerdict(code string) {
	v := casework.Verdict(code)
	if t.s.Task.Story != HandingIn || !contains(casework.Verdicts(), v) {
		t.stale()
		return
	}
	t.s.Task.Verdict, t.s.Task.Violation = v, ""
	t.askAgain()
}

// chooseViolation takes whether what was found breaks the law: then certified officers have to be there.
func (t *turn) chooseViolation(answer string) {
	if t.s.Task.Story != HandingIn || answer != "yes" && answer != "no" {
		t.stale()
		return
	}
	t.s.Task.Violation = answer
	t.askAgain()
}

// judged tells whether verdict and, where there is something to judge, the question of law are answered.
func (task *Task) judged() bool {
	return task.Verdict == casework.Unfounded || task.Verdict != "" && task.Violation != ""
}

func (t *turn) handInRows() [][]Choice {
	task := t.s.Task
	var rows [][]Choice
	if len(task.Files) > 0 {
		rows = append(rows, []Choice{t.choice("button.before", "before", ""), t.choice("button.after", "after", "")})
	}
	if task.complete(t.rules) {
		rows = append(rows, []Choice{t.choice("button.send_result", "done", "")})
	}
	return rows
}

// complete tells whether nothing is missing of a result.
func (task *Task) complete(r Rules) bool {
	return enough(task.said(), r) && task.judged() && len(task.missing()) == 0
}

// missing are the stages that a photo must still show. Of what proved unfounded, any photo from the spot does, as in
// casework; and any photo shows that somebody was there.
func (task *Task) missing() []casework.Stage {
	needs := task.Needs
	if task.Verdict == casework.Unfounded && len(needs) > 0 {
		needs = []casework.Stage{casework.OnSite}
	}
	var out []casework.Stage
	for _, s := range needs {
		shown := task.count(s) > 0
		if s == casework.OnSite {
			shown = len(task.Files) > 0 || task.Visited
		}
		if !shown {
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
		if means(t.e.Text, string(s)) {
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
	if !task.complete(t.rules) {
		t.askAgain()
		return
	}
	t.do(HandIn{
		Case: task.Case, Finding: task.said(), Verdict: task.Verdict, Violation: task.Violation == "yes", Files: task.Files, At: t.e.At,
	})
	t.s.Last = &Last{
		Nonce: task.Nonce, Case: task.Case, Officer: true, Album: true, Stage: casework.After,
		Groups: groups(task.Files), Until: t.now.Add(t.rules.JoinTime),
	}
	t.endStory()
}
