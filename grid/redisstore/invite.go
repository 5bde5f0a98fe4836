package redisstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Invite returns the invitation whose code hashes to that. NotFound when it was taken, revoked or never made; it may have
// expired.
func (s *Store) Invite(ctx context.Context, hash string) (ledger.Invite, error) {
	var i ledger.Invite
	v, err := s.client.HGet(ctx, s.keys.invites(), hash).Result()
	if err != nil {
		return i, missing("invitation", err)
	}
	if err := json.Unmarshal([]byte(v), &i); err != nil {
		return i, fmt.Errorf("invitation: %w", err)
	}
	return i, nil
}

// Invites lists every invitation that was not taken or revoked, the expired ones among them, in no order.
func (s *Store) Invites(ctx context.Context) ([]ledger.Invite, error) {
	all, err := s.client.HVals(ctx, s.keys.invites()).Result()
	if err != nil {
		return nil, fmt.Errorf("invitations: %w", err)
	}
	out := make([]ledger.Invite, len(all))
	for i, v := range all {
		if err := json.Unmarshal([]byte(v), &out[i]); err != nil {
			return nil, fmt.Errorf("invitations: %w", err)
		}
	}
	return out, nil
}

// TidyInvites removes the invitations that expired before that time and tells how many it removed. Who comes with one of
// them is told that there is none instead of that it expired: leave them some days.
func (s *Store) TidyInvites(ctx context.Context, before time.Time) (int, error) {
	all, err := s.Invites(ctx)
	if err != nil {
		return 0, err
	}
	var old []string
	for _, i := range all {
		if i.Expires.Before(before) {
			old = append(old, i.Hash)
		}
	}
	if len(old) == 0 {
		return 0, nil
	}
	n, err := s.client.HDel(ctx, s.keys.invites(), old...).Result()
	if err != nil {
		return 0, fmt.Errorf("tidy invitations: %w", err)
	}
	return int(n), nil
}
