package publication

import (
	"cmp"
	"slices"
)

// sortLines puts what is due first before the others.
func sortLines(all []Line) []Line {
	slices.SortStableFunc(all, func(a, b Line) int { return a.Due.Compare(b.Due) })
	return all
}

// sortIssues puts the first issue of an occasion before its corrections.
func sortIssues(all []Issue) {
	slices.SortFunc(all, func(a, b Issue) int {
		_, x := Base(a.ID)
		_, y := Base(b.ID)
		return cmp.Compare(x, y)
	})
}
