package flow

import (
	"slices"
	"strconv"
	"strings"
)

// offeredDays are the lengths of an extension that are offered as buttons.
var offeredDays = []int{5, 10, 15, 30}

// askExtension asks for the days, then for the reason; whoever grants is asked for fewer days, whoever denies for the reason
// only.
func (t *turn) askExtension() {
	task := t.s.Task
	a := args("number", task.Number, "left", task.Left, "days", task.Days)
	switch {
	case task.Story == Denying:
		t.ask("extension.ask_denial", a)
	case task.Days > 0:
		t.ask("extension.ask_reason", a)
	case task.Story == Granting:
		t.ask("extension.ask_fewer", a, t.dayChoices())
	default:
		t.ask("extension.ask_days", a, t.dayChoices())
	}
}

func (t *turn) dayChoices() []Choice {
	var row []Choice
	for _, n := range append(slices.Clone(offeredDays), t.s.Task.Left) {
		if n <= t.s.Task.Left && !slices.ContainsFunc(row, func(c Choice) bool { return c.Args["n"] == n }) {
			c := t.choice("unit.d", "add_days", strconv.Itoa(n))
			c.Args = args("n", n)
			row = append(row, c)
		}
	}
	return row
}

// extendBy takes the days, within what may be granted at all.
func (t *turn) extendBy(arg string) {
	task := t.s.Task
	n, err := strconv.Atoi(strings.TrimSpace(arg))
	switch {
	case task.Story != Extending && task.Story != Granting:
		t.stale()
		return
	case err != nil || n < 1 || n > task.Left:
		t.sayKey("error.case.extension_days", "left", task.Left)
	case task.Story == Granting:
		t.do(Extend{Case: task.Case, Days: n})
		t.endStory()
		return
	default:
		task.Days = n
	}
	t.askAgain()
}

// extensionMessage takes a text as the number of days, or as the reason.
func (t *turn) extensionMessage() {
	task := t.s.Task
	switch {
	case t.e.Text == "":
		t.askAgain()
	case task.Story != Denying && task.Days == 0:
		t.extendBy(t.e.Text)
	case !enough(t.e.Text, t.rules):
		t.ask("extension.more", args("min", t.rules.MinHan))
	default:
		reason := t.clipTask(t.e.Text, maxQuestion)
		if task.Story == Denying {
			t.do(DenyExtension{Case: task.Case, Reason: reason, At: t.e.At})
		} else {
			t.do(AskExtension{Case: task.Case, Days: task.Days, Reason: reason, At: t.e.At})
		}
		t.endStory()
	}
}
