package redisstore

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// ReadFetch returns up to n files that are to be fetched by now, the longest due first. They stay until a FileWrite names
// them as Fetched.
func (s *Store) ReadFetch(ctx context.Context, now time.Time, n int) ([]ledger.Fetch, error) {
	found, err := s.client.ZRangeByScore(ctx, s.keys.fetch(), &redis.ZRangeBy{
		Min: "-inf", Max: strconv.FormatInt(now.UnixMilli(), 10), Count: int64(n),
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("read fetch queue: %w", err)
	}
	out := make([]ledger.Fetch, len(found))
	for i, x := range found {
		if err := json.Unmarshal([]byte(x), &out[i]); err != nil {
			return nil, fmt.Errorf("read fetch queue: %w", err)
		}
		out[i].Entry = ledger.EntryID(x)
	}
	return out, nil
}

// Refetch counts one more attempt at a file and puts it off until at. It returns the entry as it is now; NotFound when it
// was dealt with meanwhile. Called before an attempt, with a time by which the attempt must be over, it keeps other
// workers from making the same attempt.
func (s *Store) Refetch(ctx context.Context, f ledger.Fetch, at time.Time) (ledger.Fetch, error) {
	next := f
	next.Tries++
	b, err := json.Marshal(next)
	if err != nil {
		return f, fmt.Errorf("put off fetch: %w", err)
	}
	n, err := fetchAgain.Run(ctx, s.client, []string{s.keys.fetch()}, string(f.Entry), string(b), at.UnixMilli()).Int()
	if err != nil {
		return f, fmt.Errorf("put off fetch: %w", err)
	}
	if n == 0 {
		return f, grid.Fail(grid.NotFound, "error.not_found")
	}
	next.Entry = ledger.EntryID(b)
	return next, nil
}

// FetchDepth tells how many files wait to be fetched.
func (s *Store) FetchDepth(ctx context.Context) (int64, error) {
	n, err := s.client.ZCard(ctx, s.keys.fetch()).Result()
	if err != nil {
		return 0, fmt.Errorf("fetch depth: %w", err)
	}
	return n, nil
}

// File returns what is known of a file by Telegram's unique id. NotFound when it was not fetched yet.
func (s *Store) File(ctx context.Context, unique string) (ledger.File, error) {
	var f ledger.File
	v, err := s.client.HGet(ctx, s.keys.files(), unique).Result()
	if err != nil {
		return f, missing("file", err)
	}
	if err := json.Unmarshal([]byte(v), &f); err != nil {
		return f, fmt.Errorf("file: %w", err)
	}
	return f, nil
}

// Files goes through everything that is known of files, in no order, some perhaps twice. It ends at the first error.
func (s *Store) Files(ctx context.Context) iter.Seq2[ledger.File, error] {
	return func(yield func(ledger.File, error) bool) {
		for _, v := range s.hash(ctx, s.keys.files()) {
			var f ledger.File
			err := v.err
			if err == nil {
				err = json.Unmarshal([]byte(v.value), &f)
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
	}
}

// DropFile forgets that a file was fetched, if what is known of it is still that.
func (s *Store) DropFile(ctx context.Context, f ledger.File) error {
	b, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("drop file: %w", err)
	}
	if err := hashDrop.Run(ctx, s.client, []string{s.keys.files()}, f.Unique, string(b)).Err(); err != nil {
		return fmt.Errorf("drop file: %w", err)
	}
	return nil
}
