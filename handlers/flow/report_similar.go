package flow

import (
	"strconv"

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
	for i, s := range d.Similar {
		r := Reply{
			Key: "report.similar",
			Args: args("categories", t.categoryNames(s.Categories), "cell", t.cellName(s.Cell),
				"state", texts.Text{Key: "state." + string(s.State)}, "days", int(t.now.Sub(s.At).Hours()/24)),
			Rows: [][]Choice{{t.choice("button.same", "same", strconv.Itoa(i))}},
		}
		if s.Photo != "" {
			r.Photos = []string{s.Photo}
		}
		t.say(r)
	}
	t.ask("report.ask_similar", nil, []Choice{t.choice("button.another", "another", "")})
}

// same joins a similar case instead of reporting the matter again; words and photos go there.
func (t *turn) same(arg string) {
	d := t.s.Draft
	i, err := strconv.Atoi(arg)
	if err != nil || i < 0 || i >= len(d.Similar) {
		t.stale()
		return
	}
	t.do(Follow{Case: d.Similar[i].Case, Draft: *d})
	t.remember(d)
	t.s.Last.Case = d.Similar[i].Case
}

func (t *turn) another(string) {
	t.s.Draft.Similar = nil
	t.advance()
}
