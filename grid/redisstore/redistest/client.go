package redistest

import (
	"context"
	"fmt"
	"net"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Real tells whether there is a real redis-server.
func Real() bool {
	start()
	return backend.err == nil
}

// New returns a client to an empty database: of the real server if there is one, of miniredis otherwise. It is closed with
// the test.
func New(tb testing.TB) *redis.Client {
	tb.Helper()
	if Real() {
		return NewReal(tb)
	}
	return NewMini(tb)
}

// NewReal returns a client to an empty database of the real server. Without one the test is skipped, or fails when
// GRIDWARDEN_REQUIRE_REDIS=1.
func NewReal(tb testing.TB) *redis.Client {
	tb.Helper()
	c := redis.NewClient(options(tb))
	tb.Cleanup(func() { _ = c.Close() })
	return c
}

// URL returns the address of an empty database of the real server, for tests that open the store themselves. It skips or
// fails like NewReal.
func URL(tb testing.TB) string {
	tb.Helper()
	o := options(tb)
	return fmt.Sprintf("unix://%s?db=%d", o.Addr, o.DB)
}

// options claims a database, empties it, and gives it back with the test.
func options(tb testing.TB) *redis.Options {
	tb.Helper()
	if !Real() {
		if required() {
			tb.Fatalf("a real Redis is required: %v", backend.err)
		}
		tb.Skipf("needs a real Redis: %v", backend.err)
	}
	db := <-backend.free
	o := &redis.Options{
		Network: "unix", Addr: backend.server.Socket(), DB: db, ContextTimeoutEnabled: true, DisableIdentity: true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
	empty(tb, o)
	tb.Cleanup(func() {
		empty(tb, o)
		backend.free <- db
	})
	return o
}

func empty(tb testing.TB, o *redis.Options) {
	tb.Helper()
	c := redis.NewClient(o)
	defer func() { _ = c.Close() }()
	if err := c.FlushDB(context.WithoutCancel(tb.Context())).Err(); err != nil {
		tb.Errorf("empty database %d: %v", o.DB, err)
	}
}

// NewMini returns a client to a miniredis of its own, without any socket. Keys expire by the clock: in a bubble, by the
// bubble's.
func NewMini(tb testing.TB) *redis.Client {
	tb.Helper()
	m := miniredis.NewMiniRedis()
	m.ClockTTL(true)
	c := redis.NewClient(&redis.Options{
		Dialer: func(context.Context, string, string) (net.Conn, error) {
			c, err := m.Dial()
			if err != nil {
				return nil, err
			}
			return newEager(c), nil
		},
		ContextTimeoutEnabled: true, DisableIdentity: true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	})
	tb.Cleanup(func() {
		_ = c.Close()
		m.Close()
	})
	return c
}

// Each runs the test against miniredis and against the real server.
func Each(t *testing.T, test func(t *testing.T, c *redis.Client)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) { test(t, NewMini(t)) })
	t.Run("redis", func(t *testing.T) { test(t, NewReal(t)) })
}
