package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

const sweepBatch = 200

// remindDeadlines passes every stage of every clock that was reached by now and tells those whom the stage speaks to.
// The case remembers which stages are over and is committed together with the messages, so that neither a crash nor a
// second replica repeats one.
func (d Deps) remindDeadlines(ctx context.Context, now time.Time) (Result, error) {
	res := Result{}
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return res, err
	}
	for {
		ids, err := d.Store.Due(ctx, now, sweepBatch)
		if err != nil || len(ids) == 0 {
			return res, err
		}
		for _, id := range ids {
			n, err := d.fire(ctx, id, roster, now)
			if errors.Is(err, ledger.ErrConflict) { // somebody is at work on it; the next round sees it again
				res["conflicts"]++
				continue
			}
			if err != nil {
				return res, err
			}
			res["cases"]++
			res["messages"] += n
		}
	}
}

// fire passes the stages of one case that are due and returns how many messages that makes.
func (d Deps) fire(ctx context.Context, id casework.CaseID, roster *grid.Roster, now time.Time) (int, error) {
	before, err := d.Store.Case(ctx, id)
	if err != nil {
		return 0, err
	}
	after, events, reminders := d.Work.Fire(before, roster, now)
	change := ledger.Change{At: now, Cases: []ledger.CaseWrite{{Before: before, After: after, Events: events}}}
	for _, r := range reminders {
		for _, o := range r.To {
			m, err := d.reminder(ctx, after, r, o, now)
			if err != nil {
				return 0, err
			}
			change.Outbox = append(change.Outbox, m)
		}
	}
	_, err = d.Store.Commit(ctx, change)
	return len(change.Outbox), err
}

// reminder words one reminder for one officer, with the button that opens the case.
func (d Deps) reminder(ctx context.Context, c casework.Case, r casework.Reminder, o grid.Officer, now time.Time) (ledger.Message, error) {
	p, err := d.Store.Person(ctx, o.Person)
	if err != nil && grid.CodeOf(err) != grid.NotFound {
		return ledger.Message{}, err
	}
	key := "job.reminder." + r.Stage.Name
	text := d.Words.T(p.Lang, key, map[string]any{
		"number": c.Shown(),
		"clock":  d.Words.T(p.Lang, "clock."+string(r.Clock.Name), nil),
		"due":    d.day(r.Clock.Due),
		"cell":   d.Work.Tree.PathName(c.Cell),
		"text":   excerpt(c.Text, 60),
	})
	priority := ledger.Reminder
	if c.Urgent {
		priority = ledger.Emergency
	}
	return ledger.Message{
		To: o.Person, Priority: priority, Kind: key, Case: c.ID, Text: text, Once: true, At: now,
		Rows: [][]ledger.Button{{{Text: d.Words.T(p.Lang, "button.open_case", nil), Data: "c:open:" + string(c.ID)}}},
	}, nil
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
