package handlers

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/media"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// doorBook are rules by which a visitor may bring files.
type doorBook struct{ flow.Book }

func (doorBook) Rules() flow.Rules { return flow.Rules{MaxFiles: 5} }

// fakeKeeper counts what it is given.
type fakeKeeper struct{ kept int }

func (k *fakeKeeper) Put(context.Context, string, string, []byte, time.Time) (media.Info, error) {
	k.kept++
	return media.Info{SHA256: "ab", Type: "image/jpeg"}, nil
}

func (k *fakeKeeper) Info(context.Context, string) (media.Info, error) {
	return media.Info{}, media.ErrNotFound
}

// doorDesk is as much of a desk as a visitor meets before anything is done.
func doorDesk(keep Keeper) *Desk {
	d := &Desk{Book: doorBook{}, Keep: keep, Clock: func() time.Time { return noon }}
	d.Rules.Location, d.Rules.FilesPerDay, d.Rules.WrongCodes = time.UTC, 3, 2
	return d
}

// TestFilesOfADay: what is added to a report counts like what comes with one, and is not kept beyond what a visitor may send.
func TestFilesOfADay(t *testing.T) {
	keep := &fakeKeeper{}
	d := doorDesk(keep)
	files := []DoorFile{{Name: "a.jpg"}, {Name: "b.jpg"}}
	if _, err := d.Hold(context.Background(), "203.0.113.7", files); err != nil || keep.kept != 2 {
		t.Fatalf("%d kept, %v", keep.kept, err)
	}
	adds := func(visitor string) error {
		return d.deed(context.Background(), Visit{Visitor: visitor, Files: files}, Message{At: noon}, casework.CaseID("c"), &Visited{})
	}
	if err := adds("203.0.113.7"); grid.CodeOf(err) != grid.Conflict || keep.kept != 2 {
		t.Errorf("beyond the quota: %d kept, %v", keep.kept, err)
	}
	if kept, err := d.keepOf(context.Background(), "203.0.113.7", files[:1], noon); err != nil || len(kept) != 1 {
		t.Errorf("the last of the quota: %v", err)
	}
	if kept, err := d.keepOf(context.Background(), "203.0.113.7", nil, noon); err != nil || len(kept) != 0 {
		t.Errorf("words alone: %v", err)
	}
}

// doorStore has no case, and lets nobody go on before all who are let in have come.
type doorStore struct {
	Store
	err error
	all *sync.WaitGroup
}

func (s doorStore) CaseByNumber(context.Context, string) (casework.CaseID, error) {
	if s.all != nil {
		s.all.Done()
		s.all.Wait()
	}
	return "", s.err
}

// TestWrongCodesAtOnce: tries made at the same time are no more than tries made one after the other.
func TestWrongCodesAtOnce(t *testing.T) {
	d := doorDesk(nil)
	all := &sync.WaitGroup{}
	all.Add(d.Rules.WrongCodes) // one more would be too many, and panics
	d.Store = doorStore{err: grid.Fail(grid.NotFound, "error.status.unknown"), all: all}
	var told sync.Map
	var visitors sync.WaitGroup
	for i := range 20 {
		visitors.Go(func() {
			_, err := d.Visit(context.Background(), Visit{Number: "2026-00001", Code: "AAAAAAAAAA", Visitor: "203.0.113.7"})
			told.Store(i, grid.CodeOf(err))
		})
	}
	visitors.Wait()
	count := map[grid.Code]int{}
	told.Range(func(_, code any) bool { count[code.(grid.Code)]++; return true })
	if count[grid.NotFound] != d.Rules.WrongCodes || count[grid.Conflict] != 20-d.Rules.WrongCodes {
		t.Errorf("%v", count)
	}
}

// TestWrongCodes_OthersAreGivenBack: only what was wrong counts, not what failed here.
func TestWrongCodes_OthersAreGivenBack(t *testing.T) {
	d := doorDesk(nil)
	d.Store = doorStore{err: errAway}
	for range 3 * d.Rules.WrongCodes {
		if _, err := d.Visit(context.Background(), Visit{Number: "2026-00001", Visitor: "203.0.113.7"}); !errors.Is(err, errAway) {
			t.Fatal(err)
		}
	}
	settle, ok := d.doors.tries("2026-11-02", "203.0.113.7", 1)
	if !ok {
		t.Fatal("tries that were not wrong count")
	}
	if _, ok := d.doors.tries("2026-11-02", "203.0.113.7", 1); ok {
		t.Error("a try under way does not count")
	}
	settle(false)
	if _, ok := d.doors.tries("2026-11-02", "203.0.113.7", 1); !ok {
		t.Error("it is not given back")
	}
}
