package seeds

import (
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
)

const measuresFile = "measures.yaml"

// loadMeasures reads which items of the plan which kinds of pollution evidence; a district may have no plan. Who leads and
// supports stands with the departments.
func (l *loader) loadMeasures() {
	if !l.exists(measuresFile) {
		return
	}
	f, ok := l.open(measuresFile, "measures")
	if !ok {
		return
	}
	covered := words{}
	for _, n := range f.items("measures") {
		e := n.fields([]string{"item", "title", "covers"})
		m := plan.Measure{Title: e.text("title"), Covers: e.texts("covers")}
		m.Item, _ = strconv.Atoi(e.text("item"))
		for _, d := range l.d.Departments {
			if slices.Contains(d.Leads, m.Item) {
				m.Lead = grid.Department(d.Name)
			}
			if slices.Contains(d.Supports, m.Item) && d.Kind != townships {
				m.Supports = append(m.Supports, grid.Department(d.Name))
			}
		}
		if e.has("item") && m.Lead == "" {
			e.byKey["item"].fault("an item that a department leads, in "+departmentsFile, "item %q", e.text("item"))
		}
		if e.has("covers") {
			covered.claim(e.byKey["covers"], m.Covers)
			l.knownKinds(e.byKey["covers"], m.Covers)
		}
		l.d.Measures = append(l.d.Measures, m)
	}
}

// knownKinds finds codes that are neither of a category nor of a kind.
func (l *loader) knownKinds(at node, codes []string) {
	known := make(map[string]bool)
	for _, c := range l.d.Categories {
		known[c.Code] = true
		for _, k := range c.Kinds {
			known[k.Code] = true
		}
	}
	for _, code := range codes {
		if !known[code] {
			at.fault("codes of categories or kinds in "+categoriesFile, "%q", code)
		}
	}
}
