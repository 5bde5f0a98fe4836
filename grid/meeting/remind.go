package meeting

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Rules are the numbers of meetings; they are settings of the district.
type Rules struct {
	Ahead    time.Duration // before the meeting, guests are reminded
	Before   int           // days before the last day of a decision, its owner is reminded
	Again    int           // days after it, again and again
	Location *time.Location
}

// morning is the hour at which owners are reminded: the working day begins and the quiet hours are over.
const morning = 9

// stage is when the n-th reminder of a decision is due, counted from 0: before its last day, on it, and on the day after it and
// every so many days from then on.
func (d Decision) stage(n int, r Rules) time.Time {
	day := d.Due.AddDays(-r.Before)
	switch {
	case n == 1:
		day = d.Due
	case n > 1:
		day = d.Due.AddDays(1 + (n-2)*r.Again)
	}
	return day.In(r.Location).Add(morning * time.Hour)
}

// skip passes the stages that are over already, as when a decision is due soon after the meeting.
func (d Decision) skip(r Rules, now time.Time) Decision {
	for !d.stage(d.Stages, r).After(now) {
		d.Stages++
	}
	return d
}

// Next is when something is to be said next; false when nothing is.
func (m Meeting) Next(r Rules) (time.Time, bool) {
	var next time.Time
	add := func(t time.Time) {
		if next.IsZero() || t.Before(next) {
			next = t
		}
	}
	if m.State == Called && !m.Reminded {
		add(m.When.Add(-r.Ahead))
	}
	if m.State == Minuted {
		for _, d := range m.Decisions {
			if d.Open() {
				add(d.stage(d.Stages, r))
			}
		}
	}
	return next, !next.IsZero()
}

// Reminders are what is to be said of a meeting at one moment.
type Reminders struct {
	Guests    bool  // of the meeting
	Decisions []int // whose owners are reminded, counted from 0
}

// Remind passes what is due by now. Stages that a pause skipped are not made up for: only the last of them speaks.
func (m Meeting) Remind(r Rules, now time.Time) (Meeting, Reminders, []any) {
	var out Reminders
	var events []any
	if m.State == Called && !m.Reminded && !m.When.Add(-r.Ahead).After(now) {
		m.Reminded, out.Guests = true, m.When.After(now)
		events = append(events, Event{At: now, Did: RemindGuest})
	}
	if m.State != Minuted {
		return m, out, events
	}
	m.Decisions = append([]Decision(nil), m.Decisions...)
	for i, d := range m.Decisions {
		if d.Open() && !d.stage(d.Stages, r).After(now) {
			m.Decisions[i] = d.skip(r, now)
			out.Decisions = append(out.Decisions, i)
			events = append(events, Event{At: now, Did: RemindOwner, Point: i + 1})
		}
	}
	return m, out, events
}

// Write makes the write of a meeting, with its events and its places on the shelves.
func Write(read ledger.Dossier, m Meeting, r Rules, events ...any) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, m, events...)
	w.Stand(m.Running(), Open, float64(m.Begun.UnixMilli()))
	due, ok := m.Next(r)
	w.Stand(ok, Due, float64(due.UnixMilli()))
	return w, err
}

// Started passes the reminders of decisions that would have come before the minutes did.
func (m Meeting) Started(r Rules, now time.Time) Meeting {
	m.Decisions = append([]Decision(nil), m.Decisions...)
	for i, d := range m.Decisions {
		m.Decisions[i] = d.skip(r, now)
	}
	return m
}

// Today is the day at that moment where the district is.
func (r Rules) Today(now time.Time) calendar.Date { return calendar.DateOf(now.In(r.Location)) }
