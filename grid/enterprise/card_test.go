package enterprise_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
)

func isKey(err error, key string) bool {
	var e *grid.Error
	return errors.As(err, &e) && e.Key == key
}

// Rule 30 Art 11: the enterprise is told first, and is heard or has had the time for it before anything is decided.
func TestArt11_NothingIsDecidedBeforeItIsHeard(t *testing.T) {
	newTale(t).exceeds("2026-05-20").does("2026-06-01", on(1, enterprise.Decide), "error.card.unknown").
		does("2026-06-01", tell(enterprise.Limit, enterprise.GroundExceed, 1)).lasts(1, enterprise.HearClock, "2026-06-08").
		does("2026-06-05", on(1, enterprise.Decide), "error.card.hear").does("2026-06-09", on(1, enterprise.Decide)).state(1, enterprise.Decided)
	limited(t).state(1, enterprise.Limited) // it was heard, and then decided at once
}

// Rule 30 Art 14: a decision is served within seven working days; later is a breach that stays on record.
func TestArt14_Service(t *testing.T) {
	x := newTale(t).exceeds("2026-05-20").does("2026-06-01", tell(enterprise.Limit, enterprise.GroundExceed, 1)).
		does("2026-06-09", on(1, enterprise.Decide)).lasts(1, enterprise.ServeClock, "2026-06-18").does("2026-06-22", on(1, enterprise.Serve))
	c, _ := x.e.Card(1)
	if k, _ := c.Clock(enterprise.ServeClock); !k.Broken(day("2026-06-22")) {
		t.Error("served too late, and nothing says so")
	}
	c, _ = limited(t).e.Card(1)
	if k, _ := c.Clock(enterprise.ServeClock); k.Broken(day("2027-01-01")) {
		t.Error("served in time, and called late")
	}
}

// Rule 30 Art 15: limited production lasts three months and three more at most; stopped production until it is filed.
func TestArt15_LimitedProductionEnds(t *testing.T) {
	limited(t).lasts(1, enterprise.LimitClock, "2026-09-10").does("2026-09-11", on(1, enterprise.Hear), "error.card.state").
		does("2026-09-12", on(1, enterprise.FilePlan)).state(1, enterprise.Expired)
	extend := on(1, enterprise.Extend)
	extend.Months = 3
	more := extend
	more.Months = 4
	limited(t).does("2026-09-01", more, "error.card.months").does("2026-09-01", extend).lasts(1, enterprise.LimitClock, "2026-12-10").
		does("2026-09-02", extend, "error.card.extended")
	limited(t).does("2026-09-11", extend, "error.card.state")
	late := extend
	late.Day = day("2026-09-09")
	limited(t).does("2026-09-11", late, "error.card.state") // the day before is told too late: it has lapsed by itself
	if c, _ := stopped(t).e.Card(2); !c.Until.IsZero() {
		t.Error("a stop has an end of its own")
	}
}

// Rule 30 Art 15: a month ends on the day with the same number, or with the month.
func TestArt15_MonthsThatAreShorter(t *testing.T) {
	newTale(t).exceeds("2026-11-10").does("2026-11-11", tell(enterprise.Limit, enterprise.GroundExceed, 1)).does("2026-11-12", on(1, enterprise.Hear)).
		does("2026-11-27", on(1, enterprise.Decide)).does("2026-11-30", on(1, enterprise.Serve)).lasts(1, enterprise.LimitClock, "2027-02-28")
}

// Rule 30 Art 16: the plan of work within fifteen working days, and public.
func TestArt16_PlanIsPublic(t *testing.T) {
	secret := on(1, enterprise.FilePlan)
	secret.Where = ""
	limited(t).lasts(1, enterprise.PlanClock, "2026-07-01").does("2026-06-20", secret, "error.card.plan").does("2026-06-20", on(1, enterprise.FilePlan))
}

