package web

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/public"
)

// figuresOf are the figures of a township, or of all: what came in and was done of this year's reports, and what is open and late now,
// from whichever year it is.
func (s *Site) figuresOf(x *public.Index, township grid.CellCode, now time.Time) public.Summary {
	return today(x.Summary(township, s.yearOf(now), time.Time{}, now), x.Summary(township, time.Time{}, time.Time{}, now))
}

// kinds are those figures by category, of those of which something came in this year or is open.
func (s *Site) kinds(x *public.Index, now time.Time) map[string]public.Summary {
	year, out := x.Categories(s.yearOf(now), time.Time{}, now), make(map[string]public.Summary)
	for code, ever := range x.Categories(time.Time{}, time.Time{}, now) {
		if sum := today(year[code], ever); sum.Received > 0 || sum.Open > 0 {
			out[code] = sum
		}
	}
	return out
}

// today takes of ever what is so now.
func today(year, ever public.Summary) public.Summary {
	year.Open, year.Late = ever.Open, ever.Late
	return year
}
