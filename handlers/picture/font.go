package picture

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-analyze/charts"
	"github.com/golang/freetype/truetype"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// fontFamily is the name under which the font is known to the charts library.
const fontFamily = "wqy-microhei-gb2312"

//go:embed font/wqy-microhei-gb2312.ttf
var fontFile []byte

// loadFont reads the embedded font once and makes it the default of the charts library. The library draws axis labels
// in its default font whatever else it is told, and that default belongs to the whole process.
var loadFont = sync.OnceValues(func() (*truetype.Font, error) {
	if err := charts.InstallFont(fontFamily, fontFile); err != nil {
		return nil, fmt.Errorf("install font: %w", err)
	}
	if err := charts.SetDefaultFont(fontFamily); err != nil {
		return nil, fmt.Errorf("make the font the default: %w", err)
	}
	return charts.GetFont(fontFamily), nil
})

// FontFile is the embedded font, a TrueType file, for whoever sets type elsewhere than in a picture. Do not change it.
func FontFile() []byte { return fontFile }

// HasGlyph tells whether the font can draw r: GB 2312, Latin letters and the signs of units. It is false for all runes
// when the font cannot be read.
func HasGlyph(r rune) bool {
	face, err := loadFont()
	if err != nil {
		return false
	}
	i := face.Index(r)
	return i != 0 && (unicode.IsSpace(r) || drawn(face, i))
}

// drawn tells whether a glyph is more than a blank: the font knows some runes and draws nothing for them. Each is looked at once.
func drawn(face *truetype.Font, i truetype.Index) bool {
	if known, ok := outlined.Load(i); ok {
		return known == true
	}
	var b truetype.GlyphBuf
	found := b.Load(face, fixed.Int26_6(face.FUnitsPerEm()), i, font.HintingNone) == nil && len(b.Points) > 0
	outlined.Store(i, found)
	return found
}

var outlined sync.Map // bool by glyph

// MissingGlyphs returns the runes of s that the font cannot draw, each once, in the order in which they come.
// Line breaks are not drawn and so never missing.
func MissingGlyphs(s string) []rune {
	var missing []rune
	for _, r := range s {
		if r != '\n' && !HasGlyph(r) && !slices.Contains(missing, r) {
			missing = append(missing, r)
		}
	}
	return missing
}

// Printable replaces what the font cannot draw: by the plain form where Unicode knows one (₅ becomes 5), by nothing for
// marks, pictographs and invisible runes, by a question mark otherwise. Blanks of all sorts, line breaks too, become one space.
func Printable(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case HasGlyph(r):
			b.WriteRune(r)
		case unicode.In(r, unicode.M, unicode.C, unicode.So):
		default:
			b.WriteString(plain(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func plain(r rune) string {
	if p := norm.NFKC.String(string(r)); len(MissingGlyphs(p)) == 0 {
		return p
	}
	return "?"
}
