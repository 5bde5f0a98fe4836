package web

import (
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// measuresData fills pages/measures.html.
type measuresData struct {
	Board  plan.Board
	Items  []plan.Item // those that were asked for
	Leads  []string    // who leads anything
	States []plan.Standing
	Lead   string
	State  string
}

// contested is the state of which the plan makes no standing of its own.
const contested = "contested"

// boardStates are how a promise may stand as the public is told, the most pressing first.
var boardStates = []plan.Standing{plan.Overdue, plan.Soon, contested, plan.Ahead, plan.Undated, plan.Fulfilled}

// measures is the board of the plan of work: who leads what, and how much of it is done, due and overdue.
func (s *Site) measures(v *visit) (page, error) {
	b, err := s.o.Plan(v.ctx)
	if err != nil {
		return page{}, err
	}
	form := v.r.URL.Query()
	d := measuresData{Board: b, States: boardStates, Lead: form.Get("lead"), State: form.Get("state")}
	for _, m := range b.Items {
		for _, lead := range m.Leads() {
			if !slices.Contains(d.Leads, string(lead)) {
				d.Leads = append(d.Leads, string(lead))
			}
		}
		if (d.Lead == "" || m.LedBy(grid.Department(d.Lead))) && (d.State == "" || counted(m.Tally, plan.Standing(d.State)) > 0) {
			d.Items = append(d.Items, m)
		}
	}
	return page{name: "measures", title: v.t("web.measures.title"), data: d}, nil
}

// counted is how many of what was counted stand like that.
func counted(t plan.Tally, state plan.Standing) int {
	if state == contested {
		return t.Contested
	}
	return t.By[state]
}

// measureData fills pages/measure.html.
type measureData struct {
	plan.Item

	Plan   string // its number
	Before int    // the item before, 0 at the first
	After  int
}

// measure shows one item of the plan: its words, who leads and supports it, and how each promise stands.
func (s *Site) measure(v *visit) (page, error) {
	n, err := strconv.Atoi(v.r.PathValue("item"))
	if err != nil {
		return s.notThere(v), nil //nolint:nilerr // no item is called like that
	}
	b, err := s.o.Plan(v.ctx)
	if err != nil {
		return page{}, err
	}
	i := slices.IndexFunc(b.Items, func(m plan.Item) bool { return m.Item == n })
	if i < 0 {
		return s.notThere(v), nil
	}
	d := measureData{Item: b.Items[i], Plan: b.Number}
	if i > 0 {
		d.Before = b.Items[i-1].Item
	}
	if i+1 < len(b.Items) {
		d.After = b.Items[i+1].Item
	}
	return page{name: "measure", title: v.t("web.measure.title", map[string]any{"item": n, "title": b.Items[i].Title}), data: d}, nil
}
