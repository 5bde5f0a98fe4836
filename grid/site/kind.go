package site

import (
	"fmt"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Kind is a kind of site, as the district's data has it (seeds: sites.yaml).
type Kind struct {
	Code   string
	Prefix string            // of the numbers that the program gives: PW
	Names  map[string]string // by language tag
	Items  []int             // of the plan
	Covers []string          // codes of categories and kinds whose reports are about such a site
	Zoned  bool              // in which zone it lies decides what may be there
	Warm   []int             // days from one inspection to the next, by the level of the cell that it lies in, the district first
	Cold   []int             // the same in the cold season; 0: it rests then. Empty: as in the warm one
	Share  int               // percent that a draw takes (双随机)
}

// Covered tells whether a report of these categories and kinds may be about such a site.
func (k Kind) Covered(categories, kinds []string) bool {
	return slices.ContainsFunc(k.Covers, func(c string) bool { return slices.Contains(categories, c) || slices.Contains(kinds, c) })
}

// Season is the cold part of the year, its first and last day as month and day; it may go over New Year.
type Season struct{ From, Until Day }

// Day is a day of every year. Values compare with ==; the zero Day is none.
type Day struct {
	Month time.Month
	Day   int
}

// ParseDay reads 11-16.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse("01-02", s)
	if err != nil {
		return Day{}, fmt.Errorf("day %q: want month and day, written as 11-16", s)
	}
	return Day{t.Month(), t.Day()}, nil
}

func (d Day) compare(e Day) int {
	if d.Month != e.Month {
		return int(d.Month) - int(e.Month)
	}
	return d.Day - e.Day
}

// Cold tells whether the day lies in the season.
func (s Season) Cold(d calendar.Date) bool {
	if s == (Season{}) {
		return false
	}
	day := Day{d.Month, d.Day}
	after, before := day.compare(s.From) >= 0, day.compare(s.Until) <= 0
	if s.From.compare(s.Until) <= 0 {
		return after && before
	}
	return after || before
}

// warmFrom is the first day from d on that is not in the season.
func (s Season) warmFrom(d calendar.Date) calendar.Date {
	if !s.Cold(d) {
		return d
	}
	year := d.Year
	if (Day{d.Month, d.Day}).compare(s.Until) > 0 {
		year++
	}
	return calendar.Date{Year: year, Month: s.Until.Month, Day: s.Until.Day}.AddDays(1)
}
