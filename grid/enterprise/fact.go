package enterprise

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// FactKind is what was found.
type FactKind string

// The kinds.
const (
	Exceed    FactKind = "exceed"    // a concentration above the limit
	OverDay   FactKind = "over_day"  // more in a day than the permit allows
	OverYear  FactKind = "over_year" // more in a year
	Covert    FactKind = "covert"    // hidden pipes, seepage wells or pits
	Forged    FactKind = "forged"    // monitoring data
	Idle      FactKind = "idle"      // treatment not run as it should be
	Incident  FactKind = "incident"  // an environmental emergency
	Defiance  FactKind = "defiance"  // did not stop as ordered, or began again without leave
	Relapse   FactKind = "relapse"   // found again by the check after lifting
	Punished  FactKind = "punished"  // a decision of administrative punishment
	Failed    FactKind = "failed"    // an inspection or spot check
	Proven    FactKind = "proven"    // a report of the public was
	Commended FactKind = "commended" // by decision: counts for the credit grade only
)

// FactKinds lists them.
func FactKinds() []FactKind {
	return []FactKind{Exceed, OverDay, OverYear, Covert, Forged, Idle, Incident, Defiance, Relapse, Punished, Failed, Proven, Commended}
}

// Measured tells whether a fact of the kind is a value above a limit.
func (k FactKind) Measured() bool { return k == Exceed || k == OverDay || k == OverYear }

// Unlawful tells whether a fact of the kind is itself a way of discharging against the law.
func (k FactKind) Unlawful() bool {
	return k.Measured() || slices.Contains([]FactKind{Covert, Forged, Idle, Defiance, Relapse}, k)
}

// Source is how a fact is known.
type Source string

// The sources.
const (
	Automatic   Source = "automatic"   // automatic monitoring
	Supervisory Source = "supervisory" // the bureau's own monitoring
	Self        Source = "self"        // the enterprise's own monitoring
	Enforcement Source = "enforcement" // found on the spot, or by a decision
)

// Sources lists them.
func Sources() []Source { return []Source{Automatic, Supervisory, Self, Enforcement} }

// Fact is one thing on record. It is never altered: one that was wrong is struck, with the reason.
type Fact struct {
	N      int            `json:"n"`
	Kind   FactKind       `json:"k"`
	Day    time.Time      `json:"d"` // on which it happened
	Source Source         `json:"s"`
	Item   string         `json:"i,omitempty"` // what was measured
	Value  float64        `json:"v,omitzero"`
	Limit  float64        `json:"l,omitzero"`
	Unit   string         `json:"u,omitempty"`
	Toxic  bool           `json:"t,omitzero"` // heavy metals, persistent organic pollutants (Rule 30 Art 6.2 and 8.1)
	Doc    string         `json:"o,omitempty"`
	Words  string         `json:"w,omitempty"`
	By     grid.OfficerID `json:"b"`
	At     time.Time      `json:"a"` // came on record

	Struck    time.Time      `json:"x,omitzero"`
	StruckBy  grid.OfficerID `json:"xb,omitempty"`
	StruckWhy string         `json:"xw,omitempty"`
}

// Live tells whether the fact counts.
func (f Fact) Live() bool { return f.Struck.IsZero() }

// Multiple is how many times the limit the value is, with two decimals; 0 where nothing was measured.
func (f Fact) Multiple() float64 {
	if f.Limit <= 0 {
		return 0
	}
	return math.Round(f.Value/f.Limit*100) / 100
}

// Measured is value and limit in figures: "180/50 mg/L".
func (f Fact) Measured() string {
	if !f.Kind.Measured() {
		return ""
	}
	out := number(f.Value) + "/" + number(f.Limit)
	if f.Unit != "" {
		out += " " + f.Unit
	}
	return out
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Fact finds a fact by its number; false when there is none or it was struck.
func (e Enterprise) Fact(n int) (Fact, bool) {
	if n < 1 || n > len(e.Facts) || !e.Facts[n-1].Live() {
		return Fact{}, false
	}
	return e.Facts[n-1], true
}

// addFact puts a fact on record. Invalid: a kind or source that there is not, a day to come, a value that is not above its
// limit, a decision without its number.
func (w Work) addFact(e *Enterprise, f Fact, act Act, now time.Time) (int, error) {
	switch {
	case !slices.Contains(FactKinds(), f.Kind) || f.Kind == Relapse && act.Action == Record || !slices.Contains(Sources(), f.Source):
		return 0, grid.Fail(grid.Invalid, "error.enterprise.fact")
	case f.Day.IsZero() || f.Day.After(now):
		return 0, grid.Fail(grid.Invalid, "error.enterprise.day")
	case f.Kind.Measured() && f.exceedsNothing():
		return 0, grid.Fail(grid.Invalid, "error.enterprise.value")
	case f.Kind == Punished && f.Doc == "":
		return 0, grid.Fail(grid.Invalid, "error.enterprise.doc")
	case !f.Kind.Measured() && f.Words == "" && f.Doc == "":
		return 0, grid.Fail(grid.Invalid, "error.enterprise.words")
	}
	f.N, f.By, f.At = len(e.Facts)+1, act.By, now
	f.Toxic = f.Toxic || slices.Contains(w.Rules.Toxic, f.Item)
	e.Facts = append(e.Facts, f)
	return f.N, nil
}

// exceedsNothing tells whether the fact names no item, or no value above a limit.
func (f Fact) exceedsNothing() bool {
	return f.Item == "" || f.Limit <= 0 || f.Value <= f.Limit || math.IsInf(f.Value, 0)
}

// Pressing is that openly pressing the enterprise was proposed (挂牌督办), after a quarter.
type Pressing struct {
	Quarter string         `json:"q"`
	Doc     string         `json:"d"`
	By      grid.OfficerID `json:"b"`
	At      time.Time      `json:"a"`
}

// exceededIn tells whether the enterprise exceeded in a quarter by as much as counts.
func (w Work) exceededIn(e Enterprise, q plan.Quarter) bool {
	return slices.ContainsFunc(e.Facts, func(f Fact) bool {
		return f.Live() && f.Kind.Measured() && f.Multiple() >= w.Rules.PressMultiple && q.Has(w.date(f.Day))
	})
}

// QuarterOf is the quarter of a moment.
func (w Work) QuarterOf(at time.Time) plan.Quarter { return plan.QuarterOf(w.date(at)) }

// TwoRunning tells whether the enterprise was found exceeding in a quarter and in the one before it.
func (w Work) TwoRunning(e Enterprise, q plan.Quarter) bool {
	return w.exceededIn(e, q) && w.exceededIn(e, q.Before())
}

// TwoQuarters tells in which quarter, of that moment or the one before it, the enterprise was found exceeding for the second quarter
// running, when no pressing was proposed for that yet; empty for none.
func (w Work) TwoQuarters(e Enterprise, at time.Time) string {
	this := w.QuarterOf(at)
	for _, q := range []plan.Quarter{this, this.Before()} {
		proposed := slices.ContainsFunc(e.Pressings, func(p Pressing) bool { return p.Quarter == q.Name })
		if !proposed && w.TwoRunning(e, q) {
			return q.Name
		}
	}
	return ""
}