// Rule 30 Art 17, 18 and 20: filed within fifteen working days of finishing; this lifts the measure on that day, and a check follows
// within thirty days.
func TestArt17_FilingLifts(t *testing.T) {
	x := stopped(t).does("2026-09-15", on(2, enterprise.Finish)).lasts(2, enterprise.FileClock, "2026-10-12").
		does("2026-09-25", on(2, enterprise.File)).state(2, enterprise.Lifted).lasts(2, enterprise.CheckClock, "2026-10-26")
	if c, _ := x.e.Card(2); !c.Lifted.Equal(day("2026-09-25")) || x.e.Colour() != enterprise.Yellow {
		t.Errorf("lifted on %v, colour %q", c.Lifted, x.e.Colour())
	}
	x.does("2026-10-10", on(2, enterprise.Pass)).state(2, enterprise.Over)
	if x.e.Colour() != enterprise.NoColour {
		t.Error("the card is over and still shows")
	}
	bare := on(2, enterprise.File)
	bare.Words = ""
	stopped(t).does("2026-09-25", bare, "error.card.file")
}

// Rule 30 Art 5 and 6: which facts give which measure.
func TestArt6_GroundsComeFromFacts(t *testing.T) {
	f := func(k enterprise.FactKind) enterprise.Fact {
		out := enterprise.Fact{Kind: k, Words: "w"}
		if k.Measured() {
			out.Item, out.Value, out.Limit = "COD", 180, 50
		}
		return out
	}
	lead := func(times float64) enterprise.Fact {
		return enterprise.Fact{Kind: enterprise.Exceed, Item: "Pb", Value: 0.5 * times, Limit: 0.5}
	}
	for _, c := range []struct {
		name   string
		fact   enterprise.Fact
		m      enterprise.Measure
		ground enterprise.Ground
		want   string
	}{
		{"above the standard: limit", f(enterprise.Exceed), enterprise.Limit, enterprise.GroundExceed, ""},
		{"above the daily total: limit", f(enterprise.OverDay), enterprise.Limit, enterprise.GroundExceed, ""},
		{"hidden outlets: stop", f(enterprise.Covert), enterprise.Stop, enterprise.GroundCovert, ""},
		{"forged data: stop", f(enterprise.Forged), enterprise.Stop, enterprise.GroundCovert, ""},
		{"treatment idle: stop", f(enterprise.Idle), enterprise.Stop, enterprise.GroundCovert, ""},
		{"lead at three times: stop", lead(3), enterprise.Stop, enterprise.GroundToxic, ""},
		{"lead below three times: no stop", lead(2.9), enterprise.Stop, enterprise.GroundToxic, "error.card.ground_facts"},
		{"COD at three times is not toxic", f(enterprise.Exceed), enterprise.Stop, enterprise.GroundToxic, "error.card.ground_facts"},
		{"above the yearly total: stop", f(enterprise.OverYear), enterprise.Stop, enterprise.GroundYear, ""},
		{"above the yearly total: no limit", f(enterprise.OverYear), enterprise.Limit, enterprise.GroundExceed, "error.card.ground_facts"},
		{"an emergency: stop", f(enterprise.Incident), enterprise.Stop, enterprise.GroundIncident, ""},
		{"never limited: nothing persists", f(enterprise.Exceed), enterprise.Stop, enterprise.GroundPersists, "error.card.ground_facts"},
		{"a failed inspection alone: nothing", f(enterprise.Failed), enterprise.Limit, enterprise.GroundExceed, "error.card.ground_facts"},
		{"the wrong ground", f(enterprise.Exceed), enterprise.Limit, enterprise.GroundCovert, "error.card.ground"},
		{"not exempt: nothing milder", f(enterprise.Exceed), enterprise.Mend, enterprise.GroundExceed, "error.card.exempt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := newTale(t).fact("2026-05-20", c.fact)
			if c.want == "" {
				x.does("2026-06-01", tell(c.m, c.ground, 1))
				return
			}
			x.does("2026-06-01", tell(c.m, c.ground, 1), c.want)
		})
	}
}

