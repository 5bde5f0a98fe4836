package redisstore

import (
	"context"
	"fmt"
	"time"
)

// Lease takes the lease of that name for ttl, or renews it, and tells whether the holder has it now. It makes one process
// of several do the work; nothing relies on it for being right, because commits happen once anyway. The clocks of the
// processes should agree to within a fraction of ttl.
func (s *Store) Lease(ctx context.Context, name, holder string, ttl time.Duration, now time.Time) (bool, error) {
	keep := max(ttl.Milliseconds(), 1)
	n, err := leaseTake.Run(ctx, s.client, []string{s.keys.lease(name)},
		holder, now.UnixMilli(), now.UnixMilli()+keep, keep).Int()
	if err != nil {
		return false, fmt.Errorf("lease %s: %w", name, err)
	}
	return n == 1, nil
}

// Release gives the lease back early. Releasing one that was lost is no error.
func (s *Store) Release(ctx context.Context, name, holder string) error {
	if err := leaseRelease.Run(ctx, s.client, []string{s.keys.lease(name)}, holder).Err(); err != nil {
		return fmt.Errorf("release lease %s: %w", name, err)
	}
	return nil
}
