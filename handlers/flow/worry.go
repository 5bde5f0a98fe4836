package flow

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/category"
)

// What people ask before they dare to report, or while they wait: whether anybody learns who they are, whether there is
// somebody to talk to, whether it counts. Each is known by words that it contains (phrases.json) and has one answer.
var worries = []struct{ meaning, answer string }{
	{"worry_name", "start.safe"},
	{"worry_person", "start.person"},
	{"worry_counts", "start.counts"},
}

// longestWorry is how many characters such a question has at most: what is longer tells a matter.
const longestWorry = 30

// soothes answers such a question, whatever is being asked for, asks for that again, and tells whether it was one. What tells
// of pollution, of a place or of an alarm is never taken for a question, nor is what an alarm waits for.
func (t *turn) soothes() bool {
	d := t.s.Draft
	key := worry(t.e.Text)
	switch {
	case key == "", t.e.Officer, t.e.Field, t.book.Classify(t.e.Text).Scope != category.Unclear, t.locates(t.e.Text),
		t.book.Alarm(t.e.Text, nil).Calls, d != nil && d.Heard != nil:
		return false
	case t.s.Story == Report && slices.Contains([]StepName{stepEditWords, stepName, stepPhone}, t.s.Step):
		return false
	}
	numbers := args("hotline", t.rules.Hotline, "fire", t.emergency(0), "ambulance", t.emergency(2))
	switch {
	case len(t.s.Held) > 0:
		t.say(Reply{Key: key, Args: numbers})
		t.askBelongs()
	case t.s.Story == Idle:
		t.menuWith(key, numbers)
	case t.s.Story == Report:
		t.say(Reply{Key: key, Args: numbers})
		t.advance()
	case t.s.Story == Status:
		t.say(Reply{Key: key, Args: numbers})
		t.askStatus()
	default: // an answer, or the words of a task
		return false
	}
	return true
}

// worry is the key of the answer to a text that is such a question, or "".
func worry(text string) string {
	said := bare(text)
	if len([]rune(said)) > longestWorry {
		return ""
	}
	for _, w := range worries {
		if slices.ContainsFunc(phrases[w.meaning], func(p string) bool {
			if isHan(p) {
				return strings.Contains(said, p)
			}
			return strings.Contains(" "+said+" ", " "+p+" ")
		}) {
			return w.answer
		}
	}
	return ""
}
