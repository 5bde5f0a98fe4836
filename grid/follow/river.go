package follow

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
)

// RiverOf is a river that can be followed, and the cells along it.
type RiverOf struct {
	Name  string
	Cells []grid.CellCode
}

// Along lists the names of the rivers along which one of the cells lies.
func Along(rivers []RiverOf, tree *grid.Tree, cells ...grid.CellCode) []string {
	var out []string
	for _, r := range rivers {
		if slices.ContainsFunc(cells, func(c grid.CellCode) bool {
			return slices.ContainsFunc(r.Cells, func(at grid.CellCode) bool { return tree.Within(at, c) || tree.Within(c, at) })
		}) {
			out = append(out, r.Name)
		}
	}
	return out
}
