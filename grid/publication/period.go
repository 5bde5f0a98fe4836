package publication

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Every is how often something is published.
type Every string

// The rhythms.
const (
	Monthly    Every = "month"
	Quarterly  Every = "quarter"
	HalfYearly Every = "half"
	Yearly     Every = "year"
)

// Rhythms lists them, the shortest first.
func Rhythms() []Every { return []Every{Monthly, Quarterly, HalfYearly, Yearly} }

// months is how long a period is; 0 for what is no rhythm.
func (e Every) months() int {
	return map[Every]int{Monthly: 1, Quarterly: 3, HalfYearly: 6, Yearly: 12}[e]
}

// Period is a stretch of local days: from the first instant of From to before To.
type Period struct {
	Name string    `json:"name"` // 2017-03, 2017-Q1, 2017-H1, 2017
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Holds tells whether the moment lies in the period.
func (p Period) Holds(t time.Time) bool { return !t.Before(p.From) && t.Before(p.To) }

// At is the period that the moment lies in, by the days of the place.
func (e Every) At(t time.Time, loc *time.Location) Period {
	t = t.In(loc)
	n := (int(t.Month()) - 1) / e.months() // of the year, from 0
	from := time.Date(t.Year(), time.Month(1+n*e.months()), 1, 0, 0, 0, 0, loc)
	p := Period{From: from, To: from.AddDate(0, e.months(), 0)}
	switch e {
	case Monthly:
		p.Name = from.Format("2006-01")
	case Quarterly:
		p.Name = fmt.Sprintf("%04d-Q%d", t.Year(), n+1)
	case HalfYearly:
		p.Name = fmt.Sprintf("%04d-H%d", t.Year(), n+1)
	case Yearly:
		p.Name = strconv.Itoa(t.Year())
	}
	return p
}

// Next is the period after that one.
func (e Every) Next(p Period) Period { return e.At(p.To, p.To.Location()) }

// Named finds a period by its name; false when that is not a name of a period of this rhythm.
func (e Every) Named(name string, loc *time.Location) (Period, bool) {
	if !slices.Contains(Rhythms(), e) || len(name) < 4 {
		return Period{}, false
	}
	year, err := strconv.Atoi(name[:4])
	if err != nil || year < 1 {
		return Period{}, false
	}
	for p := e.At(time.Date(year, 1, 1, 0, 0, 0, 0, loc), loc); p.From.Year() == year; p = e.Next(p) {
		if p.Name == name {
			return p, true
		}
	}
	return Period{}, false
}
