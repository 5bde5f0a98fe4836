package seeds

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/routing"
)

const (
	placesFile     = "places.yaml"
	neighboursFile = "neighbours.yaml"
)

var placeKinds = []string{"river", "valley", "landmark", "section"}

// loadPlaces reads what people name that is no cell. Where a place gives no cells, they are those that its line runs
// through or its point lies in.
func (l *loader) loadPlaces() {
	f, ok := l.open(placesFile, "places")
	if !ok {
		return
	}
	taken := make(map[string]int)
	for _, n := range f.items("places") {
		if p, ok := l.place(n); ok {
			l.claimNames(n, taken, p.Name, p.Aliases)
			l.d.Places = append(l.d.Places, p)
		}
	}
	for id, r := range l.rivers {
		if !r.used {
			r.feature.fault("a place in "+placesFile+" with line: "+id, "no place refers to %s", id)
		}
	}
}

func (l *loader) place(n node) (routing.Place, bool) {
	f := n.fields([]string{"name", "kind"}, "aliases", "cells", "point", "line", "approx")
	p := routing.Place{
		Name: f.text("name"), Aliases: f.texts("aliases"), Kind: f.text("kind"),
		Cells: l.cellsOf(f, "cells"), Point: f.point("point"), Approx: f.truth("approx"),
	}
	if f.has("kind") && !slices.Contains(placeKinds, p.Kind) {
		f.byKey["kind"].fault("one of "+strings.Join(placeKinds, ", "), "kind %q", p.Kind)
	}
	if id := f.text("line"); id != "" {
		r, ok := l.rivers[id]
		if !ok {
			f.byKey["line"].fault("the id of a feature in "+riversFile, "line %q does not exist", id)
		}
		p.Line, r.used = r.line, true
		if ok {
			l.rivers[id] = r
		}
	}
	if l.index != nil && !f.has("cells") {
		p.Cells = l.touched(p)
	}
	if len(p.Cells) == 0 && l.index != nil {
		f.fault("cells, or a line or point inside the district", "place %s is in no cell", p.Name)
	}
	return p, p.Name != ""
}

// touched finds the cells that a place touches, in the order of its line.
func (l *loader) touched(p routing.Place) []grid.CellCode {
	var out []grid.CellCode
	visit := func(at geo.Point) {
		if i, ok := l.index.Find(at); ok {
			if code := grid.CellCode(l.index.Shapes()[i].ID); !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	}
	if p.Point != nil {
		visit(*p.Point)
	}
	const step = 100 // metres: no cell is so narrow
	for i := 1; i < len(p.Line); i++ {
		a, b := p.Line[i-1], p.Line[i]
		n := int(geo.Distance(a, b)/step) + 1
		for k := range n + 1 {
			t := float64(k) / float64(n)
			visit(geo.Point{Lon: a.Lon + t*(b.Lon-a.Lon), Lat: a.Lat + t*(b.Lat-a.Lat)})
		}
	}
	return out
}

// cellsOf reads a list of codes of cells.
func (l *loader) cellsOf(f fields, key string) []grid.CellCode {
	var out []grid.CellCode
	for _, n := range f.items(key) {
		if code, ok := l.cellOf(n); ok {
			out = append(out, code)
		}
	}
	return out
}

// cellOf reads the code of a cell.
func (l *loader) cellOf(n node) (grid.CellCode, bool) {
	code := grid.CellCode(n.text())
	if _, ok := l.lookup(code); !ok {
		n.fault("a code of "+cellsFile, "cell %q does not exist", code)
		return "", false
	}
	return code, true
}

// claimNames finds names that mean two things.
func (l *loader) claimNames(n node, taken map[string]int, name string, aliases []string) {
	for _, s := range slices.Concat([]string{name}, aliases) {
		if line, twice := taken[s]; twice {
			n.fault("each name once", "%q is in the entry of line %d already", s, line)
			continue
		}
		taken[s] = n.at.Line
	}
}

var compass = []geo.Compass{
	geo.North, geo.NorthEast, geo.East, geo.SouthEast, geo.South, geo.SouthWest, geo.West, geo.NorthWest,
}

// loadNeighbours reads where a report belongs that lies outside.
func (l *loader) loadNeighbours() {
	f, ok := l.open(neighboursFile, "neighbours")
	if !ok {
		return
	}
	taken := make(map[string]int)
	for _, n := range f.items("neighbours") {
		e := n.fields([]string{"name", "direction", "phone"}, "aliases", "downstream", "bureau", "shares", "contact")
		b := routing.Neighbour{
			Name: e.text("name"), Aliases: e.texts("aliases"), Phone: e.text("phone"),
			Downstream: e.truth("downstream"), Bureau: e.text("bureau"),
			Shares: e.texts("shares"), Contact: e.text("contact"),
		}
		i := slices.IndexFunc(compass, func(c geo.Compass) bool { return c.String() == e.text("direction") })
		if i >= 0 {
			b.Direction = compass[i]
		} else if e.has("direction") {
			e.byKey["direction"].fault("n, ne, e, se, s, sw, w or nw", "direction %q", e.text("direction"))
		}
		l.claimNames(n, taken, b.Name, b.Aliases)
		l.d.Neighbours = append(l.d.Neighbours, b)
	}
}
