package seeds

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
)

const planFile = "plan.yaml"

// loadPlan reads the district's work plan; a district may have none.
func (l *loader) loadPlan() {
	if !l.exists(planFile) {
		return
	}
	data, ok := l.read(planFile)
	if !ok {
		return
	}
	root, ok := readYAML(planFile, data, &l.faults)
	if !ok {
		return
	}
	f := root.fields([]string{"title", "measures"}, "number", "issued")
	p := plan.Plan{Title: f.text("title"), Number: f.text("number"), Issued: f.day("issued")}
	covered := words{}
	for _, n := range f.items("measures") {
		m, e := l.measure(n)
		if last := len(p.Measures) - 1; last >= 0 && m.Item <= p.Measures[last].Item {
			e.byKey["item"].fault("numbers that rise, each once", "item %d after %d", m.Item, p.Measures[last].Item)
		}
		if e.has("covers") {
			covered.claim(e.byKey["covers"], m.Covers)
			l.knownKinds(e.byKey["covers"], m.Covers)
		}
		p.Measures = append(p.Measures, m)
	}
	l.sameAsDepartments(f, p)
	l.d.Plan, l.d.Measures = p, p.Measures
}

// measure reads an item of the plan. Whoever leads or supports must be a department of the district.
func (l *loader) measure(n node) (plan.Measure, fields) {
	e := n.fields([]string{"item", "title"},
		"label", "text", "chapter", "lead", "joint", "supports", "others", "responsible", "milestones", "covers")
	m := plan.Measure{
		Title: e.text("title"), Label: e.text("label"), Text: e.text("text"), Chapter: e.text("chapter"),
		Lead: grid.Department(l.department(e, "lead")), Joint: l.planned(e, "joint"), Supports: l.planned(e, "supports"),
		Others: e.texts("others"), Responsible: e.texts("responsible"), Covers: e.texts("covers"),
	}
	var err error
	if m.Item, err = strconv.Atoi(e.text("item")); e.has("item") && (err != nil || m.Item < 1) {
		e.byKey["item"].fault("a number from 1", "item %q", e.text("item"))
	}
	if all := slices.Concat([]grid.Department{m.Lead}, m.Joint, m.Supports); m.Lead == "" && len(m.Joint) > 0 {
		e.fault("a lead, if others lead with it", "item %d has none", m.Item)
	} else {
		for i, d := range all {
			if d != "" && slices.Contains(all[:i], d) {
				e.fault("each department once in an item", "%s in item %d twice", d, m.Item)
			}
		}
	}
	text, at := m.Title+"\n"+m.Text, 0
	for i, n := range e.items("milestones") {
		x := n.milestone()
		x.ID = plan.MilestoneID(m.Item, i+1)
		found := strings.Index(text[at:], x.Words)
		if found < 0 {
			n.fault("words of the item's title or text, in their order there", "%q", x.Words)
		} else {
			at += found // figures that one clause names share its words
		}
		m.Milestones = append(m.Milestones, x)
	}
	return m, e
}

// planned reads a list of departments.
func (l *loader) planned(f fields, key string) []grid.Department {
	names := f.texts(key)
	out := make([]grid.Department, 0, len(names))
	for _, name := range names {
		if !slices.ContainsFunc(l.d.Departments, func(d Department) bool { return d.Name == name }) {
			f.byKey[key].fault("names in "+departmentsFile, "department %q does not exist", name)
		}
		out = append(out, grid.Department(name))
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// milestone reads a promise, which says when, how often or how much.
func (n node) milestone() plan.Milestone {
	e := n.fields([]string{"words"}, "from", "by", "every", "target")
	m := plan.Milestone{Words: e.text("words"), From: e.day("from"), By: e.day("by"), Every: plan.Period(e.text("every"))}
	if e.has("every") && !slices.Contains(plan.Periods(), m.Every) {
		e.byKey["every"].fault(oneOf(plan.Periods()), "period %q", m.Every)
	}
	if m.From != (calendar.Date{}) && m.By != (calendar.Date{}) && m.From.Compare(m.By) > 0 {
		e.fault("a first day before the last", "from %s by %s", m.From, m.By)
	}
	if e.has("target") {
		m.Target = e.byKey["target"].target()
	}
	if m.Words != "" && m.From == (calendar.Date{}) && m.By == (calendar.Date{}) && m.Every == "" && m.Target == nil {
		e.fault("from, by, every or target", "a promise without any")
	}
	return m
}

// target reads the figure of a promise.
func (n node) target() *plan.Target {
	e := n.fields([]string{"relation", "value"}, "unit", "against")
	t := &plan.Target{Relation: plan.Relation(e.text("relation")), Unit: e.text("unit")}
	if e.has("relation") && !slices.Contains(plan.Relations(), t.Relation) {
		e.byKey["relation"].fault(oneOf(plan.Relations()), "relation %q", t.Relation)
	}
	var err error
	if t.Value, err = strconv.ParseFloat(e.text("value"), 64); e.has("value") && (err != nil || !(t.Value >= 0 && t.Value < 1e15)) {
		e.byKey["value"].fault("a number that is not negative", "value %q", e.text("value"))
	}
	if e.has("against") {
		if t.Against, err = strconv.Atoi(e.text("against")); err != nil || t.Against < firstYear || t.Against > lastYear {
			e.byKey["against"].fault("a year", "against %q", e.text("against"))
		}
	}
	return t
}

func oneOf[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = string(x)
	}
	return "one of " + strings.Join(words, ", ")
}

// A plan speaks of years between these; another is a slip of the pen.
const firstYear, lastYear = 1990, 2100

// day reads a date; zero when the key is not there.
func (f fields) day(key string) calendar.Date {
	if !f.has(key) {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(f.text(key))
	if err != nil || d.Year < firstYear || d.Year > lastYear {
		f.byKey[key].fault("a day written as 2026-01-31, between 1990 and 2100", "%q", f.text(key))
	}
	return d
}

// sameAsDepartments holds the plan against what the departments' file says of it, item by item; a file that says nothing of
// items leaves it to the plan.
func (l *loader) sameAsDepartments(f fields, p plan.Plan) {
	silent := func(d Department) bool { return len(d.Leads)+len(d.Supports) == 0 }
	compare := !l.faults.in(planFile) && slices.ContainsFunc(l.d.Departments, func(d Department) bool { return !silent(d) })
	for i, d := range l.d.Departments {
		leads, supports := p.Duties(grid.Department(d.Name))
		if compare && !slices.Equal(leads, d.Leads) {
			f.byKey["measures"].fault("the same in "+departmentsFile, "%s leads %v here and %v there", d.Name, leads, d.Leads)
		}
		if compare && !slices.Equal(supports, d.Supports) {
			f.byKey["measures"].fault("the same in "+departmentsFile, "%s supports %v here and %v there", d.Name, supports, d.Supports)
		}
		l.d.Departments[i].Leads, l.d.Departments[i].Supports = leads, supports
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
