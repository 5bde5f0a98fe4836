package redisstore_test

import (
	"context"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

// TestOutbox_Sealed wants nothing readable of a message that waits: the append-only file keeps it long after it was sent.
// Its numbers, which the script claims, are there when it is opened.
func TestOutbox_Sealed(t *testing.T) {
	redistest.Each(t, func(t *testing.T, c *redis.Client) {
		t.Helper()
		ctx := context.Background()
		s, err := redisstore.New(c, redisstore.Options{District: "630202", Sealer: newSealer(t)})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Commit(ctx, ledger.Change{
			At: t0, Numbers: []ledger.Number{{Series: "report", Year: 2026, Format: "2026-%05d", Marker: ledger.ReportMarker}},
			Outbox: []ledger.Message{{To: "p-1", Priority: ledger.Reply, Kind: "k", At: t0, Text: "no " + ledger.ReportMarker + " +8613997412058"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		raw := c.XRange(ctx, "gw:{630202}:outbox:1", "-", "+").Val()
		for _, x := range raw {
			for name, v := range x.Values {
				if text, _ := v.(string); strings.Contains(text, "8613997412058") || strings.Contains(text, "p-1") {
					t.Errorf("readable in field %s: %q", name, text)
				}
			}
		}
		got, err := s.ReadOutbox(ctx, ledger.Reply, "", 10)
		if err != nil || len(got) != 1 || got[0].Text != "no 2026-00001 +8613997412058" || got[0].To != "p-1" {
			t.Errorf("opened: %+v %v", got, err)
		}
	})
}

// TestOutbox_Unreadable gives up a message sealed with a key that is gone, and still shows the others.
func TestOutbox_Unreadable(t *testing.T) {
	redistest.Each(t, func(t *testing.T, c *redis.Client) {
		t.Helper()
		ctx := context.Background()
		s, err := redisstore.New(c, redisstore.Options{District: "630202", Sealer: newSealer(t)})
		if err != nil {
			t.Fatal(err)
		}
		c.XAdd(ctx, &redis.XAddArgs{Stream: "gw:{630202}:outbox:1", Values: []string{"m", "sealed by somebody else"}})
		if _, err = s.Commit(ctx, ledger.Change{At: t0, Outbox: []ledger.Message{{To: "p-1", Priority: ledger.Reply, At: t0}}}); err != nil {
			t.Fatal(err)
		}
		got, err := s.ReadOutbox(ctx, ledger.Reply, "", 10)
		if err != nil || len(got) != 2 || got[0].Kind != "unreadable" || got[0].To != "" || got[1].To != "p-1" {
			t.Errorf("%+v %v", got, err)
		}
	})
}

// TestNear_Pole finds nothing where Redis' map has ended, and does not fail.
func TestNear_Pole(t *testing.T) {
	redistest.Each(t, func(t *testing.T, c *redis.Client) {
		t.Helper()
		s, err := redisstore.New(c, redisstore.Options{District: "630202", Sealer: newSealer(t)})
		if err != nil {
			t.Fatal(err)
		}
		for _, lat := range []float64{88, -90, 90} {
			if got, err := s.Near(context.Background(), geo.Point{Lon: 10, Lat: lat}, 500, 5); err != nil || len(got) != 0 {
				t.Errorf("latitude %v: %v %v", lat, got, err)
			}
		}
	})
}
