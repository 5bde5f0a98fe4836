package flow

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askRefuse asks for the kind of refusal, then for what its notice must name, then shows the notice.
func (t *turn) askRefuse() {
	task := t.s.Task
	switch {
	case task.Disposition == "":
		var choices []Choice
		for _, d := range casework.Refusals() {
			choices = append(choices, t.choice("disposition."+string(d), "disposition", string(d)))
		}
		t.ask("refuse.ask_kind", args("number", task.Number), inRows(1, choices)...)
	case task.Disposition == casework.NotEnvironment && task.Authority == "":
		t.ask("refuse.ask_authority", nil)
	case task.Disposition == casework.OtherArea && task.Away == "":
		t.ask("refuse.ask_away", nil)
	default:
		t.preview("refuse.preview")
	}
}

func (t *turn) chooseDisposition(code string) {
	d := casework.Disposition(code)
	if t.s.Task.Story != Refusing || !contains(casework.Refusals(), d) {
		t.stale()
		return
	}
	t.s.Task.Disposition = d
	t.askAgain()
}

// refuseMessage takes words as what is asked for: the authority, the area, or the desk's own notice.
func (t *turn) refuseMessage() {
	task := t.s.Task
	switch {
	case task.Disposition == "" || t.e.Text == "":
		t.askAgain()
	case task.Disposition == casework.NotEnvironment && task.Authority == "":
		task.Authority = clipTo(t.e.Text, 100)
		t.askAgain()
	case task.Disposition == casework.OtherArea && task.Away == "":
		task.Away = clipTo(t.e.Text, 100)
		t.askAgain()
	default:
		t.ownWords()
	}
}

func (t *turn) askClose() { t.preview("close.preview") }

// ownWords replaces the template by the desk's own words.
func (t *turn) ownWords() {
	task := t.s.Task
	if t.e.Text == "" {
		t.askAgain()
		return
	}
	task.Words = []Words{{Message: t.e.ID, Text: t.clipTask(t.e.Text, t.rules.MaxText)}}
	t.askAgain()
}

// preview shows what the reporter will be told; one tap sends it, other words replace it.
func (t *turn) preview(key string) {
	task := t.s.Task
	a := args("number", task.Number, "notice", any(t.notice()))
	if len(task.Words) > 0 {
		a["notice"] = task.said()
	}
	t.ask(key, a, []Choice{t.choice("button.send", "send", "")})
}

// notice is the template that fits: each kind of refusal has its own onward notice (环保部令15号 Art 8), each category
// its own closing words.
func (t *turn) notice() texts.Text {
	task := t.s.Task
	if task.Story == Refusing {
		phone := task.Phone
		if phone == "" {
			phone = t.rules.Hotline
		}
		return texts.Text{Key: "notice." + string(task.Disposition), Args: args(
			"number", task.Number, "authority", task.Authority, "phone", phone, "away", task.Away, "hotline", t.rules.Hotline)}
	}
	main := "other"
	if len(task.Categories) > 0 && t.isCategory(task.Categories[0]) {
		main = task.Categories[0]
	}
	return texts.Text{Key: "closing." + main, Args: args("number", task.Number)}
}

func (t *turn) sendNotice() {
	task := t.s.Task
	reply := task.said()
	var notice *texts.Text
	if reply == "" {
		n := t.notice()
		notice = &n
	}
	switch {
	case task.Story == Closing:
		t.do(Close{Case: task.Case, Reply: reply, Notice: notice, At: t.e.At})
	case task.Story == Refusing && task.ready():
		t.do(Refuse{Case: task.Case, Disposition: task.Disposition, Reply: reply, Notice: notice, At: t.e.At})
	default:
		t.stale()
		return
	}
	t.endStory()
}

// ready tells whether a refusal has everything that its notice must name.
func (task *Task) ready() bool {
	switch task.Disposition {
	case "":
		return false
	case casework.NotEnvironment:
		return task.Authority != ""
	case casework.OtherArea:
		return task.Away != ""
	default:
		return true
	}
}

func (t *turn) returnMessage() {
	if !enough(t.e.Text, t.rules) {
		t.ask("return.ask_more", args("min", t.rules.MinHan))
		return
	}
	t.do(Return{Case: t.s.Task.Case, Reason: t.clipTask(t.e.Text, t.rules.MaxText), At: t.e.At})
	t.endStory()
}
