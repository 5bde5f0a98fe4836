package main

import (
	"context"
	"sync"
	"time"
)

// demoClock is real time, or the time in which the demonstration was told to begin, moved on by whatever the person at the page
// adds to it.
type demoClock struct {
	mu     sync.Mutex
	offset time.Duration
}

// officeOpens is when the day of a demonstration begins that was given as a day only: before the jobs of the morning.
const officeOpens = 7*time.Hour + 30*time.Minute

// clockAsOf is a clock that begins at a moment or, in the morning, at a day; now when it is empty.
func clockAsOf(text string, loc *time.Location) (*demoClock, error) {
	if text == "" {
		return &demoClock{}, nil
	}
	at, err := parseMoment(text, loc)
	if err != nil {
		return nil, err
	}
	if len(text) == len(time.DateOnly) {
		at = at.Add(officeOpens)
	}
	return &demoClock{offset: time.Until(at)}, nil
}

// Now is the demonstration's time.
func (c *demoClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.offset)
}

// set moves the clock on to t; it never goes back.
func (c *demoClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d := time.Until(t); d > c.offset {
		c.offset = d
	}
}

// advance moves the clock of a running app on, stopping wherever something falls due on the way, so that each job runs
// and each reminder goes out at its own time. It returns the names of the jobs that ran and had something to do.
func (d *demo) advance(ctx context.Context, by time.Duration) ([]string, error) {
	target := d.clock.Now().Add(by)
	var fired []string
	for {
		next, err := d.app.nextDue(ctx, target)
		if err != nil {
			return fired, err
		}
		d.clock.set(next)
		ran, err := d.app.scheduler.CatchUp(ctx)
		if err != nil {
			return fired, err
		}
		fired = append(fired, ran...)
		d.app.sender.Wake()
		d.app.evidence.Wake()
		if !next.Before(target) {
			return fired, nil
		}
	}
}

// tick runs the jobs of the demonstration: not cron's way, by real time, but by the clock of the page.
func (d *demo) tick(ctx context.Context) error {
	for pause(ctx, time.Second) == nil {
		if _, err := d.app.scheduler.CatchUp(ctx); err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}
