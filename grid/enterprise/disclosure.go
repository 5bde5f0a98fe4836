package enterprise

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// Disclosure is that the enterprise published what it monitored itself in a period.
type Disclosure struct {
	Period string         `json:"p"` // 2026Q3
	Where  string         `json:"w"`
	Day    time.Time      `json:"d"` // on which it was published
	By     grid.OfficerID `json:"b"`
	At     time.Time      `json:"a"`
}

// Disclosed is how it stands with one period.
type Disclosed struct {
	Period string
	Due    time.Time // the first instant that is too late
	Made   *Disclosure
	Late   bool // published after that, or not yet although it is over
}

// DutyPeriods lists how often a disclosure may be due.
func DutyPeriods() []plan.Period {
	return []plan.Period{plan.Monthly, plan.Quarterly, plan.HalfYear, plan.Yearly}
}

// Disclosed lists the periods that are over since the duty began, the oldest first.
func (w Work) Disclosed(e Enterprise, now time.Time) []Disclosed {
	if e.Duty == nil {
		return nil
	}
	from, err := calendar.ParseDate(e.Duty.From)
	if err != nil {
		return nil // it was judged when it was entered
	}
	end := now
	if !e.Gone.IsZero() {
		end = e.Gone
	}
	var out []Disclosed
	name, _, last := e.Duty.Every.On(from)
	for last.Compare(w.date(end)) < 0 {
		d := Disclosed{Period: name, Due: w.disclosureDue(last)}
		if i := slices.IndexFunc(e.Disclosures, func(x Disclosure) bool { return x.Period == name }); i >= 0 {
			d.Made = &e.Disclosures[i]
			d.Late = !d.Made.Day.Before(d.Due)
		} else {
			d.Late = !now.Before(d.Due)
		}
		out = append(out, d)
		name, _, last = e.Duty.Every.On(last.AddDays(1))
	}
	return out
}

func (w Work) disclosureDue(last calendar.Date) time.Time {
	c := w.Rules.Calendar
	return c.Deadline(last.In(c.Location()), w.Rules.Disclosure).At
}

// Owed are the disclosures that are late and not made.
func (w Work) Owed(e Enterprise, now time.Time) []Disclosed {
	return slices.DeleteFunc(w.Disclosed(e, now), func(d Disclosed) bool { return d.Made != nil || !d.Late })
}

// disclose keeps where and when a period was published. Conflict: it was already, or nothing of it is due.
func (w Work) disclose(e *Enterprise, act Act, now time.Time) error {
	if act.Where == "" {
		return grid.Fail(grid.Invalid, "error.enterprise.where")
	}
	all := w.Disclosed(*e, now)
	i := slices.IndexFunc(all, func(d Disclosed) bool { return d.Period == act.Period })
	if i < 0 || all[i].Made != nil {
		return grid.Fail(grid.Conflict, "error.enterprise.period")
	}
	e.Disclosures = append(e.Disclosures, Disclosure{Period: act.Period, Where: act.Where, Day: act.Day, By: act.By, At: now})
	return nil
}
