package doorway_test

import (
	"context"
	"errors"
	"fmt"
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
