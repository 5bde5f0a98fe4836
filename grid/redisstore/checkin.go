package redisstore

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// writeCheckIns adds check-ins to their officers' lists.
func (s *Store) writeCheckIns(p *program, c ledger.Change) error {
	for _, in := range c.CheckIns {
		b, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("check-in: %w", err)
		}
		p.write("RPUSH", s.keys.checkins(in.Officer), string(b))
	}
	return nil
}

// CheckIns returns an officer's last n check-ins, the oldest of them first.
func (s *Store) CheckIns(ctx context.Context, o grid.OfficerID, n int) ([]ledger.CheckIn, error) {
	raw, err := s.client.LRange(ctx, s.keys.checkins(o), int64(-n), -1).Result()
	if err != nil {
		return nil, fmt.Errorf("check-ins: %w", err)
	}
	out := make([]ledger.CheckIn, len(raw))
	for i, b := range raw {
		if err := json.Unmarshal([]byte(b), &out[i]); err != nil {
			return nil, fmt.Errorf("check-ins: %w", err)
		}
	}
	return out, nil
}
