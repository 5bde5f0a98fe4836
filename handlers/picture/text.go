package picture

import (
	"math"
	"strconv"
	"strings"

	"github.com/golang/freetype/truetype"
	"golang.org/x/image/math/fixed"
)

// ruler measures and cuts texts for the size in pixels at which they will be drawn.
type ruler struct {
	font   *truetype.Font
	pixels int
}

func (u ruler) width(s string) int {
	var sum fixed.Int26_6
	for _, r := range s {
		sum += u.font.HMetric(fixed.I(u.pixels), u.font.Index(r)).AdvanceWidth
	}
	return sum.Ceil()
}

// shorten cuts s to a width in pixels and says so with an ellipsis.
func (u ruler) shorten(s string, most int) string {
	if u.width(s) <= most {
		return s
	}
	runes := []rune(s)
	for n := len(runes) - 1; n > 0; n-- {
		if cut := strings.TrimRight(string(runes[:n]), " ") + "…"; u.width(cut) <= most {
			return cut
		}
	}
	return "…"
}

// wrap breaks s into at most lines lines of a width in pixels: at a space where one is near, else anywhere, as Chinese
// may be broken. The last line is shortened when not everything fits.
func (u ruler) wrap(s string, most, lines int) []string {
	var out []string
	for s != "" && len(out) < lines-1 && u.width(s) > most {
		head := u.fitting(s, most)
		out = append(out, strings.TrimSpace(head))
		s = strings.TrimSpace(s[len(head):])
	}
	if s != "" {
		out = append(out, u.shorten(s, most))
	}
	return out
}

// fitting is the beginning of s that fits into a width, at least one rune. A Latin word is kept whole if that costs
// no more than half of the line.
func (u ruler) fitting(s string, most int) string {
	end := len(s)
	for i := range s {
		if i > 0 && u.width(s[:i]) > most {
			break
		}
		end = i
	}
	end = max(end, len(string([]rune(s)[:1])))
	if space := strings.LastIndexByte(s[:end], ' '); end < len(s) && s[end] < 0x80 && space > end/2 {
		return s[:space+1]
	}
	return s[:end]
}

// number writes a value without a needless point: 3, 12.5, 0.004. It keeps two decimals, of small values three digits.
func number(v float64) string {
	decimals := 2
	if v > 0 && v < 1 {
		decimals -= int(math.Floor(math.Log10(v)))
	}
	unit := math.Pow10(min(decimals, 12))
	return strconv.FormatFloat(math.Round(v*unit)/unit, 'f', -1, 64)
}
