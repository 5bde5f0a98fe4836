package jobs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// fakeRuns remembers last runs in memory.
type fakeRuns struct {
	mu   sync.Mutex
	last map[string]time.Time
	away bool
}

func (r *fakeRuns) LastRuns(context.Context) (map[string]time.Time, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.away {
		return nil, errors.New("away")
	}
	return maps.Clone(r.last), nil
}

func (r *fakeRuns) SetLastRun(_ context.Context, job string, at time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last == nil {
		r.last = make(map[string]time.Time)
	}
	if at.After(r.last[job]) {
		r.last[job] = at
	}
	return nil
}

// diary notes for which times each job ran.
type diary struct {
	mu   sync.Mutex
	runs []string
	fail func(job string, at time.Time) error
}

func (d *diary) job(name, spec string, stale time.Duration, every bool) Job {
	return Job{Name: name, Spec: spec, Timeout: time.Minute, Stale: stale, Every: every, Run: func(_ context.Context, at time.Time) (Result, error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.fail != nil {
			if err := d.fail(name, at); err != nil {
				return nil, err
			}
		}
		d.runs = append(d.runs, name+" "+at.In(shanghai).Format("01-02 15:04"))
		return Result{"done": 1}, nil
	}}
}

func (d *diary) took() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.runs)
}

// The timetable over the whole of 2026 in Shanghai: how often each job comes, and when first and last.
func TestTimetable_aYear(t *testing.T) {
	_, d := world(t)
	tests := map[string]struct {
		runs        int
		first, last time.Time
	}{
		"deadlines":     {365 * 24 * 60, at(1, 1, 0), time.Date(2026, 12, 31, 23, 59, 0, 0, shanghai)},
		"musters":       {365 * 24 * 60, at(1, 1, 0), time.Date(2026, 12, 31, 23, 59, 0, 0, shanghai)},
		"meetings":      {365 * 24 * 60, at(1, 1, 0), time.Date(2026, 12, 31, 23, 59, 0, 0, shanghai)},
		"consultations": {365 * 24 * 60, at(1, 1, 0), time.Date(2026, 12, 31, 23, 59, 0, 0, shanghai)},
		"hearings":      {365 * 24 * 60, at(1, 1, 0), time.Date(2026, 12, 31, 23, 59, 0, 0, shanghai)},
		"plan_bulletin": {60, at(1, 1, 9), at(10, 15, 9)},
		"seal_evidence": {365 * 24 * 60, at(1, 1, 0), time.Date(2026, 12, 31, 23, 59, 0, 0, shanghai)},
		"anchor":        {365, time.Date(2026, 1, 1, 0, 10, 0, 0, shanghai), time.Date(2026, 12, 31, 0, 10, 0, 0, shanghai)},
		"rewards":       {365, time.Date(2026, 1, 1, 0, 20, 0, 0, shanghai), time.Date(2026, 12, 31, 0, 20, 0, 0, shanghai)},
		"recompute":     {365, time.Date(2026, 1, 1, 0, 40, 0, 0, shanghai), time.Date(2026, 12, 31, 0, 40, 0, 0, shanghai)},
		"rounds":        {365, time.Date(2026, 1, 1, 0, 30, 0, 0, shanghai), time.Date(2026, 12, 31, 0, 30, 0, 0, shanghai)},
		"remind_rounds": {365, at(1, 1, 8), at(12, 31, 8)},
		"referrals":     {365, at(1, 1, 8), at(12, 31, 8)},
		"borders":       {365, at(1, 1, 8), at(12, 31, 8)},
		"absences":      {365, at(1, 1, 8), at(12, 31, 8)},
		"enterprises":   {365, at(1, 1, 8), at(12, 31, 8)},
		"daily_digest":  {365, at(1, 1, 8), at(12, 31, 8)},
		"press":         {365, time.Date(2026, 1, 1, 7, 50, 0, 0, shanghai), time.Date(2026, 12, 31, 7, 50, 0, 0, shanghai)},
		"assessments":   {365, at(1, 1, 8), at(12, 31, 8)},
		"supervisions":  {365, at(1, 1, 8), at(12, 31, 8)},
		"black_water":   {365, at(1, 1, 8), at(12, 31, 8)},
		"milestones":    {365, time.Date(2026, 1, 1, 8, 40, 0, 0, shanghai), time.Date(2026, 12, 31, 8, 40, 0, 0, shanghai)},
		"publications":  {365, time.Date(2026, 1, 1, 8, 40, 0, 0, shanghai), time.Date(2026, 12, 31, 8, 40, 0, 0, shanghai)},
		"bulletin":      {12, at(1, 1, 9), at(12, 1, 9)},
		"boards":        {52, time.Date(2026, 1, 5, 8, 30, 0, 0, shanghai), time.Date(2026, 12, 28, 8, 30, 0, 0, shanghai)},
		"weekly_digest": {52, time.Date(2026, 1, 5, 8, 30, 0, 0, shanghai), time.Date(2026, 12, 28, 8, 30, 0, 0, shanghai)},
	}
	for _, j := range Timetable(d) {
		want, ok := tests[j.Name]
		if !ok {
			t.Errorf("nobody expects %s", j.Name)
			continue
		}
		before := at(1, 1, 0).Add(-time.Second)
		plan, err := schedule(j, before)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		var first, last time.Time
		for now := plan.Next(before); now.Year() == 2026; now = plan.Next(now) {
			n++
			if n == 1 {
				first = now
			}
			last = now
		}
		if n != want.runs || !first.Equal(want.first) || !last.Equal(want.last) {
			t.Errorf("%s: %d runs from %s to %s, want %+v", j.Name, n, first, last, want)
		}
		if j.Timeout <= 0 || j.Stale <= 0 {
			t.Errorf("%s: timeout %s, stale %s", j.Name, j.Timeout, j.Stale)
		}
	}
}

