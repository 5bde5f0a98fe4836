package media

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// write seals a part and puts it in its place at one stroke: after a crash it is there wholly or not at all. The file's
// time is set to now, which is what Sweep goes by.
func (s *Store) write(sha, part string, plain []byte, now time.Time) error {
	return s.place(sha, part, s.keys.Seal(plain, aad(sha, part)), now)
}

// place puts what is sealed already in its place.
func (s *Store) place(sha, part string, sealed []byte, now time.Time) error {
	tmp := tmpDir + "/" + rand.Text()
	err := s.writeSynced(tmp, sealed)
	if err == nil {
		err = s.root.Chtimes(tmp, now, now)
	}
	if err == nil {
		err = s.moveSynced(tmp, sha, part)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keep evidence: %w", err), s.removeIfThere(tmp))
	}
	return nil
}

func (s *Store) writeSynced(name string, data []byte) error {
	f, err := s.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

func (s *Store) moveSynced(tmp, sha, part string) error {
	err := s.root.Mkdir(sha[:2], 0o700)
	if err == nil {
		err = s.syncDir(".") // the new folder's own name must last too
	}
	if err == nil || errors.Is(err, fs.ErrExist) {
		err = s.root.Rename(tmp, pathOf(sha, part))
	}
	if err == nil {
		err = s.syncDir(sha[:2])
	}
	return err
}

func (s *Store) syncDir(name string) error {
	d, err := s.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (s *Store) removeIfThere(name string) error {
	if err := s.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
