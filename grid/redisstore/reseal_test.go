package redisstore_test

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
	"github.com/gridwarden/gridwarden/grid/seal"
)

// ringOf makes a keyring of keys that repeat those characters of hex.
func ringOf(t *testing.T, halves ...string) *seal.Keyring {
	t.Helper()
	keys := make([]string, 0, len(halves))
	for _, h := range halves {
		keys = append(keys, strings.Repeat(h, 4))
	}
	r, err := seal.ParseKeys(strings.Join(keys, ","))
	must(t, err)
	return r
}

const oldKey, newKey = "0123456789abcdef", "fedcba9876543210"

// sealedWith opens the store with a keyring.
func sealedWith(t *testing.T, c redis.UniversalClient, r *seal.Keyring) *redisstore.Store {
	t.Helper()
	s, err := redisstore.New(c, redisstore.Options{District: string(district), Sealer: r})
	must(t, err)
	return s
}

// fills puts something into everything that is sealed.
func fills(t *testing.T, s *redisstore.Store, people int) {
	t.Helper()
	ctx := context.Background()
	must(t, s.CheckKeys(ctx))
	c := ledger.Change{At: t0}
	for i := range people {
		id := fmt.Sprint("p", i)
		c.People = append(c.People, ledger.Person{ID: grid.PersonID(id), User: int64(i + 1), Phone: "18997000000"})
		c.Talks = append(c.Talks, ledger.TalkWrite{Key: ledger.TalkKey(id), Data: []byte("talk of " + id), Expires: t0.Add(time.Hour)})
	}
	for p := ledger.Emergency; p <= ledger.Digest; p++ {
		for i := range 3 {
			c.Outbox = append(c.Outbox, ledger.Message{To: "p0", Priority: p, Kind: "x", Text: fmt.Sprint("word ", i), At: t0})
		}
	}
	_, err := s.Commit(ctx, c)
	must(t, err)
	last, err := s.ReadOutbox(ctx, ledger.Digest, "", 10)
	must(t, err)
	_, err = s.Commit(ctx, ledger.Change{At: t0, Outbox: []ledger.Message{{To: "p1", Priority: ledger.Digest, Kind: "x", Text: "kept", At: t0}}})
	must(t, err)
	kept, err := s.ReadOutbox(ctx, ledger.Digest, last[len(last)-1].Entry, 1)
	must(t, err)
	must(t, s.Sent(ctx, kept[0], ledger.Kept, t0))
	in := make([]ledger.Entry, 0, 5)
	for i := range 5 {
		in = append(in, ledger.Entry{Update: int64(i + 1), Data: fmt.Appendf(nil, "update %d", i+1)})
	}
	must(t, s.Receive(ctx, in, t0))
	waiting, err := s.ReadInbox(ctx, "", 10)
	must(t, err)
	must(t, s.SetAside(ctx, waiting[1].ID, "e", t0))
}

// reads fails the test unless everything that fills put there opens.
func reads(t *testing.T, s *redisstore.Store, people int) {
	t.Helper()
	ctx := context.Background()
	must(t, s.CheckKeys(ctx))
	for i := range people {
		id := fmt.Sprint("p", i)
		turn, err := s.Turn(ctx, grid.PersonID(id), ledger.TalkKey(id))
		must(t, err)
		if turn.Person == nil || turn.Person.User != int64(i+1) || string(turn.Talk) != "talk of "+id {
			t.Errorf("%s: %+v", id, turn)
		}
	}
	for p := ledger.Emergency; p <= ledger.Digest; p++ {
		found, err := s.ReadOutbox(ctx, p, "", 10)
		must(t, err)
		var said []string
		for _, m := range found {
			said = append(said, m.Text)
		}
		if got := strings.Join(said, ","); got != "word 0,word 1,word 2" {
			t.Errorf("outbox %d says %s", p, got)
		}
	}
	if mail, err := s.Mailbox(ctx, "p1"); err != nil || len(mail) != 1 || mail[0].Text != "kept" {
		t.Errorf("mailbox %+v, %v", mail, err)
	}
	in, err := s.ReadInbox(ctx, "", 10)
	must(t, err)
	if len(in) != 4 || string(in[0].Data) != "update 1" || string(in[3].Data) != "update 5" {
		t.Errorf("inbox %+v", in)
	}
	aside, err := s.Aside(ctx, 10)
	must(t, err)
	if len(aside) != 1 || string(aside[0].Data) != "update 2" {
		t.Errorf("aside %+v", aside)
	}
}

