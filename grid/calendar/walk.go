package calendar

import "slices"

// walk goes through the days of one computation and writes down what it meets.
type walk struct {
	c       *Calendar
	why     []Step
	unknown []Step // one YearUnknown for each missing table
}

func (w *walk) add(s Step) { w.why = append(w.why, s) }

// kind looks a day up and remembers when a table is missing that could change it.
func (w *walk) kind(d Date) Kind {
	if !w.c.Settled(d) {
		year := d.Year
		if w.c.Known(year) {
			year++ // the end of December hangs on the next year's notice
		}
		if !slices.ContainsFunc(w.unknown, func(s Step) bool { return s.N == year }) {
			w.unknown = append(w.unknown, Step{Code: YearUnknown, N: year, From: d, To: d})
		}
	}
	return w.c.Kind(d)
}

// workdays counts n working days after start and returns the last of them.
func (w *walk) workdays(start Date, n int) Date {
	last, place := start, len(w.why)
	for left := n; left > 0; {
		last = last.AddDays(1)
		switch kind := w.kind(last); kind {
		case Ordinary:
			left--
		case Makeup:
			left--
			w.note(MakeupCounted, last, "")
		case Holiday:
			w.note(SkippedHoliday, last, w.c.FestivalOf(last))
		default:
			w.note(SkippedWeekend, last, "")
		}
	}
	w.why = slices.Insert(w.why, place, Step{Code: WorkdaysCounted, N: n, From: start.AddDays(1), To: last})
	return last
}

// note adds a step about one day, or lengthens the step before when it says the same about the day before.
func (w *walk) note(code StepCode, d Date, festival Festival) {
	if s := &w.why[len(w.why)-1]; s.Code == code && s.Festival == festival && s.To.AddDays(1) == d {
		s.To = d
		return
	}
	w.add(Step{Code: code, From: d, To: d, Festival: festival})
}

// roll moves a last day off the rest days it falls on.
func (w *walk) roll(last Date) Date {
	to, kind := last, w.kind(last)
	for k := kind; k == Weekend || k == Holiday; k = w.kind(to) {
		to = to.AddDays(1)
	}
	switch kind {
	case Makeup:
		w.add(Step{Code: MakeupKept, From: last, To: last})
	case Weekend:
		w.add(Step{Code: RolledWeekend, From: last, To: to})
	case Holiday:
		w.add(Step{Code: RolledHoliday, From: last, To: to, Festival: w.c.FestivalOf(last)})
	default:
	}
	return to
}
