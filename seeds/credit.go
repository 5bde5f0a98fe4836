package seeds

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
)

const creditFile = "credit.yaml"

// loadCredit reads by which scheme enterprises are graded; a district without the file grades nobody.
func (l *loader) loadCredit() {
	if !l.exists(creditFile) {
		return
	}
	f, ok := l.open(creditFile, "base", "grades", "reasons")
	if !ok {
		return
	}
	s := &l.d.Credit
	s.Base = l.figure(f, "base").whole("value")
	list, grades := l.grades(f, words{})
	for i, g := range grades {
		s.Grades = append(s.Grades, enterprise.Grade{Code: g.code, Names: g.names, From: g.whole("from")})
		if i > 0 && s.Grades[i].From >= s.Grades[i-1].From {
			g.fault("the best grade first", "from %d", s.Grades[i].From)
		}
	}
	if n := len(s.Grades); f.has("grades") && (n == 0 || s.Grades[n-1].From != 0) {
		list.fault("a last grade from 0 points on", "no grade for everybody")
	}
	for _, n := range f.items("reasons") {
		l.creditReason(n, s)
	}
}

// creditReason reads what one thing on record is worth.
func (l *loader) creditReason(n node, s *enterprise.Scheme) {
	e := n.fields([]string{"code", "points", "source", "status"}, "most", "months", "note")
	w := enterprise.Weight{Code: e.text("code"), Points: e.signed("points"), Most: e.whole("most"), Months: e.whole("months")}
	l.sourced(e, w.Code)
	if !slices.Contains(enterprise.WeightCodes(), w.Code) {
		n.fault(strings.Join(enterprise.WeightCodes(), ", "), "reason %q", w.Code)
	}
	if slices.ContainsFunc(s.Reasons, func(x enterprise.Weight) bool { return x.Code == w.Code }) {
		n.fault("each reason once", "%q twice", w.Code)
	}
	s.Reasons = append(s.Reasons, w)
}

// signed reads a whole number that may be negative.
func (f fields) signed(key string) int {
	n, ok := f.byKey[key]
	if !ok {
		return 0
	}
	v, err := strconv.Atoi(n.text())
	if err != nil || v < -1000 || v > 1000 {
		n.fault("a whole number from -1000 to 1000", "%s", n.kind())
	}
	return v
}

// Enterprises are the rules by which enterprises are supervised.
func (d *District) Enterprises() enterprise.Work {
	s := d.Settings
	return enterprise.Work{Rules: enterprise.Rules{
		Calendar: d.Calendar, Hear: s.CardHear, Serve: s.CardServe, Plan: s.CardPlan, File: s.CardFile, Check: s.CardCheck,
		LimitMonths: s.CardLimit, ExtendMonths: s.CardExtend, Remind: s.CardRemind, RepeatYears: s.CardRepeatYears, RepeatTimes: s.CardRepeatTimes,
		Toxic: s.CardToxic, ToxicMultiple: s.CardToxicMultiple, PressMultiple: s.CardPressMultiple, Disclosure: s.DisclosureDue, Object: s.CreditObject,
		Department: grid.Department(s.CardDepartment), Share: s.CardShare, Scheme: d.Credit,
	}}
}
