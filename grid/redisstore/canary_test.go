package redisstore_test

import (
	"context"
	"errors"
	"testing"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

func TestCheckKeys(t *testing.T) {
	redistest.Each(t, func(t *testing.T, c *redis.Client) {
		t.Helper()
		ctx := context.Background()
		open := func(sealer redisstore.Sealer) *redisstore.Store {
			s, err := redisstore.New(c, redisstore.Options{District: "630202", Sealer: sealer})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		ours := newSealer(t)
		for range 2 {
			if err := open(ours).CheckKeys(ctx); err != nil {
				t.Fatalf("our own keys: %v", err)
			}
		}
		if err := open(deaf{}).CheckKeys(ctx); !errors.Is(err, redisstore.ErrWrongKeys) {
			t.Errorf("other keys: %v", err)
		}
		if err := open(ours).CheckKeys(ctx); err != nil {
			t.Errorf("our own keys, after others tried: %v", err)
		}
	})
}

// deaf opens nothing.
type deaf struct{}

func (deaf) Seal(plain, _ []byte) []byte      { return plain }
func (deaf) Open(_, _ []byte) ([]byte, error) { return nil, errors.New("not mine") }
