package redisstore

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
)

const scanBatch = 500

// scanned is a value of a hash, or why the scan ended.
type scanned struct {
	value string
	err   error
}

// hash goes through a large hash in steps, in no order; a field may come twice when the hash grows meanwhile.
func (s *Store) hash(ctx context.Context, key string) iter.Seq2[string, scanned] {
	return func(yield func(string, scanned) bool) {
		for cursor := uint64(0); ; {
			page, next, err := s.client.HScan(ctx, key, cursor, "", scanBatch).Result()
			if err != nil {
				yield("", scanned{err: fmt.Errorf("scan: %w", err)})
				return
			}
			for i := 0; i+1 < len(page); i += 2 {
				if !yield(page[i], scanned{value: page[i+1]}) {
					return
				}
			}
			if cursor = next; cursor == 0 {
				return
			}
		}
	}
}

// scanKeys goes through the keys that begin so, on every node, in no order; one may come twice. Nobody waits for it: the
// server is asked in steps.
func (s *Store) scanKeys(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		node, err := s.nodeOf(ctx, prefix)
		for cursor := uint64(0); err == nil; {
			var page []string
			page, cursor, err = node.Scan(ctx, cursor, prefix+"*", scanBatch).Result()
			if err != nil {
				break
			}
			for _, key := range page {
				if !yield(key, nil) {
					return
				}
			}
			if cursor == 0 {
				return
			}
		}
		yield("", fmt.Errorf("scan: %w", err))
	}
}

// nodeOf is where the keys of the district lie: all of them carry one hash tag.
func (s *Store) nodeOf(ctx context.Context, key string) (redis.Cmdable, error) {
	if c, ok := s.client.(*redis.ClusterClient); ok {
		return c.MasterForKey(ctx, key)
	}
	return s.client, nil
}

// missing turns Redis' "nil" into NotFound and wraps every other error; what names the kind of thing, never the thing.
func missing(what string, err error) error {
	if errors.Is(err, redis.Nil) {
		return &grid.Error{Code: grid.NotFound, Key: "error.not_found", Err: errors.New(what)}
	}
	return fmt.Errorf("%s: %w", what, err)
}
