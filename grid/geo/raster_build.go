package geo

import (
	"math"
	"slices"
)

// cellsPerEdge, and the bounds of a side: more cells make more answers immediate, and cost four bytes each.
const (
	cellsPerEdge = 16
	minSide      = 64
	maxSide      = 1024
)

// drawer draws the pieces into a raster one after the other, the owner of a tie first.
type drawer struct {
	raster
	piece     uint32
	touchedBy []uint32    // by cell: the last piece with an edge in it, plus 1
	cells     []int       // the cells touched by the piece at hand
	crossings [][]float64 // by row: where the piece's edges cross the middle of the row
	nodes     []node      // what the cells' lists are made of, each cell's last first
	last      []uint32    // by cell: its last node, plus 1
}

type node struct {
	candidate
	before uint32 // the node before this one, plus 1
}

func newRaster(pieces []piece) raster {
	d := drawer{raster: raster{box: emptyBox()}}
	edges := 0
	for _, p := range pieces {
		d.box = d.box.grown(p.box.min).grown(p.box.max)
		for _, r := range p.polygon.rings() {
			edges += len(r) - 1
		}
	}
	side := int(math.Sqrt(float64(cellsPerEdge * edges)))
	side = min(max(side, minSide), maxSide)
	d.columns, d.rows = side, side
	// The easternmost and northernmost points fall into the last cells, not beyond.
	d.scaleX = (float64(side) - 1e-6) / (d.box.max.Lon - d.box.min.Lon)
	d.scaleY = (float64(side) - 1e-6) / (d.box.max.Lat - d.box.min.Lat)

	d.touchedBy = make([]uint32, side*side)
	d.last = make([]uint32, side*side)
	d.crossings = make([][]float64, side)
	for _, p := range pieces {
		d.draw(p.polygon)
		d.piece++
	}
	d.settle(pieces)
	return d.raster
}

// draw enters the piece at hand in every cell that one of its edges touches or that lies inside it.
func (d *drawer) draw(p Polygon) {
	d.cells = d.cells[:0]
	for _, e := range p.edges() {
		d.touch(e)
		d.cross(e)
	}
	for _, cell := range d.cells {
		d.enter(cell, false)
	}
	for row, xs := range d.crossings {
		if len(xs) == 0 {
			continue
		}
		slices.Sort(xs)
		for k := 0; k+1 < len(xs); k += 2 {
			d.fill(row, xs[k], xs[k+1])
		}
		d.crossings[row] = xs[:0]
	}
}

// touch marks the cells that an edge goes through, with a margin far above any rounding.
func (d *drawer) touch(e edge) {
	const margin = 1e-6
	x0, y0, x1, y1 := d.x(e.low.Lon), d.y(e.low.Lat), d.x(e.high.Lon), d.y(e.high.Lat)
	west, east := min(x0, x1), max(x0, x1)
	from, to := max(int(y0-margin), 0), min(int(y1+margin), d.rows-1)
	for row := from; row <= to; row++ {
		a, b := west, east
		if y1 > y0 {
			slope := (x1 - x0) / (y1 - y0)
			enters := x0 + (float64(row)-margin-y0)*slope
			leaves := x0 + (float64(row+1)+margin-y0)*slope
			a, b = max(a, min(enters, leaves)), min(b, max(enters, leaves))
		}
		for column := max(int(a-margin), 0); column <= min(int(b+margin), d.columns-1); column++ {
			cell := row*d.columns + column
			if d.touchedBy[cell] != d.piece+1 {
				d.touchedBy[cell] = d.piece + 1
				d.cells = append(d.cells, cell)
			}
		}
	}
}

// cross notes where an edge crosses the middle lines of rows.
func (d *drawer) cross(e edge) {
	x0, y0, x1, y1 := d.x(e.low.Lon), d.y(e.low.Lat), d.x(e.high.Lon), d.y(e.high.Lat)
	for row := int(math.Ceil(y0 - 0.5)); float64(row)+0.5 < y1; row++ {
		d.crossings[row] = append(d.crossings[row], x0+(float64(row)+0.5-y0)*(x1-x0)/(y1-y0))
	}
}

// fill enters the piece in the cells of a row whose middle lies between two crossings. No edge comes near the middle
// of a cell that is not touched, so what holds for the middle holds for the cell.
func (d *drawer) fill(row int, from, to float64) {
	for column := max(int(math.Ceil(from-0.5)), 0); column < d.columns && float64(column)+0.5 < to; column++ {
		if cell := row*d.columns + column; d.touchedBy[cell] != d.piece+1 {
			d.enter(cell, true)
		}
	}
}

// enter adds the piece to a cell's list, unless a piece before it covers the cell.
func (d *drawer) enter(cell int, covers bool) {
	before := d.last[cell]
	if before > 0 && d.nodes[before-1].covers() {
		return
	}
	d.nodes = append(d.nodes, node{candidate: newCandidate(d.piece, covers), before: before})
	d.last[cell] = uint32(len(d.nodes)) //nolint:gosec // the length of a slice in memory
}

// settle turns the lists into entries; equal lists, of which there are many along every border, are kept once.
func (d *drawer) settle(pieces []piece) {
	d.entries = make([]rasterEntry, len(d.last))
	known := make(map[string]rasterEntry)
	var list []candidate
	var key []byte
	for cell, last := range d.last {
		if last == 0 {
			continue
		}
		if n := d.nodes[last-1]; n.before == 0 && n.covers() {
			d.entries[cell] = rasterEntry(pieces[n.piece()].shape) + 1 //nolint:gosec // a position in a slice
			continue
		}
		list, key = list[:0], key[:0]
		for ; last > 0; last = d.nodes[last-1].before {
			c := d.nodes[last-1].candidate
			list = append(list, c)
			key = append(key, byte(c), byte(c>>8), byte(c>>16), byte(c>>24))
		}
		entry, ok := known[string(key)]
		if !ok {
			entry = listed | rasterEntry(len(d.lists)) //nolint:gosec // a position in a slice
			known[string(key)] = entry
			slices.Reverse(list)
			d.lists = append(append(d.lists, candidate(len(list))), list...) //nolint:gosec // a length
		}
		d.entries[cell] = entry
	}
}
