package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// rawRemind is the least that taking due reminders can be: a hundred at once out of a sorted set into a stream.
var rawRemind = redis.NewScript(`
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 100)
for _, id in ipairs(due) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('XADD', KEYS[2], '*', 'm', id)
end
return #due`)

// reminders measures G10: due limits that become messages in the outbox.
func (b *bench) reminders(ctx context.Context) error {
	const cases = 3000
	s, err := b.newSide(ctx, "", false, 0)
	defer s.close()
	if err != nil {
		return err
	}
	if _, err = crowd(ctx, 64, cases, time.Minute, s.w.create(ctx)); err != nil {
		return err
	}
	s.p.end() // the job is run by hand; nobody sends meanwhile
	before, err := s.waiting(ctx)
	if err != nil {
		return err
	}
	later := time.Now().AddDate(0, 0, 30)
	full, err := s.deadlines(ctx, later)
	if err != nil {
		return err
	}
	after, err := s.waiting(ctx)
	if err != nil {
		return err
	}
	empty, err := s.deadlines(ctx, later)
	if err != nil {
		return err
	}
	made := after - before
	ours := rate(made, full-empty)
	raw, err := s.w.rawReminders(ctx, 50000)
	if err != nil {
		return err
	}
	b.table.add(row{
		"G10 due reminders into the outbox", perSecond(ours), perSecond(raw), fmt.Sprintf("%.4f", ours/raw), ">= 0.8",
		fmt.Sprintf("%d messages of %d cases, each case read, moved on and committed alone; the sweep runs each minute, so lateness is up to 60 s (goal 50 ms)", made, cases),
	})
	return nil
}

// waiting is how many messages the outbox holds.
func (s *side) waiting(ctx context.Context) (int64, error) {
	depths, err := s.w.store.OutboxDepth(ctx)
	n := int64(0)
	for _, d := range depths {
		n += d.Waiting
	}
	return n, err
}

// deadlines runs the job as if it were later and tells how long that took.
func (s *side) deadlines(ctx context.Context, at time.Time) (time.Duration, error) {
	zone := s.w.district.Settings.TimeZone
	cmd := exec.CommandContext(ctx, s.bin, "job", "run", "deadlines", "--at", at.In(zone).Format("2006-01-02T15:04")) //nolint:gosec // just built
	cmd.Env = append(os.Environ(), s.environment()...)
	began := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("job: %w\n%s", err, strings.TrimSpace(string(out)))
	}
	return time.Since(began), nil
}

// rawReminders is how many a second the plain script takes.
func (w *warehouse) rawReminders(ctx context.Context, n int) (float64, error) {
	const chunk = 1000
	for i := 0; i < n; i += chunk {
		members := make([]redis.Z, chunk)
		for j := range members {
			members[j] = redis.Z{Score: float64(i + j), Member: fmt.Sprintf("%012x", i+j)}
		}
		if err := w.client.ZAdd(ctx, "raw:due", members...).Err(); err != nil {
			return 0, err
		}
	}
	began := time.Now()
	for {
		took, err := rawRemind.Run(ctx, w.client, []string{"raw:due", "raw:out"}, n).Int()
		if err != nil {
			return 0, err
		}
		if took == 0 {
			return rate(int64(n), time.Since(began)), nil
		}
	}
}
