package picture

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/go-analyze/charts"
	"github.com/golang/freetype/truetype"
)

// Document is what stands on a numbered document, in the order of an official letter: who issues it in red, its number
// above a red line, title, addressee, paragraphs, then issuer and day at the right, and who gets a copy.
type Document struct {
	Issuer     string
	Number     string
	Title      string
	To         string
	Paragraphs []string
	Signed     string
	Day        string
	Copy       string
}

// Sizes of a document, in pixels: a sheet of which a phone shows the whole width.
const (
	sheetWidth  = 1080
	sheetMargin = 90
	sheetLeast  = 1200 // height of a short one: still a sheet and no strip
	sheetMost   = 8000 // beyond it Telegram would not take it as a picture: width and height together 10,000
	sheetText   = 34
	sheetLine   = 58
	sheetIssuer = 56
	sheetTitle  = 48
)

var red = charts.Color{R: 200, G: 16, B: 16, A: 255}

// DrawDocument draws the document as PNG. It fails when it is longer than Telegram takes as a picture.
func DrawDocument(d Document) ([]byte, error) {
	font, err := loadFont()
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	s := &sheet{font: font}
	s.lay(d)
	height := max(s.y+sheetMargin, sheetLeast)
	if height > sheetMost {
		return nil, fmt.Errorf("picture: a document of %d pixels is higher than %d", height, sheetMost)
	}
	painter := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: sheetWidth, Height: height, Font: font})
	painter.FilledRect(0, 0, sheetWidth, height, charts.ColorWhite, charts.ColorWhite, 0)
	for _, draw := range s.marks {
		draw(painter)
	}
	data, err := painter.Bytes()
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return data, nil
}

// sheet is a document on its way from the top down.
type sheet struct {
	font  *truetype.Font
	y     int
	marks []func(*charts.Painter)
}

const inner = sheetWidth - 2*sheetMargin

func (s *sheet) lay(d Document) {
	s.y = sheetMargin
	s.centre(d.Issuer, sheetIssuer, red)
	s.y += sheetLine / 2
	s.centre(d.Number, sheetText, charts.ColorBlack)
	s.rule(red, 5)
	s.y += sheetLine / 2
	s.centre(d.Title, sheetTitle, charts.ColorBlack)
	s.y += sheetLine / 2
	s.paragraph(d.To, false)
	for _, p := range d.Paragraphs {
		s.paragraph(p, true)
	}
	s.y += sheetLine / 2
	s.right(d.Signed)
	s.right(d.Day)
	if d.Copy != "" {
		s.y += sheetLine / 2
		s.rule(charts.ColorBlack, 2)
		s.paragraph(d.Copy, false)
		s.rule(charts.ColorBlack, 2)
	}
}

// centre writes lines in the middle.
func (s *sheet) centre(text string, pixels int, color charts.Color) {
	u := ruler{s.font, pixels}
	for _, line := range u.wrap(Printable(text), inner, 3) {
		s.text(line, (sheetWidth-u.width(line))/2, pixels, color)
		s.y += pixels * 3 / 2
	}
}

// right writes a line at the right edge.
func (s *sheet) right(text string) {
	u := ruler{s.font, sheetText}
	line := u.shorten(Printable(text), inner)
	s.text(line, sheetWidth-sheetMargin-u.width(line), sheetText, charts.ColorBlack)
	s.y += sheetLine
}

// paragraph writes a text over as many lines as it needs, the first one set in by two characters.
func (s *sheet) paragraph(text string, indented bool) {
	indent := 0
	if indented {
		indent = 2 * sheetText
	}
	for _, line := range (ruler{s.font, sheetText}).paragraph(text, inner, indent) {
		s.text(line, sheetMargin+indent, sheetText, charts.ColorBlack)
		s.y += sheetLine
		indent = 0
	}
}

// rule draws a line from edge to edge of the text.
func (s *sheet) rule(color charts.Color, thick int) {
	y := s.y
	s.marks = append(s.marks, func(p *charts.Painter) {
		p.FilledRect(sheetMargin, y, sheetWidth-sheetMargin, y+thick, color, color, 0)
	})
	s.y += sheetLine / 3
}

// text puts one line below the present height.
func (s *sheet) text(line string, x, pixels int, color charts.Color) {
	y := s.y + pixels
	style := charts.FontStyle{FontSize: float64(pixels) * 72 / 96, Font: s.font, FontColor: color}
	s.marks = append(s.marks, func(p *charts.Painter) { p.Text(line, x, y, 0, style) })
}

// Paragraph breaks a text into the lines that it takes in the embedded font at a size, within a width, the first line set in by
// indent: numbers and dates stay whole, and no line begins or ends with a mark that may not stand there. The unit is anything
// that suits, pixels or twentieths of a point; the size may be at most 16,000 of it.
func Paragraph(text string, size, width, indent int) ([]string, error) {
	font, err := loadFont()
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return ruler{font, size}.paragraph(text, width, indent), nil
}

// Width is the width of a text in the embedded font at a size, in the size's unit.
func Width(text string, size int) (int, error) {
	font, err := loadFont()
	if err != nil {
		return 0, fmt.Errorf("picture: %w", err)
	}
	return ruler{font, size}.width(Printable(text)), nil
}

func (u ruler) paragraph(text string, most, indent int) []string {
	var out []string
	for rest := Printable(text); rest != ""; indent = 0 {
		line := u.typeset(rest, most-indent)
		out = append(out, strings.TrimSpace(line))
		rest = strings.TrimSpace(rest[len(line):])
	}
	return out
}

// inWord tells whether the rune belongs to a number, a date or a Latin word.
func inWord(r rune) bool {
	return r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// What may not begin a line of Chinese, and what may not end one (避头尾), as code points.
const (
	notFirst = "\uff0c\u3002\uff1b\uff1a\u3001\uff09\u3015\u300b\u201d\uff01\uff1f"
	notLast  = "\uff08\u3014\u300a\u201c"
)

// typeset is the beginning of s that makes a line: numbers and dates stay whole, a closing mark hangs over the edge rather than
// begin the next line, an opening one goes down with what it opens.
func (u ruler) typeset(s string, most int) string {
	if u.width(s) <= most {
		return s
	}
	line := u.fitting(s, most)
	if word := len(strings.TrimRightFunc(line, inWord)); word > len(line)/2 && inWord(rune(s[len(line)])) {
		line = line[:word]
	}
	for {
		r, n := utf8.DecodeRuneInString(s[len(line):])
		if n == 0 || !strings.ContainsRune(notFirst, r) {
			break
		}
		line = s[:len(line)+n]
	}
	for {
		r, n := utf8.DecodeLastRuneInString(line)
		if n == len(line) || !strings.ContainsRune(notLast, r) {
			return line
		}
		line = line[:len(line)-n]
	}
}
