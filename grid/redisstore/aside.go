package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Fail counts a failed attempt at an inbox entry and returns how many there were; 0 when the entry was dealt with
// meanwhile. The reason is kept by SetAside alone. Should the client send the call twice, it counts twice, which puts the
// entry aside sooner and loses nothing.
func (s *Store) Fail(ctx context.Context, id ledger.EntryID, _ string, _ time.Time) (tries int, err error) {
	n, err := inboxFail.Run(ctx, s.client, []string{s.keys.inbox(), s.keys.tries()}, string(id)).Int()
	if err != nil {
		return 0, fmt.Errorf("count failure: %w", err)
	}
	return n, nil
}

// SetAside takes an entry out of the inbox that failed too often, and keeps it with the error (which must not contain
// personal data) until somebody retries or drops it. An entry that is gone is no error.
func (s *Store) SetAside(ctx context.Context, id ledger.EntryID, cause string, now time.Time) error {
	keys := []string{s.keys.inbox(), s.keys.tries(), s.keys.aside()}
	if err := inboxAside.Run(ctx, s.client, keys, string(id), cause, now.UnixMilli()).Err(); err != nil {
		return fmt.Errorf("set entry aside: %w", err)
	}
	return nil
}

// Aside lists up to n of the entries that were put aside, newest first.
func (s *Store) Aside(ctx context.Context, n int) ([]ledger.Aside, error) {
	found, err := s.client.XRevRangeN(ctx, s.keys.aside(), "+", "-", int64(n)).Result()
	if err != nil {
		return nil, fmt.Errorf("list entries put aside: %w", err)
	}
	out := make([]ledger.Aside, len(found))
	for i, m := range found {
		e, err := s.entry(m)
		if err != nil {
			return nil, fmt.Errorf("list entries put aside: %w", err)
		}
		tries, _ := strconv.Atoi(field(m, "n"))
		out[i] = ledger.Aside{
			ID: e.ID, Update: e.Update, Data: e.Data, Arrived: e.Arrived, Tries: tries,
			Error: field(m, "e"), At: millis(field(m, "t")),
		}
	}
	return out, nil
}

// AsideCount is how many entries were put aside.
func (s *Store) AsideCount(ctx context.Context) (int64, error) {
	n, err := s.client.XLen(ctx, s.keys.aside()).Result()
	if err != nil {
		return 0, fmt.Errorf("count entries put aside: %w", err)
	}
	return n, nil
}

// Retry puts an entry that was put aside back at the end of the inbox, with no failures counted. NotFound when it is not
// there.
func (s *Store) Retry(ctx context.Context, id ledger.EntryID) error {
	return s.takeAside(ctx, id, "retry")
}

// Drop forgets an entry that was put aside. NotFound when it is not there.
func (s *Store) Drop(ctx context.Context, id ledger.EntryID) error {
	return s.takeAside(ctx, id, "drop")
}

func (s *Store) takeAside(ctx context.Context, id ledger.EntryID, what string) error {
	keys := []string{s.keys.inbox(), s.keys.aside()}
	n, err := inboxRetry.Run(ctx, s.client, keys, string(id), what).Int()
	if err != nil {
		return fmt.Errorf("%s entry put aside: %w", what, err)
	}
	if n == 0 {
		return grid.Fail(grid.NotFound, "error.not_found")
	}
	return nil
}
