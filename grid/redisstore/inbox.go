package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

const (
	seenFor  = 48 * time.Hour // Telegram repeats an unconfirmed update for at most 24 hours
	maxBlock = 2 * time.Second
)

// Receive stores a batch of updates, all of them or none; of each entry it takes Update and Data. What has the Update id of
// something that was received in the last 48 hours is not stored again. An entry without an Update id is what the
// program tells itself: it is stored once for each ID that it is given, and every time when it has none. Once Receive
// returns nil, Telegram may be told that the updates arrived.
func (s *Store) Receive(ctx context.Context, in []ledger.Entry, now time.Time) error {
	if len(in) == 0 {
		return nil
	}
	args := make([]any, 0, 2+3*len(in))
	args = append(args, now.UnixMilli(), now.Add(-seenFor).UnixMilli())
	for _, u := range in {
		name := strconv.FormatInt(u.Update, 10)
		switch {
		case u.Update != 0:
		case u.ID != "":
			name = "k:" + string(u.ID)
		default: // known again only if the client sends this very call twice
			name = "t:" + s.token()
		}
		args = append(args, name, u.Update, s.sealer.Seal(u.Data, s.inboxAAD(u.Update)))
	}
	keys := []string{s.keys.inbox(), s.keys.seen()}
	if err := inboxReceive.Run(ctx, s.client, keys, args...).Err(); err != nil {
		return fmt.Errorf("receive updates: %w", err)
	}
	return nil
}

func (s *Store) inboxAAD(update int64) []byte {
	return aad(s.keys.inbox() + ":" + strconv.FormatInt(update, 10))
}

// ReadInbox returns up to n entries that come after the one named, oldest first; after "" begins with the oldest, which
// is everything that was not dealt with. It does not wait.
func (s *Store) ReadInbox(ctx context.Context, after ledger.EntryID, n int) ([]ledger.Entry, error) {
	from := "-"
	if after != "" {
		from = "(" + string(after)
	}
	var found *redis.XMessageSliceCmd
	var tries *redis.MapStringStringCmd
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		found = p.XRangeN(ctx, s.keys.inbox(), from, "+", int64(n))
		tries = p.HGetAll(ctx, s.keys.tries())
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read inbox: %w", err)
	}
	entries := found.Val()
	out := make([]ledger.Entry, len(entries))
	for i, e := range entries {
		if out[i], err = s.entry(e); err != nil {
			return nil, fmt.Errorf("read inbox: %w", err)
		}
		out[i].Tries, _ = strconv.Atoi(tries.Val()[e.ID])
	}
	return out, nil
}

// AwaitInbox waits until there is an entry after the one named, for at most block, and tells whether there is. It never
// waits for more than two seconds, because nothing but a new entry ends the wait early, not even a cancelled context.
// It is for a process that does not receive the updates itself.
func (s *Store) AwaitInbox(ctx context.Context, after ledger.EntryID, block time.Duration) (bool, error) {
	if after == "" {
		after = "0"
	}
	streams, err := s.waiter.XRead(ctx, &redis.XReadArgs{
		Streams: []string{s.keys.inbox(), string(after)}, Count: 1, Block: min(max(block, time.Millisecond), maxBlock),
	}).Result()
	if notNil(err) != nil {
		return false, fmt.Errorf("await inbox: %w", err)
	}
	return len(streams) > 0, nil
}

// entry opens what Receive stored. An entry that cannot be opened comes with nil data and fails like any other bad one,
// so that a lost key does not stop the inbox.
func (s *Store) entry(m redis.XMessage) (ledger.Entry, error) {
	update, err := strconv.ParseInt(field(m, "u"), 10, 64)
	if err != nil {
		return ledger.Entry{}, fmt.Errorf("entry %s has no update id: %w", m.ID, err)
	}
	data, err := s.sealer.Open([]byte(field(m, "d")), s.inboxAAD(update))
	if err != nil {
		data = nil
	}
	return ledger.Entry{ID: ledger.EntryID(m.ID), Update: update, Data: data, Arrived: millis(field(m, "a"))}, nil
}

// InboxDepth tells how much waits in the inbox, and since when.
func (s *Store) InboxDepth(ctx context.Context) (ledger.Depth, error) {
	var n *redis.IntCmd
	var first *redis.XMessageSliceCmd
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		n = p.XLen(ctx, s.keys.inbox())
		first = p.XRangeN(ctx, s.keys.inbox(), "-", "+", 1)
		return nil
	})
	if err != nil {
		return ledger.Depth{}, fmt.Errorf("inbox depth: %w", err)
	}
	d := ledger.Depth{Waiting: n.Val()}
	if len(first.Val()) > 0 {
		d.Oldest = millis(field(first.Val()[0], "a"))
	}
	return d, nil
}

// field reads one field of a stream entry; "" when it is not there.
func field(m redis.XMessage, name string) string {
	v, _ := m.Values[name].(string)
	return v
}

// millis reads a time in milliseconds; zero for anything else.
func millis(s string) time.Time {
	ms, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
