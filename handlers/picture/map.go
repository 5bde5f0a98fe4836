package picture

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/go-analyze/charts"
	"github.com/golang/freetype/truetype"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// Map is a piece of the country, north above: areas, ways over them, and places. Whatever has no name there is drawn
// without one.
type Map struct {
	Title  string
	Note   string // below the title, small
	Areas  []Area
	Ways   []geo.Line
	Spots  []Spot
	Legend []Swatch
	Zoom   bool // show the ways and places, with the areas in a corner; otherwise all areas
}

// Area is the land of something.
type Area struct {
	Land  geo.MultiPolygon
	Label string
	Shade Shade
}

// Spot is a place.
type Spot struct {
	At    geo.Point
	Label string
	Shade Shade
}

// Swatch explains a colour.
type Swatch struct {
	Shade Shade
	Label string
}

// Shade is a colour with a meaning. They differ in brightness too, for those who do not tell red from green.
type Shade int

// The shades.
const (
	Plain Shade = iota // no meaning: land
	Good               // fresh, begun
	Fair               // still in time
	Poor               // late
	Bad                // never, ended, missed
	Mark               // something to look at
)

var shades = map[Shade]charts.Color{
	Plain: {R: 236, G: 236, B: 230, A: 255},
	Good:  {R: 26, G: 132, B: 84, A: 255},
	Fair:  {R: 166, G: 217, B: 106, A: 255},
	Poor:  {R: 253, G: 190, B: 90, A: 255},
	Bad:   {R: 200, G: 40, B: 40, A: 255},
	Mark:  {R: 40, G: 80, B: 190, A: 255},
}

// Sizes of a map, in pixels.
const (
	mapLeast  = 420 // height of the drawn land
	mapMost   = 1100
	insetSize = 230
	dotSize   = 11
	leastSpan = 1500 // metres that a zoomed map shows at least
	roomAbout = 0.18 // of its span around what is shown
)

// DrawMap draws the map as PNG. It fails when there is nothing to show.
func DrawMap(m Map) ([]byte, error) {
	font, err := loadFont()
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	all := m.whole()
	if all.empty() {
		return nil, errors.New("picture: a map of nothing")
	}
	frame := all
	if shown := m.shown(); m.Zoom && !shown.empty() {
		frame = shown.atLeast(leastSpan)
	}
	p := &page{font: font, heading: ruler{font, titleSize}.wrap(Printable(m.Title), width-2*margin, titleLines)}
	p.unit = ruler{font, textSize}.shorten(Printable(m.Note), width-2*margin)
	body := frame.height(width-2*margin) + 2*margin
	top, foot := p.headHeight(), m.legendHeight()
	painter := charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputPNG, Width: width, Height: top + body + foot, Font: font,
	})
	painter.FilledRect(0, 0, width, top+body+foot, charts.ColorWhite, charts.ColorWhite, 0)
	v := view{frame: frame, left: margin, top: top + margin, width: width - 2*margin, height: body - 2*margin}
	m.draw(painter, v, font)
	if m.Zoom {
		m.inset(painter, v, all)
	}
	v.scaleBar(painter, font)
	// What lies beyond the frame was drawn over its edge: the head, the sides and the foot come last.
	for _, edge := range [][4]int{{0, 0, width, v.top}, {0, v.top, v.left, v.top + v.height}, {v.left + v.width, v.top, width, v.top + v.height}, {0, v.top + v.height, width, top + body + foot}} {
		painter.FilledRect(edge[0], edge[1], edge[2], edge[3], charts.ColorWhite, charts.ColorWhite, 0)
	}
	p.drawHead(painter)
	m.legend(painter, top+body, font)
	data, err := painter.Bytes()
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return data, nil
}

// frame is the land that is shown, in degrees.
type frame struct {
	min, max geo.Point
}

func (f frame) empty() bool { return f.min.Lon > f.max.Lon }

func nowhere() frame {
	return frame{min: geo.Point{Lon: math.Inf(1), Lat: math.Inf(1)}, max: geo.Point{Lon: math.Inf(-1), Lat: math.Inf(-1)}}
}

func (f frame) with(points ...geo.Point) frame {
	for _, p := range points {
		f.min = geo.Point{Lon: min(f.min.Lon, p.Lon), Lat: min(f.min.Lat, p.Lat)}
		f.max = geo.Point{Lon: max(f.max.Lon, p.Lon), Lat: max(f.max.Lat, p.Lat)}
	}
	return f
}

// cos is how much shorter a degree of longitude is here than one of latitude.
func (f frame) cos() float64 { return math.Cos((f.min.Lat + f.max.Lat) / 2 * math.Pi / 180) }

const metresPerDegree = 111195

