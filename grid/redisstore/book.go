package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

// Book returns what an office has made of a kind's table; version 0 when nothing.
func (s *Store) Book(ctx context.Context, k sheet.Kind) (ledger.Book, error) {
	b := ledger.Book{Kind: k}
	err := s.document(ctx, s.keys.book(k), &b, &b.Version)
	if grid.CodeOf(err) == grid.NotFound {
		return b, nil
	}
	return b, err
}

// Books returns what an office has made of these tables, in one round trip: one Book a kind, of version 0 where nothing was made.
func (s *Store) Books(ctx context.Context, kinds ...sheet.Kind) ([]ledger.Book, error) {
	docs := make([]*redis.StringCmd, len(kinds))
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, k := range kinds {
			docs[i] = p.Get(ctx, s.keys.book(k))
		}
		return nil
	})
	if notNil(err) != nil {
		return nil, fmt.Errorf("books: %w", err)
	}
	out := make([]ledger.Book, len(kinds))
	for i, k := range kinds {
		out[i].Kind = k
		if err := readDocument(docs[i], &out[i], &out[i].Version); err != nil && grid.CodeOf(err) != grid.NotFound {
			return nil, fmt.Errorf("book %s: %w", k, err)
		}
	}
	return out, nil
}

// Import returns one import. NotFound when there is none, or none any more.
func (s *Store) Import(ctx context.Context, id string) (ledger.Import, error) {
	m := ledger.Import{ID: id}
	err := s.document(ctx, s.keys.imported(id), &m, &m.Version)
	return m, err
}

// Imports returns the n newest imports that were made, the newest first.
func (s *Store) Imports(ctx context.Context, n int) ([]ledger.Import, error) {
	ids, err := s.client.ZRevRange(ctx, s.keys.imports(), 0, int64(n)-1).Result()
	if err != nil {
		return nil, fmt.Errorf("imports: %w", err)
	}
	out := make([]ledger.Import, 0, len(ids))
	for _, id := range ids {
		m, err := s.Import(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// document reads a header line and JSON.
func (s *Store) document(ctx context.Context, key string, into any, version *int64) error {
	return readDocument(s.client.Get(ctx, key), into, version)
}

func readDocument(cmd *redis.StringCmd, into any, version *int64) error {
	doc, err := cmd.Result()
	if errors.Is(err, redis.Nil) {
		return grid.Fail(grid.NotFound, "error.not_found")
	}
	if err != nil {
		return fmt.Errorf("read document: %w", err)
	}
	v, body, err := split(doc)
	if err == nil {
		err = json.Unmarshal([]byte(body), into)
	}
	if err != nil {
		return fmt.Errorf("read document: %w", err)
	}
	*version = v
	return nil
}

// writeBooks replaces books and imports; each has a version that is checked.
func (s *Store) writeBooks(p *program, c ledger.Change) error {
	for _, w := range c.Books {
		if err := p.document(s.keys.book(w.Book.Kind), w.Version, w.Book); err != nil {
			return fmt.Errorf("book %s: %w", w.Book.Kind, err)
		}
	}
	for _, w := range c.Imports {
		key := s.keys.imported(w.Import.ID)
		if err := p.document(key, w.Version, w.Import); err != nil {
			return fmt.Errorf("import %s: %w", w.Import.ID, err)
		}
		if w.Import.Applied.IsZero() {
			p.write("PEXPIRE", key, strconv.FormatInt(max(w.Keep.Milliseconds(), 1), 10))
			continue
		}
		p.write("ZADD", s.keys.imports(), strconv.FormatInt(w.Import.Applied.UnixMilli(), 10), w.Import.ID)
	}
	return nil
}

// document replaces a document that has a version.
func (p *program) document(key string, version int64, doc any) error {
	b, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	p.check("book", key, strconv.FormatInt(version, 10))
	p.witness = true
	p.write("SET", key, p.header(version+1)+string(b))
	return nil
}
