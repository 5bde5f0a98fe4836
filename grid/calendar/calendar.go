package calendar

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of day a day is.
type Kind string

// The kinds of day.
const (
	Ordinary Kind = "ordinary" // a working day, Monday to Friday
	Makeup   Kind = "makeup"   // a Saturday or Sunday that is worked (调休)
	Weekend  Kind = "weekend"  // a Saturday or Sunday
	Holiday  Kind = "holiday"  // a day off by the notice, or a public day by law
)

// Calendar knows the working days of the years it was given, in one time zone. It never changes and may be shared; a
// new table means a new Calendar.
type Calendar struct {
	loc   *time.Location
	known map[int]bool
	days  map[Date]Kind
}

// New builds a Calendar for the office's time zone. A missing time zone, a year given twice and two notices that
// contradict each other about a day are Invalid errors with key "calendar.years".
func New(loc *time.Location, years ...Year) (*Calendar, error) {
	if loc == nil {
		return nil, invalid("calendar.years", errors.New("time zone is missing"))
	}
	c := &Calendar{loc: loc, known: map[int]bool{}, days: map[Date]Kind{}}
	for _, y := range years {
		if c.known[y.Year] {
			return nil, invalid("calendar.years", fmt.Errorf("year %d is there twice", y.Year))
		}
		c.known[y.Year] = true
		if err := c.mark(y.Off, Holiday); err != nil {
			return nil, invalid("calendar.years", fmt.Errorf("year %d: %w", y.Year, err))
		}
		if err := c.mark(y.Work, Makeup); err != nil {
			return nil, invalid("calendar.years", fmt.Errorf("year %d: %w", y.Year, err))
		}
	}
	return c, nil
}

func (c *Calendar) mark(days []Date, kind Kind) error {
	for _, d := range days {
		if was, ok := c.days[d]; ok && was != kind {
			return fmt.Errorf("%s is said to be both off and worked", d)
		}
		c.days[d] = kind
	}
	return nil
}

// Location is the time zone of the office, in which days begin and end.
func (c *Calendar) Location() *time.Location { return c.loc }

// Known tells whether the table of year is loaded.
func (c *Calendar) Known(year int) bool { return c.known[year] }

// Settled tells whether nothing that may still be announced can change what d is: the table of its year is loaded
// and, from 29 December on, that of the next year as well.
func (c *Calendar) Settled(d Date) bool {
	return c.known[d.Year] && (!reachedByNext(d) || c.known[d.Year+1])
}

// Kind tells what sort of day d is. In a year that is not Known a make-up day looks like a Weekend, and a day off that
// only the notice makes one looks Ordinary.
func (c *Calendar) Kind(d Date) Kind {
	switch kind, named := c.days[d]; {
	case named:
		return kind
	case !c.known[d.Year] && publicFestival(d) != "":
		return Holiday
	case d.weekend():
		return Weekend
	default:
		return Ordinary
	}
}

// IsWorkday tells whether d is worked; see Kind for years that are not Known.
func (c *Calendar) IsWorkday(d Date) bool {
	kind := c.Kind(d)
	return kind == Ordinary || kind == Makeup
}

// NextWorkday returns d itself when it is worked, else the first worked day after it.
func (c *Calendar) NextWorkday(d Date) Date {
	for !c.IsWorkday(d) {
		d = d.AddDays(1)
	}
	return d
}

// Workdays counts the working days after from up to and including to: 0 when to is not later. It says how many
// working days something is late, or has left.
func (c *Calendar) Workdays(from, to Date) int {
	n := 0
	for d := from.AddDays(1); d.Compare(to) <= 0; d = d.AddDays(1) {
		if c.IsWorkday(d) {
			n++
		}
	}
	return n
}

// FestivalOf names the holiday to which the day off d belongs: the last public day before it within the same run of
// days off, else the first one after it. It is "" for a day that is not a Holiday.
func (c *Calendar) FestivalOf(d Date) Festival {
	for _, step := range [...]int{-1, 1} {
		for e := d; c.Kind(e) == Holiday; e = e.AddDays(step) {
			if f := publicFestival(e); f != "" {
				return f
			}
		}
	}
	return ""
}
