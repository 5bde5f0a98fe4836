package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// rewards reminds reporters once of what they have not collected, and lets lapse what was not collected in time. A case that
// is over has no clock; the window of its reward is looked at here, and moved by the state table like everything else.
func (d Deps) rewards(ctx context.Context, now time.Time) (Result, error) {
	res := Result{}
	ids, err := d.Store.Queue(ctx, casework.PayQueue, 0, 1<<20)
	if err != nil {
		return res, err
	}
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return res, err
	}
	var faults []error
	for _, id := range ids {
		if err = d.windReward(ctx, id, roster, now, res); err != nil {
			res["failed"]++
			faults = keep(faults, fmt.Errorf("case %s: %w", id, err))
		}
		if ctx.Err() != nil {
			return res, errors.Join(append(faults, ctx.Err())...)
		}
	}
	return res, errors.Join(faults...)
}

// windReward does what the window of one reward asks for.
func (d Deps) windReward(ctx context.Context, id casework.CaseID, roster *grid.Roster, now time.Time, res Result) error {
	before, err := d.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	due := d.Work.RewardDue(before, now)
	if due == "" {
		return nil
	}
	until, _ := d.Work.RewardUntil(before)
	after, event, err := d.Work.Apply(before, casework.Act{Action: due, Via: "job/rewards"}, roster, now)
	if err != nil {
		return err
	}
	change := ledger.Change{At: now, Cases: []ledger.CaseWrite{{Before: before, After: after, Events: []casework.Event{event}}}}
	key := "job.reward.remind"
	if due == casework.LapseReward {
		key = "job.reward.lapsed"
	}
	p, err := d.Store.Person(ctx, after.Reporter)
	switch {
	case err == nil:
		change.Outbox = append(change.Outbox, ledger.Message{
			To: after.Reporter, Priority: ledger.Reminder, Kind: key, Case: after.ID, Once: true, At: now, NotBefore: d.Work.Rules.Quiet.Next(now),
			Text: d.Words.T(p.Lang, key, map[string]any{"number": after.Shown(), "amount": unpaid(after.Reward), "day": d.day(until)}),
		})
	case grid.CodeOf(err) != grid.NotFound: // whoever was forgotten is not told
		return err
	}
	_, err = d.Store.Commit(ctx, change)
	if errors.Is(err, ledger.ErrConflict) {
		res["conflicts"]++
		return nil
	}
	if err == nil {
		res[string(due)]++
	}
	return err
}

// unpaid is what of a reward was not collected, in yuan.
func unpaid(r *casework.Reward) int {
	left := r.Amount
	for _, s := range r.Shares {
		if !s.Paid.IsZero() {
			left -= s.Amount
		}
	}
	return left
}
