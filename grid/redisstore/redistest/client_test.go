package redistest_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

func TestMain(m *testing.M) { os.Exit(redistest.Main(m)) }

// Every test has an empty database to itself.
func TestEachHasItsOwn(t *testing.T) {
	for range 2 {
		redistest.Each(t, func(t *testing.T, c *redis.Client) {
			t.Helper()
			ctx := t.Context()
			if n := c.DBSize(ctx).Val(); n != 0 {
				t.Errorf("%d keys in a new database", n)
			}
			if err := c.Set(ctx, "a", "1", 0).Err(); err != nil {
				t.Fatal(err)
			}
			other := redistest.New(t)
			if n := other.DBSize(ctx).Val(); n != 0 {
				t.Error("two tests share a database")
			}
		})
	}
}

// A pipeline far larger than any buffer comes back whole, whose replies are large as well.
func TestLongPipeline(t *testing.T) {
	redistest.Each(t, func(t *testing.T, c *redis.Client) {
		t.Helper()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		value := strings.Repeat("x", 1000)
		if err := c.Set(ctx, "a", value, 0).Err(); err != nil {
			t.Fatal(err)
		}
		replies, err := c.Pipelined(ctx, func(p redis.Pipeliner) error {
			for range 2000 {
				p.Get(ctx, "a")
			}
			return nil
		})
		if err != nil || len(replies) != 2000 {
			t.Fatalf("%d replies, %v", len(replies), err)
		}
	})
}

// Both work in a bubble, and hold up no fake clock.
func TestInBubble(t *testing.T) {
	for _, open := range []func(testing.TB) *redis.Client{redistest.New, redistest.NewMini} {
		synctest.Test(t, func(t *testing.T) {
			c := open(t)
			ctx := context.Background()
			c.Set(ctx, "a", "1", 0)
			time.Sleep(1000 * time.Hour)
			if c.Get(ctx, "a").Val() != "1" {
				t.Error("the key is gone")
			}
		})
	}
}
