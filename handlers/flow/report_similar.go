package flow

import (
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// similarFound goes on with the draft once it is known which open cases are like it.
func (t *turn) similarFound() {
	d := t.s.Draft
	if d == nil || t.s.Story != Report || t.s.Step != stepSearching {
		return
	}
	d.Searched = true
	d.Similar = t.e.Similar[:min(len(t.e.Similar), t.rules.MaxOffered)]
	t.advance()
}

// askSimilar shows each similar case with its picture and asks whether it is the same.
func (t *turn) askSimilar() {
	d := t.s.Draft
	t.s.Step = stepSimilar
	own := false
	for i, s := range d.Similar {
		r := Reply{
			Key: "report.similar",
			Args: args("categories", t.categoryNames(s.Categories), "cell", t.cellName(s.Cell),
				"state", texts.Text{Key: "state." + string(s.State)}, "when", t.daysAgo(s.At)),
			Rows: [][]Choice{{t.choice("button.same", "same", strconv.Itoa(i))}},
		}
		if s.Own != "" {
			own = true
			r.Key, r.Args["number"], r.Rows[0][0].Key = "report.similar_own", s.Own, "button.add_to_own"
		}
		if s.Photo != "" {
			r.Photos = []string{s.Photo}
		}
		t.say(r)
	}
	key, button := "report.ask_similar", "button.another"
	if own {
		key, button = "report.ask_similar_own", "button.new_matter"
	}
	t.ask(key, nil, []Choice{t.choice(button, "another", "")})
}

// daysAgo says how long ago something was reported.
func (t *turn) daysAgo(at time.Time) texts.Text {
	days := int(t.now.Sub(at).Hours() / 24)
	if days < 1 {
		return texts.Text{Key: "report.today"}
	}
	return texts.Text{Key: "report.days_ago", Args: args("days", days)}
}

// same joins a similar case instead of reporting the matter again; words and photos go there. Whoever reported it before adds
// to their own.
func (t *turn) same(arg string) {
	d := t.s.Draft
	i, err := strconv.Atoi(arg)
	if err != nil || i < 0 || i >= len(d.Similar) {
		t.stale()
		return
	}
	if d.Similar[i].Own != "" {
		words := AddWords{Case: d.Similar[i].Case, Words: strings.TrimSpace(d.Text() + "\n" + d.Place()), Files: d.Files, At: t.e.At}
		if d.Pin != nil {
			words.Point, words.Accuracy, words.Picked = &d.Pin.Point, d.Pin.Accuracy, d.Pin.Picked
		}
		t.do(words)
	} else {
		t.do(Follow{Case: d.Similar[i].Case, Draft: *d})
	}
	t.remember(d)
	t.s.Last.Case = d.Similar[i].Case
}

func (t *turn) another(string) {
	t.s.Draft.Similar = nil
	t.advance()
}
