package paper

import (
	"strings"

	"github.com/gridwarden/gridwarden/handlers/picture"
)

// Align is where lines stand within their width.
type Align int

// Alignments.
const (
	Leftwards Align = iota
	Centre
	Right
)

// Color is red, green and blue.
type Color struct{ R, G, B uint8 }

// Colors of official documents.
var (
	Black = Color{}
	Red   = Color{R: 200, G: 16, B: 16}
	Gray  = Color{R: 110, G: 110, B: 110}
	Pale  = Color{R: 232, G: 238, B: 245}
	White = Color{R: 255, G: 255, B: 255}
)

// Style is how a text is set. The zero Style is 11 points in black, leftwards.
type Style struct {
	Size   float64 // points
	Lead   float64 // from line to line in parts of the size; 1.5 when 0
	Align  Align
	Color  Color
	Indent bool // the first line of a paragraph set in by two characters
}

const plainSize = 11

func (s Style) size() float64 {
	if s.Size == 0 {
		return plainSize
	}
	return s.Size
}

func (s Style) lead() float64 {
	if s.Lead == 0 {
		return s.size() * 1.5
	}
	return s.size() * s.Lead
}

func (s Style) indent() float64 {
	if s.Indent {
		return 2 * s.size()
	}
	return 0
}

// fine is what a point is measured in: twentieths, for lengths in whole numbers.
const fine = 20

// lines breaks a text; each line of it is a paragraph of its own.
func (s Style) lines(text string, width float64) ([][]string, error) {
	out := make([][]string, 0, 1+strings.Count(text, "\n"))
	for p := range strings.SplitSeq(text, "\n") {
		lines, err := picture.Paragraph(p, int(s.size()*fine), int(width*fine), int(s.indent()*fine))
		if err != nil {
			return nil, err
		}
		out = append(out, lines)
	}
	return out, nil
}

// firstLine is as much of a text as one line holds.
func firstLine(text string, s Style, width float64) string {
	all, err := s.lines(text, width)
	if err != nil || len(all[0]) == 0 {
		return ""
	}
	return all[0][0]
}

// Height is how high a text stands in a style and a width.
func (d *Doc) Height(text string, s Style, width float64) float64 {
	all, err := s.lines(text, width)
	d.do(err)
	n := 0
	for _, p := range all {
		n += max(len(p), 1)
	}
	return float64(n) * s.lead()
}

// Heading writes a title in the middle, over as many lines as it takes, never as the last thing on a page.
func (d *Doc) Heading(text string, size float64) {
	s := Style{Size: size, Align: Centre}
	d.room(d.Height(text, s, d.Width()) + 4*plainSize)
	d.Paragraph(text, s)
	d.Space(size / 2)
}

// Section writes the title of a part, never as the last thing on a page.
func (d *Doc) Section(text string) {
	s := Style{Size: plainSize + 2, Color: Color{R: 20, G: 60, B: 110}}
	d.Space(plainSize)
	d.room(d.Height(text, s, d.Width()) + 4*plainSize)
	d.Paragraph(text, s)
	d.Space(plainSize / 3)
}

// Paragraph writes a text that runs on over pages; line breaks make paragraphs.
func (d *Doc) Paragraph(text string, s Style) {
	all, err := s.lines(text, d.Width())
	d.do(err)
	for _, p := range all {
		indent := s.indent()
		if len(p) == 0 {
			d.Space(s.lead())
		}
		for _, line := range p {
			d.room(s.lead())
			d.line(marginSide+indent, d.y, d.Width()-indent, line, s)
			d.y += s.lead()
			indent = 0
		}
	}
}

// TextAt writes a text into a column of the page and returns how far down it came.
func (d *Doc) TextAt(x, y, width float64, text string, s Style) float64 {
	all, err := s.lines(text, width)
	d.do(err)
	for _, p := range all {
		indent := s.indent()
		for _, line := range p {
			d.line(x+indent, y, width-indent, line, s)
			y += s.lead()
			indent = 0
		}
		if len(p) == 0 {
			y += s.lead()
		}
	}
	return y
}

// line writes one line; y is the top of its room.
func (d *Doc) line(x, y, width float64, text string, s Style) {
	if d.err != nil || text == "" {
		return
	}
	if s.Align != Leftwards {
		wide, err := picture.Width(text, int(s.size()*fine))
		d.do(err)
		spare := width - float64(wide)/fine
		if s.Align == Centre {
			spare /= 2
		}
		x += max(spare, 0)
	}
	d.do(d.pdf.SetFont(family, "", s.size()))
	d.pdf.SetTextColor(s.Color.R, s.Color.G, s.Color.B)
	d.pdf.SetXY(x, y+(s.lead()+s.size()*0.72)/2)
	d.do(d.pdf.Text(text))
}
