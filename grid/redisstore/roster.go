package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Roster returns everybody with a role, as of now: only the version is asked for while nothing has changed.
func (s *Store) Roster(ctx context.Context) (*grid.Roster, error) {
	return s.rosterAt(ctx, s.client.Get(ctx, s.keys.rosterVersion()))
}

// rosterAt returns the roster of that stored version, from the cache if it is the same.
func (s *Store) rosterAt(ctx context.Context, reply *redis.StringCmd) (*grid.Roster, error) {
	version, err := rosterVersion(reply)
	if err != nil {
		return nil, err
	}
	if r := s.roster.Load(); r != nil && r.Version == version {
		return r, nil
	}
	return s.loadRoster(ctx)
}

func rosterVersion(reply *redis.StringCmd) (int64, error) {
	if errors.Is(reply.Err(), redis.Nil) {
		return 0, nil
	}
	if reply.Err() != nil {
		return 0, fmt.Errorf("roster: %w", reply.Err())
	}
	version, _, err := split(reply.Val())
	return version, err
}

// loadRoster reads version and officers in one transaction, so that they belong together.
func (s *Store) loadRoster(ctx context.Context) (*grid.Roster, error) {
	var reply *redis.StringCmd
	var all *redis.MapStringStringCmd
	_, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		reply, all = p.Get(ctx, s.keys.rosterVersion()), p.HGetAll(ctx, s.keys.roster())
		return nil
	})
	if notNil(err) != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	version, err := rosterVersion(reply)
	if err != nil {
		return nil, err
	}
	officers := make([]grid.Officer, 0, len(all.Val()))
	for id, v := range all.Val() {
		var o grid.Officer
		if err := json.Unmarshal([]byte(v), &o); err != nil {
			return nil, fmt.Errorf("officer %s: %w", id, err)
		}
		officers = append(officers, o)
	}
	r := grid.NewRoster(version, officers)
	s.roster.Store(r)
	return r, nil
}

// keepsHistory refuses a change of the roster that would rewrite who was responsible in the past, whoever makes it. The
// roster that the change was made from is the cached one, or it is read; one that has moved on is the commit's conflict.
func (s *Store) keepsHistory(ctx context.Context, c ledger.Change) error {
	if c.Roster == nil {
		return nil
	}
	r := s.roster.Load()
	if r == nil || r.Version != c.Roster.Version {
		var err error
		if r, err = s.Roster(ctx); err != nil {
			return err
		}
	}
	if r.Version != c.Roster.Version {
		return nil
	}
	for _, after := range c.Roster.Officers {
		if before, ok := r.Officer(after.ID); ok {
			if err := grid.KeepsHistory(before, after, c.At); err != nil {
				return err
			}
		}
	}
	return nil
}
