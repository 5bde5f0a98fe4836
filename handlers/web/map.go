package web

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// plot is a map as an SVG picture: what a template draws.
type plot struct {
	Width, Height int
	Cells         []plotCell
	Outline       string // a path
	Rivers        []string
	Marks         []mark
	Pick          bool // a place is chosen on it, where scripts run
	Approx        bool // some lines are not official
	West, South   float64
	East, North   float64
}

// plotCell is the land of one township, or only its name where the land is not known.
type plotCell struct {
	Code    grid.CellCode
	Name    string
	Path    string
	X, Y    float64 // of the name
	Class   string  // how it is filled
	Figure  int
	Guessed bool
}

// mark is a dot on the map.
type mark struct {
	X, Y  float64
	Class string
	Title string
	URL   string
}

// frameOf turns degrees into units of the picture.
type frameOf struct {
	west, north, x, y float64 // units per degree
	Width, Height     int
	east, south       float64
}

const plotWidth = 720

// fit makes room for everything inside the outline, or inside the cells where there is none.
func (s *Site) fit() frameOf {
	areas := slices.Clone(s.o.Outline)
	if len(areas) == 0 {
		for _, shape := range s.o.Shapes {
			areas = append(areas, shape.Areas...)
		}
	}
	west, east, south, north := bounds(areas...)
	if west >= east || south >= north {
		return frameOf{Width: plotWidth, Height: plotWidth}
	}
	wide := math.Cos((south + north) / 2 * math.Pi / 180)
	x := plotWidth / (east - west)
	return frameOf{west: west, north: north, east: east, south: south, x: x, y: x / wide, Width: plotWidth, Height: int((north - south) * x / wide)}
}

// at is a place in the picture.
func (f frameOf) at(p geo.Point) (x, y float64) {
	return math.Round((p.Lon-f.west)*f.x*10) / 10, math.Round((f.north-p.Lat)*f.y*10) / 10
}

// path is a polygon as SVG writes it; corners closer together than a pixel are left out.
func (f frameOf) path(m geo.MultiPolygon) string {
	var b strings.Builder
	for _, p := range m {
		f.ring(&b, p.Outer)
		for _, hole := range p.Holes {
			f.ring(&b, hole)
		}
	}
	return b.String()
}

func (f frameOf) ring(b *strings.Builder, ring []geo.Point) {
	f.chain(b, ring)
	b.WriteString("Z")
}

func (f frameOf) line(l geo.Line) string {
	var b strings.Builder
	f.chain(&b, l)
	return b.String()
}

func (f frameOf) chain(b *strings.Builder, points []geo.Point) {
	lastX, lastY := math.Inf(1), math.Inf(1)
	for i, p := range points {
		x, y := f.at(p)
		if i > 0 && i < len(points)-1 && math.Hypot(x-lastX, y-lastY) < 1.5 {
			continue
		}
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		b.WriteString(letter + short(x) + " " + short(y))
		lastX, lastY = x, y
	}
}

func short(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// plot draws the townships; class and figure say how each is filled and what stands in it.
func (s *Site) plot(fill func(grid.CellCode) (class string, figure int)) plot {
	out := s.land()
	out.Cells = slices.Clone(out.Cells)
	for i := range out.Cells {
		c := &out.Cells[i]
		c.Class, c.Figure = fill(c.Code)
	}
	return out
}

// drawLand draws what is the same on every map: lines and names.
func (s *Site) drawLand() plot {
	f := s.fit()
	out := plot{Width: f.Width, Height: f.Height, Outline: f.path(s.o.Outline), West: f.west, East: f.east, South: f.south, North: f.north}
	for _, r := range s.o.Rivers {
		for _, l := range r.Lines {
			out.Rivers = append(out.Rivers, f.line(l))
		}
	}
	names := s.placeNames()
	for _, c := range s.o.Tree.Level(2) {
		shape, drawn := s.boxes[c.Code]
		if !drawn || c.Code == s.o.Tree.Unassigned().Code {
			continue
		}
		cell := plotCell{Code: c.Code, Name: c.Name, Path: f.path(shape.Areas), Guessed: s.o.Guessed[c.Code]}
		cell.X, cell.Y = names[c.Code].x, names[c.Code].y
		out.Approx = out.Approx || shape.Approx || c.Approximate || cell.Guessed
		out.Cells = append(out.Cells, cell)
	}
	return out
}
