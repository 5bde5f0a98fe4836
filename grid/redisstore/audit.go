package redisstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Numbers goes through every number that a report or case was given, with the case it leads to, in no order.
func (s *Store) Numbers(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for number, id := range s.hash(ctx, s.keys.numbers()) {
			if !yield(number, id.err) || id.err != nil {
				return
			}
		}
	}
}

// LastNumber is the last number that was given in a yearly series; 0 when none was.
func (s *Store) LastNumber(ctx context.Context, series string, year int) (int, error) {
	n, err := s.client.Get(ctx, s.keys.seq(series, year)).Int()
	if notNil(err) != nil {
		return 0, fmt.Errorf("last number: %w", err)
	}
	return n, nil
}

// Misindexed names the indexes that do not agree with the case as it was read: it is not there, or stands there by another moment.
// Where the case has moved on since, that is ledger.ErrConflict: read it again.
func (s *Store) Misindexed(ctx context.Context, c casework.Case, now time.Time) ([]string, error) {
	id := string(c.ID)
	var doc *redis.StringCmd
	var found map[string]redis.Cmder
	_, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		doc = p.LIndex(ctx, s.keys.caseDoc(c.ID), 0)
		found = s.lookUp(ctx, p, c)
		return nil
	})
	if notNil(err) != nil {
		return nil, fmt.Errorf("indexes: %w", err)
	}
	if now, err := parseCase(c.ID, doc.Val()); err != nil || now.Version != c.Version {
		return nil, fmt.Errorf("indexes: %w", ledger.ErrConflict)
	}
	var out []string
	for name, cmd := range found {
		text, isText := cmd.(*redis.StringCmd)
		score, isScore := cmd.(*redis.FloatCmd)
		if cmd.Err() != nil || isText && text.Val() != id || isScore && s.misplaced(name, score.Val(), c, now) {
			out = append(out, indexName(name))
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// slack is how long after a stage was to come its index may still name a later moment: whoever moves a case out of the clocks'
// sight is found out by then. What settings that changed meanwhile make of the moment is none of it.
const slack = 24 * time.Hour

// misplaced tells whether the case stands in an index of moments by another one than its own.
func (s *Store) misplaced(name string, score float64, c casework.Case, now time.Time) bool {
	switch {
	case name == "due":
		next, _ := s.nextStage(c)
		return now.Sub(next) > slack && score > float64(now.UnixMilli())
	case strings.HasPrefix(name, "queue:"):
		want, err := strconv.ParseFloat(dueScore(&c), 64)
		return err == nil && score != want
	}
	return false
}

// lookUp asks every index in which the case should stand for it.
func (s *Store) lookUp(ctx context.Context, p redis.Pipeliner, c casework.Case) map[string]redis.Cmder {
	id, found := string(c.ID), make(map[string]redis.Cmder)
	for _, q := range c.Queues() {
		found["queue:"+string(q)] = p.ZScore(ctx, s.keys.queue(q), id)
	}
	for _, who := range append([]grid.PersonID{c.Reporter}, c.Followers...) {
		if who != "" {
			found["by:"+string(who)] = p.ZScore(ctx, s.keys.by(who), id)
		}
	}
	for _, n := range []string{c.Number, c.CaseNo} {
		if n != "" {
			found["numbers"+n] = p.HGet(ctx, s.keys.numbers(), n)
		}
	}
	for _, x := range shares(&c) {
		found["rewards"+x] = p.HGet(ctx, s.keys.rewards(), x)
	}
	if _, ok := s.nextStage(c); ok {
		found["due"] = p.ZScore(ctx, s.keys.due(), id)
	}
	if placed(&c) {
		found["open"] = p.ZScore(ctx, s.keys.open(), id)
	}
	for _, f := range c.Unsealed() {
		found["unsealed"+f] = p.ZScore(ctx, s.keys.unsealed(), id+" "+f)
	}
	return found
}

// indexName is the name of an index without the person, number, code or file that was looked for in it.
func indexName(s string) string {
	for _, name := range []string{"by", "numbers", "rewards", "unsealed"} {
		if strings.HasPrefix(s, name) {
			return name
		}
	}
	return s
}

// Stray is an entry of an index that should not be there: its case is gone, or has no place in that index.
type Stray struct {
	Index string
	Case  casework.CaseID
}

// Strays looks through the indexes of open work, the given queues among them, for entries that should not be there. What
// changes meanwhile is looked at again.
func (s *Store) Strays(ctx context.Context, queues []casework.Queue) ([]Stray, error) {
	type index struct {
		name, key string
		holds     func(c casework.Case) bool
	}
	all := []index{
		{"open", s.keys.open(), func(c casework.Case) bool { return placed(&c) }},
		{"due", s.keys.due(), func(c casework.Case) bool { _, ok := s.nextStage(c); return ok }},
	}
	for _, q := range queues {
		all = append(all, index{"queue:" + string(q), s.keys.queue(q), func(c casework.Case) bool { return slices.Contains(c.Queues(), q) }})
	}
	var out []Stray
	for _, x := range all {
		members, err := s.client.ZRange(ctx, x.key, 0, -1).Result()
		if err != nil {
			return nil, fmt.Errorf("index %s: %w", x.name, err)
		}
		for _, id := range caseIDs(members) {
			stray, err := s.stray(ctx, x.key, id, x.holds)
			if err != nil {
				return nil, err
			}
			if stray {
				out = append(out, Stray{x.name, id})
			}
		}
	}
	return out, nil
}

// stray tells whether the index has the case at the same moment at which the case says that it has no place there.
func (s *Store) stray(ctx context.Context, key string, id casework.CaseID, holds func(casework.Case) bool) (bool, error) {
	var doc *redis.StringCmd
	var score *redis.FloatCmd
	_, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		doc, score = p.LIndex(ctx, s.keys.caseDoc(id), 0), p.ZScore(ctx, key, string(id))
		return nil
	})
	switch {
	case notNil(err) != nil:
		return false, fmt.Errorf("index entry: %w", err)
	case errors.Is(score.Err(), redis.Nil): // it was taken out
		return false, nil
	case errors.Is(doc.Err(), redis.Nil):
		return true, nil
	}
	c, unreadable := parseCase(id, doc.Val())
	return unreadable != nil || !holds(c), nil //nolint:nilerr // what cannot be read stands nowhere
}
