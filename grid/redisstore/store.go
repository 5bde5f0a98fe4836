package redisstore

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Sealer encrypts what tells who somebody is. The additional data binds a sealed value to the place where it is kept.
type Sealer interface {
	Seal(plain, aad []byte) []byte
	Open(sealed, aad []byte) ([]byte, error)
}

// Store is the district's database. It is safe for concurrent use; make one with Open, or with New in tests.
type Store struct {
	client    redis.UniversalClient
	waiter    redis.UniversalClient // for reads that block, so that they take no connection from the others
	keys      keys
	sealer    Sealer
	nextStage func(casework.Case) (time.Time, bool)

	coalesce *coalescer // nil: every commit goes alone

	nonce  string // of this store, so that tokens of two processes differ
	tokens atomic.Uint64
	roster atomic.Pointer[grid.Roster]
	owned  bool // the clients are closed with the store
}

// New makes a store on a client that somebody else opened and closes. Of the options it needs District and Sealer;
// connection options are ignored.
func New(client redis.UniversalClient, o Options) (*Store, error) {
	k, err := newKeys(o.District)
	if err != nil {
		return nil, err
	}
	if o.Sealer == nil {
		return nil, errors.New("no sealer: people are never stored in the clear")
	}
	s := &Store{client: client, waiter: client, keys: k, sealer: o.Sealer, nextStage: o.NextStage}
	if s.nextStage == nil {
		s.nextStage = func(casework.Case) (time.Time, bool) { return time.Time{}, false }
	}
	if o.Coalesce {
		s.coalesce = &coalescer{}
	}
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails
	s.nonce = base64.RawURLEncoding.EncodeToString(b[:])
	if o.Observe != nil {
		client.AddHook(observer(o.Observe))
	}
	return s, nil
}

// Close ends the connections that Open made.
func (s *Store) Close() error {
	if !s.owned {
		return nil
	}
	return errors.Join(s.waiter.Close(), s.client.Close())
}

// Ping tells whether Redis answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("ping redis: %w", err)
	}
	return nil
}

// token is new every time. It marks what a commit writes, so that the same commit is known again when the client sends
// it twice because the reply was lost.
func (s *Store) token() string { return s.nonce + strconv.FormatUint(s.tokens.Add(1), 36) }

// aad binds a sealed value to its key.
func aad(key string) []byte { return []byte(key) }
