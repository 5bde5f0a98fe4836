package enterprise

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Rules are the numbers of law and practice, from the district's settings.
type Rules struct {
	Calendar *calendar.Calendar

	Hear  calendar.Limit // for the enterprise to ask for a hearing
	Serve calendar.Limit // from decision to service
	Plan  calendar.Limit // from service to the plan of work
	File  calendar.Limit // from finishing to filing
	Check calendar.Limit // from lifting to the check

	LimitMonths  int   // of limited production, at most
	ExtendMonths int   // that one extension adds, at most
	Remind       []int // days before a limit

	RepeatYears   int      // within which punishments count for a red card
	RepeatTimes   int      // so many of them
	Toxic         []string // items that are heavy metals, persistent organic pollutants or the like
	ToxicMultiple float64  // of the limit: production is stopped
	PressMultiple float64  // of the limit that counts for two quarters running

	Disclosure calendar.Limit // after its period, to disclose what was monitored
	Object     calendar.Limit // for an enterprise to object to its grade

	Department grid.Department // that supervises
	Share      int             // percent of those lifted that a spot check takes
	Scheme     Scheme          // of the credit grade
}

// Work applies acts by the table and the rules. It holds no state.
type Work struct{ Rules Rules }

// date is the day of a moment in the district.
func (w Work) date(t time.Time) calendar.Date {
	return calendar.DateOf(t.In(w.Rules.Calendar.Location()))
}

// Holds tells whether the officer is one of those: supervisors of the district, clerks of the bureau that supervises.
func (w Work) Holds(t *grid.Tree, o grid.Officer, who Who, at time.Time) bool {
	return slices.ContainsFunc(o.Appointments, func(a grid.Appointment) bool {
		if !a.Active(at) {
			return false
		}
		boss := a.Role == grid.Supervisor && a.Cell == t.Root().Code
		clerk := a.Role == grid.Clerk && a.Department == w.Rules.Department
		return boss || who == TheBureau && clerk
	})
}

// start makes a limit run from a day.
func (w Work) start(c *Card, name ClockName, from time.Time) {
	k := Clock{Name: name, From: from}
	r := w.Rules
	if name == LimitClock {
		k.Due = w.months(from, r.LimitMonths)
		c.Until = k.Due
	} else {
		k.Limit = map[ClockName]calendar.Limit{HearClock: r.Hear, ServeClock: r.Serve, PlanClock: r.Plan, FileClock: r.File, CheckClock: r.Check}[name]
		k.Due = r.Calendar.Deadline(from, k.Limit).At
	}
	stop(c, name, time.Time{})
	c.Clocks = append(c.Clocks, k)
}

// months is the end of the day so many months after a day. It does not move to the next working day: it limits what an office may do.
func (w Work) months(from time.Time, n int) time.Time {
	return w.date(from).AddMonths(n).AddDays(1).In(w.Rules.Calendar.Location())
}

// stop lets a limit run no more; met is the day on which it was met, zero when what it was for fell away.
func stop(c *Card, name ClockName, met time.Time) {
	if i := c.running(name); i >= 0 {
		c.Clocks[i].Over, c.Clocks[i].Met = true, met
	}
}