// atLeast grows the frame to a span in metres, and leaves room around.
func (f frame) atLeast(metres float64) frame {
	lat := max(f.max.Lat-f.min.Lat, metres/metresPerDegree) * (1 + 2*roomAbout)
	lon := max(f.max.Lon-f.min.Lon, metres/metresPerDegree/f.cos()) * (1 + 2*roomAbout)
	if wide := lon * f.cos(); lat < wide/2 { // no strips
		lat = wide / 2
	} else if wide < lat {
		lon = lat / f.cos()
	}
	c := geo.Point{Lon: (f.min.Lon + f.max.Lon) / 2, Lat: (f.min.Lat + f.max.Lat) / 2}
	return frame{min: geo.Point{Lon: c.Lon - lon/2, Lat: c.Lat - lat/2}, max: geo.Point{Lon: c.Lon + lon/2, Lat: c.Lat + lat/2}}
}

// height is what the frame needs at that width.
func (f frame) height(wide int) int {
	lon := max((f.max.Lon-f.min.Lon)*f.cos(), 1e-9)
	return int(min(max(float64(wide)*(f.max.Lat-f.min.Lat)/lon, mapLeast), mapMost))
}

func (m Map) whole() frame {
	f := nowhere()
	for _, a := range m.Areas {
		for _, p := range a.Land {
			f = f.with(p.Outer...)
		}
	}
	if f.empty() {
		return m.shown()
	}
	return f
}

func (m Map) shown() frame {
	f := nowhere()
	for _, w := range m.Ways {
		f = f.with(w...)
	}
	for _, s := range m.Spots {
		f = f.with(s.At)
	}
	return f
}

// view puts a frame onto a rectangle of the picture.
type view struct {
	frame                    frame
	left, top, width, height int
}

// scale is pixels per degree of latitude.
func (v view) scale() float64 {
	lon := max((v.frame.max.Lon-v.frame.min.Lon)*v.frame.cos(), 1e-9)
	return min(float64(v.width)/lon, float64(v.height)/max(v.frame.max.Lat-v.frame.min.Lat, 1e-9))
}

// at is where a point lies in the picture. What is far off the frame is drawn at its edge: the painter knows no far.
func (v view) at(p geo.Point) charts.Point {
	const far = 20000
	x := (p.Lon - (v.frame.min.Lon+v.frame.max.Lon)/2) * v.frame.cos() * v.scale()
	y := ((v.frame.min.Lat+v.frame.max.Lat)/2 - p.Lat) * v.scale()
	return charts.Point{
		X: v.left + v.width/2 + int(math.Round(min(max(x, -far), far))), Y: v.top + v.height/2 + int(math.Round(min(max(y, -far), far))),
	}
}

func (v view) line(points []geo.Point) []charts.Point {
	out := make([]charts.Point, len(points))
	for i, p := range points {
		out[i] = v.at(p)
	}
	return out
}

func (v view) within(p charts.Point) bool {
	return p.X >= v.left && p.X <= v.left+v.width && p.Y >= v.top && p.Y <= v.top+v.height
}

func (m Map) draw(painter *charts.Painter, v view, font *truetype.Font) {
	m.drawAreas(painter, v)
	for _, w := range m.Ways {
		painter.LineStroke(v.line(w), charts.ColorWhite, 9)
		painter.LineStroke(v.line(w), shades[Mark], 5)
	}
	label := ruler{font, textSize}
	m.nameAreas(painter, v, label)
	for _, s := range m.Spots {
		c := v.at(s.At)
		painter.Circle(dotSize, c.X, c.Y, shades[s.Shade], charts.ColorWhite, 3)
		v.write(painter, label, Printable(s.Label), c.X+dotSize+6, c.Y+textSize/3)
	}
}

// nameAreas writes the names of areas in their middle, a line lower where another name stands there.
func (m Map) nameAreas(painter *charts.Painter, v view, label ruler) {
	if m.Zoom {
		return
	}
	type room struct{ left, right, y int }
	taken := make([]room, 0, len(m.Areas))
	const line, lower = textSize + 10, 3
	for _, a := range m.Areas {
		c := v.at(middle(a.Land))
		if a.Label == "" || !v.within(c) {
			continue
		}
		text := Printable(a.Label)
		r := room{c.X - label.width(text)/2, c.X + label.width(text)/2, c.Y + textSize/2}
		for range lower {
			if slices.ContainsFunc(taken, func(o room) bool { return r.left < o.right && o.left < r.right && r.y < o.y+line && o.y < r.y+line }) {
				r.y += line
			}
		}
		taken = append(taken, r)
		v.write(painter, label, text, r.left, r.y)
	}
}

func (m Map) drawAreas(painter *charts.Painter, v view) {
	line := charts.Color{R: 90, G: 90, B: 90, A: 255}
	for _, a := range m.Areas {
		for _, p := range a.Land {
			painter.FillArea(v.line(p.Outer), shades[a.Shade])
		}
	}
	for _, a := range m.Areas {
		for _, p := range a.Land {
			painter.LineStroke(v.line(p.Outer), line, 2)
		}
	}
}

