package calendar

import "time"

// Deadline is the end of a limit and how it came about.
type Deadline struct {
	// At is the first instant that is too late. For days it is 24:00 of the last day, that is midnight of the next
	// one in the office's time zone (Civil Code art. 203); for hours it is the start plus the hours.
	At time.Time `json:"at"`
	// Provisional says that a year whose table is not loaded had a part in it: compute it again when the year is.
	Provisional bool `json:"provisional"`
	// Why lists the steps of the computation in their order.
	Why []Step `json:"why"`
}

// Date is the last day of the limit, the one to show to people, in the location of At.
func (d Deadline) Date() Date { return lastDay(d.At) }

// Late tells whether the limit has run out at now.
func (d Deadline) Late(now time.Time) bool { return !now.Before(d.At) }

// LastDay is the last day of a limit that ends at the instant at, for deadlines that come back from a store without
// the office's time zone.
func (c *Calendar) LastDay(at time.Time) Date { return lastDay(at.In(c.loc)) }

func lastDay(at time.Time) Date { return DateOf(at.Add(-time.Nanosecond)) }

// Deadline computes when a limit that starts at from runs out. Days are counted from the day that from is on in the
// office's time zone, whatever zone from comes in. A number below 1 counts as none, one above MaxLimit as MaxLimit.
// An unknown unit panics: limits are validated where they are read.
func (c *Calendar) Deadline(from time.Time, l Limit) Deadline {
	if l.Unit == Hour || l.Unit == Minute {
		return c.running(from, l)
	}
	return c.from(DateOf(from.In(c.loc)), l)
}

// Extend computes the end of an extension: a limit that starts when the deadline at ends. The last day of the old
// limit is the day that is not counted, and hours follow at once.
func (c *Calendar) Extend(at time.Time, l Limit) Deadline {
	if l.Unit == Hour || l.Unit == Minute {
		return c.running(at, l)
	}
	return c.from(c.LastDay(at), l)
}

// running is the deadline of hours or minutes, which never pause.
func (c *Calendar) running(from time.Time, l Limit) Deadline {
	unit, code := time.Hour, HoursRun
	if l.Unit == Minute {
		unit, code = time.Minute, MinutesRun
	}
	at := from.Round(0).In(c.loc).Add(time.Duration(bounded(l.N)) * unit)
	step := Step{Code: code, N: bounded(l.N), From: DateOf(from.In(c.loc)), To: lastDay(at)}
	return Deadline{At: at, Why: []Step{step}}
}

func (c *Calendar) from(start Date, l Limit) Deadline {
	w := walk{c: c, why: []Step{{Code: StartNotCounted, From: start, To: start}}}
	n := bounded(l.N)
	var last Date
	switch l.Unit {
	case Day:
		last = start.AddDays(n)
		w.add(Step{Code: DaysCounted, N: n, From: start.AddDays(1), To: last})
	case Workday:
		last = w.workdays(start, n)
	default:
		panic("calendar: unknown unit " + string(l.Unit))
	}
	last = w.roll(last)
	w.add(Step{Code: LastDay, From: last, To: last})
	return Deadline{
		At:          last.AddDays(1).In(c.loc),
		Provisional: len(w.unknown) > 0,
		Why:         append(w.why, w.unknown...),
	}
}

func bounded(n int) int { return min(max(n, 0), MaxLimit) }
