package jobs

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// CallbackStore is what drawing needs of the store.
type CallbackStore interface {
	EachCase(ctx context.Context) iter.Seq2[casework.Case, error]
	Commit(ctx context.Context, c ledger.Change) (done bool, err error)
}

// Callbacks draws, week by week, a share of the answered cases to be looked at again by a supervisor. It draws the week before the
// last, so that its reporters have had their word. A case is drawn once, however often the job runs.
type Callbacks struct {
	Store    CallbackStore
	Work     *casework.Work
	Location *time.Location
	Share    int    // percent
	Seed     string // public
}

// back is how long after a week its lot is drawn: the reporters' limit is over by then.
const back = 14 * 24 * time.Hour

// Lot is the lot of a week with the cases of its tickets, in the same order.
func (k Callbacks) Lot(ctx context.Context, week string) ([]casework.Ticket, []casework.Case, error) {
	byNumber := make(map[string]casework.Case)
	var numbers []string
	for c, err := range k.Store.EachCase(ctx) {
		if err != nil {
			return nil, nil, err
		}
		if c.InLot(week, k.Location) {
			numbers = append(numbers, c.Shown())
			byNumber[c.Shown()] = c
		}
	}
	tickets := casework.Lot(k.Seed, week, numbers, k.Share)
	cases := make([]casework.Case, len(tickets))
	for i, t := range tickets {
		cases[i] = byNumber[t.Number]
	}
	return tickets, cases, nil
}

// Run draws. What the lot falls on and is looked at anyway, or not closed yet, stays where it is.
func (k Callbacks) Run(ctx context.Context, now time.Time) (Result, error) {
	week := casework.Week(now.Add(-back), k.Location)
	tickets, cases, err := k.Lot(ctx, week)
	if err != nil {
		return nil, err
	}
	res := Result{"cases": len(tickets)}
	var faults []error
	for i, t := range tickets {
		if c := cases[i]; t.Drawn && c.State == casework.Closed && !c.Drawn {
			switch err := k.draw(ctx, c, t, week, i+1, len(tickets), now); {
			case errors.Is(err, ledger.ErrConflict):
				res["conflicts"]++
			case err != nil:
				faults = keep(faults, err)
			default:
				res["drawn"]++
			}
		}
	}
	return res, errors.Join(faults...)
}

// draw puts on record that the lot fell on the case, and at which place among how many.
func (k Callbacks) draw(ctx context.Context, c casework.Case, t casework.Ticket, week string, rank, of int, now time.Time) error {
	act := casework.Act{Action: casework.Draw, Via: "job/draw_callbacks", Note: map[string]string{
		"lot": week, "rank": strconv.Itoa(rank), "of": strconv.Itoa(of), "ticket": t.Hash,
	}}
	after, e, err := k.Work.Apply(c, act, nil, now)
	if err != nil {
		return err
	}
	_, err = k.Store.Commit(ctx, ledger.Change{At: now, Cases: []ledger.CaseWrite{{Before: c, After: after, Events: []casework.Event{e}}}})
	return err
}
