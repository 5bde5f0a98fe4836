package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
)

// Rounds is what has to be visited, and what of it the morning reminder names.
type Rounds struct {
	coverage.Book

	Ahead int // days
}

// roundsAtOnce is how many rounds one change writes.
const roundsAtOnce = 50

// missedFigure counts, by day and township, what nobody visited in time.
const missedFigure = "rounds_missed/"

// closeRounds writes down, each night, the periods that ended in which nobody went where somebody had to: a miss stands from
// then on, whoever comes later. After a pause it makes up for all nights at once.
func (d Deps) closeRounds(ctx context.Context, now time.Time) (Result, error) {
	ground, duties, err := d.duties(ctx, now)
	if err != nil {
		return nil, err
	}
	res := Result{"duties": len(duties)}
	for some := range slices.Chunk(duties, roundsAtOnce) {
		missed, err := d.closeSome(ctx, ground, some)
		res["missed"] += missed
		if err != nil {
			return res, err
		}
	}
	return res, nil
}

// closeSome closes the periods of some duties. A visit that comes in at the same moment goes first.
func (d Deps) closeSome(ctx context.Context, ground coverage.Ground, duties []coverage.Duty) (int, error) {
	const attempts = 5
	for range attempts {
		change, missed, err := d.closing(ctx, ground, duties)
		if err != nil || len(change.Dossiers) == 0 {
			return 0, err
		}
		if _, err = d.Store.Commit(ctx, change); !errors.Is(err, ledger.ErrConflict) {
			return missed, err
		}
	}
	return 0, fmt.Errorf("rounds: %w", ledger.ErrConflict)
}

func (d Deps) closing(ctx context.Context, ground coverage.Ground, duties []coverage.Duty) (ledger.Change, int, error) {
	change := ledger.Change{At: ground.At}
	read, err := d.roundDossiers(ctx, duties)
	if err != nil {
		return change, 0, err
	}
	missed := 0
	for _, duty := range duties {
		doc := read[duty.Object]
		r := coverage.Round{Object: duty.Object}
		if err := doc.Into(&r); err != nil {
			return change, 0, err
		}
		fresh := r.Began.IsZero()
		misses := r.Close(duty, ground.At, func(at time.Time) []grid.OfficerID {
			return officerIDs(d.Rounds.InCharge(ground.Roster, duty.Cell, at))
		})
		if !fresh && len(misses) == 0 {
			continue
		}
		events := make([]any, len(misses))
		for i, m := range misses {
			events[i] = coverage.Event{At: ground.At, Via: "job", Did: "missed", Miss: &m}
			change.Counts = append(change.Counts, ledger.Count{
				Day:   m.Until.Add(-time.Second).In(d.Location).Format(time.DateOnly),
				Field: missedFigure + string(d.Work.Tree.Township(duty.Cell)), N: 1,
			})
		}
		w, err := ledger.WriteDossier(doc, r, events...)
		if err != nil {
			return change, 0, err
		}
		if n := len(r.Missed); n > 0 {
			w.On = map[ledger.Shelf]float64{coverage.Missed: float64(r.Missed[n-1].Until.Unix())}
		}
		change.Dossiers = append(change.Dossiers, w)
		missed += len(misses)
	}
	return change, missed, nil
}

func officerIDs(officers []grid.Officer) []grid.OfficerID {
	out := make([]grid.OfficerID, len(officers))
	for i, o := range officers {
		out[i] = o.ID
	}
	return out
}

// duties are what has to be visited now, and what they depend on.
func (d Deps) duties(ctx context.Context, now time.Time) (coverage.Ground, []coverage.Duty, error) {
	ground := coverage.Ground{At: now}
	var err error
	if ground.Roster, err = d.Store.Roster(ctx); err != nil {
		return ground, nil, err
	}
	open, err := d.open(ctx)
	if err != nil {
		return ground, nil, err
	}
	ground.Open = coverage.OpenSince(d.Work.Tree, open)
	ids, err := d.Store.Shelf(ctx, site.Dossier, site.AllShelf, site.First, site.Last, 1<<20)
	if err != nil {
		return ground, nil, err
	}
	found, err := d.Store.Dossiers(ctx, site.Dossier, ids)
	if err != nil {
		return ground, nil, err
	}
	for _, doc := range found {
		s, err := site.Read(doc)
		if err != nil {
			return ground, nil, err
		}
		ground.Sites = append(ground.Sites, s)
	}
	return ground, d.Rounds.Duties(ground), nil
}

// roundDossiers reads the rounds of duties; one that there is none of yet is at version 0.
func (d Deps) roundDossiers(ctx context.Context, duties []coverage.Duty) (map[string]ledger.Dossier, error) {
	out := make(map[string]ledger.Dossier, len(duties))
	ids := make([]string, len(duties))
	for i, x := range duties {
		ids[i] = x.Object
		out[x.Object] = ledger.Dossier{Kind: coverage.Dossier, ID: x.Object}
	}
	found, err := d.Store.Dossiers(ctx, coverage.Dossier, ids)
	for _, doc := range found {
		out[doc.ID] = doc
	}
	return out, err
}

// standings tell how everything stands that has to be visited.
func (d Deps) standings(ctx context.Context, now time.Time) (coverage.Ground, []coverage.Standing, error) {
	ground, duties, err := d.duties(ctx, now)
	if err != nil {
		return ground, nil, err
	}
	read, err := d.roundDossiers(ctx, duties)
	if err != nil {
		return ground, nil, err
	}
	rounds := make(map[string]coverage.Round, len(read))
	for id, doc := range read {
		var r coverage.Round
		if err := doc.Into(&r); err != nil {
			return ground, nil, err
		}
		rounds[id] = r
	}
	return ground, d.Rounds.Stand(ground, duties, rounds), nil
}
