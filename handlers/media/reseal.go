package media

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/gridwarden/gridwarden/grid/seal"
)

// Resealed counts what Reseal found.
type Resealed struct {
	Moved   int // brought under the newest key
	Current int // under it before
	Lost    int // sealed under a key that is not in the ring, or damaged: nobody can open it
}

// Reseal brings every part of every file under the newest key, each at one stroke. It may be broken off and begun again at
// any time, and evidence may be put and shown meanwhile. A file's time stays as it was, for Sweep goes by it.
func (s *Store) Reseal(ctx context.Context) (Resealed, error) {
	var n Resealed
	dirs, err := fs.ReadDir(s.root.FS(), ".")
	if err != nil {
		return n, fmt.Errorf("reseal evidence: %w", err)
	}
	for _, d := range dirs {
		if !d.IsDir() || d.Name() == tmpDir {
			continue
		}
		entries, err := fs.ReadDir(s.root.FS(), d.Name())
		if err != nil {
			return n, fmt.Errorf("reseal evidence: %w", err)
		}
		for _, e := range entries {
			if ctx.Err() != nil {
				return n, ctx.Err()
			}
			if len(e.Name()) <= hexSHA256 || !isHash(e.Name()[:hexSHA256]) {
				continue // not ours
			}
			if err := s.resealPart(e.Name()[:hexSHA256], e.Name()[hexSHA256:], &n); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// resealPart brings one part under the newest key; one that went away meanwhile is no error.
func (s *Store) resealPart(sha, part string, n *Resealed) error {
	mu := s.lock(sha)
	mu.Lock()
	defer mu.Unlock()
	name := pathOf(sha, part)
	st, err := s.root.Stat(name)
	var sealed []byte
	if err == nil {
		sealed, err = s.root.ReadFile(name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reseal evidence: %w", err)
	}
	fresh, changed, err := s.keys.Reseal(sealed, aad(sha, part))
	switch {
	case errors.Is(err, seal.ErrUnknownKey), errors.Is(err, seal.ErrTampered):
		n.Lost++
		return nil
	case err != nil:
		return fmt.Errorf("reseal evidence: %w", err)
	case !changed:
		n.Current++
		return nil
	}
	n.Moved++
	return s.place(sha, part, fresh, st.ModTime())
}
