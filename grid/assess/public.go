package assess

import "time"

// Public is what anybody may see of a published assessment: units and their figures, and nothing of people, cases, comments or
// too small samples.
type Public struct {
	Period    string       `json:"period"`
	Published time.Time    `json:"published"`
	SHA256    string       `json:"sha256"` // of the sealed whole
	Pass      Amount       `json:"pass"`
	Units     []PublicUnit `json:"units"`
}

// PublicUnit is a unit that was judged, or why it was not.
type PublicUnit struct {
	Kind    Kind           `json:"kind"`
	Code    string         `json:"code"`
	Name    string         `json:"name"`
	Judged  bool           `json:"judged"`
	Counted int            `json:"weight_with_data"`
	Score   *Amount        `json:"score,omitempty"`
	Grade   string         `json:"grade,omitempty"`
	Rank    int            `json:"rank,omitempty"`
	Passed  *bool          `json:"passed,omitempty"`
	Figures []PublicFigure `json:"figures"`
}

// PublicFigure is a figure; without a value where there is no data, or too little.
type PublicFigure struct {
	Indicator string            `json:"indicator"`
	Names     map[string]string `json:"names"`
	Weight    int               `json:"weight"`
	Standing  Standing          `json:"standing,omitempty"`
	Value     *Amount           `json:"value,omitempty"`
	N         int               `json:"n,omitempty"`
	Entered   bool              `json:"entered,omitempty"` // by hand, or corrected
	Points    *Amount           `json:"points,omitempty"`
}

// Public is the public text of a sealed and published assessment; false for any other.
func (a Assessment) Public() (Public, bool) {
	if a.Seal == nil || a.Published.IsZero() {
		return Public{}, false
	}
	out := Public{Period: a.Period, Published: a.Published, SHA256: a.Seal.Hash, Pass: a.Scheme.Pass}
	for _, r := range a.Results {
		out.Units = append(out.Units, a.publicUnit(r))
	}
	return out, true
}

func (a Assessment) publicUnit(r Result) PublicUnit {
	u := PublicUnit{Kind: r.Unit.Kind, Code: r.Unit.Code, Name: r.Unit.Name, Judged: r.Judged, Counted: r.Counted}
	if r.Judged {
		passed := !r.Failed
		u.Score, u.Grade, u.Rank, u.Passed = &r.Score, r.Grade, r.Rank, &passed
	}
	for _, m := range r.Marks {
		i, _ := a.Scheme.Indicator(m.Indicator)
		f := PublicFigure{Indicator: m.Indicator, Names: i.Names, Weight: m.Weight, Standing: m.Standing}
		if m.Standing == Counts {
			f.Value, f.Points, f.N, f.Entered = &m.Value, &m.Points, m.N, m.Given != nil
		}
		u.Figures = append(u.Figures, f)
	}
	return u
}
