package flow

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// lacks are what a clue may lack, in the order in which they are shown: place, time, what happens, who does it, a photo.
var lacks = []string{"place", "time", "what", "who", "photo"}

// askLacking asks the desk what is missing, several things at once, and shows what the reporter will read.
func (t *turn) askLacking() {
	task := t.s.Task
	choices := make([]Choice, 0, len(lacks))
	for _, code := range lacks {
		c := t.choice("missing."+code, "lacking", code)
		if slices.Contains(task.Lacking, code) {
			c.Key, c.Args = "button.marked", args("name", texts.Text{Key: "missing." + code})
		}
		choices = append(choices, c)
	}
	rows := inRows(2, choices)
	if len(task.Lacking)+len(task.Words) == 0 {
		t.ask("missing.ask", args("number", task.Number), rows...)
		return
	}
	a := args("number", task.Number, "notice", LackingNotice(task.Number, task.Until, task.Lacking, task.said()))
	t.ask("missing.preview", a, append(rows, []Choice{t.choice("button.send_question", "ask_more", "")})...)
}

// LackingNotice is what a reporter reads who is asked for what is missing: each thing by name, and until which day.
func LackingNotice(number, until string, lacking []string, words string) texts.Text {
	var parts []texts.Text
	for _, code := range lacks {
		if slices.Contains(lacking, code) {
			parts = append(parts, texts.Text{Key: "lacking." + code})
		}
	}
	return texts.Text{Key: "notice.ask_more", Args: args("number", number, "until", until, "lines", lines(parts), "words", words)}
}

// lines puts each sentence after the other, a line each.
func lines(parts []texts.Text) texts.Text {
	if len(parts) == 0 {
		return texts.Text{}
	}
	return texts.Text{Key: "missing.line", Args: args("first", parts[0], "rest", lines(parts[1:]))}
}

func (t *turn) toggleLacking(code string) {
	task := t.s.Task
	if task.Story != Missing || !slices.Contains(lacks, code) {
		t.stale()
		return
	}
	if i := slices.Index(task.Lacking, code); i >= 0 {
		task.Lacking = slices.Delete(task.Lacking, i, i+1)
	} else {
		task.Lacking = append(task.Lacking, code)
	}
	t.askAgain()
}

// lackingMessage takes the desk's own words beside the buttons.
func (t *turn) lackingMessage() {
	task := t.s.Task
	if text := strings.TrimSpace(t.e.Text); text != "" {
		task.Words = []Words{{Message: t.e.ID, Text: t.clipTask(text, maxQuestion)}}
	}
	t.askAgain()
}

func (t *turn) sendLacking() {
	task := t.s.Task
	if task.Story != Missing || len(task.Lacking)+len(task.Words) == 0 {
		t.askAgain()
		return
	}
	t.do(AskMore{Case: task.Case, Lacking: task.Lacking, Words: task.said(), At: t.e.At})
	t.endStory()
}
