package figures

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Span is a stretch of local days: from the first instant of From to before To.
type Span struct {
	Name     string // as it was asked for in short: 2026, 2026-Q3, 2026-10
	From, To time.Time
}

// Holds tells whether the moment lies in the span.
func (s Span) Holds(t time.Time) bool { return !t.Before(s.From) && t.Before(s.To) }

var (
	yearForm    = regexp.MustCompile(`^(20\d\d)$`)
	quarterForm = regexp.MustCompile(`^(20\d\d)-?[Qq]([1-4])$`)
	monthForm   = regexp.MustCompile(`^(20\d\d)-(0?[1-9]|1[012])$`)
)

// ParseSpan reads a year, a quarter (2026-Q3) or a month (2026-10); nothing is the month of now. Invalid for anything else.
func ParseSpan(text string, now time.Time, loc *time.Location) (Span, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		text = now.In(loc).Format("2006-01")
	}
	var year int
	month, months := 1, 1
	switch {
	case yearForm.MatchString(text):
		year, months = number(text), 12
	case quarterForm.MatchString(text):
		m := quarterForm.FindStringSubmatch(text)
		year, month, months = number(m[1]), 3*number(m[2])-2, 3
		text = m[1] + "-Q" + m[2]
	case monthForm.MatchString(text):
		m := monthForm.FindStringSubmatch(text)
		year, month = number(m[1]), number(m[2])
		text = time.Date(year, time.Month(month), 1, 0, 0, 0, 0, loc).Format("2006-01")
	default:
		return Span{}, grid.Fail(grid.Invalid, "error.stats.span", "said", text)
	}
	from := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, loc)
	return Span{Name: text, From: from, To: from.AddDate(0, months, 0)}, nil
}

// number reads digits that a pattern let through.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
