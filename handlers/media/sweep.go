package media

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// Swept counts what Sweep found and, unless it was a rehearsal, removed.
type Swept struct {
	Kept    int   // files that somebody needs, or that are young
	Orphans int   // files that nobody needs
	Halves  int   // parts left behind by a crash
	Temps   int   // unfinished parts left behind by a crash
	Parcels int   // files that were to be sent
	Bytes   int64 // what the last four hold
}

// Sweep removes what nobody needs and what is older than olderThan by now. keep says whether a file is needed; when it
// cannot know, because the database is away for instance, it must say yes. With dry nothing is removed, only counted.
func (s *Store) Sweep(ctx context.Context, keep func(sha string) bool, olderThan time.Duration, now time.Time,
	dry bool,
) (Swept, error) {
	w := sweep{s: s, keep: keep, before: now.Add(-olderThan), dry: dry}
	err := w.run(ctx)
	return w.Swept, err
}

type sweep struct {
	Swept

	s      *Store
	keep   func(sha string) bool
	before time.Time
	dry    bool
}

func (w *sweep) run(ctx context.Context) error {
	dirs, err := w.list(".")
	if err != nil {
		return err
	}
	for _, d := range dirs {
		if !d.IsDir() {
			continue
		}
		entries, err := w.list(d.Name())
		if err != nil {
			return err
		}
		if d.Name() == tmpDir {
			err = w.temps(entries)
		} else {
			err = w.shard(ctx, d.Name(), entries)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *sweep) list(dir string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.s.root.FS(), dir)
	if err != nil {
		return nil, fmt.Errorf("sweep evidence: %w", err)
	}
	return entries, nil
}

func (w *sweep) temps(entries []fs.DirEntry) error {
	for _, e := range entries {
		removed, err := w.removeOld(tmpDir + "/" + e.Name())
		if err != nil {
			return err
		}
		w.Temps += removed
	}
	return nil
}

// shard goes through the files of one folder. Whatever is not named like a part of a file is not ours and left alone.
func (w *sweep) shard(ctx context.Context, dir string, entries []fs.DirEntry) error {
	seen := make(map[string]bool, len(entries))
	for _, e := range entries {
		if len(e.Name()) <= hexSHA256 {
			continue
		}
		sha := e.Name()[:hexSHA256]
		if !isHash(sha) || sha[:2] != dir || seen[sha] {
			continue
		}
		seen[sha] = true
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.file(sha); err != nil {
			return err
		}
	}
	return nil
}

// file removes a file that nobody needs, the info first: what is left after a crash in between is a half, not a file that
// cannot be opened. Put of the same file waits meanwhile.
func (w *sweep) file(sha string) error {
	mu := w.s.lock(sha)
	mu.Lock()
	defer mu.Unlock()
	sent, err := w.removeOld(pathOf(sha, partParcel))
	if err != nil {
		return err
	}
	w.Parcels += sent
	there, old, err := w.age(pathOf(sha, partInfo))
	switch {
	case err != nil:
		return err
	case !there:
		return w.halves(sha)
	case !old || w.keep(sha):
		w.Kept++
		return nil
	}
	w.Orphans++
	for _, part := range []string{partInfo, partShown, partOriginal} {
		if _, err := w.remove(pathOf(sha, part)); err != nil {
			return err
		}
	}
	return nil
}

// halves removes old parts that have no info.
func (w *sweep) halves(sha string) error {
	for _, part := range []string{partShown, partOriginal} {
		removed, err := w.removeOld(pathOf(sha, part))
		if err != nil {
			return err
		}
		w.Halves += removed
	}
	return nil
}

// removeOld removes a file if it is older than the limit, and tells how many that were.
func (w *sweep) removeOld(name string) (int, error) {
	if _, old, err := w.age(name); err != nil || !old {
		return 0, err
	}
	return w.remove(name)
}

// age tells whether a file is there and older than the limit.
func (w *sweep) age(name string) (there, old bool, err error) {
	st, err := w.s.root.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, false, nil
	}
	if err != nil {
		return false, false, fmt.Errorf("sweep evidence: %w", err)
	}
	return true, st.ModTime().Before(w.before), nil
}

func (w *sweep) remove(name string) (int, error) {
	st, err := w.s.root.Stat(name)
	if err == nil && !w.dry {
		err = w.s.root.Remove(name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("sweep evidence: %w", err)
	}
	w.Bytes += st.Size()
	return 1, nil
}