// Rule 30 Art 6.4: who still exceeds while production is limited is stopped; the stop takes the place of the limit when it is served. To be limited
// anew on top is not possible.
func TestArt6_StillExceedingIsStopped(t *testing.T) {
	limited(t).exceeds("2026-07-01").does("2026-07-02", tell(enterprise.Limit, enterprise.GroundExceed, 2), "error.card.running")
	x := stopped(t).state(1, enterprise.Replaced).state(2, enterprise.Stopped)
	if c, running := x.e.Running(); !running || c.N != 2 {
		t.Errorf("running %+v", c)
	}
	p, ok := x.w.Public(x.e, day("2026-07-08"))
	if want := day("2026-07-07"); !ok || !p.Cards[0].Replaced.Equal(want) || p.Cards[0].StopDoc != p.Cards[1].Doc || !p.Cards[1].Replaced.IsZero() {
		t.Errorf("in public %+v", p.Cards)
	}
	x.exceeds("2026-07-20").does("2026-07-21", tell(enterprise.Stop, enterprise.GroundPersists, 3), "error.card.running")
}

// Rule 30 Art 7: who is exempt is neither limited nor stopped, and gets the other measures.
func TestArt7_ExemptPlants(t *testing.T) {
	x := newTale(t)
	x.e.Exempt = enterprise.ExemptSewage
	x.exceeds("2026-05-20").fact("2026-05-21", enterprise.Fact{Kind: enterprise.Covert, Words: "w"}).
		does("2026-06-01", tell(enterprise.Limit, enterprise.GroundExceed, 1), "error.card.exempt").
		does("2026-06-01", tell(enterprise.Stop, enterprise.GroundCovert, 2), "error.card.exempt").
		does("2026-06-01", tell(enterprise.Mend, enterprise.GroundExceed, 1)).does("2026-06-03", on(1, enterprise.Hear)).
		does("2026-06-04", on(1, enterprise.Decide)).does("2026-06-05", on(1, enterprise.Serve)).state(1, enterprise.Mending)
	turned := newTale(t).exceeds("2026-05-20").does("2026-06-01", tell(enterprise.Limit, enterprise.GroundExceed, 1)).does("2026-06-03", on(1, enterprise.Hear))
	turned.e.Exempt = enterprise.ExemptPublic
	turned.does("2026-06-04", on(1, enterprise.Decide), "error.card.exempt")
}

// Rule 30 Art 8.2 and the State Council's condition: who goes on although production was stopped may be proposed to the government, which
// decides with a document of its own.
func TestArt8_DefianceAndTheGovernment(t *testing.T) {
	propose := on(2, enterprise.Propose)
	propose.Ground, propose.Doc = enterprise.RedDefiance, "No 9"
	x := stopped(t).does("2026-07-10", propose, "error.card.met").fact("2026-07-15", enterprise.Fact{Kind: enterprise.Defiance, Words: "w"}).
		does("2026-07-16", on(2, enterprise.Close), "error.card.state").does("2026-07-16", propose).state(2, enterprise.Proposed)
	if x.e.Colour() != enterprise.Yellow {
		t.Errorf("proposed, and already %s", x.e.Colour())
	}
	closes := on(2, enterprise.Close)
	closes.Doc = "Gov No 3"
	x.does("2026-07-20", closes, "error.card.government")
	closes.Body, closes.Doc = "the government of the district", "No 9"
	x.does("2026-07-20", closes, "error.card.government") // the proposal's own number
	closes.Doc = "Gov No 3"
	x.does("2026-07-20", closes).state(2, enterprise.Closed)
	if x.e.Colour() != enterprise.Red {
		t.Error("closed and not red")
	}
	x.exceeds("2026-08-01").does("2026-08-02", tell(enterprise.Stop, enterprise.GroundPersists, 4), "error.card.closed")
	declined := stopped(t).fact("2026-07-15", enterprise.Fact{Kind: enterprise.Defiance, Words: "w"}).does("2026-07-16", propose)
	no := closes
	no.Action = enterprise.Decline
	declined.does("2026-07-20", no).state(2, enterprise.Stopped)
}

