package flow

import (
	"strconv"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askCheck asks a supervisor how a case was looked at again and, when it was found right, how satisfied the reporter is.
func (t *turn) askCheck() {
	task := t.s.Task
	switch {
	case task.Story == Reopening:
		t.ask("reopen.ask", args("number", task.Number))
	case len(task.Words) == 0:
		t.ask("pass.ask", args("number", task.Number))
	default:
		t.ask("pass.ask_score", args("number", task.Number), t.scores(), []Choice{t.choice("button.not_reached", "score", "0")})
	}
}

// scores are the five marks of satisfaction.
func (t *turn) scores() []Choice {
	var row []Choice
	for n := 1; n <= maxScore; n++ {
		row = append(row, t.named(texts.Name(strconv.Itoa(n)+"⭐"), "score", strconv.Itoa(n)))
	}
	return row
}

const maxScore = 5

// checkMessage takes how it was checked, or what was found wrong.
func (t *turn) checkMessage() {
	task := t.s.Task
	if !enough(t.e.Text, t.rules) {
		t.sayKey("check.too_short", "min", t.rules.MinHan)
		t.askAgain()
		return
	}
	text := t.clipTask(t.e.Text, t.rules.MaxText)
	if task.Story == Reopening {
		t.do(Reopen{Case: task.Case, Reason: text, At: t.e.At})
		t.endStory()
		return
	}
	task.Words = []Words{{Message: t.e.ID, Text: text}}
	t.askAgain()
}

// chooseScore ends a spot check that found the case right.
func (t *turn) chooseScore(mark string) {
	task := t.s.Task
	n, err := strconv.Atoi(mark)
	if err != nil || n < 0 || n > maxScore || task.Story != Passing || len(task.Words) == 0 {
		t.stale()
		return
	}
	t.do(Pass{Case: task.Case, Reason: task.said(), Score: n, At: t.e.At})
	t.endStory()
}
