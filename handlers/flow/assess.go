package flow

import (
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// The stories about an assessment.
const (
	Remarking  Story = "assess_comment" // who is assessed has something to say
	Explaining Story = "assess_answer"  // a supervisor answers it
	Entering   Story = "assess_enter"   // a figure by hand
	Correcting Story = "assess_correct"
)

// Assessed is what in an assessment a story is about, given by the handlers, and the number that was said so far.
type Assessed struct {
	Period    string      `json:"p"`
	Unit      string      `json:"u"` // key
	Name      string      `json:"n"` // of the unit
	Indicator string      `json:"i,omitempty"`
	Label     texts.Names `json:"l,omitempty"` // of the indicator
	Remark    int         `json:"r,omitempty"` // that is answered
	Value     string      `json:"v,omitempty"`
}

func (a *Assessed) clone() *Assessed {
	if a == nil {
		return nil
	}
	c := *a
	return &c
}

// What officers ask for about an assessment.
type (
	// RemarkFigures says what a unit thinks of its figures.
	RemarkFigures struct {
		Assessed

		Words string
		Files []File
	}

	// ExplainFigures answers it.
	ExplainFigures struct {
		Assessed

		Words string
	}

	// SetFigure enters a figure by hand, or corrects one. Words are the document, or the reason.
	SetFigure struct {
		Assessed

		Correct bool
		Value   assess.Amount
		Words   string
	}
)

func (RemarkFigures) command()  {}
func (ExplainFigures) command() {}
func (SetFigure) command()      {}

// assessBack takes the number back that was said, and tells whether there was one.
func (task *Task) assessBack() bool {
	if task.Assess == nil || task.Assess.Value == "" {
		return false
	}
	task.Assess.Value = ""
	return true
}

// askAssess is askAgain for these stories.
func (t *turn) askAssess() {
	task := t.s.Task
	if task == nil || task.Assess == nil {
		t.endStory()
		return
	}
	a := args("unit", task.Assess.Name, "period", texts.Period(task.Assess.Period), "indicator", task.Assess.Label, "value", task.Assess.Value, "n", task.Assess.Remark)
	switch {
	case task.Story == Remarking && len(task.Words) == 0:
		t.ask("assess.ask_comment", a)
	case task.Story == Remarking:
		a["words"], a["files"] = clipTo(task.said(), summaryWords), len(task.Files)
		t.ask("assess.ask_send", a, []Choice{t.choice("button.assess.send", "assess", "")})
	case task.Story == Explaining:
		t.ask("assess.ask_answer", a)
	case task.Assess.Value == "" && task.Story == Correcting:
		t.ask("assess.ask_correct", a)
	case task.Assess.Value == "":
		t.ask("assess.ask_enter", a)
	case task.Story == Correcting:
		t.ask("assess.ask_reason", a)
	default:
		t.ask("assess.ask_source", a)
	}
}

// assessMessage is taskMessage for them.
func (t *turn) assessMessage() {
	task := t.s.Task
	if task == nil || task.Assess == nil {
		t.endStory()
		return
	}
	if task.Story == Remarking {
		t.remark()
		return
	}
	words := t.clipTask(t.e.Text, t.rules.MaxText)
	switch {
	case words == "":
		t.askAgain()
	case task.Story == Explaining:
		t.do(ExplainFigures{Assessed: *task.Assess, Words: words})
		t.endStory()
	case task.Assess.Value == "":
		v, err := assess.ParseAmount(words)
		if err != nil {
			t.sayKey("error.assess.number", "said", clipTo(words, 20))
			return
		}
		task.Assess.Value = v.String()
		t.askAgain()
	default:
		v, _ := assess.ParseAmount(task.Assess.Value) // it was read a moment ago
		t.do(SetFigure{Assessed: *task.Assess, Correct: task.Story == Correcting, Value: v, Words: words})
		t.endStory()
	}
}

// remark takes words and files until they are sent.
func (t *turn) remark() {
	task := t.s.Task
	joins := t.joinsSilently(task.Files)
	if words := t.e.words(); words != "" {
		task.Words = added(task.Words, Words{Message: t.e.ID, Text: t.clipTask(words, t.rules.MaxText-length(task.Words))})
	}
	all := t.takeFiles(t.e.stamped(""))
	if !joins || !all {
		t.askAgain()
	}
}

func (t *turn) sendRemark() {
	task := t.s.Task
	if task.Story != Remarking || len(task.Words) == 0 {
		t.stale()
		return
	}
	t.do(RemarkFigures{Assessed: *task.Assess, Words: task.said(), Files: task.Files})
	t.endStory()
}