// Rule 30 Art 8.1: two punishments for toxic discharge within two years, and again.
func TestArt8_Repeat(t *testing.T) {
	lead := enterprise.Fact{Kind: enterprise.Exceed, Item: "Pb", Value: 1, Limit: 0.5}
	punished := enterprise.Fact{Kind: enterprise.Punished, Toxic: true, Doc: "No 5"}
	propose := on(1, enterprise.Propose)
	propose.Ground = enterprise.RedRepeat
	begin := func(first, second string) *tale {
		return newTale(t).fact(first, punished).fact(second, punished).exceeds("2026-05-20").
			does("2026-06-01", tell(enterprise.Limit, enterprise.GroundExceed, 3)).does("2026-06-03", on(1, enterprise.Hear)).
			does("2026-06-04", on(1, enterprise.Decide)).does("2026-06-10", on(1, enterprise.Serve))
	}
	begin("2024-08-01", "2025-08-01").fact("2026-07-01", lead).does("2026-07-02", propose).state(1, enterprise.Proposed)
	begin("2024-06-30", "2025-08-01").fact("2026-07-01", lead).does("2026-07-02", propose, "error.card.grave") // the first is older than two years
	begin("2024-08-01", "2025-08-01").exceeds("2026-07-01").does("2026-07-02", propose, "error.card.grave")    // not toxic
}

// Rule 30 Art 8.3: the check after a stop finds the same again.
func TestArt8_Relapse(t *testing.T) {
	propose := on(2, enterprise.Propose)
	propose.Ground = enterprise.RedRelapse
	x := stopped(t).does("2026-09-15", on(2, enterprise.File)).does("2026-10-08", on(2, enterprise.Fail)).state(2, enterprise.Relapsed)
	if f, _ := x.e.Fact(3); f.Kind != enterprise.Relapse {
		t.Errorf("recorded %+v", x.e.Facts)
	}
	x.does("2026-10-09", propose).state(2, enterprise.Proposed)
	after := limited(t).does("2026-08-01", on(1, enterprise.File)).does("2026-08-20", on(1, enterprise.Fail))
	relapse := propose
	relapse.Card = 1
	after.does("2026-08-21", relapse, "error.card.grave").does("2026-08-21", tell(enterprise.Stop, enterprise.GroundPersists, 2)) // after a limit it is stopped first
}

// A fact that a card rests on is neither used again nor struck.
func TestFactsAreUsedOnce(t *testing.T) {
	x := limited(t).does("2026-08-01", on(1, enterprise.File)).does("2026-08-20", on(1, enterprise.Pass)).
		does("2026-08-21", tell(enterprise.Limit, enterprise.GroundExceed, 1), "error.card.fact_used").
		does("2026-08-21", enterprise.Act{Action: enterprise.Strike, N: 1, Words: "w"}, "error.enterprise.fact_used")
	x.exceeds("2026-08-25").does("2026-08-26", enterprise.Act{Action: enterprise.Strike, N: 2, Words: "a slip"}).
		does("2026-08-27", tell(enterprise.Limit, enterprise.GroundExceed, 2), "error.card.ground_facts")
	if f := x.e.Facts[1]; f.StruckWhy != "a slip" || f.Live() {
		t.Errorf("struck %+v", f)
	}
}

// Nothing happens before what came before it, nor in days to come.
func TestDaysAreInOrder(t *testing.T) {
	early := on(1, enterprise.FilePlan)
	early.Day = day("2026-06-09")
	limited(t).does("2026-06-15", early, "error.card.order")
	early.Day = day("2026-07-01")
	limited(t).does("2026-06-15", early, "error.enterprise.day")
}

// The table leads to red by one row only, which the bureau alone cannot reach, and every state is reached and left as it says.
func TestTable(t *testing.T) {
	reached := make(map[enterprise.State]bool)
	for _, r := range enterprise.Table() {
		reached[r.To] = true
		if r.To == enterprise.Closed && (r.Action != enterprise.Close || !slices.Equal(r.From, []enterprise.State{enterprise.Proposed})) {
			t.Errorf("closed by %+v", r)
		}
		if r.To == "" && !r.Stays && !r.Back {
			t.Errorf("%s leads nowhere", r.Action)
		}
	}
	for _, s := range enterprise.States() {
		if !reached[s] {
			t.Errorf("nothing leads to %s", s)
		}
	}
}
