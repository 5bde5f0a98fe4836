package redisstore_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

// What is wrong with an address or a district is said before anything is dialled, and a password is never repeated.
func TestOpenRefuses(t *testing.T) {
	for name, o := range map[string]redisstore.Options{
		"empty":          {URL: ""},
		"a hole":         {URL: "redis://a:1,,b:2"},
		"foreign scheme": {URL: "http://:geheim@localhost"},
		"bad database":   {URL: "redis://:geheim@localhost/x"},
		"bad second":     {URL: "redis://localhost,ftp://:geheim@b"},
		"braces":         {URL: "localhost:1", District: "6302{02}"},
		"no district":    {URL: "localhost:1", District: ""},
	} {
		if o.District == "" && name != "no district" {
			o.District = "630202"
		}
		o.Sealer = newSealer(t)
		_, err := redisstore.Open(context.Background(), o)
		if err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := redisstore.Open(context.Background(), redisstore.Options{URL: "localhost:1", District: "1"}); err == nil {
		t.Error("opened without a sealer")
	}
}

// A server that is not there is reported within the time that the caller gives.
func TestOpenUnreachable(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_, err := redisstore.Open(ctx, redisstore.Options{
		URL: "unix://" + t.TempDir() + "/none.sock", District: "630202", Sealer: newSealer(t),
	})
	if err == nil {
		t.Error("opened")
	}
}

// A store that was opened by its address works, tells about the server, and is observed by the names of its scripts.
func TestOpen(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]int{}
	var failed error
	s, err := redisstore.Open(context.Background(), redisstore.Options{
		URL: redistest.URL(t), District: "630202", Sealer: newSealer(t),
		Observe: func(op string, d time.Duration, err error) {
			mu.Lock()
			defer mu.Unlock()
			seen[op]++
			failed = errors.Join(failed, err)
		},
	})
	must(t, err)
	ctx := context.Background()
	must(t, s.Receive(ctx, []ledger.Entry{{Update: 1}}, t0))
	must(t, s.Receive(ctx, []ledger.Entry{{Update: 2}}, t0))
	ok, err := s.AwaitInbox(ctx, "", time.Second)
	must(t, err)
	if !ok {
		t.Error("nothing arrived")
	}
	facts, err := s.Facts(ctx)
	must(t, err)
	if !strings.Contains(facts.Version, ".") || facts.AOF != "no" || facts.Fsync != "everysec" || facts.Role != "master" ||
		facts.ListpackSize != "512" || facts.Eviction != "noeviction" || facts.UsedMemory == redisstore.Unknown {
		t.Errorf("facts %+v", facts)
	}
	must(t, s.Close())
	mu.Lock()
	defer mu.Unlock()
	if seen["inbox_receive"] < 2 || seen["dial"] == 0 || seen["ping"] == 0 {
		t.Errorf("observed %v", seen)
	}
	if failed != nil && !strings.Contains(failed.Error(), "NOSCRIPT") {
		t.Errorf("observed error: %v", failed)
	}
}

// An imitation of Redis does not know everything about itself, which is no error.
func TestFactsUnknown(t *testing.T) {
	w := newWorld(t, redistest.NewMini(t))
	facts, err := w.Facts(w.ctx)
	must(t, err)
	if facts.AOF != redisstore.Unknown || facts.Fsync != redisstore.Unknown {
		t.Errorf("facts %+v", facts)
	}
}
