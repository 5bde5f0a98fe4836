package public

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// People is who answers for a cell, as far as everybody may know: the district makes public who is first responsible for
// each township and what for (items 31 and 41 of its plan). Of inspectors, who walk alone, only how many there are.
type People struct {
	Chiefs     []Chief
	Inspectors int
	Sample     bool // some of them are invented, of a sample roster
}

// Chief is who is first responsible for a cell (网格长, 行政第一责任人).
type Chief struct {
	Name  string
	Title string
}

// PeopleOf reads them from the roster: the chiefs of that very cell, and the inspectors of it and of all cells below.
func PeopleOf(r *grid.Roster, tree *grid.Tree, cell grid.CellCode, at time.Time) People {
	var out People
	for _, o := range r.Officers() {
		if o.Holds(grid.Chief, cell, at) {
			out.Chiefs = append(out.Chiefs, Chief{Name: o.Name, Title: o.Title})
			out.Sample = out.Sample || o.Sample
		}
		if inspects(o, tree, cell, at) {
			out.Inspectors++
			out.Sample = out.Sample || o.Sample
		}
	}
	return out
}

func inspects(o grid.Officer, tree *grid.Tree, cell grid.CellCode, at time.Time) bool {
	for _, a := range o.Appointments {
		if a.Role == grid.Inspector && a.Active(at) && tree.Within(a.Cell, cell) {
			return true
		}
	}
	return false
}
