package papers

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ledongthuc/pdf"
)

// readPDF reads the text of a PDF line by line, from the top of each page. One of scanned pictures has none.
func readPDF(data []byte) ([]Line, error) {
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	var out []Line
	letters, strange := 0, 0
	for n := 1; n <= r.NumPage(); n++ {
		p := r.Page(n)
		if p.V.IsNull() {
			continue
		}
		for _, line := range rows(p.Content().Text) {
			for _, r := range line {
				letters++
				if r >= 0x80 && r < 0x100 || r >= 0xe000 && r < 0xf900 || r == '\ufffd' || r < ' ' {
					strange++ // a font that does not say which letters its shapes are
				}
			}
			out = append(out, Line{Number: len(out) + 1, Text: line})
		}
	}
	if letters == 0 {
		return nil, ErrPicture
	}
	if strange*5 > letters {
		return nil, ErrLetters
	}
	return out, nil
}

// rows puts the letters of a page into lines: those of about one height, from the left.
func rows(letters []pdf.Text) []string {
	slices.SortStableFunc(letters, func(a, b pdf.Text) int {
		if math.Abs(a.Y-b.Y) > max(a.FontSize, b.FontSize, 4)/2 {
			return int(math.Copysign(1, b.Y-a.Y))
		}
		return int(math.Round(a.X - b.X))
	})
	var out []string
	var line strings.Builder
	for i, t := range letters {
		if i > 0 {
			before := letters[i-1]
			switch gap := t.X - before.X - before.W; {
			case math.Abs(t.Y-before.Y) > max(t.FontSize, 4)/2:
				out = append(out, line.String())
				line.Reset()
			case gap > t.FontSize/2:
				line.WriteByte(' ')
			}
		}
		line.WriteString(t.S)
	}
	if line.Len() > 0 {
		out = append(out, line.String())
	}
	return out
}
