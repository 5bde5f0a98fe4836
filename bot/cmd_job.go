package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/jobs"
)

// jobCmd lists the jobs or runs one by hand.
type jobCmd struct {
	List jobListCmd `cmd:"" default:"1" help:"Show the timetable."`
	Run  jobRunCmd  `cmd:"" help:"Run one job now, or as if it were another time."`
}

// jobListCmd shows the timetable.
type jobListCmd struct{ seedsFlags }

// Run prints every job with its schedule.
func (c jobListCmd) Run(s streams) error {
	district, err := c.load()
	if err != nil {
		return err
	}
	a := &app{parts: parts{District: district, Clock: time.Now}}
	for _, j := range a.newScheduler(nil).Jobs {
		_, _ = fmt.Fprintf(s.out, "%-16s %s\n", j.Name, j.Spec)
	}
	return nil
}

// jobRunCmd runs one job.
type jobRunCmd struct {
	serveCmd
	Name string `arg:"" help:"Name of the job; see: gridwarden job list."`
	Dry  bool   `name:"dry-run" help:"Only print what would be done, for the jobs that can tell: retention."`
	At   string `aliases:"as-of" help:"As if it were then: 2026-02-13 or 2026-02-13T08:00. Now when not given."`
}

// rehearse prints what the job would do, and does nothing.
func rehearse(ctx context.Context, s streams, job jobs.Job, at time.Time) error {
	if job.Plan == nil {
		return fmt.Errorf("job %s cannot tell beforehand what it would do", job.Name)
	}
	lines, err := job.Plan(ctx, at)
	for _, line := range lines {
		_, _ = fmt.Fprintln(s.out, line)
	}
	return err
}

// Run runs the job and prints what it did. Messages that it makes are sent by the program that serves.
func (c jobRunCmd) Run(ctx context.Context, s streams) error {
	p, cleanup, err := c.parts(ctx, c.logger(s))
	if err != nil {
		return err
	}
	defer cleanup()
	a, err := newApp(ctx, p)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	job, ok := a.scheduler.Named(c.Name)
	if !ok {
		return fmt.Errorf("no job is called %q; see: gridwarden job list", c.Name)
	}
	at := a.Clock()
	if c.At != "" {
		if at, err = parseMoment(c.At, p.District.Settings.TimeZone); err != nil {
			return err
		}
	}
	if c.Dry {
		return rehearse(ctx, s, job, at)
	}
	res, err := job.Run(ctx, at)
	for _, k := range slices.Sorted(maps.Keys(res)) {
		_, _ = fmt.Fprintf(s.out, "%s %d\n", k, res[k])
	}
	return err
}
