package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// PressAfter is what calls for pressing beside a limit that ran out (信访条例 2005 Art 36). Each is proposed to a supervisor, who
// decides.
type PressAfter struct {
	Silence  time.Duration // nothing on record while a case is worked on
	Bounces  int           // moves after objections
	Reopened int           // found wrong after an answer
	Returned int           // results that were given back
}

// sign is one reason to press a case, and what tells it from the same reason of another time.
type sign struct{ reason, mark string }

// proposePressing shows the supervisors each case that calls for 督办, once for each occasion.
func (d Deps) proposePressing(ctx context.Context, now time.Time) (Result, error) {
	res := Result{}
	cases, err := d.open(ctx)
	if err != nil {
		return res, err
	}
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return res, err
	}
	var faults []error
	for _, c := range cases {
		if c.State != casework.Accepted && c.State != casework.Handling {
			continue
		}
		events, err := d.Store.History(ctx, c.ID)
		if err != nil {
			faults = keep(faults, fmt.Errorf("case %s: %w", c.ID, err))
			continue
		}
		for _, s := range d.signs(c, events, now) {
			if err := d.propose(ctx, c, s, roster, now, res); err != nil {
				faults = keep(faults, fmt.Errorf("case %s: %w", c.ID, err))
			}
		}
	}
	return res, errors.Join(faults...)
}

// signs are the reasons to press a case now.
func (d Deps) signs(c casework.Case, events []casework.Event, now time.Time) []sign {
	var out []sign
	returned := 0
	var last time.Time
	for _, e := range events {
		if e.Action == casework.Return {
			returned++
		}
		if e.By != "system" && !e.Action.Public() { // what the public says is no feedback of whoever works on it
			last = e.Arrived
		}
	}
	add := func(when bool, reason string, mark int64) {
		if when {
			out = append(out, sign{reason, strconv.FormatInt(mark, 10)})
		}
	}
	reaches := func(n, limit int) bool { return limit > 0 && n >= limit }
	p := d.Press
	add(p.Silence > 0 && c.State == casework.Handling && !now.Before(last.Add(p.Silence)), "no_feedback", last.Unix())
	add(reaches(c.Bounces, p.Bounces), "shirking", int64(c.Bounces))
	add(reaches(c.Reopened, p.Reopened), "not_done", int64(c.Reopened))
	add(reaches(returned, p.Returned), "procedure", int64(returned))
	return out
}

// propose shows one case with its reason to the supervisors, unless that was done.
func (d Deps) propose(ctx context.Context, c casework.Case, s sign, roster *grid.Roster, now time.Time, res Result) error {
	change := ledger.Change{At: now, Marks: []ledger.Mark{{Name: "press/" + string(c.ID) + "/" + s.reason + "/" + s.mark, Keep: 3 * 366 * 24 * time.Hour}}}
	bosses := slices.DeleteFunc(slices.Clone(d.supervisors(roster, now)), func(o grid.Officer) bool { return d.Work.Excluded(c, o, now) })
	for _, o := range bosses {
		lang, err := d.lang(ctx, o)
		if err != nil {
			return err
		}
		button := func(key, verb string) ledger.Button {
			return ledger.Button{Text: d.Words.T(lang, key, nil), Data: "c:" + verb + ":" + string(c.ID)}
		}
		change.Outbox = append(change.Outbox, ledger.Message{
			To: o.Person, Priority: ledger.Reminder, Kind: "job.press", Case: c.ID, Once: true, At: now,
			Text: d.Words.T(lang, "job.press", map[string]any{
				"number": c.Shown(), "cell": d.Work.Tree.PathName(c.Cell), "reason": d.Words.T(lang, "press.reason."+s.reason, nil), "text": excerpt(c.Text, 60),
			}),
			Rows: [][]ledger.Button{
				{button("button.supervise", "press_"+s.reason), button("button.press_no", "press_no")}, {button("button.open_case", "open")},
			},
		})
	}
	if len(change.Outbox) == 0 {
		return nil
	}
	done, err := d.Store.Commit(ctx, change)
	if err == nil && !done {
		res["proposed"]++
	}
	return err
}
