package flow

import (
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// The stories of work on a milestone of the plan.
const (
	Progressing  Story = "progress"   // the lead tells how far it is
	Contributing Story = "contribute" // a supporting department adds its part
	SendingBack  Story = "send_back"  // a supervisor does not find it done
)

// What the stories of milestones ask for. Milestone is plan.Occurrence.ID.
type (
	// ReportProgress tells for the lead how far a milestone is; 100 says that it is done.
	ReportProgress struct {
		Milestone string
		Percent   int
		Words     string
		Files     []File
		At        time.Time
	}

	// Contribute adds a supporting department's part.
	Contribute struct {
		Milestone string
		Words     string
		Files     []File
		At        time.Time
	}

	// SendBack returns what was reported as done.
	SendBack struct {
		Milestone string
		Reason    string
		At        time.Time
	}
)

func (ReportProgress) command() {}
func (Contribute) command()     {}
func (SendBack) command()       {}

// allDone is the percentage at which a milestone is reported as done.
const allDone = 100

// askMilestone is askAgain for the stories of milestones.
func (t *turn) askMilestone() {
	task := t.s.Task
	a := args("number", task.Number, "matter", task.Matter, "min", t.rules.MinHan)
	switch t.s.Story {
	case SendingBack:
		t.ask("milestone.ask_reason", a)
	case Progressing:
		if task.Percent == "" {
			t.ask("milestone.ask_percent", a, t.percentRow(), []Choice{t.choice("button.milestone_done", "percent", strconv.Itoa(allDone))})
			break
		}
		a["how"] = texts.Text{Key: "milestone.percent", Args: texts.Args{"percent": task.Percent}}
		if task.Percent == strconv.Itoa(allDone) {
			a["how"] = texts.Text{Key: "milestone.done"}
		}
		t.askPart("milestone.ask_words", a)
	case Contributing:
		a["how"] = texts.Text{Key: "milestone.part"}
		t.askPart("milestone.ask_words", a)
	default:
		t.askAssess()
	}
}

// askPart asks for words, and for files if there are any, and shows what would be sent.
func (t *turn) askPart(key string, a texts.Args) {
	task := t.s.Task
	if !enough(task.said(), t.rules) {
		t.ask(key, a)
		return
	}
	a["words"], a["files"] = clipTo(task.said(), summaryWords), len(task.Files)
	t.ask("milestone.ready", a, []Choice{t.choice("button.send_milestone", "send_milestone", "")})
}

// percentRow are the steps of progress that one tap reports.
func (t *turn) percentRow() []Choice {
	steps := []int{10, 30, 50, 80}
	row := make([]Choice, 0, len(steps))
	for _, n := range steps {
		p := strconv.Itoa(n)
		row = append(row, t.named(texts.Name(p+"%"), "percent", p))
	}
	return row
}

// choosePercent takes how far it is, of a button.
func (t *turn) choosePercent(arg string) {
	if t.s.Task.Story != Progressing || !t.takePercent(arg) {
		t.stale()
		return
	}
	t.askAgain()
}

// takePercent takes a whole number up to 100, with a percent sign or without.
func (t *turn) takePercent(text string) bool {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimRight(strings.TrimSpace(text), "%\uff05")))
	if err != nil || n < 0 || n > allDone {
		return false
	}
	t.s.Task.Percent = strconv.Itoa(n)
	return true
}

// milestoneMessage is taskMessage for them.
func (t *turn) milestoneMessage() {
	task := t.s.Task
	switch task.Story {
	case SendingBack:
		if !enough(t.e.Text, t.rules) {
			t.askAgain()
			break
		}
		t.do(SendBack{Milestone: task.Milestone, Reason: t.clipTask(t.e.Text, t.rules.MaxText), At: t.e.At})
		t.endStory()
	case Progressing, Contributing:
		if task.Story == Progressing && task.Percent == "" {
			t.takePercent(t.e.Text)
			t.askAgain()
			break
		}
		t.replyMessage()
	default:
		t.assessMessage()
	}
}

// sendMilestone gives what was gathered to whoever decides.
func (t *turn) sendMilestone() {
	task := t.s.Task
	if !enough(task.said(), t.rules) || task.Story != Contributing && (task.Story != Progressing || task.Percent == "") {
		t.stale()
		return
	}
	if task.Story == Contributing {
		t.do(Contribute{Milestone: task.Milestone, Words: task.said(), Files: task.Files, At: t.e.At})
	} else {
		n, _ := strconv.Atoi(task.Percent) // it was read as a number
		t.do(ReportProgress{Milestone: task.Milestone, Percent: n, Words: task.said(), Files: task.Files, At: t.e.At})
	}
	t.endStory()
}
