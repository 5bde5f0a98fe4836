package doorway_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/doorway"
)

func room(all, each int) *doorway.Room {
	return &doorway.Room{Limits: func() doorway.Limits { return doorway.Limits{All: all, Each: each, Time: 2 * time.Minute} }}
}

// enters tells how long somebody waits before they are in or turned away.
func enters(t *testing.T, r *doorway.Room, visitor string) (leave func(), waited time.Duration, err error) {
	t.Helper()
	began := time.Now()
	leave, err = r.Enter(context.Background(), visitor)
	return leave, time.Since(began), err
}

// TestRoom_OneWhoIsSlowKeepsNobodyElseOut: whoever has as many uploads under way as they may waits, and others walk past.
func TestRoom_OneWhoIsSlowKeepsNobodyElseOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := room(4, 2)
		for range 2 {
			if _, waited, err := enters(t, r, "203.0.113.7"); err != nil || waited > 0 {
				t.Fatalf("waited %s, %v", waited, err)
			}
		}
		if _, waited, err := enters(t, r, "203.0.113.7"); grid.CodeOf(err) != grid.Conflict || waited != time.Minute {
			t.Errorf("a third at once: waited %s, %v", waited, err)
		}
		if _, waited, err := enters(t, r, "203.0.113.8"); err != nil || waited > 0 {
			t.Errorf("somebody else: waited %s, %v", waited, err)
		}
	})
}

// TestRoom_WhoWaitsComesInWhenSomebodyLeaves, the same one twice counting once.
func TestRoom_WhoWaitsComesInWhenSomebodyLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := room(2, 1)
		leave, _, _ := enters(t, r, "a")
		if _, _, err := enters(t, r, "b"); err != nil {
			t.Fatal(err)
		}
		go func() {
			time.Sleep(10 * time.Second)
			leave()
			leave()
		}()
		if _, waited, err := enters(t, r, "c"); err != nil || waited != 10*time.Second {
			t.Errorf("waited %s, %v", waited, err)
		}
		if _, _, err := enters(t, r, "d"); err == nil {
			t.Error("one who left twice made room for two")
		}
	})
}

// TestRoom_AWideNetworkHasHalf: whoever has thousands of the smallest networks cannot fill the room with them.
func TestRoom_AWideNetworkHasHalf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := room(6, 2)
		in := 0
		for i := range 6 {
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			if _, err := r.Enter(ctx, fmt.Sprintf("2001:db8:1:%d::/64", i<<8)); err == nil {
				in++
			} else if !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
			cancel()
		}
		if in != 3 {
			t.Errorf("%d of 6 are in", in)
		}
		if _, _, err := enters(t, r, "203.0.113.7"); err != nil {
			t.Error(err)
		}
	})
}

// TestRoom_NotTooManyWait: a crowd is turned away at once instead of being kept.
func TestRoom_NotTooManyWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := room(1, 1)
		if _, _, err := enters(t, r, "a"); err != nil {
			t.Fatal(err)
		}
		for i := range 16 {
			go func() { _, _ = r.Enter(context.Background(), fmt.Sprint("w", i)) }()
		}
		synctest.Wait()
		if _, waited, err := enters(t, r, "b"); grid.CodeOf(err) != grid.Conflict || waited > 0 {
			t.Errorf("waited %s, %v", waited, err)
		}
		time.Sleep(time.Minute) // they gave up, and their places are free again
		if _, waited, _ := enters(t, r, "b"); waited != time.Minute {
			t.Errorf("waited %s", waited)
		}
	})
}

// TestRoom_NobodyFillsTheLine: so many of one visitor may wait that others still can.
func TestRoom_NobodyFillsTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := room(2, 1)
		for _, visitor := range []string{"a", "b"} {
			if _, _, err := enters(t, r, visitor); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithCancel(context.Background())
		refused := make(chan error, 100)
		for range cap(refused) {
			go func() {
				_, err := r.Enter(ctx, "a")
				refused <- err
			}()
		}
		synctest.Wait()
		if n := len(refused); n != cap(refused)-16 {
			t.Errorf("%d are refused at once", n)
		}
		if _, waited, err := enters(t, r, "c"); waited != time.Minute {
			t.Errorf("somebody else waits %s: %v", waited, err)
		}
		cancel()
		synctest.Wait()
		if _, waited, _ := enters(t, r, "a"); waited != time.Minute {
			t.Errorf("when all have gone away it waits %s", waited)
		}
	})
}

// TestLight: what is declared to be small needs no room; what is large, or says nothing of it, does.
func TestLight(t *testing.T) {
	for length, want := range map[int64]bool{0: true, 1 << 10: true, doorway.MaxWords: true, doorway.MaxWords + 1: false, -1: false} {
		if got := doorway.Light(&http.Request{ContentLength: length}); got != want {
			t.Errorf("%d bytes: %v", length, got)
		}
	}
}
