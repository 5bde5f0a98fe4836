package flow

import "github.com/gridwarden/gridwarden/grid/casework"

// askUnsolved asks the reporter what is still wrong, then for a photo, which is wanted and not forced.
func (t *turn) askUnsolved() {
	task := t.s.Task
	switch {
	case !enough(task.said(), t.rules):
		t.ask("object.ask", args("number", task.Number))
	case len(task.Files) == 0:
		t.ask("object.ask_photo", args("number", task.Number), []Choice{t.choice("button.object_bare", "object", "")})
	default:
		t.ask("object.ready", args("number", task.Number, "words", clipTo(task.said(), summaryWords), "files", len(task.Files)),
			[]Choice{t.choice("button.object_send", "object", "")})
	}
}

// unsolvedMessage takes words and files as what is still wrong.
func (t *turn) unsolvedMessage() {
	task := t.s.Task
	joins := t.joinsSilently(task.Files)
	if words := t.e.words(); words != "" {
		task.Words = added(task.Words, Words{Message: t.e.ID, Text: t.clipTask(words, t.rules.MaxText-length(task.Words))})
	}
	all := t.takeFiles(t.e.stamped(casework.AsReported))
	if !joins || !all {
		t.askAgain()
	}
}

func (t *turn) sendUnsolved() {
	task := t.s.Task
	if task.Story != Unsolved || !enough(task.said(), t.rules) {
		t.askAgain()
		return
	}
	t.do(Object{Case: task.Case, Words: task.said(), Files: task.Files, At: t.e.At})
	t.s.Last = &Last{
		Nonce: task.Nonce, Case: task.Case, Album: true, Stage: casework.AsReported,
		Groups: groups(task.Files), Until: t.now.Add(t.rules.JoinTime),
	}
	t.endStory()
}
