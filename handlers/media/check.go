package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
)

// Check tells whether the original of a file is there and is what its name says. ErrNotFound when it is not there,
// ErrDamaged when it cannot be opened or is something else.
func (s *Store) Check(ctx context.Context, sha string) error {
	data, err := s.Original(ctx, sha)
	switch {
	case errors.Is(err, ErrNotFound):
		return err
	case err != nil:
		return errors.Join(ErrDamaged, err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != sha {
		return ErrDamaged
	}
	return nil
}
