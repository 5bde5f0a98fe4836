package flow

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askUnseal asks for the reason and for the occasion in the officer's own words, then once more.
func (t *turn) askUnseal() {
	task := t.s.Task
	reason := texts.Text{Key: "unseal.reason." + task.Reason}
	switch {
	case task.Reason == "":
		var choices []Choice
		for _, r := range casework.UnsealReasons() {
			choices = append(choices, t.choice("unseal.reason."+r, "why", r))
		}
		t.ask("unseal.ask", args("number", task.Number), inRows(1, choices)...)
	case len(task.Words) == 0:
		t.ask("unseal.ask_words", args("number", task.Number, "reason", reason))
	default:
		t.ask("unseal.confirm", args("number", task.Number, "reason", reason, "words", task.said()),
			[]Choice{t.choice("button.unseal_yes", "unseal", "")})
	}
}

func (t *turn) chooseWhy(code string) {
	if t.s.Task.Story != Unsealing || !contains(casework.UnsealReasons(), code) {
		t.stale()
		return
	}
	t.s.Task.Reason = code
	t.askAgain()
}

// maxOccasion is how many characters the occasion may have: a document's number and a sentence.
const maxOccasion = 200

func (t *turn) unsealMessage() {
	task := t.s.Task
	if task.Reason != "" && len([]rune(t.e.Text)) >= casework.MinOccasion {
		task.Words = []Words{{Message: t.e.ID, Text: clipTo(t.e.Text, maxOccasion)}}
	}
	t.askAgain()
}

func (t *turn) unsealPressed() {
	task := t.s.Task
	if task.Story != Unsealing || task.Reason == "" || len(task.Words) == 0 {
		t.stale()
		return
	}
	t.do(Unseal{Case: task.Case, Reason: task.Reason, Words: task.said(), At: t.e.At})
	t.endStory()
}
