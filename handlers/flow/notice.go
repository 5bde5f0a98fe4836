package flow

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

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
	switch task.Story {
	case Refusing:
		return t.refusal()
	case Upholding:
		return texts.Text{Key: "notice.upheld", Args: args("number", task.Number)}
	default:
	}
	verdict := string(task.Verdict)
	if verdict == "" {
		verdict = string(casework.Proven)
	}
	if task.Story == Drafting {
		return texts.Text{Key: "closing.public." + verdict, Args: args(
			"area", t.township(task.Cell), "category", t.categoryNames(task.Categories[:min(1, len(task.Categories))]))}
	}
	main := "other"
	if len(task.Categories) > 0 && t.isCategory(task.Categories[0]) {
		main = task.Categories[0]
	}
	return texts.Text{Key: "closing." + main + "." + verdict, Args: args("number", task.Number)}
}

// township names the township of a cell, or the district: the public is told no closer place, for in a village that names people.
func (t *turn) township(code grid.CellCode) texts.Names {
	for _, c := range t.book.Path(code) {
		if c.Level == townshipLevel {
			return texts.Name(c.Name)
		}
	}
	return t.cellName(code)
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
	case task.Story == Upholding:
		t.do(Uphold{Case: task.Case, Reply: reply, Notice: notice, At: t.e.At})
	case task.Story == Drafting:
		t.do(DraftNotice{Case: task.Case, Reply: reply, Notice: notice, At: t.e.At})
	case task.Story == Refusing && task.ready():
		t.do(Refuse{
			Case: task.Case, Disposition: task.Disposition, Authority: task.Authority, Away: task.Away, Same: task.Same,
			Reply: reply, Notice: notice, At: t.e.At,
		})
	default:
		t.stale()
		return
	}
	t.endStory()
}

func (t *turn) returnMessage() {
	if !enough(t.e.Text, t.rules) {
		t.ask("return.ask_more", args("min", t.rules.MinHan))
		return
	}
	t.do(Return{Case: t.s.Task.Case, Reason: t.clipTask(t.e.Text, t.rules.MaxText), At: t.e.At})
	t.endStory()
}
