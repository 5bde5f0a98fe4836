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
		if m, ok := For(p.Measures, c.Categories, c.Kinds); ok && m.Item == item && c.Tells() {
			out = append(out, c)
		}
	}
	return out
}

// OpenCases counts the cases that tell on each measure, by its item. A case that is there twice counts once.
func (p Plan) OpenCases(cases []casework.Case) map[int]int {
	out := make(map[int]int)
	seen := make(map[casework.CaseID]bool, len(cases))
	for _, c := range cases {
		if seen[c.ID] || !c.Tells() {
			continue
		}
		seen[c.ID] = true
		if m, ok := For(p.Measures, c.Categories, c.Kinds); ok {
			out[m.Item]++
		}
	}
	return out
}
