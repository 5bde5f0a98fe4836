package redisstore

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// mailboxHolds is how many messages a mailbox holds, the newest: more than any case ever brought its reporter.
const mailboxHolds = 200

// sealMail seals a message for its recipient's mailbox. What was drawn for Telegram is left out: it can be drawn anew.
func (s *Store) sealMail(m ledger.Message) ([]byte, error) {
	m.Image = nil
	b, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("mailbox: %w", err)
	}
	return s.sealer.Seal(b, aad(s.keys.mailbox(m.To))), nil
}

// Mailbox reads what was said to somebody without an account, the oldest first.
func (s *Store) Mailbox(ctx context.Context, id grid.PersonID) ([]ledger.Message, error) {
	key := s.keys.mailbox(id)
	found, err := s.client.XRange(ctx, key, "-", "+").Result()
	if err != nil {
		return nil, fmt.Errorf("mailbox: %w", err)
	}
	out := make([]ledger.Message, len(found))
	for i, x := range found {
		plain, err := s.sealer.Open([]byte(field(x, "m")), aad(key))
		if err == nil {
			err = json.Unmarshal(plain, &out[i])
		}
		if err != nil {
			return nil, fmt.Errorf("mailbox: %w", err)
		}
	}
	return out, nil
}
