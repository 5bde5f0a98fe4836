package seeds

import (
	"embed"
	"slices"

	"github.com/gridwarden/gridwarden/grid/water"
)

// The standards of the whole country, so that a district needs none of its own.
//
//go:embed standards/*.yaml
var standards embed.FS

const surfaceWaterFile = "standards/gb3838-2002.yaml"

// loadStandard reads by what water is judged; a file of that name in the district's own folder takes the place of the national one.
func (l *loader) loadStandard() {
	own := l.fsys
	if !l.exists(surfaceWaterFile) {
		l.fsys = standards
	}
	f, ok := l.open(surfaceWaterFile, "id", "names", "source", "status", "undetected", "headings", "units", "basin", "main_pollutants", "rules", "items")
	l.fsys = own
	if !ok {
		return
	}
	l.sourced(f, "")
	s := &l.d.Standard
	s.ID, s.Names, s.Source, s.Status, s.Undetected = f.text("id"), f.names(), f.text("source"), f.text("status"), f.texts("undetected")
	l.loadForm(f, s)
	l.loadCounts(f, s)
	for _, n := range f.items("rules") {
		e := n.fields([]string{"rule", "source", "status"}, "note")
		l.sourced(e, e.text("rule"))
	}
	codes := words{}
	for _, n := range f.items("items") {
		s.Items = append(s.Items, readItem(n, codes))
	}
}

// readItem reads one item of a standard.
func readItem(n node, codes words) water.Item {
	e := n.fields([]string{"no", "code", "names"}, "aliases", "most", "unit", "judged", "least", "rated", "first", "limits", "lakes", "range")
	i := water.Item{
		No: e.whole("no"), Code: e.code(codes), Names: e.names(), Unit: e.text("unit"),
		Aliases: e.texts("aliases"), Judged: e.truth("judged"), Least: e.truth("least"), Rated: e.truth("rated"), Metal: e.truth("first"),
	}
	i.Rivers, i.Lakes = e.limits("limits", i.Least), e.limits("lakes", i.Least)
	if e.has("most") {
		i.Most = e.byKey["most"].amount()
	}
	if ends := e.amounts("range"); len(ends) == 2 {
		i.Low, i.High = ends[0], ends[1]
	}
	if i.Judged && len(i.Rivers) == 0 && i.High <= i.Low {
		n.fault("limits or a range of two numbers, the lower first", "%s counts for the class and has neither", i.Code)
	}
	return i
}

// limits reads the limits of the five classes, from the best to the worst.
func (f fields) limits(key string, least bool) []water.Amount {
	out := f.amounts(key)
	better := func(a, b water.Amount) int { return int(a - b) }
	if least {
		better = func(a, b water.Amount) int { return int(b - a) }
	}
	if f.has(key) && (len(out) != 5 || !slices.IsSortedFunc(out, better)) {
		f.byKey[key].fault("five numbers, of the classes I to V, none stricter than the one before", "%s has others", key)
		return nil
	}
	return out
}

// amounts reads a list of decimal numbers.
func (f fields) amounts(key string) []water.Amount {
	items := f.items(key)
	out := make([]water.Amount, 0, len(items))
	for _, n := range items {
		out = append(out, n.amount())
	}
	return out
}

func (n node) amount() water.Amount {
	a, ok := water.ParseAmount(n.text())
	if !ok {
		n.fault("a decimal number from 0 on", "%s", n.kind())
	}
	return a
}

// loadCounts reads by which numbers whole rivers are judged, and how many pollutants are named.
func (l *loader) loadCounts(f fields, s *water.Standard) {
	b := f.byKey["basin"].fields([]string{"by_shares", "excellent", "good", "moderate", "heavy", "source", "status"}, "note")
	l.sourced(b, "basin")
	s.Basin = water.BasinRule{
		ByShares: b.whole("by_shares"), Excellent: b.whole("excellent"), Good: b.whole("good"), Moderate: b.whole("moderate"), Heavy: b.whole("heavy"),
	}
	const whole = 100
	if r := s.Basin; r.ByShares < 1 || r.Good < 1 || r.Excellent <= r.Good || r.Excellent > whole || r.Moderate < 1 || r.Heavy <= r.Moderate || r.Heavy > whole {
		f.byKey["basin"].fault("by_shares from 1, and percents with good below excellent and moderate below heavy", "%+v", r)
	}
	m := f.byKey["main_pollutants"].fields([]string{"most", "source", "status"}, "note")
	l.sourced(m, "main_pollutants")
	if s.Main = m.whole("most"); s.Main < 1 {
		f.byKey["main_pollutants"].fault("a number from 1", "%d", s.Main)
	}
}

// loadForm reads what tables of readings call their columns and units.
func (l *loader) loadForm(f fields, s *water.Standard) {
	if n, ok := f.byKey["headings"]; ok {
		e := n.fields(water.FormColumns())
		s.Headings = make(map[string][]string)
		for _, c := range water.FormColumns() {
			s.Headings[c] = e.texts(c)
		}
	}
	if n, ok := f.byKey["units"]; ok {
		s.Units = make(map[string]int)
		for _, p := range n.pairs() {
			s.Units[water.Folded(p.key.text())] = p.value.count()
		}
	}
}
