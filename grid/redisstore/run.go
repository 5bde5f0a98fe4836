package redisstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// LastRun is the time that the job was last done for; zero when it never was.
func (s *Store) LastRun(ctx context.Context, job string) (time.Time, error) {
	ms, err := s.client.HGet(ctx, s.keys.runs(), job).Int64()
	if errors.Is(err, redis.Nil) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("last run: %w", err)
	}
	return time.UnixMilli(ms), nil
}

// SetLastRun records that the job was done for that time. It never goes back: a run by hand for an earlier time does not
// make the job run again.
func (s *Store) SetLastRun(ctx context.Context, job string, at time.Time) error {
	if err := runForward.Run(ctx, s.client, []string{s.keys.runs()}, job, at.UnixMilli()).Err(); err != nil {
		return fmt.Errorf("last run: %w", err)
	}
	return nil
}
