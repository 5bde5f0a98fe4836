package calendar

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
)

// Unit says what a Limit counts.
type Unit string

// The units, as they are written behind the number.
const (
	Day     Unit = "d"   // calendar days (日)
	Workday Unit = "wd"  // working days (工作日)
	Hour    Unit = "h"   // hours (小时), which run day and night
	Minute  Unit = "min" // minutes, which run like hours
)

// MaxLimit is the largest number a Limit may carry: whatever is longer than nine thousand hours or days is a slip of
// the pen, not a limit.
const MaxLimit = 9999

// Limit is the length of a legal clock, for instance {3, Workday}. It is written as "3wd", "60d", "4h" or "5min", in JSON
// too.
type Limit struct {
	N    int
	Unit Unit
}

// ParseLimit reads "3wd", "60d", "4h" or "5min": a whole number from 1 to MaxLimit without sign, blank or leading zero, and a
// unit in small letters. Everything else is an Invalid error with key "calendar.limit".
func ParseLimit(s string) (Limit, error) {
	digits := strings.TrimRight(s, "dwhmin")
	l := Limit{Unit: Unit(s[len(digits):])}
	n, err := strconv.Atoi(digits)
	l.N = n
	if err != nil || !l.Valid() || l.String() != s {
		return Limit{}, invalid("calendar.limit",
			fmt.Errorf("limit %q: want a number from 1 to %d and d, wd, h or min, such as 3wd", s, MaxLimit))
	}
	return l, nil
}

// Valid tells whether the limit has a known unit and a number from 1 to MaxLimit.
func (l Limit) Valid() bool {
	known := l.Unit == Day || l.Unit == Workday || l.Unit == Hour || l.Unit == Minute
	return known && l.N >= 1 && l.N <= MaxLimit
}

// String writes the limit as ParseLimit reads it.
func (l Limit) String() string { return strconv.Itoa(l.N) + string(l.Unit) }

// MarshalText writes the limit as "3wd". It fails for a limit that could not be read back.
func (l Limit) MarshalText() ([]byte, error) {
	if !l.Valid() {
		return nil, invalid("calendar.limit", fmt.Errorf("limit %q is not valid", l.String()))
	}
	return []byte(l.String()), nil
}

// UnmarshalText reads what MarshalText writes; see ParseLimit for the error.
func (l *Limit) UnmarshalText(text []byte) error {
	parsed, err := ParseLimit(string(text))
	if err != nil {
		return err
	}
	*l = parsed
	return nil
}

// invalid is the error of everything here that reads what somebody wrote.
func invalid(key string, err error) error {
	return &grid.Error{Code: grid.Invalid, Key: key, Err: err}
}
