package seeds

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/assess"
)

const assessmentFile = "assessment.yaml"

// loadAssessment reads how units are assessed; a district without the file assesses nobody.
func (l *loader) loadAssessment() {
	if !l.exists(assessmentFile) {
		return
	}
	f, ok := l.open(assessmentFile, "least_weight", "pass", "grades", "indicators")
	if !ok {
		return
	}
	before := len(l.faults.list)
	s := &l.d.Assessment
	s.Least, s.Pass = l.figure(f, "least_weight").whole("value"), l.figure(f, "pass").amount("value")
	codes := words{}
	_, grades := l.grades(f, codes)
	for _, g := range grades {
		s.Grades = append(s.Grades, assess.Grade{Code: g.code, Names: g.names, From: g.amount("from")})
	}
	at := make(map[string]node)
	for _, n := range f.items("indicators") {
		i := l.indicator(n, codes)
		at[i.Code] = n
		s.Indicators = append(s.Indicators, i)
	}
	if len(l.faults.list) > before {
		return // what is not read right is not judged
	}
	for _, x := range s.Check() {
		n := f.node
		if where, ok := at[x.Of]; ok {
			n = where
		}
		n.fault(x.Want, "%s", strings.TrimSpace(x.Of+" "+x.What))
	}
}

// indicator reads one figure that units are judged by.
func (l *loader) indicator(n node, codes words) assess.Indicator {
	e := n.fields([]string{"code", "names", "for", "measure", "weight", "at_least", "source", "status"}, "zero", "full", "steps")
	l.sourced(e, e.text("code"))
	i := assess.Indicator{
		Code: e.code(codes), Names: e.names(), Measure: assess.Measure(e.text("measure")), Weight: e.whole("weight"), Least: e.whole("at_least"),
		Source: e.text("source"), Status: e.text("status"),
	}
	for _, kind := range e.texts("for") {
		if !slices.Contains(assess.Kinds(), assess.Kind(kind)) {
			e.byKey["for"].fault("township or department", "%q", kind)
		}
		i.For = append(i.For, assess.Kind(kind))
	}
	if e.has("steps") == (e.has("zero") || e.has("full")) || e.has("zero") != e.has("full") {
		e.fault("either zero and full, or steps", "%s has both or neither", cmp.Or(i.Code, "an indicator"))
	}
	i.Zero, i.Full = e.amount("zero"), e.amount("full")
	for _, item := range e.items("steps") {
		step := item.fields([]string{"at", "points"})
		i.Steps = append(i.Steps, assess.Step{At: step.amount("at"), Points: step.amount("points")})
	}
	return i
}

// amount reads a number with at most two decimals; 0 when the key is not there.
func (f fields) amount(key string) assess.Amount {
	n, ok := f.byKey[key]
	if !ok {
		return 0
	}
	a, err := assess.ParseAmount(n.text())
	if err != nil {
		n.fault("a number such as 95 or 87.5", "%s", n.kind())
	}
	return a
}