// write puts a label, kept within the picture, onto a white ground that lets it be read over anything.
func (v view) write(painter *charts.Painter, u ruler, text string, x, y int) {
	if text == "" {
		return
	}
	w := u.width(text)
	x = min(max(x, v.left+4), v.left+v.width-w-4)
	y = min(max(y, v.top+textSize+4), v.top+v.height-6)
	ground := charts.Color{R: 255, G: 255, B: 255, A: 200}
	painter.FilledRect(x-4, y-textSize, x+w+4, y+7, ground, ground, 0)
	painter.Text(text, x, y, 0, charts.FontStyle{FontSize: float64(u.pixels) * 72 / 96, Font: u.font, FontColor: charts.ColorBlack})
}

// inset shows all of the areas in a corner, and where the frame lies in them.
func (m Map) inset(painter *charts.Painter, v view, all frame) {
	if len(m.Areas) == 0 {
		return
	}
	size := insetSize
	box := view{frame: all, left: v.left + v.width - size + 8, top: v.top + v.height - size + 8, width: size - 16, height: size - 16}
	painter.FilledRect(v.left+v.width-size, v.top+v.height-size, v.left+v.width, v.top+v.height, charts.ColorWhite, charts.ColorGray, 2)
	plain := m
	plain.Ways, plain.Spots = nil, nil
	plain.drawAreas(painter, box)
	a, b := box.at(geo.Point{Lon: v.frame.min.Lon, Lat: v.frame.max.Lat}), box.at(geo.Point{Lon: v.frame.max.Lon, Lat: v.frame.min.Lat})
	a.X, a.Y = max(a.X, box.left), max(a.Y, box.top)
	b.X, b.Y = min(max(b.X, a.X+8), box.left+box.width), min(max(b.Y, a.Y+8), box.top+box.height)
	corners := []charts.Point{{X: a.X, Y: a.Y}, {X: b.X, Y: a.Y}, {X: b.X, Y: b.Y}, {X: a.X, Y: b.Y}, {X: a.X, Y: a.Y}}
	painter.LineStroke(corners, shades[Bad], 4)
}

// scaleBar shows a round length.
func (v view) scaleBar(painter *charts.Painter, font *truetype.Font) {
	perMetre := v.scale() / metresPerDegree
	metres := 100.0
	for _, step := range []float64{2, 2.5, 2, 2, 2.5, 2, 2, 2.5} { // 200, 500, 1000 …
		if metres*step*perMetre > float64(v.width)/3 {
			break
		}
		metres *= step
	}
	text := fmt.Sprintf("%.0f m", metres)
	if metres >= 1000 {
		text = fmt.Sprintf("%.0f km", metres/1000)
	}
	x, y := v.left+14, v.top+v.height-16
	long := int(metres * perMetre)
	painter.LineStroke([]charts.Point{{X: x, Y: y - 10}, {X: x, Y: y}, {X: x + long, Y: y}, {X: x + long, Y: y - 10}}, charts.ColorBlack, 3)
	v.write(painter, ruler{font, textSize}, text, x+4, y-14)
}

const swatchLine = textSize * 7 / 4

func (m Map) legendHeight() int {
	if len(m.Legend) == 0 {
		return 0
	}
	return (len(m.Legend)+1)/2*swatchLine + margin
}

// legend explains the colours in two columns.
func (m Map) legend(painter *charts.Painter, top int, font *truetype.Font) {
	u := ruler{font, textSize}
	for i, s := range m.Legend {
		x, y := margin+i%2*(width-2*margin)/2, top+i/2*swatchLine
		painter.FilledRect(x, y, x+40, y+textSize, shades[s.Shade], charts.ColorGray, 1)
		text := u.shorten(Printable(s.Label), (width-2*margin)/2-60)
		painter.Text(text, x+52, y+textSize-2, 0, charts.FontStyle{FontSize: textSize * 72.0 / 96, Font: font, FontColor: charts.ColorBlack})
	}
}

// middle is the centre of the largest of the polygons' boxes: where a label stands.
func middle(land geo.MultiPolygon) geo.Point {
	best, c := -1.0, geo.Point{}
	for _, p := range land {
		f := nowhere().with(p.Outer...)
		if size := (f.max.Lon - f.min.Lon) * (f.max.Lat - f.min.Lat); size > best {
			best, c = size, centroid(p.Outer)
		}
	}
	return c
}

// centroid is the centre of gravity of a ring; of one without area, its first point.
func centroid(r geo.Ring) geo.Point {
	var area, lon, lat float64
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		cross := (a.Lon-r[0].Lon)*(b.Lat-r[0].Lat) - (b.Lon-r[0].Lon)*(a.Lat-r[0].Lat)
		area += cross
		lon += cross * (a.Lon + b.Lon - 2*r[0].Lon)
		lat += cross * (a.Lat + b.Lat - 2*r[0].Lat)
	}
	if len(r) == 0 || area == 0 {
		return append(r, geo.Point{})[0]
	}
	return geo.Point{Lon: r[0].Lon + lon/(3*area), Lat: r[0].Lat + lat/(3*area)}
}
