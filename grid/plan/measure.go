// Package plan holds the items of a district's work plan: what is to be done, who leads, who supports.
package plan

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
)

// Measure is an item of the plan (任务), with the kinds of pollution whose reports evidence it.
type Measure struct {
	Item     int
	Title    string            // in the plan's own words
	Covers   []string          // codes of kinds, or of categories for whatever has no kind of its own
	Lead     grid.Department   // 牵头部门
	Supports []grid.Department // 配合部门
}

// For finds the measure that a report of these categories and kinds evidences: by kind first, by category else, the first of
// each first.
func For(measures []Measure, categories, kinds []string) (Measure, bool) {
	for _, codes := range [][]string{kinds, categories} {
		for _, code := range codes {
			i := slices.IndexFunc(measures, func(m Measure) bool { return slices.Contains(m.Covers, code) })
			if i >= 0 {
				return measures[i], true
			}
		}
	}
	return Measure{}, false
}
