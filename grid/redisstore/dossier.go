package redisstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Dossier returns a dossier. NotFound when there is none of that ID.
func (s *Store) Dossier(ctx context.Context, kind ledger.DossierKind, id string) (ledger.Dossier, error) {
	found, err := s.Dossiers(ctx, kind, []string{id})
	if err == nil && len(found) == 0 {
		err = grid.Fail(grid.NotFound, "error.not_found")
	}
	if err != nil {
		return ledger.Dossier{Kind: kind, ID: id}, err
	}
	return found[0], nil
}

// dossiersEach is how many are read in one round trip: neither side holds more than that in its buffers.
const dossiersEach = 500

// Dossiers returns the dossiers of these IDs in that order, in one round trip for some hundreds; those that do not exist are
// left out.
func (s *Store) Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error) {
	out := make([]ledger.Dossier, 0, len(ids))
	for some := range slices.Chunk(ids, dossiersEach) {
		found, err := s.someDossiers(ctx, kind, some)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func (s *Store) someDossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error) {
	docs := make([]*redis.StringCmd, len(ids))
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, id := range ids {
			docs[i] = p.Get(ctx, s.keys.dossier(kind, id))
		}
		return nil
	})
	if notNil(err) != nil {
		return nil, fmt.Errorf("dossiers: %w", err)
	}
	out := make([]ledger.Dossier, 0, len(ids))
	for i, doc := range docs {
		if errors.Is(doc.Err(), redis.Nil) {
			continue
		}
		if doc.Err() != nil {
			return nil, fmt.Errorf("dossiers: %w", doc.Err())
		}
		version, body, err := split(doc.Val())
		if err != nil {
			return nil, fmt.Errorf("dossier %s %s: %w", kind, ids[i], err)
		}
		out = append(out, ledger.Dossier{Kind: kind, ID: ids[i], Version: version, Body: []byte(body)})
	}
	return out, nil
}

// DossierHistory returns the events of a dossier as they were written, the first first.
func (s *Store) DossierHistory(ctx context.Context, kind ledger.DossierKind, id string) ([][]byte, error) {
	lines, err := s.client.LRange(ctx, s.keys.dossierHistory(kind, id), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("history of dossier: %w", err)
	}
	out := make([][]byte, len(lines))
	for i, line := range lines {
		out[i] = []byte(line)
	}
	return out, nil
}

// Shelf lists the IDs of at most n dossiers on a shelf whose place is in [from, to], the lowest place first.
func (s *Store) Shelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error) {
	ids, err := s.client.ZRangeArgs(ctx, redis.ZRangeArgs{
		Key: s.keys.shelf(kind, shelf), ByScore: true, Start: place(from), Stop: place(to), Count: int64(n),
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("shelf: %w", err)
	}
	return ids, nil
}

// DossierFiles lists Telegram's unique ids of all files that dossiers name.
func (s *Store) DossierFiles(ctx context.Context) ([]string, error) {
	files, err := s.client.SMembers(ctx, s.keys.dossierFiles()).Result()
	if err != nil {
		return nil, fmt.Errorf("files of dossiers: %w", err)
	}
	return files, nil
}

func place(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// writeDossiers replaces dossiers, adds to their histories, and puts them where they are looked for.
func (s *Store) writeDossiers(p *program, c ledger.Change) error {
	for _, w := range c.Dossiers {
		if w.Kind == "" || w.ID == "" || len(w.Body) == 0 {
			return fmt.Errorf("dossier %q %q of %d bytes: expected a kind, an ID and a body", w.Kind, w.ID, len(w.Body))
		}
		key := s.keys.dossier(w.Kind, w.ID)
		p.check("book", key, strconv.FormatInt(w.Version, 10))
		p.witness = true
		p.write("SET", key, p.header(w.Version+1)+string(w.Body))
		for _, e := range w.Events {
			p.write("RPUSH", s.keys.dossierHistory(w.Kind, w.ID), string(e))
		}
		for _, shelf := range slices.Sorted(maps.Keys(w.On)) {
			p.write("ZADD", s.keys.shelf(w.Kind, shelf), place(w.On[shelf]), w.ID)
		}
		for _, shelf := range slices.SortedFunc(slices.Values(w.Off), cmp.Compare) {
			p.write("ZREM", s.keys.shelf(w.Kind, shelf), w.ID)
		}
		if len(w.Files) > 0 {
			p.write("SADD", s.keys.dossierFiles(), w.Files...)
		}
	}
	return nil
}
