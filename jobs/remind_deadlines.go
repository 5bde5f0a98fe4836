package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

const sweepBatch = 200

// remindDeadlines passes every stage of every clock that was reached by now and tells those whom the stage speaks to.
// The case remembers which stages are over and is committed together with the messages, so that neither a crash nor a
// second replica repeats one. A case that fails, or that somebody is at work on, is left to the next run and holds up no
// other; the errors come back together.
func (d Deps) remindDeadlines(ctx context.Context, now time.Time) (Result, error) {
	res := Result{}
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return res, err
	}
	seen := make(map[casework.CaseID]bool)
	var faults []error
	for {
		inVain := res["conflicts"] + res["failed"] // these are still due: what is behind them is wanted
		ids, err := d.Store.Due(ctx, now, inVain+sweepBatch)
		if err != nil {
			return res, errors.Join(append(faults, err)...)
		}
		ids = slices.DeleteFunc(ids, func(id casework.CaseID) bool { return seen[id] })
		if len(ids) == 0 {
			return res, errors.Join(faults...)
		}
		for _, id := range ids {
			seen[id] = true
			if err = d.fire(ctx, id, roster, now, res); err != nil {
				res["failed"]++
				faults = keep(faults, fmt.Errorf("case %s: %w", id, err))
			}
			if ctx.Err() != nil {
				return res, errors.Join(append(faults, ctx.Err())...)
			}
		}
	}
}

// keep adds an error unless there are plenty: a store that is away fails every case.
func keep(faults []error, err error) []error {
	if len(faults) >= 10 {
		return faults
	}
	return append(faults, err)
}

// fire passes the stages of one case that are due and counts what came of it. A conflict means that somebody is at work
// on the case: it is still due, and the next run sees it again.
func (d Deps) fire(ctx context.Context, id casework.CaseID, roster *grid.Roster, now time.Time, res Result) error {
	before, err := d.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	after, events, reminders := d.Work.Fire(before, roster, now)
	p := &pressing{Deps: d, before: before, c: after, roster: roster, now: now, change: ledger.Change{At: now}}
	p.change.Cases = []ledger.CaseWrite{{Before: before, After: after, Events: events}}
	for _, r := range reminders {
		if wrong := p.remind(ctx, r); wrong != nil {
			return wrong
		}
	}
	_, err = d.Store.Commit(ctx, p.change)
	if errors.Is(err, ledger.ErrConflict) {
		res["conflicts"]++
		return nil
	}
	if err != nil {
		return err
	}
	res["cases"]++
	res["messages"] += len(p.change.Outbox)
	res["documents"] += len(p.change.Numbers)
	res["unheard"] += p.unheard // nobody could be told
	return nil
}

// day writes the last day of a limit, or its hour when it does not end with a day.
func (d Deps) day(due time.Time) string {
	local := due.In(d.Location)
	if local.Hour() == 0 && local.Minute() == 0 {
		return local.Add(-time.Second).Format("2006-01-02")
	}
	return local.Format("2006-01-02 15:04")
}

// excerpt is the beginning of a text, at most n characters.
func excerpt(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}
