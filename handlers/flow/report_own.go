package flow

import (
	"slices"
	"strings"
)

// repeats tells whether the message is nothing but words that the report holds already. That is said once; the report
// neither grows by them nor asks anew.
func (t *turn) repeats() bool {
	d := t.s.Draft
	if !t.e.bareText() || !contains([]StepName{stepWhat, stepScope, stepCategory, stepSummary, stepSimilar}, t.s.Step) {
		return false
	}
	said := strings.Join(strings.Fields(t.e.Text), " ")
	if len([]rune(said)) < 4 || !slices.ContainsFunc(d.Words, func(w Words) bool { return strings.Join(strings.Fields(w.Text), " ") == said }) {
		return false
	}
	if !d.Repeated {
		d.Repeated = true
		t.sayKey("report.repeat")
	}
	return true
}

// onlyForwarded tells whether somebody else wrote all that the report says.
func (d *Draft) onlyForwarded() bool {
	return len(d.Words) > 0 && !slices.ContainsFunc(d.Words, func(w Words) bool { return !w.Forward })
}

// askOwn asks for one sentence of the person's own: what others write and somebody passes on is no report yet. It is asked
// once; more forwards are kept in silence.
func (t *turn) askOwn() {
	d := t.s.Draft
	t.s.Step = stepWhat
	if t.e.Forward && d.OwnAsked {
		return
	}
	d.OwnAsked = true
	t.ask("report.ask_own", nil)
}
