package calendar

import (
	"fmt"
	"strings"
	"time"
)

// Quiet is the part of each day in which nobody is written to without need. It may run over midnight. The zero Quiet
// is never quiet. Emergencies do not ask it: that is the caller's business.
type Quiet struct {
	from, to int // minutes since midnight; equal means never
	loc      *time.Location
}

// ParseQuiet reads "22:00-07:00", hours on the clock of loc: quiet from 22:00 on, no longer quiet at 07:00. The empty
// text, and two equal hours, mean never quiet. Everything else, and a missing loc, is an Invalid error with key
// "calendar.quiet".
func ParseQuiet(s string, loc *time.Location) (Quiet, error) {
	if s == "" {
		return Quiet{}, nil
	}
	from, to, both := strings.Cut(s, "-")
	f, errFrom := clock(from)
	t, errTo := clock(to)
	if !both || errFrom != nil || errTo != nil || loc == nil {
		return Quiet{}, invalid("calendar.quiet",
			fmt.Errorf("quiet hours %q: want two times of day as in 22:00-07:00, and a time zone", s))
	}
	return Quiet{from: f, to: t, loc: loc}, nil
}

func clock(s string) (int, error) {
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		return 0, fmt.Errorf("time of day %q", s)
	}
	return t.Hour()*60 + t.Minute(), nil
}

// String writes the hours as ParseQuiet reads them.
func (q Quiet) String() string {
	if q.from == q.to {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", q.from/60, q.from%60, q.to/60, q.to%60)
}

// Covers tells whether t is within the quiet hours.
func (q Quiet) Covers(t time.Time) bool {
	if q.from == q.to {
		return false
	}
	local := t.In(q.loc)
	minute := local.Hour()*60 + local.Minute()
	if q.from < q.to {
		return q.from <= minute && minute < q.to
	}
	return q.from <= minute || minute < q.to
}

// Next returns t itself when it is not quiet, else the first instant after it that is not.
func (q Quiet) Next(t time.Time) time.Time {
	// One round is enough where clocks are never changed; where they are, the end may have moved by an hour.
	for q.Covers(t) {
		local := t.In(q.loc)
		minute := local.Hour()*60 + local.Minute()
		into := time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
		t = t.Add(time.Duration((q.to-minute+24*60)%(24*60))*time.Minute - into)
	}
	return t
}
