package handlers

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/doorway"
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
	d.Rules.Door = DoorRules{WrongCodes: 5, Wide: doorway.Wide{Net56: 2, Net48: 3}}
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
		return "one", nil
	}
	return "", s.err
}

func (s doorStore) Case(context.Context, casework.CaseID) (casework.Case, error) {
	s.all.Done()
	s.all.Wait()
	return casework.Case{}, s.err
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
	one := d.Rules
	one.WrongCodes = 1
	try := func() (func(error), error) {
		return d.doors.tries("2026-11-02", "203.0.113.7", "2026-00001", one)
	}
	settle, err := try()
	if err != nil {
		t.Fatalf("tries that were not wrong count: %v", err)
	}
	if _, err := try(); err == nil {
		t.Error("a try under way does not count")
	}
	settle(errAway)
	if _, err := try(); err != nil {
		t.Errorf("it is not given back: %v", err)
	}
}

// guess tries a code from an address, and tells what became of it: the key of the error, or nothing.
func guess(t *testing.T, d *Desk, visitor, number string, found error) string {
	t.Helper()
	settle, err := d.doors.tries("2026-11-02", visitor, number, d.Rules)
	if err == nil {
		settle(found)
		err = found
	}
	var known *grid.Error
	if errors.As(err, &known) {
		return known.Key
	}
	return ""
}

// TestWrongCodes_OfOneNumberFromManyAddresses: they are no more than one address may try several times over, then one each; and
// whoever has the code comes in all the same, from wherever they are, as often as they like.
func TestWrongCodes_OfOneNumberFromManyAddresses(t *testing.T) {
	d, number, wrong := doorDesk(nil), "2026-00001", grid.Fail(grid.NotFound, unknownStatus)
	tried := 0
	for i := range 40 { // twice from each of twenty addresses
		if guess(t, d, fmt.Sprintf("203.0.113.%d", i/2), number, wrong) == unknownStatus {
			tried++
		}
	}
	if want := 5 + 17 + 1; tried != want { // the allowance of the number, and one of each address after that
		t.Errorf("%d of 40 tries were looked up, expected %d", tried, want)
	}
	if got := guess(t, d, "203.0.113.19", number, wrong); got != "error.status.guarded" {
		t.Errorf("one more: %q", got)
	}
	for range 5 {
		if got := guess(t, d, "198.51.100.1", number, nil); got != "" {
			t.Fatalf("with the right code: %q", got)
		}
	}
	if got := guess(t, d, "198.51.100.1", number, wrong) + guess(t, d, "198.51.100.1", number, nil); got != unknownStatus {
		t.Errorf("a slip after that: %q", got)
	}
	if got := guess(t, d, "203.0.113.19", "2026-00002", wrong); got != unknownStatus {
		t.Errorf("another number: %q", got)
	}
	if _, err := d.doors.tries("2026-11-03", "203.0.113.19", number, d.Rules); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

// TestQuotas_OfWideNetworks: each of the smallest networks of IPv6 has its allowance, and all in a wider one not much more than it.
func TestQuotas_OfWideNetworks(t *testing.T) {
	d := doorDesk(nil)
	day, taken := "2026-11-02", map[int]int{}
	for _, shift := range []int{0, 8} { // neighbours in a /56, and in a /48
		x := &doors{}
		for i := range 10 {
			for range 2 {
				nets := d.Rules.Door.Wide.Nets(fmt.Sprintf("2001:db8:1:%x::/64", i<<shift))
				if _, ok := x.take(day, reportQuota, nets, 1, 2); ok {
					taken[shift]++
				}
			}
		}
		if _, ok := x.take(day, reportQuota, d.Rules.Door.Wide.Nets("2001:db8:2::/64"), 1, 2); !ok {
			t.Error("somebody else pays for it")
		}
	}
	if taken[0] != 4 || taken[8] != 6 {
		t.Errorf("%d of a /56, %d of a /48", taken[0], taken[8])
	}
}
