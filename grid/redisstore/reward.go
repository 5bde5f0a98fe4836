package redisstore

import (
	"context"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// CaseByReward finds the case of a reward by the hash of one of its codes. NotFound when no reward has it, or a newer code
// took its place.
func (s *Store) CaseByReward(ctx context.Context, hash string) (casework.CaseID, error) {
	id, err := s.client.HGet(ctx, s.keys.rewards(), hash).Result()
	if err != nil {
		return "", missing("reward", err)
	}
	return casework.CaseID(id), nil
}