func TestCheck(t *testing.T) {
	for spec, good := range map[string]bool{
		"0 8 * * *": true, "30 8 * * 1": true, "*/5 * * * *": true,
		"": false, "8": false, "0 8 * *": false, "0 0 8 * * *": false, "61 * * * *": false, "0 8 30 2 *": false,
		"@daily": false, "@every 1h": false, "x y z": false,
	} {
		s := &Scheduler{Jobs: []Job{{Name: "j", Spec: spec}}, Location: shanghai, Clock: time.Now}
		err := s.Check()
		if (err == nil) != good {
			t.Errorf("%q: %v", spec, err)
		}
		if err != nil && !strings.Contains(err.Error(), "job j") {
			t.Errorf("%q: the error does not name the job: %v", spec, err)
		}
	}
}

// What a pause swallowed is made up for: sweeps once, others for each of their times, in order, unless stale.
func TestCatchUp(t *testing.T) {
	hour, day := time.Hour, 24*time.Hour
	now := at(6, 10, 9)
	daily := func(stale time.Duration) func(d *diary) []Job {
		return func(d *diary) []Job { return []Job{d.job("daily", "0 8 * * *", stale, false)} }
	}
	tests := []struct {
		name string
		jobs func(d *diary) []Job
		last map[string]time.Time
		want []string
	}{
		{"never ran", daily(day), nil, nil},
		{"nothing missed", daily(day), map[string]time.Time{"daily": at(6, 10, 8)}, nil},
		{"one", daily(12 * hour), map[string]time.Time{"daily": at(6, 9, 8)}, []string{"daily 06-10 08:00"}},
		{"stale ones are dropped", daily(30 * hour), map[string]time.Time{"daily": at(6, 1, 8)}, []string{"daily 06-09 08:00", "daily 06-10 08:00"}},
		{"all are stale", daily(30 * time.Minute), map[string]time.Time{"daily": at(6, 1, 8)}, nil},
		{
			"a sweep runs once", func(d *diary) []Job { return []Job{d.job("sweep", "* * * * *", 366*day, true)} },
			map[string]time.Time{"sweep": at(5, 1, 8)},
			[]string{"sweep 06-10 09:00"},
		},
		{
			"in order of time", func(d *diary) []Job {
				return []Job{d.job("sweep", "* * * * *", 366*day, true), d.job("late", "0 8 * * *", 3*day, false), d.job("early", "0 7 * * *", 3*day, false)}
			},
			map[string]time.Time{"sweep": at(6, 8, 12), "late": at(6, 8, 12), "early": at(6, 8, 12)},
			[]string{"early 06-09 07:00", "late 06-09 08:00", "early 06-10 07:00", "late 06-10 08:00", "sweep 06-10 09:00"},
		},
		{"the clock was put back", daily(day), map[string]time.Time{"daily": at(7, 1, 8)}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, runs := &diary{}, &fakeRuns{last: tt.last}
			s := &Scheduler{Jobs: tt.jobs(d), Location: shanghai, Runs: runs, Clock: func() time.Time { return now }, Log: quiet}
			ran, err := s.CatchUp(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got := d.took(); !slices.Equal(got, tt.want) || len(ran) != len(tt.want) {
				t.Errorf("ran %v (%v), want %v", got, ran, tt.want)
			}
			if again, err := s.CatchUp(t.Context()); err != nil || len(again) != 0 {
				t.Errorf("the second time ran %v, %v", again, err)
			}
		})
	}
}

