package media

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/seal"
)

// Options say where and how evidence is kept. Zero values take what is said behind them.
type Options struct {
	Dir       string         // the folder; made when it is not there
	Keys      *seal.Keyring  // required
	Zone      *time.Location // where a photo's time without an offset is from; required: Asia/Shanghai
	MaxBytes  int64          // of a file; 50 MiB
	MaxPixels int            // of a picture; 64 million, what the largest common phone camera makes
	MaxSide   int            // of a copy for showing, in pixels; 1600
	Quality   int            // of a copy for showing, JPEG 1 to 100; 82
	Reserve   uint64         // bytes of the disk that Put leaves free; 512 MiB
}

// Store keeps evidence in a folder. It is safe for concurrent use, by one process.
type Store struct {
	root      *os.Root
	keys      *seal.Keyring
	zone      *time.Location
	maxBytes  int64
	maxPixels int
	maxSide   int
	quality   int
	reserve   uint64
	free      func() (uint64, error)
	decoding  chan struct{}
	locks     [64]sync.Mutex // by the first byte of the hash: the same file is worked on once
}

// New opens the store, making its folder, readable by this user alone. Close it at the end.
func New(o Options) (*Store, error) {
	if o.Keys == nil || o.Zone == nil {
		return nil, errors.New("media store: keys and zone are required")
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("media store: %w", err)
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("media store: %w", err)
	}
	if err = root.MkdirAll(tmpDir, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("media store: %w", err), root.Close())
	}
	return &Store{
		root: root, keys: o.Keys, zone: o.Zone, free: func() (uint64, error) { return freeBytes(o.Dir) },
		maxBytes: or(o.MaxBytes, 50<<20), maxPixels: or(o.MaxPixels, 64e6), maxSide: or(o.MaxSide, 1600),
		quality: or(o.Quality, 82), reserve: or(o.Reserve, 512<<20), decoding: make(chan struct{}, 1),
	}, nil
}

// Close lets go of the folder.
func (s *Store) Close() error { return s.root.Close() }

// Free tells how many bytes the disk has left for this user, and whether that is enough to go on: Put refuses when not.
func (s *Store) Free() (left uint64, enough bool, err error) {
	left, err = s.free()
	return left, left > s.reserve, err
}

func or[T int | int64 | uint64](v, otherwise T) T {
	if v > 0 {
		return v
	}
	return otherwise
}

// The three parts of a file in the store.
const (
	partOriginal = ".original"
	partShown    = ".shown"
	partInfo     = ".info"
	tmpDir       = "tmp"
)

const hexSHA256 = 64

// isHash keeps everything but hashes away from the file system.
func isHash(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'a' || r > 'f') {
			return false
		}
	}
	return len(s) == hexSHA256
}

func pathOf(sha, part string) string { return sha[:2] + "/" + sha + part }

// aad binds a sealed part to its place, so that two files cannot be swapped on the disk.
func aad(sha, part string) []byte { return []byte("media/" + sha + part) }

func (s *Store) lock(sha string) *sync.Mutex {
	return &s.locks[(hexDigit(sha[0])<<4|hexDigit(sha[1]))%len(s.locks)]
}

func hexDigit(c byte) int {
	if c >= 'a' {
		return int(c-'a') + 10
	}
	return int(c - '0')
}

func (s *Store) read(sha, part string) ([]byte, error) {
	if !isHash(sha) {
		return nil, refuse(grid.NotFound, "media.not_found", ErrNotFound)
	}
	sealed, err := s.root.ReadFile(pathOf(sha, part))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, refuse(grid.NotFound, "media.not_found", ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("read evidence: %w", err)
	}
	plain, err := s.keys.Open(sealed, aad(sha, part))
	if err != nil {
		return nil, fmt.Errorf("open evidence: %w", err)
	}
	return plain, nil
}
