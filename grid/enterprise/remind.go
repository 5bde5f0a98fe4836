package enterprise

import (
	"slices"
	"time"
)

// Notice is something that the officers in charge are to be told of a limit.
type Notice struct {
	Card   int
	Clock  Clock
	Before int  // days before it; 0 with Broken
	Broken bool // the limit is over
	Period string
}

// Next is when something is due of an enterprise: a reminder, the end of a limit, a disclosure that becomes late. Zero for nothing.
func (w Work) Next(e Enterprise, now time.Time) time.Time {
	var next time.Time
	sooner := func(t time.Time) {
		if next.IsZero() || t.Before(next) {
			next = t
		}
	}
	for _, c := range e.Cards {
		for _, k := range c.Clocks {
			if at, ok := w.stage(k); ok {
				sooner(at)
			}
		}
	}
	if at, ok := w.nextDisclosure(e, now); ok {
		sooner(at)
	}
	return next
}

// stage is the next moment at which a clock says something.
func (w Work) stage(k Clock) (time.Time, bool) {
	if k.Over || !k.Late.IsZero() {
		return time.Time{}, false
	}
	for _, days := range w.stages(k) {
		if !slices.Contains(k.Told, days) {
			return ahead(k, days), true
		}
	}
	return k.Due, true
}

// ahead is the beginning of the day so many days before the last day of a limit.
func ahead(k Clock, days int) time.Time { return k.Due.AddDate(0, 0, -days-1) }

// stages are the days before a limit that are reminded of, the earliest first; none that lies before the limit began.
func (w Work) stages(k Clock) []int {
	out := slices.DeleteFunc(slices.Clone(w.Rules.Remind), func(days int) bool { return !ahead(k, days).After(k.From) })
	slices.SortFunc(out, func(a, b int) int { return b - a })
	return out
}

// nextDisclosure is when the next disclosure becomes late of which nobody was told.
func (w Work) nextDisclosure(e Enterprise, now time.Time) (time.Time, bool) {
	if e.Duty == nil || !e.Gone.IsZero() {
		return time.Time{}, false
	}
	for _, d := range w.Disclosed(e, now) {
		if d.Made == nil && !slices.Contains(e.Duty.Told, d.Period) {
			return d.Due, true
		}
	}
	_, _, last := e.Duty.Every.On(w.date(now))
	return w.disclosureDue(last), true
}

// Remind notes what is reached at now and tells what to say. Of several stages that a pause skipped only the last is said.
func (w Work) Remind(e Enterprise, now time.Time) (Enterprise, []Event, []Notice) {
	e = e.clone()
	events := w.lapse(&e, now)
	out := make([]Notice, 0, len(events))
	for _, x := range events {
		k, _ := e.Cards[x.Card-1].Clock(LimitClock)
		out = append(out, Notice{Card: x.Card, Clock: k, Broken: true})
	}
	for i := range e.Cards {
		c := &e.Cards[i]
		for j := range c.Clocks {
			n, ok := w.remindClock(&c.Clocks[j], now)
			if !ok {
				continue
			}
			n.Card = c.N
			out = append(out, n)
			events = append(events, Event{At: now, Did: Remind, Card: c.N, State: c.State, Clock: n.Clock.Name})
		}
	}
	for _, d := range w.Owed(e, now) {
		if slices.Contains(e.Duty.Told, d.Period) {
			continue
		}
		duty := *e.Duty
		duty.Told = append(slices.Clone(duty.Told), d.Period)
		e.Duty = &duty
		out = append(out, Notice{Period: d.Period, Broken: true, Clock: Clock{Due: d.Due}})
		events = append(events, Event{At: now, Did: Remind, Period: d.Period})
	}
	return e, events, out
}

// remindClock says what a clock has reached.
func (w Work) remindClock(k *Clock, now time.Time) (Notice, bool) {
	if k.Over || !k.Late.IsZero() {
		return Notice{}, false
	}
	said := false
	n := Notice{}
	for _, days := range w.stages(*k) {
		if slices.Contains(k.Told, days) || now.Before(ahead(*k, days)) {
			continue
		}
		k.Told = append(k.Told, days)
		n.Before, said = days, true
	}
	if !now.Before(k.Due) {
		k.Late = now
		n.Before, n.Broken, said = 0, true, true
	}
	n.Clock = *k
	return n, said
}