// A job that fails holds up no other, and its own later times wait, so that none is forgotten.
func TestCatchUp_failure(t *testing.T) {
	d := &diary{fail: func(job string, when time.Time) error {
		if job == "bad" && when.Equal(at(6, 9, 8)) {
			return errors.New("chart not drawn")
		}
		return nil
	}}
	runs := &fakeRuns{last: map[string]time.Time{"bad": at(6, 8, 12), "good": at(6, 8, 12)}}
	s := &Scheduler{
		Jobs:     []Job{d.job("bad", "0 8 * * *", 72*time.Hour, false), d.job("good", "0 9 * * *", 72*time.Hour, false)},
		Location: shanghai, Runs: runs, Clock: func() time.Time { return at(6, 10, 12) }, Log: quiet,
	}
	if _, err := s.CatchUp(t.Context()); err == nil || !strings.Contains(err.Error(), "job bad: chart not drawn") {
		t.Errorf("error %v", err)
	}
	if got := d.took(); !slices.Equal(got, []string{"good 06-09 09:00", "good 06-10 09:00"}) {
		t.Errorf("ran %v", got)
	}
	d.fail = nil
	if _, err := s.CatchUp(t.Context()); err != nil {
		t.Error(err)
	}
	if got := d.took()[2:]; !slices.Equal(got, []string{"bad 06-09 08:00", "bad 06-10 08:00"}) {
		t.Errorf("then ran %v", got)
	}
}

// Two at once do not run a job twice for the same time, and neither is an error.
func TestCatchUp_twoAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &diary{}
		job := d.job("daily", "0 8 * * *", 72*time.Hour, false)
		inner := job.Run
		job.Run = func(ctx context.Context, when time.Time) (Result, error) {
			pause(ctx, time.Second)
			return inner(ctx, when)
		}
		runs := &fakeRuns{last: map[string]time.Time{"daily": at(6, 9, 8)}}
		s := &Scheduler{Jobs: []Job{job}, Location: shanghai, Runs: runs, Clock: func() time.Time { return at(6, 10, 9) }, Log: quiet}
		for range 3 {
			go func() {
				if _, err := s.CatchUp(t.Context()); err != nil {
					t.Error(err)
				}
			}()
		}
		time.Sleep(time.Minute)
		if got := d.took(); !slices.Equal(got, []string{"daily 06-10 08:00"}) {
			t.Errorf("ran %v", got)
		}
	})
}

// A panic, a run that takes too long and a run beside another are errors; none of them counts as done.
func TestRunOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		runs := &fakeRuns{}
		var observed []error
		s := &Scheduler{
			Location: shanghai, Runs: runs, Clock: time.Now, Log: quiet,
			Observe: func(_ string, _ time.Duration, _ Result, err error) { observed = append(observed, err) },
		}
		run := func(do func(ctx context.Context) error) error {
			return s.RunOne(t.Context(), Job{Name: "j", Timeout: time.Minute, Run: func(ctx context.Context, _ time.Time) (Result, error) {
				return nil, do(ctx)
			}}, time.Now())
		}
		if err := run(func(context.Context) error { panic("boom") }); err == nil || !strings.Contains(err.Error(), "panic: boom") {
			t.Errorf("panic: %v", err)
		}
		began := time.Now()
		if err := run(func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Minute {
			t.Errorf("too long: %v after %s", err, time.Since(began))
		}
		if err := run(func(context.Context) error { return run(func(context.Context) error { return nil }) }); !errors.Is(err, errBusy) {
			t.Errorf("beside another: %v", err)
		}
		if len(runs.last) != 0 || len(observed) != 3 {
			t.Errorf("counted as done: %v; observed %v", runs.last, observed)
		}
		if err := run(func(context.Context) error { return nil }); err != nil || runs.last["j"].IsZero() {
			t.Errorf("fine: %v, %v", err, runs.last)
		}
	})
}

// bubble runs a scheduler from a Sunday noon on.
func bubble(t *testing.T, runs *fakeRuns, list []Job, test func()) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(at(6, 7, 12)))
		s := &Scheduler{Jobs: list, Location: shanghai, Runs: runs, Clock: time.Now, Log: quiet}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			if err := s.Run(ctx); err != nil {
				t.Errorf("Run: %v", err)
			}
		}()
		test()
		cancel()
		<-done
	})
}

