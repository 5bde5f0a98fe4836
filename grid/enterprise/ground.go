package enterprise

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// allowed checks what the law wants of an act, by the facts on record.
func (w Work) allowed(e Enterprise, c Card, act Act) error {
	switch act.Action {
	case Tell:
		return w.mayTell(e, act)
	case Decide:
		return w.mayDecide(e, c, act)
	case FilePlan:
		return needs(act.Words != "" && act.Where != "", "error.card.plan")
	case Extend:
		return w.mayExtend(c, act)
	case File:
		return needs(act.Words != "", "error.card.file")
	case Hear, Drop, Pass, Fail:
		return needs(act.Words != "", "error.enterprise.words")
	case Propose:
		return w.mayPropose(e, c, act)
	case Close, Decline:
		return needs(act.Doc != "" && act.Body != "" && act.Doc != c.Red.Doc, "error.card.government")
	default:
		return nil
	}
}

func needs(given bool, key string) error {
	if given {
		return nil
	}
	return grid.Fail(grid.Invalid, key)
}

// mayTell checks the ground of a measure. Who is exempt is neither limited nor stopped (Rule 30 Art 7), and nobody else gets off with
// less. While a card runs only a stop may follow, so that limited production is never begun again on top of itself.
func (w Work) mayTell(e Enterprise, act Act) error {
	switch {
	case (e.Exempt != "") != (act.Measure == Mend):
		return grid.Fail(grid.Conflict, "error.card.exempt")
	case !slices.Contains(Grounds(act.Measure), act.Ground):
		return grid.Fail(grid.Invalid, "error.card.ground")
	case e.Colour() == Red:
		return grid.Fail(grid.Conflict, "error.card.closed")
	}
	if c, running := e.Running(); running {
		_, follows := rule(Replace, c.State, c.Measure)
		again := act.Measure == Stop || act.Measure == Mend && c.State == Relapsed
		if !again || !follows {
			return grid.Fail(grid.Conflict, "error.card.running", "card", number(float64(c.N)))
		}
	}
	if act.Ground == GroundOther && act.Words == "" {
		return grid.Fail(grid.Invalid, "error.enterprise.words")
	}
	return w.mayRest(e, act)
}

// mayRest checks the facts on which a measure is to rest: each gives its ground, was so by its day, and bears no other card.
func (w Work) mayRest(e Enterprise, act Act) error {
	if len(act.Facts) == 0 {
		return grid.Fail(grid.Invalid, "error.card.facts")
	}
	for _, n := range act.Facts {
		f, ok := e.Fact(n)
		if !ok || w.date(f.Day).Compare(w.date(act.Day)) > 0 || !w.bears(e, act.Ground, f) {
			return grid.Fail(grid.Conflict, "error.card.ground_facts")
		}
		if e.used(n) {
			return grid.Fail(grid.Conflict, "error.card.fact_used")
		}
	}
	return nil
}

// used tells whether a card rests on that fact already.
func (e Enterprise) used(n int) bool {
	return slices.ContainsFunc(e.Cards, func(c Card) bool { return c.State != Dropped && c.rests(n) })
}

// Bearing lists the facts on which a measure could rest on that ground now.
func (w Work) Bearing(e Enterprise, g Ground) []Fact {
	var out []Fact
	for _, f := range e.Facts {
		if f.Live() && !e.used(f.N) && w.bears(e, g, f) {
			out = append(out, f)
		}
	}
	return out
}

// Open lists the grounds that the facts on record give for a measure. Another ground that a law names is for people to judge.
func (w Work) Open(e Enterprise, m Measure) []Ground {
	return slices.DeleteFunc(Grounds(m), func(g Ground) bool { return len(w.Bearing(e, g)) == 0 })
}

// bears tells whether a fact gives a ground.
func (w Work) bears(e Enterprise, g Ground, f Fact) bool {
	switch g {
	case GroundExceed:
		return f.Kind == Exceed || f.Kind == OverDay
	case GroundCovert:
		return f.Kind == Covert || f.Kind == Forged || f.Kind == Idle
	case GroundToxic:
		return f.Kind == Exceed && f.Toxic && f.Value >= f.Limit*w.Rules.ToxicMultiple
	case GroundYear:
		return f.Kind == OverYear
	case GroundPersists:
		return w.persists(e, f)
	case GroundIncident:
		return f.Kind == Incident
	case GroundOther:
		return f.Kind.Unlawful()
	case RedRepeat, RedDefiance, RedRelapse, RedOther:
	}
	return false
}

// persists tells whether the fact shows that it goes on although production is limited.
func (w Work) persists(e Enterprise, f Fact) bool {
	return (f.Kind == Exceed || f.Kind == OverDay || f.Kind == Relapse) && w.underLimit(e, f)
}

