package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/robfig/cron/v3"
)

// Runs remembers when each job last ran.
type Runs interface {
	// LastRun is the time that the job was last done for; zero when it never was.
	LastRun(ctx context.Context, job string) (time.Time, error)
	// SetLastRun moves it forward, never back.
	SetLastRun(ctx context.Context, job string, at time.Time) error
}

// Scheduler runs the timetable: each job at its times, one run of a job at a time, and after a pause what was missed.
type Scheduler struct {
	Jobs     []Job
	Location *time.Location
	Runs     Runs
	Clock    func() time.Time
	Log      *slog.Logger
	Observe  func(job string, took time.Duration, res Result, err error) // may be nil
}

// parser reads five fields; descriptors such as @every have no fixed times that could be made up for.
var parser = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

// schedule reads a job's spec. The error names the job: a spec that cannot be read, or that never comes.
func schedule(j Job, from time.Time) (cron.Schedule, error) {
	s, err := parser.Parse(j.Spec)
	if err != nil {
		return nil, fmt.Errorf("job %s: %q: %w", j.Name, j.Spec, err)
	}
	if s.Next(from).IsZero() {
		return nil, fmt.Errorf("job %s: %q never comes", j.Name, j.Spec)
	}
	return s, nil
}

// Check tells whether every job has a schedule that comes.
func (s *Scheduler) Check() error {
	for _, j := range s.Jobs {
		if _, err := schedule(j, s.Clock().In(s.Location)); err != nil {
			return err
		}
	}
	return nil
}

// Run makes up for what was missed while nobody ran, then runs every job at its times until ctx ends, and waits for the
// runs under way.
func (s *Scheduler) Run(ctx context.Context) error {
	if err := s.Check(); err != nil {
		return err
	}
	if _, err := s.CatchUp(ctx); err != nil && ctx.Err() == nil {
		s.Log.ErrorContext(ctx, "missed jobs not made up for", slog.Any("error", err))
	}
	// Recover inside SkipIfStillRunning: the other way round, a job that panics once never runs again (robfig/cron#366).
	c := cron.New(cron.WithLocation(s.Location), cron.WithParser(parser), cron.WithLogger(cron.DiscardLogger),
		cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger), cron.Recover(cron.DiscardLogger)))
	for _, j := range s.Jobs {
		if _, err := c.AddFunc(j.Spec, func() { _ = s.RunOne(ctx, j, s.Clock().Truncate(time.Minute)) }); err != nil {
			return fmt.Errorf("job %s: %w", j.Name, err)
		}
	}
	c.Start()
	<-ctx.Done()
	<-c.Stop().Done()
	return nil
}

// CatchUp runs, in order of time, what fell between each job's last run and now, and returns the names of what ran. A
// sweep is run once, for now; another job once for each of its times, unless that is too long ago to be of use. A job
// that never ran begins now.
func (s *Scheduler) CatchUp(ctx context.Context) ([]string, error) {
	now := s.Clock()
	missed, err := s.missed(ctx, now)
	if err != nil {
		return nil, err
	}
	var ran []string
	for _, m := range missed {
		if err := s.RunOne(ctx, m.job, m.at); err != nil {
			return ran, err
		}
		ran = append(ran, m.job.Name)
	}
	return ran, nil
}

// fire is one run that fell due.
type fire struct {
	job Job
	at  time.Time
}

func (s *Scheduler) missed(ctx context.Context, now time.Time) ([]fire, error) {
	var out []fire
	for _, j := range s.Jobs {
		last, err := s.Runs.LastRun(ctx, j.Name)
		if err != nil {
			return nil, err
		}
		if last.IsZero() {
			if err := s.Runs.SetLastRun(ctx, j.Name, now); err != nil {
				return nil, err
			}
			continue
		}
		plan, err := schedule(j, last.In(s.Location))
		if err != nil {
			return nil, err
		}
		out = append(out, times(j, plan, last.In(s.Location), now)...)
	}
	slices.SortStableFunc(out, func(a, b fire) int { return a.at.Compare(b.at) })
	return out, nil
}

// times lists when the job should have run after last and up to now.
func times(j Job, plan cron.Schedule, last, now time.Time) []fire {
	if from := now.Add(-j.Stale); last.Before(from) {
		last = from.In(last.Location())
	}
	if j.Every {
		if first := plan.Next(last); !first.IsZero() && !first.After(now) {
			return []fire{{j, now}}
		}
		return nil
	}
	var out []fire
	for at := plan.Next(last); !at.IsZero() && !at.After(now); at = plan.Next(at) {
		out = append(out, fire{j, at})
	}
	return out
}

// RunOne runs a job for a time, within its time limit, records that it ran, and logs what it did. A panic in the job
// becomes an error.
func (s *Scheduler) RunOne(ctx context.Context, j Job, at time.Time) error {
	began := s.Clock()
	limit, cancel := context.WithTimeout(ctx, j.Timeout)
	defer cancel()
	res, err := guard(limit, j, at)
	took := s.Clock().Sub(began)
	if s.Observe != nil {
		s.Observe(j.Name, took, res, err)
	}
	if err != nil {
		s.Log.ErrorContext(ctx, "job failed", slog.String("job", j.Name), slog.Time("for", at), slog.Any("error", err))
		return fmt.Errorf("job %s: %w", j.Name, err)
	}
	s.Log.DebugContext(ctx, "job done", slog.String("job", j.Name), slog.Time("for", at), slog.Any("result", res))
	return s.Runs.SetLastRun(ctx, j.Name, at)
}

func guard(ctx context.Context, j Job, at time.Time) (res Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return j.Run(ctx, at)
}

// Named finds a job, to be run by hand.
func (s *Scheduler) Named(name string) (Job, bool) {
	i := slices.IndexFunc(s.Jobs, func(j Job) bool { return j.Name == name })
	if i < 0 {
		return Job{}, false
	}
	return s.Jobs[i], true
}