// A week of the real cron: every job at each of its times, once.
func TestRun_aWeek(t *testing.T) {
	d := &diary{}
	list := []Job{
		d.job("sweep", "*/30 * * * *", 366*24*time.Hour, true), d.job("daily", "0 8 * * *", 12*time.Hour, false),
		d.job("weekly", "30 8 * * 1", 48*time.Hour, false),
	}
	bubble(t, &fakeRuns{}, list, func() { time.Sleep(7 * 24 * time.Hour) })
	count := map[string]int{}
	for _, r := range d.took() {
		count[r]++
		if count[r] > 1 {
			t.Errorf("%s twice", r)
		}
		name, _, _ := strings.Cut(r, " ")
		count[name]++
	}
	for i := range 7 {
		if r := fmt.Sprintf("daily 06-%02d 08:00", 8+i); count[r] != 1 {
			t.Errorf("%s: %d times", r, count[r])
		}
	}
	if count["daily"] != 7 || count["weekly"] != 1 || count["weekly 06-08 08:30"] != 1 || count["sweep"] < 7*48-1 || count["sweep"] > 7*48+1 {
		t.Errorf("daily %d, weekly %d, sweep %d", count["daily"], count["weekly"], count["sweep"])
	}
}

// A job that fails at its time, once because of a panic, is tried again within minutes and not tomorrow; the others go on.
func TestRun_retriesTheSameDay(t *testing.T) {
	fails := 2
	d := &diary{fail: func(job string, _ time.Time) error {
		if job != "daily" || fails == 0 {
			return nil
		}
		fails--
		if fails == 1 {
			panic("once")
		}
		return errors.New("store away")
	}}
	list := []Job{d.job("daily", "0 8 * * *", 12*time.Hour, false), d.job("other", "5 8 * * *", time.Hour, false)}
	bubble(t, &fakeRuns{}, list, func() { time.Sleep(21 * time.Hour) }) // until Monday, 09:00
	if got := d.took(); !slices.Equal(got, []string{"other 06-08 08:05", "daily 06-08 08:00"}) && !slices.Equal(got, []string{"daily 06-08 08:00", "other 06-08 08:05"}) {
		t.Errorf("ran %v", got)
	}
}

// What falls due while the past is made up for runs as well.
func TestRun_dueWhileCatchingUp(t *testing.T) {
	d := &diary{}
	slow := d.job("slow", "0 3 * * *", 48*time.Hour, false)
	inner := slow.Run
	slow.Timeout = time.Hour
	slow.Run = func(ctx context.Context, when time.Time) (Result, error) {
		if !pause(ctx, 30*time.Minute) {
			return nil, ctx.Err()
		}
		return inner(ctx, when)
	}
	noon := d.job("noon", "10 12 * * *", time.Hour, false)
	runs := &fakeRuns{last: map[string]time.Time{"slow": at(6, 6, 3), "noon": time.Date(2026, 6, 6, 12, 10, 0, 0, shanghai)}}
	bubble(t, runs, []Job{slow, noon}, func() { time.Sleep(time.Hour) })
	if got := d.took(); !slices.Equal(got, []string{"noon 06-07 12:10", "slow 06-07 03:00"}) {
		t.Errorf("ran %v", got)
	}
}

// While the marks cannot be read jobs still run at their times, and what was missed follows when they can.
func TestRun_marksAway(t *testing.T) {
	d := &diary{}
	runs := &fakeRuns{last: map[string]time.Time{"daily": at(6, 6, 8)}, away: true}
	bubble(t, runs, []Job{d.job("daily", "0 8 * * *", 12*time.Hour, false)}, func() {
		time.Sleep(time.Hour)
		runs.mu.Lock()
		runs.away = false
		runs.mu.Unlock()
		time.Sleep(20 * time.Hour)
	})
	if got := d.took(); !slices.Equal(got, []string{"daily 06-07 08:00", "daily 06-08 08:00"}) {
		t.Errorf("ran %v", got)
	}
}

func TestNamed(t *testing.T) {
	s := &Scheduler{Jobs: []Job{{Name: "a"}}}
	if _, ok := s.Named("a"); !ok {
		t.Error("a is not found")
	}
	if _, ok := s.Named("b"); ok {
		t.Error("b is found")
	}
}
