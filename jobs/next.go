package jobs

import "time"

// NextFixed is when the next job with a time of its own runs after now; sweeps, which run whenever something is due, do
// not count. Zero when there is none.
func (s *Scheduler) NextFixed(now time.Time) time.Time {
	var next time.Time
	for _, j := range s.Jobs {
		if j.Every {
			continue
		}
		plan, err := schedule(j, now.In(s.Location))
		if err != nil {
			continue
		}
		if at := plan.Next(now.In(s.Location)); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}
