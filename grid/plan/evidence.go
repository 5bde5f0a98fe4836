package plan

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// Codes are the codes of categories and kinds by which the measures are told on, each once.
func (p Plan) Codes() []string {
	var out []string
	for _, m := range p.Measures {
		out = append(out, m.Covers...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// CasesOf lists those of the cases that tell on the measure: accepted, not closed, and of its kinds before any other's.
func (p Plan) CasesOf(item int, cases []casework.Case) []casework.Case {
	var out []casework.Case
	for _, c := range cases {
		if p.Telling(c) == item {
			out = append(out, c)
		}
	}
	return out
}

// Telling is the item of the measure that a case tells on; 0 when it tells on none, or no more.
func (p Plan) Telling(c casework.Case) int {
	if !c.Tells() {
		return 0
	}
	m, _ := For(p.Measures, c.Categories, c.Kinds)
	return m.Item
}

// OpenCases counts the cases that tell on each measure, by its item. A case that is there twice counts once.
func (p Plan) OpenCases(cases []casework.Case) map[int]int {
	out := make(map[int]int)
	seen := make(map[casework.CaseID]bool, len(cases))
	for _, c := range cases {
		item := p.Telling(c)
		if seen[c.ID] || item == 0 {
			continue
		}
		seen[c.ID] = true
		out[item]++
	}
	return out
}