// underLimit tells whether production was limited on the day of the fact, or had been by a card that is not over.
func (w Work) underLimit(e Enterprise, f Fact) bool {
	return slices.ContainsFunc(e.Cards, func(c Card) bool {
		if c.Measure != Limit || c.Served.IsZero() || !w.notBefore(f, c.Served) {
			return false
		}
		ended := c.Lifted
		if ended.IsZero() {
			ended = c.Lapsed
		}
		return c.State.Open() || ended.IsZero() || w.date(f.Day).Compare(w.date(ended)) <= 0
	})
}

func (w Work) notBefore(f Fact, day time.Time) bool { return w.date(f.Day).Compare(w.date(day)) >= 0 }

// mayDecide wants a number, and that the enterprise was heard or the time for it is over (Rule 30 Art 11).
func (w Work) mayDecide(e Enterprise, c Card, act Act) error {
	switch {
	case act.Doc == "":
		return grid.Fail(grid.Invalid, "error.enterprise.doc")
	case (e.Exempt != "") != (c.Measure == Mend):
		return grid.Fail(grid.Conflict, "error.card.exempt") // it changed since the enterprise was told
	}
	if k, ok := c.Clock(HearClock); ok && !k.Over && act.Day.Before(k.Due) {
		return grid.Fail(grid.Conflict, "error.card.hear", "day", w.Rules.Calendar.LastDay(k.Due).String())
	}
	return nil
}

// mayExtend allows one extension, before the end, of so many months at most (Rule 30 Art 15).
func (w Work) mayExtend(c Card, act Act) error {
	switch {
	case c.Extended > 0:
		return grid.Fail(grid.Conflict, "error.card.extended")
	case act.Months < 1 || act.Months > w.Rules.ExtendMonths:
		return grid.Fail(grid.Invalid, "error.card.months", "months", number(float64(w.Rules.ExtendMonths)))
	case act.Doc == "" || act.Words == "":
		return grid.Fail(grid.Invalid, "error.card.extension")
	case !act.Day.Before(c.Until):
		return grid.Fail(grid.Conflict, "error.card.late_extension")
	}
	return nil
}

// mayPropose wants both that the enterprise still does not comply and that a grave case is on record (State Council [2015] No 17;
// Rule 30 Art 8).
func (w Work) mayPropose(e Enterprise, c Card, act Act) error {
	switch {
	case act.Doc == "":
		return grid.Fail(grid.Invalid, "error.enterprise.doc")
	case !slices.Contains(RedGrounds(), act.Ground):
		return grid.Fail(grid.Invalid, "error.card.ground")
	case act.Ground == RedOther && act.Words == "":
		return grid.Fail(grid.Invalid, "error.enterprise.words")
	case len(w.unmet(e, c)) == 0:
		return grid.Fail(grid.Conflict, "error.card.met")
	case !slices.Contains(w.Grave(e, c), act.Ground):
		return grid.Fail(grid.Conflict, "error.card.grave")
	}
	return nil
}

// unmet are the facts from which it follows that the work did not make the enterprise comply.
func (w Work) unmet(e Enterprise, c Card) []Fact {
	var out []Fact
	for _, f := range e.Facts {
		if f.Live() && f.Kind.Unlawful() && !c.Served.IsZero() && w.notBefore(f, c.Served) && !c.rests(f.N) {
			out = append(out, f)
		}
	}
	return out
}

// Grave lists the grounds for closing that the facts on record give for a card, when the enterprise does not comply (Rule 30 Art 8).
func (w Work) Grave(e Enterprise, c Card) []Ground {
	unmet := w.unmet(e, c)
	if len(unmet) == 0 {
		return nil
	}
	has := func(k FactKind) bool {
		return slices.ContainsFunc(unmet, func(f Fact) bool { return f.Kind == k })
	}
	var out []Ground
	if slices.ContainsFunc(unmet, func(f Fact) bool { return w.repeats(e, f) }) {
		out = append(out, RedRepeat)
	}
	if c.Measure == Stop && has(Defiance) {
		out = append(out, RedDefiance)
	}
	if c.Measure == Stop && !c.Lifted.IsZero() && has(Relapse) {
		out = append(out, RedRelapse)
	}
	return append(out, RedOther)
}

// repeats tells whether a toxic discharge comes after so many punishments for such within so many years.
func (w Work) repeats(e Enterprise, f Fact) bool {
	if f.Kind != Exceed || !f.Toxic {
		return false
	}
	since, n := w.date(f.Day).AddMonths(-12*w.Rules.RepeatYears), 0
	for _, p := range e.Facts {
		day := w.date(p.Day)
		if p.Live() && p.Kind == Punished && p.Toxic && day.Compare(since) >= 0 && day.Compare(w.date(f.Day)) < 0 {
			n++
		}
	}
	return n >= w.Rules.RepeatTimes
}

// rests tells whether a card rests on a fact.
func (c Card) rests(n int) bool { return slices.Contains(c.Facts, n) }
