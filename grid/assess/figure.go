package assess

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Ref is one thing that a figure was counted from: a case by its number, a milestone, a patrol. Got of Of: 1 of 1 for a limit
// that was kept, 0 of 1 for one that was not, 3 of 4 for patrols, the score and 1 for a mean.
type Ref struct {
	ID  string `json:"i"`
	Got int    `json:"g"`
	Of  int    `json:"o"`
}

// Given is a value that somebody entered, and the document that they took it from, or the reason.
type Given struct {
	Value  Amount         `json:"v"`
	Source string         `json:"s"`
	By     grid.OfficerID `json:"b"`
	At     time.Time      `json:"a"`
}

// Figure is what an indicator says of a unit. Whatever is counted can be counted again from Refs.
type Figure struct {
	Indicator string `json:"i"`
	Value     Amount `json:"v"`
	Got       int    `json:"g"`
	N         int    `json:"n"` // how many it was counted from; 0: there is no data, unless it was given
	Refs      []Ref  `json:"r,omitempty"`
	Given     *Given `json:"e,omitempty"` // holds instead of what was counted
}

// Count makes a figure of what it is counted from.
func Count(indicator string, m Measure, refs []Ref) Figure {
	f := Figure{Indicator: indicator, Refs: slices.Clone(refs)}
	slices.SortFunc(f.Refs, func(a, b Ref) int { return strings.Compare(a.ID, b.ID) })
	for _, r := range f.Refs {
		f.Got, f.N = f.Got+r.Got, f.N+r.Of
	}
	f.Value = f.counted(m)
	return f
}

// counted is the value by what was counted: a share in percent, or a mean.
func (f Figure) counted(m Measure) Amount {
	if f.N == 0 {
		return 0
	}
	whole := fullPoints
	if m.Mean() {
		whole = One
	}
	return whole * Amount(f.Got) / Amount(f.N)
}

// give lets a value hold that somebody entered; nil takes it away again.
func (f Figure) give(m Measure, g *Given) Figure {
	f.Given, f.Value = g, f.counted(m)
	if g != nil {
		f.Value = g.Value
	}
	return f
}
