package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// tellPublic tells whoever reported a case, and whoever follows it, that the office missed its own date: one sentence, once, at
// the stage that the settings say; who reported what goes with it, too, by their own number.
func (d Deps) tellPublic(ctx context.Context, change *ledger.Change, c casework.Case, r casework.Reminder, now time.Time) error {
	children, err := d.Store.Cases(ctx, c.Children)
	if err != nil {
		return err
	}
	for _, k := range append([]casework.Case{c}, children...) {
		if k.ID != c.ID && (k.State != casework.Merged || k.Parent != c.ID || k.Source == casework.FromInspector) {
			continue
		}
		if err := d.tellOf(ctx, change, k, r, now); err != nil {
			return err
		}
	}
	return nil
}

// tellOf is tellPublic for one report. Who blocked the bot or was forgotten is not written to.
func (d Deps) tellOf(ctx context.Context, change *ledger.Change, c casework.Case, r casework.Reminder, now time.Time) error {
	key := "job.late.other"
	switch r.Clock.Name {
	case casework.DecideClock, casework.NotifyClock:
		key = "job.late.decide"
	case casework.FinishClock:
		key = "job.late.finish"
	case casework.ReviewClock:
		key = "job.late.review"
	default:
	}
	for _, id := range append([]grid.PersonID{c.Reporter}, c.Followers...) {
		p, err := d.Store.Person(ctx, id)
		if grid.CodeOf(err) == grid.NotFound || err == nil && p.Blocked {
			continue
		}
		if err != nil {
			return err
		}
		args := map[string]any{
			"number": c.Shown(), "due": d.day(r.Clock.Due), "clock": d.Words.T(p.Lang, "clock."+string(r.Clock.Name), nil),
		}
		change.Outbox = append(change.Outbox, ledger.Message{
			To: id, Lane: d.Lane(p.User), Priority: ledger.Reminder, Kind: key, Case: c.ID, Text: d.Words.T(p.Lang, key, args), Once: true, At: now,
			Rows: [][]ledger.Button{{{Text: d.Words.T(p.Lang, "button.timeline", nil), Data: "c:history:" + string(c.ID)}}},
		})
	}
	return nil
}
