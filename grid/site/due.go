package site

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Rules are what a district has set about its sites.
type Rules struct {
	Kinds      []Kind
	Checklists map[string][]Point // by kind
	Cold       Season
	Complained int     // days between inspections, at most, while a case at the site is open
	Near       float64 // metres within which a report is taken to be about a site, and an officer to be at it
	Location   *time.Location
}

// Kind finds a kind by its code.
func (r Rules) Kind(code string) (Kind, bool) {
	i := slices.IndexFunc(r.Kinds, func(k Kind) bool { return k.Code == code })
	if i < 0 {
		return Kind{}, false
	}
	return r.Kinds[i], true
}

// period is the days from one inspection to the next in a season; 0 when none is due in it.
func (k Kind) period(level int, cold bool) int {
	days := k.Warm
	if cold && len(k.Cold) > 0 {
		days = k.Cold
	}
	if len(days) == 0 {
		return 0
	}
	return days[min(max(level, 1), len(days))-1]
}

// NextDue is the end of the day on which a site of the kind, in a cell of that level, is due after it was inspected (or came on
// the register) at from. A site that rests through the cold season is due one warm period after its end; one whose cold period
// reaches into the warm season, no later than a warm period after that has begun. While a case at the site is open it is due
// sooner, and does not rest. Zero for a kind without a period.
func (r Rules) NextDue(k Kind, level int, from time.Time, complained bool) time.Time {
	start := calendar.DateOf(from.In(r.location()))
	due, ok := r.regular(k, level, start)
	if soon := start.AddDays(r.Complained); complained && r.Complained > 0 && (!ok || soon.Compare(due) < 0) {
		due, ok = soon, true
	}
	if !ok {
		return time.Time{}
	}
	return due.AddDays(1).In(r.location())
}

// regular is the day on which a site is due by its kind alone.
func (r Rules) regular(k Kind, level int, start calendar.Date) (calendar.Date, bool) {
	warm := k.period(level, false)
	if warm == 0 {
		return calendar.Date{}, false
	}
	cold := k.period(level, true)
	inCold := r.Cold.Cold(start)
	spring := r.Cold.warmFrom(start)
	switch {
	case inCold && cold == 0:
		return spring.AddDays(warm), true
	case inCold:
		return earlier(start.AddDays(cold), spring.AddDays(warm)), true
	}
	due := start.AddDays(warm)
	if cold == 0 && r.Cold.Cold(due) {
		return r.Cold.warmFrom(due).AddDays(warm), true
	}
	return due, true
}

func earlier(a, b calendar.Date) calendar.Date {
	if a.Compare(b) < 0 {
		return a
	}
	return b
}

func (r Rules) location() *time.Location {
	if r.Location == nil {
		return time.UTC
	}
	return r.Location
}
