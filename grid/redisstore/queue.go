package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Queue lists n cases of a worklist from offset on, the earliest limit first; cases without a limit come last.
func (s *Store) Queue(ctx context.Context, q casework.Queue, offset, n int) ([]casework.CaseID, error) {
	if n <= 0 {
		return nil, nil
	}
	found, err := s.client.ZRange(ctx, s.keys.queue(q), int64(offset), int64(offset+n-1)).Result()
	if err != nil {
		return nil, fmt.Errorf("queue %s: %w", q, err)
	}
	return caseIDs(found), nil
}

// QueueCounts tells, in the order of queues, how full the worklists are and how much of it is late at now. It takes one
// round trip.
func (s *Store) QueueCounts(ctx context.Context, queues []casework.Queue, now time.Time) ([]ledger.QueueCount, error) {
	if len(queues) == 0 {
		return nil, nil
	}
	all := make([]*redis.IntCmd, len(queues))
	late := make([]*redis.IntCmd, len(queues))
	until := strconv.FormatInt(now.Unix(), 10) // the instant of the limit is late already
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, q := range queues {
			all[i] = p.ZCard(ctx, s.keys.queue(q))
			late[i] = p.ZCount(ctx, s.keys.queue(q), "-inf", until)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("queue counts: %w", err)
	}
	out := make([]ledger.QueueCount, len(queues))
	for i := range out {
		out[i] = ledger.QueueCount{Open: int(all[i].Val()), Late: int(late[i].Val())}
	}
	return out, nil
}

// Due lists up to n cases whose next stage is reached at now, the longest reached first.
func (s *Store) Due(ctx context.Context, now time.Time, n int) ([]casework.CaseID, error) {
	found, err := s.client.ZRangeByScore(ctx, s.keys.due(), &redis.ZRangeBy{
		Min: "-inf", Max: strconv.FormatInt(now.UnixMilli(), 10), Count: int64(n),
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("due cases: %w", err)
	}
	return caseIDs(found), nil
}

// NextDue is when the next stage of any case is reached; false when none is to come.
func (s *Store) NextDue(ctx context.Context) (time.Time, bool, error) {
	found, err := s.client.ZRangeWithScores(ctx, s.keys.due(), 0, 0).Result()
	if err != nil {
		return time.Time{}, false, fmt.Errorf("next due: %w", err)
	}
	if len(found) == 0 {
		return time.Time{}, false, nil
	}
	return time.UnixMilli(int64(found[0].Score)).UTC(), true, nil
}

// Counts returns the figures of one local day, 2006-01-02, or those that are kept by the year only, 2006.
func (s *Store) Counts(ctx context.Context, day string) (map[string]int64, error) {
	found, err := s.client.HGetAll(ctx, s.keys.counts(day)).Result()
	if err != nil {
		return nil, fmt.Errorf("counts of %s: %w", day, err)
	}
	out := make(map[string]int64, len(found))
	for field, v := range found {
		if out[field], err = strconv.ParseInt(v, 10, 64); err != nil {
			return nil, fmt.Errorf("counts of %s: %w", day, err)
		}
	}
	return out, nil
}
