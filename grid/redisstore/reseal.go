package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Resealer brings a sealed value under the newest key; false when it is already. An error means that no key opens it.
type Resealer interface {
	Reseal(sealed, aad []byte) (fresh []byte, changed bool, err error)
}

// Resealed counts what Reseal found.
type Resealed struct {
	Moved   int // brought under the newest key
	Current int // under it before
	Left    int // still under an older one: changed meanwhile, or in a line that is too long to be rewritten at once
	Lost    int // no key opens it
}

// maxStream is how many entries of a stream are rewritten at once: the server answers nobody else meanwhile. A longer line
// is worked off by itself, and then there is less of it.
const maxStream = 5000

// Reseal brings everything that is sealed in the store under the newest key, one value after the other, each only if it is
// still what was read. It may be broken off and begun again at any time, with the program at work. When nothing is Left,
// the older keys are needed for the store no more. What is new under a sealed key belongs into this list.
func (s *Store) Reseal(ctx context.Context, r Resealer) (Resealed, error) {
	t := &resealing{Store: s, r: r}
	for _, key := range []string{s.keys.canary(), s.keys.root()} {
		if err := t.value(ctx, key); err != nil {
			return t.n, err
		}
	}
	for _, prefix := range []string{s.keys.person(""), s.keys.talk(""), s.keys.follows("")} {
		for key, err := range s.scanKeys(ctx, prefix) {
			if err == nil {
				err = t.value(ctx, key)
			}
			if err != nil {
				return t.n, err
			}
		}
	}
	for _, key := range []string{s.keys.inbox(), s.keys.aside()} {
		err := t.stream(ctx, key, "d", func(m redis.XMessage) []byte {
			update, _ := strconv.ParseInt(field(m, "u"), 10, 64)
			return s.inboxAAD(update)
		})
		if err != nil {
			return t.n, err
		}
	}
	for key, err := range s.scanKeys(ctx, s.keys.mailbox("")) {
		if err == nil {
			err = t.stream(ctx, key, "m", func(redis.XMessage) []byte { return aad(key) })
		}
		if err != nil {
			return t.n, err
		}
	}
	for p := ledger.Emergency; p <= ledger.Digest; p++ {
		key := s.keys.outbox(p)
		if err := t.stream(ctx, key, "m", func(redis.XMessage) []byte { return aad(key) }); err != nil {
			return t.n, err
		}
	}
	return t.n, nil
}

// resealing is one run of Reseal.
type resealing struct {
	*Store
	r Resealer
	n Resealed
}

// value brings one string under the newest key; a talk, and what somebody follows, has a header line before what is sealed.
func (t *resealing) value(ctx context.Context, key string) error {
	doc, err := t.client.Get(ctx, key).Result()
	if errors.Is(err, redis.Nil) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reseal: %w", err)
	}
	head, sealed := "", doc
	if strings.HasPrefix(key, t.keys.talk("")) || strings.HasPrefix(key, t.keys.follows("")) {
		line, body, _ := strings.Cut(doc, "\n")
		head, sealed = line+"\n", body
	}
	fresh, changed, err := t.r.Reseal([]byte(sealed), aad(key))
	switch {
	case err != nil:
		t.n.Lost++
		return nil //nolint:nilerr // counted, and the others go on
	case !changed:
		t.n.Current++
		return nil
	}
	moved, err := valueSwap.Run(ctx, t.client, []string{key}, doc, head+string(fresh)).Int()
	if err != nil {
		return fmt.Errorf("reseal: %w", err)
	}
	t.n.Moved += moved
	t.n.Left += 1 - moved
	return nil
}

// stream brings what is sealed in one field of a stream's entries under the newest key. The entries keep their names.
func (t *resealing) stream(ctx context.Context, key, name string, bind func(redis.XMessage) []byte) error {
	found, err := t.client.XRangeN(ctx, key, "-", "+", maxStream+1).Result()
	if err != nil {
		return fmt.Errorf("reseal: %w", err)
	}
	args := []any{name}
	for _, m := range found {
		fresh, changed, err := t.r.Reseal([]byte(field(m, name)), bind(m))
		switch {
		case err != nil:
			t.n.Lost++
		case !changed:
			t.n.Current++
		default:
			args = append(args, m.ID, fresh)
		}
	}
	old := len(args) / 2
	if old == 0 {
		return nil
	}
	if len(found) > maxStream {
		t.n.Left += old
		return nil
	}
	if err := streamReseal.Run(ctx, t.client, []string{key}, args...).Err(); err != nil {
		return fmt.Errorf("reseal: %w", err)
	}
	t.n.Moved += old // what was taken out meanwhile needs no key either
	return nil
}
