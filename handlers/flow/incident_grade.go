package flow

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	folding "github.com/gridwarden/gridwarden/grid/category/words"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// unclear is the button for a level that cannot be told for the time being.
const unclear = "unclear"

// askGrade asks for the level first and for the reason then: a criterion of that level, or the case of Art 4 of one that
// is unclear. Numbers that are typed give the level by themselves; the officer confirms it.
func (t *turn) askGrade() {
	task := t.s.Task
	rules := t.book.Incidents()
	switch level, known := incident.ParseLevel(task.Reason); {
	case len(task.Count) > 0:
		g := incident.Grade(rules.Criteria, incident.Facts{Count: task.Count})
		t.ask("grade.confirm", args("number", task.Number, "level", levelName(g), "counts", counted(task.Count)),
			[]Choice{{Key: "button.grade_as", Args: args("level", levelName(g)), Data: t.data("grade", g.Level.String())}})
	case task.Reason == unclear:
		var choices []Choice
		for _, c := range incident.SensitiveCases() {
			choices = append(choices, t.choice("sensitive."+string(c), "sensitive", string(c)))
		}
		t.ask("grade.ask_case", args("number", task.Number), inRows(1, choices)...)
	case known:
		var choices []Choice
		for _, c := range rules.Criteria {
			if c.Level == level {
				choices = append(choices, t.criterion(c))
			}
		}
		t.ask("grade.ask_reason", args("number", task.Number, "level", texts.Text{Key: "level." + level.String()}), inRows(1, choices)...)
	default:
		var choices []Choice
		for _, l := range incident.Levels() {
			choices = append(choices, t.choice("level."+l.String(), "level", l.String()))
		}
		rows := append(inRows(2, choices), []Choice{t.choice("level.unclear", "level", unclear)})
		t.ask("grade.ask", args("number", task.Number), rows...)
	}
}

// criterion is the button of one reason for a level.
func (t *turn) criterion(c incident.Criterion) Choice {
	if c.Measure == incident.Fact {
		return t.named(c.Names, "because", c.Code)
	}
	choice := t.choice("measure."+string(c.Measure), "because", c.Code)
	choice.Args = args("n", figure(c.From))
	return choice
}

// figure writes a number that may be large in ten thousands, as people here do.
func figure(n int) any {
	const wan = 10_000
	if n >= wan && n%wan == 0 {
		return texts.Text{Key: "measure.wan", Args: args("n", n/wan)}
	}
	return n
}

func levelName(g incident.Grading) texts.Text { return texts.Text{Key: "level." + g.Level.String()} }

// counted lists the numbers that were typed.
func counted(count map[incident.Measure]int) texts.List {
	var out texts.List
	for _, m := range incident.Measures() {
		if n, ok := count[m]; ok {
			out = append(out, texts.Text{Key: "counted." + string(m), Args: args("n", figure(n))})
		}
	}
	return out
}

// chooseLevel takes the level; level IV needs no reason, as it is the rest.
func (t *turn) chooseLevel(arg string) {
	task := t.s.Task
	level, known := incident.ParseLevel(arg)
	switch {
	case task.Story != Grading || !known && arg != unclear:
		t.stale()
	case level == incident.LevelIV:
		t.grade(incident.Grading{Level: level})
	default:
		task.Reason = arg
		t.askAgain()
	}
}

// because takes the criterion that holds.
func (t *turn) because(code string) {
	if t.s.Task.Story != Grading {
		t.stale()
		return
	}
	for _, c := range t.book.Incidents().Criteria {
		if c.Code == code {
			t.grade(incident.Grading{Level: c.Level, Reasons: []string{code}})
			return
		}
	}
	t.stale()
}

// sensitive takes the case of Art 4 for an unclear level.
func (t *turn) sensitive(code string) {
	c := incident.Sensitive(code)
	if t.s.Task.Story != Grading || !contains(incident.SensitiveCases(), c) {
		t.stale()
		return
	}
	t.grade(incident.Grading{Cases: []incident.Sensitive{c}})
}

// gradeCounted takes the level that follows from the numbers.
func (t *turn) gradeCounted(string) {
	task := t.s.Task
	if task.Story != Grading || len(task.Count) == 0 {
		t.stale()
		return
	}
	t.grade(incident.Grade(t.book.Incidents().Criteria, incident.Facts{Count: task.Count}))
}

func (t *turn) grade(g incident.Grading) {
	t.do(Grade{Case: t.s.Task.Case, Grading: g, At: t.e.At})
	t.endStory()
}

// gradeMessage reads numbers: how many died, were poisoned or moved, and the loss.
func (t *turn) gradeMessage() {
	found := figures(t.e.Text)
	if len(found) == 0 {
		t.sayKey("grade.no_figures")
	}
	for m, n := range found {
		if t.s.Task.Count == nil {
			t.s.Task.Count = make(map[incident.Measure]int)
		}
		t.s.Task.Count[m] = n
	}
	t.askAgain()
}

// figurePatterns find a number behind the word for what it counts, or before it, in a folded text.
var figurePatterns = func() map[incident.Measure][2]*regexp.Regexp {
	either := func(meaning string) string {
		var out []string
		for _, p := range phrases[meaning] {
			out = append(out, regexp.QuoteMeta(p))
		}
		return "(?:" + strings.Join(out, "|") + ")"
	}
	number := `(\d{1,9}(?:·\d{1,4})?)(` + either("wan") + "|" + either("yi") + ")?"
	out := make(map[incident.Measure][2]*regexp.Regexp)
	for _, m := range incident.Measures() {
		out[m] = [2]*regexp.Regexp{
			regexp.MustCompile(either(string(m)) + `[^\d,]{0,5}` + number),
			regexp.MustCompile(number + `[^\d,]{0,3}` + either(string(m))),
		}
	}
	return out
}()

var (
	inNumber = regexp.MustCompile(`(\d),(\d{3})`)
	decimal  = regexp.MustCompile(`(\d)\.(\d)`)
)

// figures reads what a text counts.
func figures(text string) map[incident.Measure]int {
	// Folding ends a clause at a point: that of a decimal is kept as a mark that it knows, and a comma in a number is none.
	text = inNumber.ReplaceAllString(text, "$1$2")
	folded := string(folding.Fold(decimal.ReplaceAllString(text, "$1·$2")))
	out := make(map[incident.Measure]int)
	for m, patterns := range figurePatterns {
		for _, p := range patterns {
			found := p.FindStringSubmatch(folded)
			if found == nil {
				continue
			}
			n, err := strconv.ParseFloat(strings.ReplaceAll(found[1], "·", "."), 64)
			switch {
			case err != nil:
				continue
			case contains(phrases["wan"], found[2]):
				n *= 1e4
			case contains(phrases["yi"], found[2]):
				n *= 1e8
			}
			out[m] = int(n)
			break
		}
	}
	return out
}

// Grade sets the level of an incident.
type Grade struct {
	Case    casework.CaseID
	Grading incident.Grading
	At      time.Time
}

func (Grade) command() {}
