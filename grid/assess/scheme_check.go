package assess

import (
	"fmt"
	"slices"
)

// Check lists what is wrong with a scheme, in words for whoever writes it; nothing when it can be used. Of is the code of the
// indicator or grade that is meant, empty for the scheme as a whole.
func (s Scheme) Check() []Fault {
	var out []Fault
	fault := func(of, want, what string, args ...any) {
		out = append(out, Fault{Of: of, Want: want, What: fmt.Sprintf(what, args...)})
	}
	for _, k := range Kinds() {
		if n := s.Weights(k); n != wholeWeight {
			fault("", "weights that sum up to 100", "the weights for a %s sum up to %d", k, n)
		}
	}
	if n := len(s.Grades); n == 0 || s.Grades[n-1].From != 0 {
		fault("", "grades down to one from 0", "scores without a grade")
	}
	if !slices.IsSortedFunc(s.Grades, func(a, b Grade) int { return int(b.From - a.From) }) {
		fault("", "the best grade first", "grades out of order")
	}
	if s.Pass > fullPoints || s.Least < 1 || s.Least > wholeWeight {
		fault("", "a line to pass up to 100, and a least share of 1 to 100", "pass %s, least %d", s.Pass, s.Least)
	}
	for _, i := range s.Indicators {
		if what, want := i.wrong(); what != "" {
			fault(i.Code, want, "%s", what)
		}
	}
	return out
}

// Fault is one thing that is wrong with a scheme.
type Fault struct{ Of, What, Want string }

// wrong is what is wrong with an indicator, and what was expected.
func (i Indicator) wrong() (what, want string) {
	better := func(a, b Step) int {
		if i.Down() {
			return int(a.At - b.At)
		}
		return int(b.At - a.At)
	}
	earns := func(a, b Step) int { return int(b.Points - a.Points) }
	switch {
	case !slices.Contains(MeasureNames(), i.Measure):
		return fmt.Sprintf("measure %q", string(i.Measure)), "a measure that the program knows"
	case i.Weight < 1, i.Least < 1, len(i.For) == 0:
		return "no weight, no least sample or nobody to judge", "1 or more, and township or department"
	case len(i.Steps) == 0 && i.Full == i.Zero:
		return "full and zero are the same", "different ones, or steps"
	case !slices.IsSortedFunc(i.Steps, better), !slices.IsSortedFunc(i.Steps, earns):
		return "steps out of order", "the best step first, each with fewer points than the one before"
	case slices.ContainsFunc(i.Steps, func(s Step) bool { return s.Points > fullPoints }):
		return "more than full marks", "points up to 100"
	}
	return "", ""
}
