package seeds

import (
	"regexp"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

const rosterFile = "roster.yaml"

// An ID goes into buttons and keys.
var officerID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// loadRoster reads who is responsible where. A roster that says sample: true holds invented people only.
func (l *loader) loadRoster() {
	f, ok := l.open(rosterFile, "sample", "officers")
	if !ok {
		return
	}
	sample := f.truth("sample")
	lines := make(map[string]int)
	var deputies []node
	for _, n := range f.items("officers") {
		e := n.fields([]string{"id", "name", "appointments"}, "title", "deputy", "certificate")
		o := grid.Officer{
			ID: grid.OfficerID(e.text("id")), Name: e.text("name"), Title: e.text("title"),
			Deputy: grid.OfficerID(e.text("deputy")), Certificate: e.text("certificate"), Sample: sample,
		}
		if e.has("id") && !officerID.MatchString(string(o.ID)) {
			e.byKey["id"].fault("small letters, digits and -, at most 40", "id %q", o.ID)
		}
		l.claimNames(n, lines, string(o.ID), nil)
		if e.has("deputy") {
			deputies = append(deputies, e.byKey["deputy"])
			if o.Deputy == o.ID {
				e.byKey["deputy"].fault("the id of another officer", "%s is their own deputy", o.ID)
			}
		}
		for _, a := range e.items("appointments") {
			o.Appointments = append(o.Appointments, l.appointments(a)...)
		}
		l.d.Officers = append(l.d.Officers, o)
	}
	for _, n := range deputies {
		if _, ok := lines[n.text()]; !ok {
			n.fault("the id of another officer", "deputy %q does not exist", n.text())
		}
	}
}

// appointments reads one role in one cell or several.
func (l *loader) appointments(n node) []grid.Appointment {
	f := n.fields([]string{"role", "cells", "from"}, "department", "until")
	role, err := grid.ParseRole(f.text("role"))
	if err != nil && f.has("role") {
		f.byKey["role"].fault("chief, inspector, desk, clerk, supervisor, publisher or admin", "role %q", f.text("role"))
	}
	a := grid.Appointment{
		Role: role, Department: grid.Department(l.department(f, "department")),
		From: l.day(f, "from"), Until: l.day(f, "until"),
	}
	if role == grid.Clerk && a.Department == "" {
		f.fault("the department a clerk works for", "a clerk without a department")
	}
	if !a.Until.IsZero() && !a.Until.After(a.From) {
		f.byKey["until"].fault("a day after from", "the appointment ends before it begins")
	}
	out := make([]grid.Appointment, 0, 1)
	for _, code := range l.cellsOf(f, "cells") {
		if slices.ContainsFunc(out, func(b grid.Appointment) bool { return b.Cell == code }) {
			f.byKey["cells"].fault("each cell once", "cell %s is there twice", code)
		}
		a.Cell = code
		out = append(out, a)
	}
	return out
}

// day reads a date, which begins at midnight in the district; zero when the key is not there.
func (l *loader) day(f fields, key string) time.Time {
	if !f.has(key) {
		return time.Time{}
	}
	loc := l.d.Settings.TimeZone
	if loc == nil {
		loc = time.UTC // a fault already
	}
	t, err := time.ParseInLocation(time.DateOnly, f.text(key), loc)
	if err != nil {
		f.byKey[key].fault("a day such as 2017-07-25", "%s", f.byKey[key].kind())
	}
	return t
}
