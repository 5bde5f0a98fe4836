package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// MaxParcel is how large a file may be that a bot sends (Bot API, "Sending files").
const MaxParcel = 50 << 20

// partParcel is a file that is to be sent. It is nobody's evidence: Sweep takes it away when it has grown old.
const partParcel = ".parcel"

// KeepParcel keeps a file that a message is to bring to somebody, sealed, until Sweep finds it old, and gives its SHA-256,
// by which the message names it: so that the outbox holds no files, and one that goes to thirty people is kept once. The
// same bytes kept again are young again. Anything may be sent, so the type is not asked.
//
// ErrTooLarge beyond MaxParcel, ErrNoSpace on a full disk.
func (s *Store) KeepParcel(_ context.Context, data []byte, now time.Time) (string, error) {
	if len(data) > MaxParcel {
		return "", tooLarge(MaxParcel)
	}
	if len(data) == 0 {
		return "", refuse(grid.Invalid, "media.damaged", ErrDamaged)
	}
	if err := s.checkSpace(len(data)); err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	sha := hex.EncodeToString(sum[:])
	mu := s.lock(sha)
	mu.Lock()
	defer mu.Unlock()
	return sha, s.write(sha, partParcel, data, now)
}

// Parcel opens a file that is to be sent. ErrNotFound when it is not there, or there no longer.
func (s *Store) Parcel(_ context.Context, sha string) ([]byte, error) {
	return s.read(sha, partParcel)
}
