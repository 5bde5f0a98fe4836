package seeds

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/incident"
)

const incidentsFile = "incidents.yaml"

// loadIncidents reads how incidents are graded, who is told of them, and who signs.
func (l *loader) loadIncidents() {
	f, ok := l.open(incidentsFile, "unit", "criteria", "recipients")
	if !ok {
		return
	}
	r := &l.d.Incidents
	r.Limits = incident.Limits{Plain: l.d.Settings.FirstReportLimit, Grave: l.d.Settings.FirstReportGraveLimit}
	if n, ok := f.byKey["unit"]; ok {
		e := n.fields([]string{"name", "document", "letter", "contact", "verifying", "source", "status"})
		r.Unit = incident.Unit{
			Name: e.text("name"), Document: e.text("document"), Letter: e.text("letter"), Contact: e.text("contact"), Verifying: e.text("verifying"),
		}
		l.sourced(e, "unit")
		for _, key := range []string{"document", "letter"} {
			if form := e.text(key); e.has(key) && (!strings.Contains(form, "{year}") || strings.Count(form, "{n}") != 1) {
				e.byKey[key].fault("a number with {year} and one {n}", "%s %q", key, form)
			}
		}
	}
	codes := words{}
	if n, ok := f.byKey["criteria"]; ok {
		e := n.fields([]string{"source", "status", "list"})
		l.sourced(e, "criteria")
		for _, c := range e.items("list") {
			r.Criteria = append(r.Criteria, c.criterion(codes))
		}
	}
	for _, n := range f.items("recipients") {
		e := n.fields([]string{"code", "names", "plain", "grave", "source", "status"}, "phone")
		l.sourced(e, e.text("code"))
		r.Recipients = append(r.Recipients, incident.Recipient{
			Code: e.code(codes), Names: e.names(), Plain: e.truth("plain"), Grave: e.truth("grave"), Phone: e.text("phone"),
		})
	}
	if f.has("recipients") && (!told(r.Recipients, false) || !told(r.Recipients, true)) {
		f.byKey["recipients"].fault("somebody who is told of plain ones and of grave ones", "a level of which nobody is told")
	}
}

func told(all []incident.Recipient, grave bool) bool {
	return slices.ContainsFunc(all, func(r incident.Recipient) bool { return grave && r.Grave || !grave && r.Plain })
}

// criterion reads one reason for a level.
func (n node) criterion(codes words) incident.Criterion {
	e := n.fields([]string{"code", "level", "measure"}, "from", "names")
	c := incident.Criterion{
		Code: e.code(codes), Measure: incident.Measure(e.text("measure")), From: e.whole("from"), Names: e.names(),
	}
	var ok bool
	if c.Level, ok = incident.ParseLevel(e.text("level")); !ok && e.has("level") {
		e.byKey["level"].fault("I, II, III or IV", "level %q", e.text("level"))
	}
	switch counted := slices.Contains(incident.Measures(), c.Measure); {
	case !counted && c.Measure != incident.Fact && e.has("measure"):
		e.byKey["measure"].fault("fact, dead, poisoned, moved or loss", "measure %q", string(c.Measure))
	case counted && c.From < 1:
		e.fault("from: the least number that meets it", "criterion %s counts from nothing", c.Code)
	case c.Measure == incident.Fact && len(c.Names) == 0:
		e.fault("names: how an officer reads it", "criterion %s has no name", c.Code)
	}
	return c
}

// sourced reads source and status as settings have them, and remembers what a person should look up.
func (l *loader) sourced(f fields, name string) {
	f.text("source")
	n, ok := f.byKey["status"]
	if !ok {
		return
	}
	switch status := n.text(); {
	case !slices.Contains(statuses, status):
		n.fault(statusNames, "status %q", status)
	case status == StatusUnverified:
		l.d.Unverified = append(l.d.Unverified, f.file+" "+name)
	}
}
