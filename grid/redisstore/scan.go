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

// missing turns Redis' "nil" into NotFound and wraps every other error; what names the kind of thing, never the thing.
func missing(what string, err error) error {
	if errors.Is(err, redis.Nil) {
		return &grid.Error{Code: grid.NotFound, Key: "error.not_found", Err: errors.New(what)}
	}
	return fmt.Errorf("%s: %w", what, err)
}
