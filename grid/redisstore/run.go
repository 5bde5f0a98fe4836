package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// LastRuns are the times that jobs were last done for; a job that never was is not there.
func (s *Store) LastRuns(ctx context.Context) (map[string]time.Time, error) {
	raw, err := s.client.HGetAll(ctx, s.keys.runs()).Result()
	if err != nil {
		return nil, fmt.Errorf("last runs: %w", err)
	}
	out := make(map[string]time.Time, len(raw))
	for job, ms := range raw {
		n, err := strconv.ParseInt(ms, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("last run of %s: %w", job, err)
		}
		out[job] = time.UnixMilli(n)
	}
	return out, nil
}

// SetLastRun records that the job was done for that time. It never goes back: a run by hand for an earlier time does not
// make the job run again.
func (s *Store) SetLastRun(ctx context.Context, job string, at time.Time) error {
	if err := runForward.Run(ctx, s.client, []string{s.keys.runs()}, job, at.UnixMilli()).Err(); err != nil {
		return fmt.Errorf("last run: %w", err)
	}
	return nil
}
