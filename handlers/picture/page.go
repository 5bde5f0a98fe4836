package picture

import (
	"fmt"

	"github.com/go-analyze/charts"
	"github.com/golang/freetype/truetype"
)

// Sizes are pixels. A phone shows the picture at less than half its size, so no text is smaller than 26.
const (
	width      = 900
	margin     = 28
	upright    = 640 // height of a picture with upright bars or lines
	titleSize  = 40
	textSize   = 26
	titleLines = 3
	maxUpright = 8   // labels that fit under upright bars
	labelRoom  = 330 // beside lying bars
	barSize    = 30  // thickness of a lying bar
	groupGap   = 26  // between the groups of lying bars
	axisRoom   = 140 // legend and value axis of lying bars
)

// page is what all charts have in common: checked numbers and printable texts.
type page struct {
	font    *truetype.Font
	heading []string
	unit    string
	labels  []string
	series  []Series
}

func newPage(title, unit string, labels []string, series []Series, gaps bool) (*page, error) {
	font, err := loadFont()
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	if wrong := check(labels, series, gaps); wrong != nil {
		return nil, wrong
	}
	small := ruler{font, textSize}
	p := &page{
		font:    font,
		heading: ruler{font, titleSize}.wrap(Printable(title), width-2*margin, titleLines),
		unit:    small.shorten(Printable(unit), width-2*margin),
	}
	for _, l := range labels {
		p.labels = append(p.labels, small.shorten(Printable(l), labelRoom))
	}
	for _, s := range series {
		p.series = append(p.series, Series{Name: small.shorten(Printable(s.Name), labelRoom), Values: s.Values})
	}
	return p, nil
}

func (p *page) empty() bool { return len(p.labels) == 0 || len(p.series) == 0 }

// crowded tells whether the labels or the values at the bars do not fit side by side. A single one would not stand under its bar either.
func (p *page) crowded() bool {
	if len(p.labels) > maxUpright || len(p.labels) == 1 || len(p.labels)*len(p.series) > 2*maxUpright {
		return true
	}
	for _, l := range p.labels {
		if (ruler{p.font, textSize}).width(l) > (width-150)/len(p.labels)-10 {
			return true
		}
	}
	return false
}

// paint draws the head of the picture and leaves the rest, body pixels high, to chart.
func (p *page) paint(body int, chart func(*charts.Painter) error) ([]byte, error) {
	top := p.headHeight()
	painter := charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputPNG, Width: width, Height: top + body, Font: p.font,
	})
	painter.FilledRect(0, 0, width, top+body, charts.ColorWhite, charts.ColorWhite, 0)
	p.drawHead(painter)
	if err := chart(painter.Child(charts.PainterBoxOption(charts.NewBox(0, top, width, top+body)))); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	data, err := painter.Bytes()
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return data, nil
}

// blank is the picture of no data: its title and a dash.
func (p *page) blank() ([]byte, error) {
	return p.paint(upright/3, func(painter *charts.Painter) error {
		p.centred(painter, "—", upright/6, titleSize, charts.ColorGray)
		return nil
	})
}

func (p *page) headHeight() int {
	lines := len(p.heading)
	height := margin + lines*titleSize*5/4
	if p.unit != "" {
		height += textSize * 3 / 2
	}
	return height
}

func (p *page) drawHead(painter *charts.Painter) {
	y := margin
	for _, line := range p.heading {
		p.centred(painter, line, y+titleSize, titleSize, charts.ColorBlack)
		y += titleSize * 5 / 4
	}
	p.centred(painter, p.unit, y+textSize, textSize, charts.ColorGray)
}

// centred writes one line with its foot at y.
func (p *page) centred(painter *charts.Painter, line string, y, pixels int, color charts.Color) {
	x := (width - ruler{p.font, pixels}.width(line)) / 2
	painter.Text(line, x, y, 0, p.style(pixels, color))
}

// style is the font at a size in pixels; the charts library counts in points, 96 pixels to 72 of them.
func (p *page) style(pixels int, color charts.Color) charts.FontStyle {
	return charts.FontStyle{FontSize: float64(pixels) * 72 / 96, Font: p.font, FontColor: color}
}
