package main

import (
	"context"
	"sync/atomic"
	"testing/synctest"
	"time"

	"github.com/gridwarden/gridwarden/jobs"
)

// lull lets the sweeps of every minute pass by while nothing can be due and nobody does anything, so that a story of two
// months is told in seconds. Everything else, and every sweep at a minute in which something falls due, runs by cron as ever.
type lull struct{ end atomic.Int64 }

// spare wraps what runs every minute.
func (l *lull) spare(s *jobs.Scheduler) {
	r := &sparing{Runs: s.Runs, lull: l, sweeps: make(map[string]bool)}
	for i, j := range s.Jobs {
		if j.Spec != "* * * * *" {
			continue
		}
		r.sweeps[j.Name] = true
		s.Jobs[i].Run = func(ctx context.Context, at time.Time) (jobs.Result, error) {
			if at.Unix() < l.end.Load() {
				return nil, nil
			}
			return j.Run(ctx, at)
		}
	}
	s.Runs, s.Thin = r, func(j jobs.Job, at jobs.Timing) jobs.Timing {
		if r.sweeps[j.Name] {
			return thinned{at, l}
		}
		return at
	}
}

// thinned wakes nobody in the minutes of a lull.
type thinned struct {
	jobs.Timing

	lull *lull
}

func (t thinned) Next(now time.Time) time.Time {
	next := t.Timing.Next(now)
	if end := t.lull.end.Load(); next.Unix() < end {
		return t.Timing.Next(time.Unix(end-1, 0).In(now.Location()))
	}
	return next
}

// sparing writes no run down that did not take place.
type sparing struct {
	jobs.Runs

	lull   *lull
	sweeps map[string]bool
}

func (r *sparing) SetLastRun(ctx context.Context, job string, at time.Time) error {
	if r.sweeps[job] && at.Unix() < r.lull.end.Load() {
		return nil
	}
	return r.Runs.SetLastRun(ctx, job, at)
}

// eventless is the end of a sleep that is lived through minute by minute, whatever it was.
const eventless = time.Hour

// sleep lets time go by.
func (w *world) sleep(d time.Duration) {
	w.t.Helper()
	end := time.Now().Add(d)
	for time.Until(end) > 3*eventless && !w.byHand {
		next, err := w.app.nextDue(context.Background(), end.Add(-eventless))
		if err != nil {
			break // Redis is away: every minute counts
		}
		next = next.Add(-30 * time.Second)
		w.lull.end.Store(next.Unix())
		time.Sleep(time.Until(next) + 2*time.Minute)
		synctest.Wait()
	}
	w.lull.end.Store(0)
	time.Sleep(time.Until(end))
	synctest.Wait()
}
