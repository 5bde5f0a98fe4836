package web

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Sizes of a name on the map, in units of the picture: as site.css has it.
const (
	nameLetter = 20
	nameFigure = 36 // room for the figure behind it
	nameHeight = 24
)

// spot is where the middle of a name stands.
type spot struct{ x, y float64 }

// room is what a name needs: where it would stand best, and how far that is from any line.
type room struct {
	code  grid.CellCode
	best  spot
	clear float64
	width float64
	holds func(spot) bool
}

// placeNames finds a place for the name of every township so that no two lie upon each other: as deep inside its land as it
// can be, the most cramped first.
func (s *Site) placeNames() map[grid.CellCode]spot {
	f := s.fit()
	rooms := make([]room, 0, len(s.boxes))
	for _, c := range s.o.Tree.Level(2) {
		shape, drawn := s.boxes[c.Code]
		if !drawn {
			continue
		}
		r := f.roomiest(shape.Areas)
		r.code, r.width = c.Code, float64(nameLetter*utf8.RuneCountInString(c.Name)+nameFigure)
		rooms = append(rooms, r)
	}
	slices.SortStableFunc(rooms, func(a, b room) int { return cmp.Compare(a.clear, b.clear) })
	out := make(map[grid.CellCode]spot, len(rooms))
	for i, r := range rooms {
		out[r.code] = f.free(r, rooms[:i], out)
	}
	return out
}

// samples is how many places of each row and column are tried in a piece of land.
const samples = 14

// roomiest finds the place inside an area that is farthest from its lines.
func (f frameOf) roomiest(m geo.MultiPolygon) room {
	land, err := geo.NewOutline(m)
	if err != nil {
		x, y := f.at(middle(m))
		return room{best: spot{x, y}, holds: func(spot) bool { return true }}
	}
	inside := func(p spot) bool { return land.Contains(f.back(p)) }
	out := room{holds: inside, clear: -1}
	west, east, south, north := bounds(m...)
	for i := range samples {
		for j := range samples {
			p := geo.Point{
				Lon: west + (east-west)*(float64(i)+.5)/samples, Lat: south + (north-south)*(float64(j)+.5)/samples,
			}
			if !land.Contains(p) {
				continue
			}
			if _, metres := land.Nearest(p); metres > out.clear {
				out.clear = metres
				out.best.x, out.best.y = f.at(p)
			}
		}
	}
	if out.clear < 0 {
		out.best.x, out.best.y = f.at(middle(m))
	}
	return out
}

// free is the place nearest to the best one where the name touches no other; outside of its own land only if it must.
func (f frameOf) free(r room, others []room, at map[grid.CellCode]spot) spot {
	const step, steps, outside = 6, 24, 90
	best, cost := r.best, math.Inf(1)
	for i := -steps; i <= steps; i++ {
		for j := -steps; j <= steps; j++ {
			p := spot{r.best.x + float64(i*step), r.best.y + float64(j*step)}
			c := math.Hypot(float64(i*step), float64(j*step))
			if c >= cost || !f.fits(p, r.width) || touches(p, r.width, others, at) {
				continue
			}
			if !r.holds(p) {
				c += outside
			}
			if c < cost {
				best, cost = p, c
			}
		}
	}
	return best
}

func (f frameOf) fits(p spot, width float64) bool {
	return p.x-width/2 >= 0 && p.x+width/2 <= float64(f.Width) && p.y-nameHeight/2 >= 0 && p.y+nameHeight/2 <= float64(f.Height)
}

func touches(p spot, width float64, others []room, at map[grid.CellCode]spot) bool {
	for _, o := range others {
		q := at[o.code]
		if math.Abs(p.x-q.x) < (width+o.width)/2 && math.Abs(p.y-q.y) < nameHeight {
			return true
		}
	}
	return false
}

// back is the point that stands at a place of the picture.
func (f frameOf) back(p spot) geo.Point {
	return geo.Point{Lon: f.west + p.x/f.x, Lat: f.north - p.y/f.y}
}

func bounds(areas ...geo.Polygon) (west, east, south, north float64) {
	west, east, south, north = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range areas {
		for _, pt := range p.Outer {
			west, east = min(west, pt.Lon), max(east, pt.Lon)
			south, north = min(south, pt.Lat), max(north, pt.Lat)
		}
	}
	return west, east, south, north
}

func middle(m geo.MultiPolygon) geo.Point {
	west, east, south, north := bounds(m...)
	return geo.Point{Lon: (west + east) / 2, Lat: (south + north) / 2}
}
