package assess

import (
	"cmp"
	"slices"
	"strings"
)

// Standing says whether a figure counts.
type Standing string

// The standings.
const (
	Counts Standing = ""     // with its weight
	NoData Standing = "none" // there is nothing to judge by: its weight is left out, and neither 0 nor 100 is assumed
	TooFew Standing = "few"  // too small a sample: shown, and its weight is left out
)

// Mark is a figure and what it earned.
type Mark struct {
	Figure

	Weight   int      `json:"w"`
	Standing Standing `json:"s,omitempty"`
	Points   Amount   `json:"p"` // 0 to 100; 0 unless it counts
}

// Result is how a unit stands.
type Result struct {
	Unit    Unit   `json:"u"`
	Marks   []Mark `json:"m"`
	Counted int    `json:"c"` // the weights that count, of 100
	Score   Amount `json:"s"` // 0 to 100, by the weights that count
	Judged  bool   `json:"j"` // enough of the weights count; otherwise there is no grade and no rank
	Grade   string `json:"g,omitempty"`
	Rank    int    `json:"k,omitempty"` // among the judged of its kind; equal scores have equal ranks
	Failed  bool   `json:"f,omitempty"` // judged, and below the line
}

// Empty tells whether there is no figure at all.
func (r Result) Empty() bool {
	return !slices.ContainsFunc(r.Marks, func(m Mark) bool { return m.Standing != NoData })
}

// Mark finds the mark of an indicator.
func (r Result) Mark(indicator string) (Mark, bool) {
	for _, m := range r.Marks {
		if m.Indicator == indicator {
			return m, true
		}
	}
	return Mark{}, false
}

// Score judges a unit by its figures. An indicator without a figure has no data.
func (s Scheme) Score(u Unit, figures []Figure) Result {
	r := Result{Unit: u}
	var earned Amount
	for _, i := range s.Of(u.Kind) {
		m := Mark{Figure: Figure{Indicator: i.Code}, Weight: i.Weight}
		if at := slices.IndexFunc(figures, func(f Figure) bool { return f.Indicator == i.Code }); at >= 0 {
			m.Figure = figures[at]
		}
		m.Standing = i.standing(m.Figure)
		if m.Standing == Counts {
			m.Points = i.Points(m.Value)
			r.Counted += i.Weight
			earned += m.Points * Amount(i.Weight)
		}
		r.Marks = append(r.Marks, m)
	}
	if r.Counted > 0 {
		r.Score = earned / Amount(r.Counted)
	}
	if r.Judged = r.Counted > 0 && r.Counted >= s.Least; r.Judged {
		r.Grade, r.Failed = s.Grade(r.Score).Code, r.Score < s.Pass
	}
	return r
}

func (i Indicator) standing(f Figure) Standing {
	switch {
	case f.Given != nil:
		return Counts
	case f.N == 0:
		return NoData
	case f.N < i.Least:
		return TooFew
	}
	return Counts
}

// Rank ranks the judged units of each kind by their score, in place, and puts them in order: townships first, the best
// first, those that are not judged last, of these those without any figure.
func Rank(results []Result) {
	slices.SortFunc(results, func(a, b Result) int {
		if d := cmp.Or(compareKinds(a.Unit, b.Unit), compareJudged(a, b)); d != 0 {
			return d
		}
		if a.Judged && a.Score != b.Score {
			return cmp.Compare(b.Score, a.Score)
		}
		return strings.Compare(a.Unit.Code, b.Unit.Code)
	})
	for i := range results {
		r := &results[i]
		switch {
		case !r.Judged:
			r.Rank = 0
		case i == 0 || results[i-1].Unit.Kind != r.Unit.Kind:
			r.Rank = 1
		case results[i-1].Score == r.Score:
			r.Rank = results[i-1].Rank
		default:
			r.Rank = place(results[:i], r.Unit.Kind) + 1
		}
	}
}

// place is how many of a kind stand before.
func place(before []Result, k Kind) int {
	n := 0
	for _, r := range before {
		if r.Unit.Kind == k {
			n++
		}
	}
	return n
}

func compareKinds(a, b Unit) int {
	return cmp.Compare(slices.Index(Kinds(), a.Kind), slices.Index(Kinds(), b.Kind))
}

// compareJudged puts the judged first, then those with some figures.
func compareJudged(a, b Result) int {
	worth := func(r Result) int {
		switch {
		case r.Judged:
			return 0
		case !r.Empty():
			return 1
		}
		return 2
	}
	return cmp.Compare(worth(a), worth(b))
}
