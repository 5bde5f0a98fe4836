package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Follows opens what a person follows; version 0 and no data when it is nothing.
func (s *Store) Follows(ctx context.Context, id grid.PersonID) (ledger.Followed, error) {
	all, err := s.FollowsOf(ctx, []grid.PersonID{id})
	if err != nil || len(all) == 0 {
		return ledger.Followed{Person: id}, err
	}
	return all[0], nil
}

// FollowsOf opens what several people follow, in that order and in one round trip; who follows nothing is left out.
func (s *Store) FollowsOf(ctx context.Context, ids []grid.PersonID) ([]ledger.Followed, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	docs := make([]*redis.StringCmd, len(ids))
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, id := range ids {
			docs[i] = p.Get(ctx, s.keys.follows(id))
		}
		return nil
	})
	if notNil(err) != nil {
		return nil, fmt.Errorf("follows: %w", err)
	}
	out := make([]ledger.Followed, 0, len(ids))
	for i, doc := range docs {
		if errors.Is(doc.Err(), redis.Nil) {
			continue
		}
		f := ledger.Followed{Person: ids[i]}
		version, body, err := split(doc.Val())
		if err == nil {
			f.Version = version
			f.Data, err = s.sealer.Open([]byte(body), aad(s.keys.follows(ids[i])))
		}
		if err != nil {
			return nil, fmt.Errorf("follows: %w", err)
		}
		out = append(out, f)
	}
	return out, nil
}

// Followers lists up to n people of a list of followers whose place is beyond after, the lowest place first; after -1 begins.
func (s *Store) Followers(ctx context.Context, shelf string, after float64, n int) ([]grid.PersonID, error) {
	ids, err := s.client.ZRangeArgs(ctx, redis.ZRangeArgs{
		Key: s.keys.followers(shelf), ByScore: true, Start: "(" + place(after), Stop: "+inf", Count: int64(n),
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("followers: %w", err)
	}
	out := make([]grid.PersonID, len(ids))
	for i, id := range ids {
		out[i] = grid.PersonID(id)
	}
	return out, nil
}

// FollowersCount tells how many stand on lists of followers, together; somebody on two of them counts twice.
func (s *Store) FollowersCount(ctx context.Context, shelves []string) (int64, error) {
	counts := make([]*redis.IntCmd, len(shelves))
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, shelf := range shelves {
			counts[i] = p.ZCard(ctx, s.keys.followers(shelf))
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("followers: %w", err)
	}
	var sum int64
	for _, n := range counts {
		sum += n.Val()
	}
	return sum, nil
}

// FollowsEnded lists up to n people of whom all that they follow ended before now.
func (s *Store) FollowsEnded(ctx context.Context, now time.Time, n int) ([]grid.PersonID, error) {
	ids, err := s.client.ZRangeArgs(ctx, redis.ZRangeArgs{
		Key: s.keys.followed(), ByScore: true, Start: "-inf", Stop: strconv.FormatInt(now.Unix(), 10), Count: int64(n),
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("follows that ended: %w", err)
	}
	out := make([]grid.PersonID, len(ids))
	for i, id := range ids {
		out[i] = grid.PersonID(id)
	}
	return out, nil
}

// Tally tells what became of the messages that are counted under a name.
func (s *Store) Tally(ctx context.Context, name string) (ledger.Tally, error) {
	found, err := s.client.HGetAll(ctx, s.keys.tally(name)).Result()
	if err != nil {
		return nil, fmt.Errorf("tally: %w", err)
	}
	out := make(ledger.Tally, len(found))
	for outcome, n := range found {
		if out[ledger.Outcome(outcome)], err = strconv.ParseInt(n, 10, 64); err != nil {
			return nil, fmt.Errorf("tally: %w", err)
		}
	}
	return out, nil
}

// writeFollows replaces what people follow and where they stand. A new one starts at a version that no earlier one had, as with
// conversations, so that whoever slept through its end meets a conflict.
func (s *Store) writeFollows(p *program, c ledger.Change) error {
	for _, w := range c.Follows {
		key := s.keys.follows(w.Person)
		p.check("talk", key, strconv.FormatInt(w.Version, 10))
		for _, shelf := range w.Off {
			p.write("ZREM", s.keys.followers(shelf), string(w.Person))
		}
		if w.Data == nil {
			p.write("DEL", key)
			p.write("ZREM", s.keys.followed(), string(w.Person))
			continue
		}
		p.witness = true
		version := w.Version + 1
		if w.Version == 0 {
			version = max(c.At.UnixMilli(), 1)
		}
		p.write("SET", key, p.header(version)+string(s.sealer.Seal(w.Data, aad(key))))
		p.write("ZADD", s.keys.followed(), strconv.FormatInt(w.Until.Unix(), 10), string(w.Person))
		for _, shelf := range w.On {
			p.write("ZADD", s.keys.followers(shelf), place(w.Place), string(w.Person))
		}
	}
	return nil
}
