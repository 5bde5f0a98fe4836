package georeport

import (
	"errors"
	"strings"
	"time"
)

var errMoment = errors.New("no moment by the W3C's note")

// parseMoment reads a moment by the W3C's note on dates and times. Three slips of many clients are understood: a + that was
// not escaped in an address and became a blank, a moment without a zone, and a day alone; the last two are UTC.
func parseMoment(s string) (time.Time, error) {
	if n := len(s); n > 6 && s[n-6] == ' ' && s[n-3] == ':' {
		s = s[:n-6] + "+" + s[n-5:]
	}
	s = strings.Replace(s, " ", "T", 1)
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(form, s); err == nil && t.Year() > 1 && t.Year() < 9000 {
			return t, nil
		}
	}
	return time.Time{}, errMoment
}
