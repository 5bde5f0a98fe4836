package assess

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// Scheme is how units are assessed: data of the district, and kept with every assessment that was made by it.
type Scheme struct {
	Indicators []Indicator `json:"i"`
	Grades     []Grade     `json:"g"` // the best first; the last begins at 0
	Pass       Amount      `json:"p"` // who scores less has not passed
	Least      int         `json:"l"` // percent of a unit's weights that must have a figure, for it to be graded and ranked
}

// Indicator is one figure that units are judged by.
type Indicator struct {
	Code    string            `json:"c"`
	Names   map[string]string `json:"n"` // by language tag
	Measure Measure           `json:"m"` // what it is counted from
	For     []Kind            `json:"f"`
	Weight  int               `json:"w"` // of 100 for each kind
	Full    Amount            `json:"u"` // from here on full marks; in between in proportion
	Zero    Amount            `json:"z"` // until here none. Above Full where less is better
	Steps   []Step            `json:"s,omitempty"`
	Least   int               `json:"l"` // fewer are too few to judge by
	Source  string            `json:"o"` // of the rule
	Status  string            `json:"t"`
}

// Step is a bracket: whoever reaches At gets Points. With steps there is nothing in between.
type Step struct {
	At     Amount `json:"a"`
	Points Amount `json:"p"`
}

// Grade is how a score is called.
type Grade struct {
	Code  string            `json:"c"`
	Names map[string]string `json:"n"`
	From  Amount            `json:"f"`
}

// Measure is what a figure is counted from.
type Measure string

// The measures, besides those of clocks (ClockRate).
const (
	Satisfaction Measure = "satisfaction" // the mean of reporters' scores, 1 to 5
	Milestones   Measure = "milestones"   // of the plan, done by their day
	Coverage     Measure = "coverage"     // patrols that were due and were made
	Sections     Measure = "sections"     // monitored sections of rivers that reach their class
	Entered      Measure = "entered"      // by hand, with its document
)

const clockPrefix = "clock/"

// ClockRate is how often a limit of casework was kept.
func ClockRate(name casework.ClockName) Measure { return Measure(clockPrefix + string(name)) }

// MeasureNames lists every measure that there is.
func MeasureNames() []Measure {
	out := []Measure{Satisfaction, Milestones, Coverage, Sections, Entered}
	for _, name := range casework.ClockNames() {
		if !name.Theirs() {
			out = append(out, ClockRate(name))
		}
	}
	return out
}

// Mean tells whether the figure is a mean and not a share.
func (m Measure) Mean() bool { return m == Satisfaction }

// OfCases tells whether what is counted are cases by their numbers.
func (m Measure) OfCases() bool {
	return m == Satisfaction || strings.HasPrefix(string(m), clockPrefix)
}

// Judges tells whether the indicator is for that kind of unit.
func (i Indicator) Judges(k Kind) bool { return slices.Contains(i.For, k) }

// Indicator finds one by its code.
func (s Scheme) Indicator(code string) (Indicator, bool) {
	for _, i := range s.Indicators {
		if i.Code == code {
			return i, true
		}
	}
	return Indicator{}, false
}

// Of lists the indicators of a kind of unit.
func (s Scheme) Of(k Kind) []Indicator {
	return slices.DeleteFunc(slices.Clone(s.Indicators), func(i Indicator) bool { return !i.Judges(k) })
}

// Weights is the sum of the weights of a kind of unit.
func (s Scheme) Weights(k Kind) int {
	sum := 0
	for _, i := range s.Of(k) {
		sum += i.Weight
	}
	return sum
}

// Grade is how that score is called.
func (s Scheme) Grade(score Amount) Grade {
	for _, g := range s.Grades {
		if score >= g.From {
			return g
		}
	}
	return Grade{}
}

const (
	fullPoints  = 100 * One
	wholeWeight = 100
)

// Points is what a value earns, from 0 to 100.
func (i Indicator) Points(v Amount) Amount {
	if len(i.Steps) > 0 {
		return i.stepped(v)
	}
	if i.Full == i.Zero {
		return 0
	}
	way, whole := v-i.Zero, i.Full-i.Zero
	if whole < 0 {
		way, whole = -way, -whole
	}
	return fullPoints * min(max(way, 0), whole) / whole
}

// Down tells whether less is better.
func (i Indicator) Down() bool {
	if n := len(i.Steps); n > 1 {
		return i.Steps[0].At < i.Steps[n-1].At
	}
	return i.Full < i.Zero
}

// stepped is the best of the brackets that the value reaches; the best stands first.
func (i Indicator) stepped(v Amount) Amount {
	for _, s := range i.Steps {
		if !i.Down() && v >= s.At || i.Down() && v <= s.At {
			return s.Points
		}
	}
	return 0
}
