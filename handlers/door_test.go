package handlers

import (
	"context"
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
