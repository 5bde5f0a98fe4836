package muster

import "time"

// Reminding is how often those who do not answer are reminded: every so long after the call, so many times.
type Reminding struct {
	Every time.Duration
	Times int
}

// Next is when the next reminder is due; false when there is none any more.
func (m Muster) Next(r Reminding) (time.Time, bool) {
	if !m.Running() || m.Rounds >= r.Times || len(m.In(Called)) == 0 {
		return time.Time{}, false
	}
	return m.At.Add(time.Duration(m.Rounds+1) * r.Every), true
}

// Remind makes the round that is due, and tells who has not answered. Rounds that a pause skipped are not made up for.
func (m Muster) Remind(r Reminding, now time.Time) (Muster, Event, []Call) {
	due, ok := m.Next(r)
	if !ok || due.After(now) {
		return m, Event{}, nil
	}
	m.Rounds = min(max(m.Rounds+1, int(now.Sub(m.At)/r.Every)), r.Times)
	return m, Event{At: now, Did: DidRemind}, m.In(Called)
}
