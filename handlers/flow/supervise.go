package flow

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askSupervise asks why a case is pressed, and whether there is anything to add.
func (t *turn) askSupervise() {
	task := t.s.Task
	if task.Reason == "" {
		var choices []Choice
		for _, r := range casework.PressReasons() {
			choices = append(choices, t.choice("press.reason."+r, "press_why", r))
		}
		t.ask("press.ask", args("number", task.Number), inRows(1, choices)...)
		return
	}
	t.ask("press.ask_words", args("reason", texts.Text{Key: "press.reason." + task.Reason}), []Choice{t.choice("button.press_now", "press_now", "")})
}

func (t *turn) choosePressReason(code string) {
	if t.s.Task.Story != Supervising || !contains(casework.PressReasons(), code) {
		t.stale()
		return
	}
	t.s.Task.Reason = code
	t.askAgain()
}

// maxAdded is how many characters may be added to a pressing order: a few lines of the document.
const maxAdded = 300

func (t *turn) superviseMessage() {
	if t.s.Task.Reason == "" || t.e.Text == "" {
		t.askAgain()
		return
	}
	t.supervise(clipTo(t.e.Text, maxAdded))
}

func (t *turn) superviseNow() {
	if t.s.Task.Story != Supervising || t.s.Task.Reason == "" {
		t.stale()
		return
	}
	t.supervise("")
}

func (t *turn) supervise(words string) {
	t.do(Supervise{Case: t.s.Task.Case, Reason: t.s.Task.Reason, Words: words, At: t.e.At})
	t.endStory()
}
