package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// Runs remembers when each job last ran.
type Runs interface {
	// LastRuns are the times that jobs were last done for; a job that never was is not there.
	LastRuns(ctx context.Context) (map[string]time.Time, error)
	// SetLastRun moves it forward, never back.
	SetLastRun(ctx context.Context, job string, at time.Time) error
}

// retryEvery is how often runs that failed, or fell into a pause, are made up for.
const retryEvery = 10 * time.Minute

// errBusy means that the job is running already; the run that is left out is made up for if it has to be.
var errBusy = errors.New("still running")

// Timing tells when something comes next after a moment.
type Timing interface{ Next(time.Time) time.Time }

// Scheduler runs the timetable: each job at its times, one run of a job at a time, and what was missed or failed again
// until it is too late to be of use.
type Scheduler struct {
	Jobs     []Job
	Location *time.Location
	Runs     Runs
	Clock    func() time.Time
	Log      *slog.Logger
	Observe  func(job string, took time.Duration, res Result, err error) // may be nil
	Thin     func(Job, Timing) Timing                                    // may put runs off; nil: none is

	mu       sync.Mutex
	running  map[string]bool
	catching chan struct{} // closed when the CatchUp under way is over
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

// Run makes up for what was missed while nobody ran, and runs every job at its times until ctx ends; then it waits for
// the runs under way. What falls due while it still makes up for the past is not missed.
func (s *Scheduler) Run(ctx context.Context) error {
	c := cron.New(cron.WithLocation(s.Location), cron.WithParser(parser), cron.WithLogger(cron.DiscardLogger))
	for _, j := range s.Jobs {
		at, err := schedule(j, s.Clock().In(s.Location))
		if err != nil {
			return err
		}
		if s.Thin != nil {
			at = s.Thin(j, at)
		}
		c.Schedule(at, cron.FuncJob(func() { _ = s.RunOne(ctx, j, s.Clock().Truncate(time.Minute)) }))
	}
	missed, err := s.missed(ctx, s.Clock()) // before anything runs and moves the marks on
	c.Start()
	defer func() { <-c.Stop().Done() }()
	for {
		if err == nil {
			_, err = s.makeUp(ctx, missed)
		}
		if err != nil && ctx.Err() == nil {
			s.Log.WarnContext(ctx, "missed jobs not made up for", slog.Any("error", err))
		}
		if !pause(ctx, retryEvery) {
			return nil
		}
		missed, err = s.missed(ctx, s.Clock().Add(-time.Minute)) // what is due this minute is being run now
	}
}

// pause waits; false when ctx ended.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// CatchUp runs, in order of time, what fell between each job's last run and now, and returns the names of what ran. A
// sweep is run once, for now; another job once for each of its times, unless that is too long ago to be of use. A job
// that never ran begins now. One that fails holds up no other. Two calls at once follow each other.
func (s *Scheduler) CatchUp(ctx context.Context) ([]string, error) {
	done, err := s.alone(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	missed, err := s.missed(ctx, s.Clock())
	if err != nil {
		return nil, err
	}
	return s.makeUp(ctx, missed)
}

// alone waits until no other CatchUp is under way; done ends this one. It waits on a channel, not on a lock, so that ctx
// can end the waiting.
func (s *Scheduler) alone(ctx context.Context) (done func(), err error) {
	for {
		s.mu.Lock()
		other := s.catching
		if other == nil {
			mine := make(chan struct{})
			s.catching = mine
			s.mu.Unlock()
			return func() {
				s.mu.Lock()
				defer s.mu.Unlock()
				s.catching = nil
				close(mine)
			}, nil
		}
		s.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// makeUp runs what was missed. After a run that failed, or found the job running, the later ones of the same job wait
// for the next attempt: what they record would hide it.
func (s *Scheduler) makeUp(ctx context.Context, missed []fire) ([]string, error) {
	ran := make([]string, 0, len(missed))
	waits := make(map[string]bool)
	var faults []error
	for _, m := range missed {
		if waits[m.job.Name] {
			continue
		}
		switch err := s.RunOne(ctx, m.job, m.at); {
		case err == nil:
			ran = append(ran, m.job.Name)
		case errors.Is(err, errBusy):
			waits[m.job.Name] = true
		default:
			waits[m.job.Name] = true
			faults = append(faults, err)
		}
	}
	return ran, errors.Join(faults...)
}

// fire is one run that fell due.
type fire struct {
	job Job
	at  time.Time
}

func (s *Scheduler) missed(ctx context.Context, now time.Time) ([]fire, error) {
	runs, err := s.Runs.LastRuns(ctx)
	if err != nil {
		return nil, err
	}
	var out []fire
	for _, j := range s.Jobs {
		last, ran := runs[j.Name]
		if !ran {
			if set := s.Runs.SetLastRun(ctx, j.Name, now); set != nil {
				return nil, set
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
// becomes an error, and so does a run while the job is running.
func (s *Scheduler) RunOne(ctx context.Context, j Job, at time.Time) error {
	if !s.begin(j.Name) {
		return fmt.Errorf("job %s: %w", j.Name, errBusy)
	}
	defer s.end(j.Name)
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

func (s *Scheduler) begin(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == nil {
		s.running = make(map[string]bool)
	}
	if s.running[name] {
		return false
	}
	s.running[name] = true
	return true
}

func (s *Scheduler) end(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.running, name)
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
