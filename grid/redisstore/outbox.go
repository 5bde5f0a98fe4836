package redisstore

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// priorities is how many outboxes there are.
const priorities = int(ledger.Digest) + 1

// ReadOutbox returns up to n messages of that priority that come after the one named, oldest first; after "" begins with
// the oldest. It does not wait. Messages stay until Sent.
func (s *Store) ReadOutbox(ctx context.Context, p ledger.Priority, after ledger.EntryID, n int) ([]ledger.Message, error) {
	from := "-"
	if after != "" {
		_, id, err := outboxEntry(after)
		if err != nil {
			return nil, err
		}
		from = "(" + id
	}
	found, err := s.client.XRangeN(ctx, s.keys.outbox(p), from, "+", int64(n)).Result()
	if err != nil {
		return nil, fmt.Errorf("read outbox %d: %w", p, err)
	}
	out := make([]ledger.Message, len(found))
	for i, x := range found {
		out[i] = s.message(p, x)
	}
	return out, nil
}

// message reads one entry. Its EntryID begins with the priority, because the four outboxes may use the same ids.
// One that cannot be opened has no recipient: the sender gives it up, and the others go on.
func (s *Store) message(p ledger.Priority, x redis.XMessage) ledger.Message {
	m, err := s.open(p, x)
	if err != nil {
		m = ledger.Message{Kind: unreadable}
	}
	m.Entry, m.Priority = ledger.EntryID(fmt.Sprintf("%d/%s", p, x.ID)), p
	return m
}

// unreadable is the kind of a message that was sealed with a key that is gone.
const unreadable = "unreadable"

// open unseals a message and puts the claimed numbers in the places of their markers.
func (s *Store) open(p ledger.Priority, x redis.XMessage) (ledger.Message, error) {
	var m ledger.Message
	plain, err := s.sealer.Open([]byte(field(x, "m")), aad(s.keys.outbox(p)))
	if err != nil {
		return m, fmt.Errorf("message %s of outbox %d: %w", x.ID, p, err)
	}
	for name := range x.Values {
		if code, ok := strings.CutPrefix(name, markerField); ok {
			marker, err := hex.DecodeString(code)
			if err != nil {
				return m, fmt.Errorf("message %s of outbox %d: %w", x.ID, p, err)
			}
			plain = bytes.ReplaceAll(plain, marker, []byte(field(x, name)))
		}
	}
	if err := json.Unmarshal(plain, &m); err != nil {
		return m, fmt.Errorf("message %s of outbox %d: %w", x.ID, p, err)
	}
	return m, nil
}

// outboxEntry takes an EntryID apart.
func outboxEntry(e ledger.EntryID) (p ledger.Priority, id string, err error) {
	prefix, id, ok := strings.Cut(string(e), "/")
	n, err := strconv.Atoi(prefix)
	if !ok || err != nil || n < 0 || n >= priorities {
		return 0, "", fmt.Errorf("outbox entry %q: expected priority/id", e)
	}
	return ledger.Priority(n), id, nil
}

// Begin notes that a message that must not be said twice (Message.Once) is about to be sent, and tells whether it may be:
// false when it was begun before, by a sender that then crashed or lost touch. Whether it arrived is then not known:
// report it as Uncertain.
func (s *Store) Begin(ctx context.Context, m ledger.Message) (bool, error) {
	p, id, err := outboxEntry(m.Entry)
	if err != nil {
		return false, err
	}
	keys := []string{s.keys.outbox(p), s.keys.begun()}
	n, err := outboxBegin.Run(ctx, s.client, keys, id, string(m.Entry), s.token()).Int()
	if err != nil {
		return false, fmt.Errorf("begin message: %w", err)
	}
	return n == 1, nil
}

// Sent takes a message out of the outbox, whatever became of it. A recipient who blocked the bot is noted and shows as
// Person.Blocked until they write again. One that is Kept goes to the recipient's mailbox. A message that is gone is no error.
func (s *Store) Sent(ctx context.Context, m ledger.Message, outcome ledger.Outcome, now time.Time) error {
	p, id, err := outboxEntry(m.Entry)
	if err != nil {
		return err
	}
	var blocked grid.PersonID
	if outcome == ledger.BlockedBot {
		blocked = m.To
	}
	var kept []byte
	if outcome == ledger.Kept {
		if kept, err = s.sealMail(m); err != nil {
			return err
		}
	}
	keys := []string{s.keys.outbox(p), s.keys.begun(), s.keys.blocked(), s.keys.mailbox(m.To)}
	for _, name := range m.Tallies {
		keys = append(keys, s.keys.tally(name))
	}
	args := []any{id, string(m.Entry), string(blocked), now.UnixMilli(), string(kept), mailboxHolds, string(outcome)}
	if err := outboxSent.Run(ctx, s.client, keys, args...).Err(); err != nil {
		return fmt.Errorf("message sent: %w", err)
	}
	return nil
}

// OutboxDepth tells, by priority, how much waits to be said, and since when.
func (s *Store) OutboxDepth(ctx context.Context) ([]ledger.Depth, error) {
	n := make([]*redis.IntCmd, priorities)
	first := make([]*redis.XMessageSliceCmd, priorities)
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i := range priorities {
			key := s.keys.outbox(ledger.Priority(i))
			n[i], first[i] = p.XLen(ctx, key), p.XRangeN(ctx, key, "-", "+", 1)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("outbox depth: %w", err)
	}
	out := make([]ledger.Depth, priorities)
	for i := range out {
		out[i].Waiting = n[i].Val()
		for _, x := range first[i].Val() {
			out[i].Oldest = s.message(ledger.Priority(i), x).At
		}
	}
	return out, nil
}
