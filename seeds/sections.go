package seeds

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/grid/water"
)

const sectionsFile = "sections.yaml"

// loadSections reads where water is looked at: sections of rivers, and drinking water from the source to the tap. A district may
// have none.
func (l *loader) loadSections() {
	l.loadStandard()
	if !l.exists(sectionsFile) {
		return
	}
	f, ok := l.open(sectionsFile, "sections")
	if !ok {
		return
	}
	ids := words{}
	for _, n := range f.items("sections") {
		l.d.Sections = append(l.d.Sections, l.section(n, ids))
	}
}

func (l *loader) section(n node, ids words) water.Section {
	e := n.fields([]string{"id", "names", "kind", "level", "level_status", "cell", "source", "status"},
		"river", "body", "ground", "target", "department", "point", "accuracy_m", "edge", "note")
	s := water.Section{
		ID: e.text("id"), Names: e.names(), Kind: water.Kind(e.text("kind")), Level: water.Level(e.text("level")), River: e.text("river"),
		Body: water.River, Ground: e.truth("ground"), Edge: e.truth("edge"), Cell: grid.CellCode(e.text("cell")), Point: e.point("point"),
		Origin: e.text("source"), Status: e.text("status"),
	}
	l.sourced(e, s.ID)
	level := fields{node: e.node, byKey: map[string]node{"source": e.byKey["source"], "status": e.byKey["level_status"]}}
	if e.has("source") && e.has("level_status") {
		l.sourced(level, s.ID+" level")
	}
	if e.has("id") {
		ids.claim(e.byKey["id"], []string{s.ID})
		if !water.IDForm.MatchString(s.ID) {
			e.byKey["id"].fault("2 to 20 small letters, digits and _", "id %q", s.ID)
		}
	}
	if e.has("accuracy_m") {
		s.Accuracy = e.whole("accuracy_m")
	}
	if e.has("department") {
		s.Department = grid.Department(l.department(e, "department"))
	}
	l.judgeSection(e, &s)
	return s
}

// judgeSection checks that what is said of a section goes together.
func (l *loader) judgeSection(e fields, s *water.Section) {
	choose(e, "kind", s.Kind, water.Kinds())
	choose(e, "level", s.Level, s.Kind.Levels())
	if e.has("body") {
		s.Body = water.Body(e.text("body"))
		choose(e, "body", s.Body, water.Bodies())
	}
	if e.has("river") && !slices.ContainsFunc(l.d.Places, func(p routing.Place) bool { return p.Name == s.River }) {
		e.byKey["river"].fault("a place in "+placesFile, "river %q is none", s.River)
	}
	if s.Kind == water.OfRiver && !e.has("river") {
		e.fault("the river that it lies on", "section %s has none", s.ID)
	}
	needs := s.Kind == water.OfRiver || s.Kind == water.Source
	if needs != e.has("target") {
		e.fault("a target class of sections and sources, and of nothing else", "%s is of kind %s", s.ID, s.Kind)
	}
	if e.has("target") {
		var ok bool
		if s.Target, ok = water.ParseClass(e.text("target")); !ok {
			e.byKey["target"].fault("I, II, III, IV or V", "target %q", e.text("target"))
		}
	}
	if (s.Point == nil) != !e.has("accuracy_m") {
		e.fault("accuracy_m with a point", "one of them is missing at %s", s.ID)
	}
	if _, ok := l.position[s.Cell]; e.has("cell") && !ok {
		e.byKey["cell"].fault("a code in "+cellsFile, "cell %q does not exist", s.Cell)
	}
}

// choose checks that a value is one of a closed set.
func choose[T ~string](e fields, key string, v T, of []T) {
	if !e.has(key) || slices.Contains(of, v) {
		return
	}
	names := make([]string, len(of))
	for i, x := range of {
		names[i] = string(x)
	}
	e.byKey[key].fault("one of "+strings.Join(names, ", "), "%s %q", key, v)
}

// Water is where water is looked at in the district, and how it is judged.
func (d *District) Water() water.Network {
	return water.Network{Sections: d.Sections, Rules: water.Rules{Standard: d.Standard, NonDetect: water.NonDetect(d.Settings.WaterNonDetect)}}
}
