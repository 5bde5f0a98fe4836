package redisstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// indexUnsealed lists the files of the case whose content its history does not know yet.
func (s *Store) indexUnsealed(p *program, before, after *casework.Case) {
	var was []string
	if before.Version != 0 {
		was = before.Unsealed()
	}
	now := after.Unsealed()
	for _, file := range now {
		if !slices.Contains(was, file) {
			p.write("ZADD", s.keys.unsealed(), strconv.FormatInt(arrival(after, file).UnixMilli(), 10), string(after.ID)+" "+file)
		}
	}
	for _, file := range was {
		if !slices.Contains(now, file) {
			p.write("ZREM", s.keys.unsealed(), string(after.ID)+" "+file)
		}
	}
}

// arrival is when the file reached us.
func arrival(c *casework.Case, file string) time.Time {
	for _, e := range c.Evidence {
		if e.File == file {
			return e.Arrived
		}
	}
	return c.CreatedAt
}

// Unsealed lists every file whose content the history of its case does not know yet, the longest waiting first.
func (s *Store) Unsealed(ctx context.Context) ([]ledger.Unsealed, error) {
	found, err := s.client.ZRangeWithScores(ctx, s.keys.unsealed(), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("unsealed files: %w", err)
	}
	out := make([]ledger.Unsealed, 0, len(found))
	for _, z := range found {
		name, _ := z.Member.(string)
		id, file, _ := strings.Cut(name, " ")
		out = append(out, ledger.Unsealed{Case: casework.CaseID(id), File: file, Since: time.UnixMilli(int64(z.Score))})
	}
	return out, nil
}

// indexChanged notes that the history grew, for the next anchor.
func (s *Store) indexChanged(p *program, w ledger.CaseWrite) {
	if n := len(w.Events); n > 0 {
		p.write("ZADD", s.keys.changed(), strconv.FormatInt(w.Events[n-1].Arrived.UnixMilli(), 10), string(w.After.ID))
	}
}

// Changed lists the cases whose histories grew since the last anchor, up to and with a moment.
func (s *Store) Changed(ctx context.Context, until time.Time) ([]casework.CaseID, error) {
	found, err := s.client.ZRangeByScore(ctx, s.keys.changed(), &redis.ZRangeBy{
		Min: "-inf", Max: strconv.FormatInt(until.UnixMilli(), 10),
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("changed cases: %w", err)
	}
	return caseIDs(found), nil
}

// ChangedSince lists the cases whose histories grew at a moment or later, as long as no anchor holds them.
func (s *Store) ChangedSince(ctx context.Context, since time.Time) ([]casework.CaseID, error) {
	found, err := s.client.ZRangeByScore(ctx, s.keys.changed(), &redis.ZRangeBy{
		Min: strconv.FormatInt(since.UnixMilli(), 10), Max: "+inf",
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("changed cases: %w", err)
	}
	return caseIDs(found), nil
}

// writeAnchor puts the anchor at the end of its chain, and takes the cases that it holds off the list for the next.
func (s *Store) writeAnchor(p *program, c ledger.Change) error {
	if c.Anchor == nil {
		return nil
	}
	p.write("RPUSH", s.keys.anchors(), string(c.Anchor.Line))
	p.write("ZREMRANGEBYSCORE", s.keys.changed(), "-inf", strconv.FormatInt(c.Anchor.Until.UnixMilli(), 10))
	return nil
}

// Anchors returns the lines of all anchors, the first day's first.
func (s *Store) Anchors(ctx context.Context) ([]string, error) {
	found, err := s.client.LRange(ctx, s.keys.anchors(), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("anchors: %w", err)
	}
	return found, nil
}

// AnchorsOf returns the lines of the anchors in which the case stands.
func (s *Store) AnchorsOf(ctx context.Context, id casework.CaseID) ([]string, error) {
	all, err := s.Anchors(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(line string) bool {
		return !strings.Contains(line, `"i":`+strconv.Quote(string(id)))
	}), nil
}

// LastAnchor returns the line of the last anchor; empty when there is none yet.
func (s *Store) LastAnchor(ctx context.Context) (string, error) {
	line, err := s.client.LIndex(ctx, s.keys.anchors(), -1).Result()
	if notNil(err) != nil {
		return "", fmt.Errorf("last anchor: %w", err)
	}
	return line, nil
}
