package media

import (
	"context"
	"errors"
	"io"
	"time"
)

// Source opens a file that a messenger holds. size is -1 when it is not known beforehand.
type Source interface {
	Open(ctx context.Context, fileID string) (body io.ReadCloser, size int64, err error)
}

// Fetcher brings files from a source into a store. It tries once; trying again, and when, is for the caller, who asks
// Temporary.
type Fetcher struct {
	source Source
	store  *Store
}

// NewFetcher builds a Fetcher.
func NewFetcher(from Source, to *Store) *Fetcher { return &Fetcher{source: from, store: to} }

// Fetch downloads a file and puts it. Errors are those of the source and of Put; ErrTooLarge comes before the download
// where the size is told beforehand.
func (f *Fetcher) Fetch(ctx context.Context, fileID, kind, name string, now time.Time) (Info, error) {
	body, size, err := f.source.Open(ctx, fileID)
	if err != nil {
		return Info{}, err
	}
	defer func() { _ = body.Close() }()
	limit := f.store.maxBytes
	if size > limit {
		return Info{}, tooLarge(limit)
	}
	data, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err != nil {
		return Info{}, err
	}
	return f.store.Put(ctx, kind, name, data, now)
}

// Temporary tells whether the same file may succeed later. Only what is known to be final is not: evidence must not be
// lost to a kind of trouble that nobody thought of, so the caller limits how often it tries.
func Temporary(err error) bool {
	if err == nil {
		return false
	}
	for _, final := range []error{ErrTooLarge, ErrType, ErrDamaged, ErrGone} {
		if errors.Is(err, final) {
			return false
		}
	}
	return true
}
