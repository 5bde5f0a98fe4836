package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// OutreachStore is what digests and posts need of the store.
type OutreachStore interface {
	Cases(ctx context.Context, ids []casework.CaseID) ([]casework.Case, error)
	Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error)
	Shelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error)
	// Followers lists people of a list of followers beyond a place, the lowest first.
	Followers(ctx context.Context, shelf string, after float64, n int) ([]grid.PersonID, error)
	FollowsOf(ctx context.Context, ids []grid.PersonID) ([]ledger.Followed, error)
	FollowsEnded(ctx context.Context, now time.Time, n int) ([]grid.PersonID, error)
	People(ctx context.Context, ids []grid.PersonID) (map[grid.PersonID]ledger.Person, error)
	Commit(ctx context.Context, c ledger.Change) (done bool, err error)
}

// Outreach tells the public what was published: digests to whoever follows something, posts to many.
type Outreach struct {
	Store    OutreachStore
	Work     *casework.Work
	Words    Words
	Location *time.Location
	Terms    follow.Terms
	Lane     func(user int64) grid.PersonID // in whose lane the messages of somebody stand
	Each     int                            // people told in one change
	Channel  int64                          // in which posts are published, too; 0 for none
}

// readFollows opens what somebody follows.
func readFollows(f ledger.Followed) (follow.Follows, error) {
	var out follow.Follows
	if f.Version == 0 {
		return out, nil
	}
	if err := json.Unmarshal(f.Data, &out); err != nil {
		return out, fmt.Errorf("what somebody follows: %w", err)
	}
	return out, nil
}

// endFollows is until when somebody follows anything, and the write that ends it; nil when they follow nothing.
func endFollows(f ledger.Followed, tree *grid.Tree) (time.Time, *ledger.FollowsWrite, error) {
	x, err := readFollows(f)
	if err != nil || f.Version == 0 {
		return time.Time{}, nil, err
	}
	return x.Until, &ledger.FollowsWrite{Person: f.Person, Version: f.Version, Off: x.Shelves(tree)}, nil
}

const endedEach = 200

// EndFollows removes what people follow who gave no sign for as long as it is kept.
func (o Outreach) EndFollows(ctx context.Context, now time.Time) (Result, error) {
	res := Result{"ended": 0}
	for {
		ids, err := o.Store.FollowsEnded(ctx, now, endedEach)
		if err != nil || len(ids) == 0 {
			return res, err
		}
		all, err := o.Store.FollowsOf(ctx, ids)
		if err != nil {
			return res, err
		}
		change := ledger.Change{At: now}
		for _, f := range all {
			until, end, err := endFollows(f, o.Work.Tree)
			if err != nil {
				return res, err
			}
			if end != nil && !until.After(now) {
				change.Follows = append(change.Follows, *end)
			}
		}
		if len(change.Follows) == 0 {
			return res, nil
		}
		if _, err := o.Store.Commit(ctx, change); err != nil {
			if errors.Is(err, ledger.ErrConflict) {
				return res, nil // tomorrow
			}
			return res, err
		}
		res["ended"] += len(change.Follows)
	}
}
