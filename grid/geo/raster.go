package geo

// raster divides the land into cells, each of which knows its owner, or the few pieces to ask.
type raster struct {
	box            box
	scaleX, scaleY float64 // cells per degree
	columns, rows  int
	entries        []rasterEntry
	lists          []candidate // of each list: its length, then the candidates in order
}

// rasterEntry is what a cell says: 0 for nobody's land, a shape's position plus 1, or listed with the start of its list.
type rasterEntry uint32

const listed rasterEntry = 1 << 31

func (e rasterEntry) direct() bool { return e < listed }

func (e rasterEntry) shape() (int, bool) { return int(e) - 1, e > 0 }

// candidate is a piece that has an edge in the cell, or covers it whole.
type candidate uint32

func newCandidate(piece uint32, covers bool) candidate {
	c := candidate(piece) << 1
	if covers {
		c |= 1
	}
	return c
}

func (c candidate) piece() int { return int(c >> 1) }

func (c candidate) covers() bool { return c&1 != 0 }

// at is the entry of the cell that p lies in: 0 outside the box and for NaN.
func (r *raster) at(p Point) rasterEntry {
	if !r.box.contains(p) {
		if p = p.snapped(); !r.box.contains(p) {
			return 0
		}
	}
	return r.entries[r.row(p.Lat)*r.columns+r.column(p.Lon)]
}

func (r *raster) candidates(e rasterEntry) []candidate {
	start := int(e &^ listed)
	return r.lists[start+1 : start+1+int(r.lists[start])]
}

// x and y are coordinates in cells. They never fall with growing longitude and latitude, however they round.
func (r *raster) x(lon float64) float64 { return (lon - r.box.min.Lon) * r.scaleX }

func (r *raster) y(lat float64) float64 { return (lat - r.box.min.Lat) * r.scaleY }

func (r *raster) column(lon float64) int { return int(r.x(lon)) }

func (r *raster) row(lat float64) int { return int(r.y(lat)) }