// TestAfterResealTheOldKeyCanBeDropped: everything opens with the new key alone, nothing in the store carries the id of the
// old one, and names are what they were.
func TestAfterResealTheOldKeyCanBeDropped(t *testing.T) {
	redistest.Each(t, func(t *testing.T, c *redis.Client) {
		t.Helper()
		ctx := context.Background()
		old, both := ringOf(t, oldKey), ringOf(t, newKey, oldKey)
		first := sealedWith(t, c, old)
		fills(t, first, 7)
		root, err := first.Root(ctx, old.Root())
		must(t, err)
		n, err := sealedWith(t, c, both).Reseal(ctx, both)
		must(t, err)
		if n.Moved != 2+2*7+5+4*3+1 || n.Left != 0 || n.Lost != 0 || n.Current != 0 {
			t.Errorf("%+v", n)
		}
		if n, err = sealedWith(t, c, both).Reseal(ctx, both); err != nil || n.Moved != 0 || n.Current != 2+2*7+5+4*3+1 {
			t.Errorf("again: %+v, %v", n, err)
		}
		fresh := ringOf(t, newKey)
		alone := sealedWith(t, c, fresh)
		reads(t, alone, 7)
		kept, err := alone.Root(ctx, fresh.Root())
		must(t, err)
		if !bytes.Equal(root, kept) {
			t.Error("people have other names now")
		}
		carriesNot(t, c, old)
		must(t, alone.Receive(ctx, []ledger.Entry{{Update: 99, Data: []byte("later")}}, t0))
		in, err := alone.ReadInbox(ctx, "", 10)
		must(t, err)
		if string(in[len(in)-1].Data) != "later" {
			t.Error("what arrives later does not come last")
		}
	})
}

// carriesNot fails the test when anything in the store begins like something sealed under that key, wherever it stands:
// a sealed value that Reseal was not told of would show here.
func carriesNot(t *testing.T, c *redis.Client, r *seal.Keyring) {
	t.Helper()
	ctx := context.Background()
	mark := string(r.Seal(nil, nil)[:5])
	for _, key := range c.Keys(ctx, "*").Val() {
		var all string
		switch c.Type(ctx, key).Val() {
		case "string":
			all = c.Get(ctx, key).Val()
		case "stream":
			all = fmt.Sprint(c.XRange(ctx, key, "-", "+").Val())
		case "hash":
			all = fmt.Sprint(c.HGetAll(ctx, key).Val())
		case "list":
			all = fmt.Sprint(c.LRange(ctx, key, 0, -1).Val())
		}
		if strings.Contains(all, mark) {
			t.Errorf("%s is sealed under the old key", key)
		}
	}
}

// TestResealBrokenOff at any point loses nothing, and the next run does the rest; people go on writing meanwhile.
func TestResealBrokenOff(t *testing.T) {
	redistest.Each(t, func(t *testing.T, c *redis.Client) {
		t.Helper()
		both := ringOf(t, newKey, oldKey)
		fills(t, sealedWith(t, c, ringOf(t, oldKey)), 20)
		s := sealedWith(t, c, both)
		for stop := 1; stop < 60; stop += 7 {
			ctx, cancel := context.WithCancel(context.Background())
			_, err := s.Reseal(ctx, &breaking{both, stop, cancel})
			if err == nil && ctx.Err() != nil {
				t.Fatal("not broken off")
			}
			cancel()
			reads(t, s, 20)
		}
		var busy sync.WaitGroup
		busy.Go(func() {
			for i := range 50 {
				_, err := s.Commit(context.Background(), ledger.Change{At: t0, People: []ledger.Person{
					{ID: "p3", User: 4, Phone: strconv.Itoa(i)},
				}})
				if err != nil {
					t.Error(err)
				}
			}
		})
		n, err := s.Reseal(context.Background(), both)
		busy.Wait()
		if err != nil || n.Lost != 0 {
			t.Fatalf("%+v, %v", n, err)
		}
		alone := sealedWith(t, c, ringOf(t, newKey))
		reads(t, alone, 20)
		if p, err := alone.Person(context.Background(), "p3"); err != nil || p.Phone != "49" {
			t.Errorf("what was written meanwhile: %+v, %v", p, err)
		}
	})
}

// breaking ends the run at the n-th value.
type breaking struct {
	*seal.Keyring
	n      int
	cancel func()
}

func (b *breaking) Reseal(sealed, aad []byte) (fresh []byte, changed bool, err error) {
	b.n--
	if b.n == 0 {
		b.cancel()
	}
	return b.Keyring.Reseal(sealed, aad)
}

// TestResealCountsWhatNobodyOpens, and goes on.
func TestResealCountsWhatNobodyOpens(t *testing.T) {
	redistest.Each(t, func(t *testing.T, c *redis.Client) {
		t.Helper()
		fills(t, sealedWith(t, c, ringOf(t, oldKey)), 2)
		other := ringOf(t, newKey)
		n, err := sealedWith(t, c, other).Reseal(context.Background(), other)
		if err != nil || n.Lost != 1+2*2+5+4*3+1 || n.Moved != 0 {
			t.Errorf("%+v, %v", n, err)
		}
		reads(t, sealedWith(t, c, ringOf(t, oldKey)), 2)
	})
}
