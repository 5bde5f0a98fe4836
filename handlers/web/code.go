package web

import (
	"fmt"
	"html/template"
	"image"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// quiet is the white around a code in modules (ISO/IEC 18004).
const quiet = 4

// codeOf draws the QR code of a link as an SVG picture, black on white whatever the colours of the page: many readers fail at
// the opposite. label is what it is, for those who do not see it.
func codeOf(link, label string) (template.HTML, error) {
	matrix, err := qr.Encode(link, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("web: QR code: %w", err)
	}
	n := matrix.Bounds().Dx()
	var path strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			from := x
			for x < n && dark(matrix, x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	side := n + 2*quiet
	//nolint:gosec // figures, and a label that is escaped
	return template.HTML(fmt.Sprintf(`<svg class="qr" viewBox="0 0 %d %d" role="img" aria-label="%s" shape-rendering="crispEdges">`+
		`<rect width="%d" height="%d" fill="#fff"/><path fill="#000" d="%s"/></svg>`,
		side, side, template.HTMLEscapeString(label), side, side, path.String())), nil
}

func dark(m image.Image, x, y int) bool {
	r, _, _, _ := m.At(x, y).RGBA()
	return r == 0
}
