package casework

import (
	"slices"
	"strings"
	"unicode"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Alike tells whether two reports look like the same matter: they share a kind of pollution, and lie within Rules.NearSame
// of each other; or, where a point is not known of both, one's cell holds the other's and their words, apart from the names
// of places, share at least Rules.SameWords. It only suggests: a person decides.
func (w *Work) Alike(a, b Case) bool {
	shared := slices.ContainsFunc(a.Categories, func(x string) bool { return slices.Contains(b.Categories, x) })
	switch {
	case !shared:
		return false
	case a.Point != nil && b.Point != nil:
		return geo.Distance(*a.Point, *b.Point) <= w.Rules.NearSame
	case !w.Tree.Within(a.Cell, b.Cell) && !w.Tree.Within(b.Cell, a.Cell):
		return false
	}
	return Overlap(w.bareWords(a, b), w.bareWords(b, a)) >= w.Rules.SameWords
}

// bareWords is what a report says without the names of the cells in which it or the other lies: that two things happened in
// one village makes them no more alike.
func (w *Work) bareWords(c, other Case) string {
	text := c.Text
	for _, code := range []grid.CellCode{c.Cell, other.Cell} {
		for _, cell := range w.Tree.Path(code) {
			text = strings.ReplaceAll(text, cell.Name, " ")
		}
	}
	return text
}

// Overlap is how much of the shorter text stands in the other, from 0 to 1: the share of its pairs of neighbouring letters.
// It knows no language, and suits Chinese, where two characters are about a word.
func Overlap(a, b string) float64 {
	x, y := letterPairs(a), letterPairs(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return 0
	}
	common := 0
	for p := range x {
		if y[p] {
			common++
		}
	}
	return float64(common) / float64(len(x))
}

func letterPairs(text string) map[[2]rune]bool {
	out := make(map[[2]rune]bool)
	var last rune
	for _, r := range strings.ToLower(text) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			last = 0
			continue
		}
		if last != 0 {
			out[[2]rune{last, r}] = true
		}
		last = r
	}
	return out
}
