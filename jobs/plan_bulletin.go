package jobs

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// planBulletin sends the clerks of all departments, on the first working day of a quarter, the numbered bulletin (通报) on how the
// plan came on in the quarter before; the supervisors get it, too. Once the time for "received" is over they are told who has not
// said it.
func (d Deps) planBulletin(ctx context.Context, now time.Time) (Result, error) {
	today := calendar.DateOf(now.In(d.Location))
	q := plan.QuarterOf(today).Before()
	found, err := d.Store.Dossiers(ctx, plan.CircularKind, []string{q.Name})
	if err != nil {
		return nil, err
	}
	roster, err := d.Store.Roster(ctx)
	switch {
	case err != nil:
		return nil, err
	case len(found) > 0:
		return d.raiseBulletin(ctx, found[0], roster, now)
	case !d.Work.Calendar.IsWorkday(today) || len(d.Plan.Plan.Measures) == 0:
		return Result{"messages": 0}, nil
	}
	v, err := d.Plan.Look(ctx, d.Store, now)
	if err != nil {
		return nil, err
	}
	parts := d.Plan.Quarter(v, q)
	if len(parts) == 0 {
		return Result{"messages": 0}, nil
	}
	marker := ledger.LetterMarker(plan.ProgressSeries)
	c := plan.Circular{Quarter: q.Name, Letter: d.Papers.Progress(parts, q, marker)}
	c.Letter.At = now
	clerks := d.clerks(roster, now)
	for _, o := range clerks {
		c.To = append(c.To, o.ID)
	}
	return d.sendBulletin(ctx, c, marker, clerks, roster, now)
}

// clerks are all who work for a department, or stand in for somebody who does.
func (d Deps) clerks(roster *grid.Roster, now time.Time) []grid.Officer {
	var out []grid.Officer
	for _, o := range roster.Officers() {
		clerk := slices.ContainsFunc(o.Appointments, func(a grid.Appointment) bool {
			return a.Active(now) && a.Role == grid.Clerk && a.Department != ""
		})
		if !clerk {
			continue
		}
		who, ok := roster.StandIn(o, now)
		if ok && !slices.ContainsFunc(out, func(x grid.Officer) bool { return x.ID == who.ID }) {
			out = append(out, who)
		}
	}
	return out
}

// sendBulletin gives it out under its number: one change, so that nobody gets it twice or without a number.
func (d Deps) sendBulletin(ctx context.Context, c plan.Circular, marker string, clerks []grid.Officer, roster *grid.Roster, now time.Time) (Result, error) {
	w, err := ledger.WriteDossier(ledger.Dossier{Kind: plan.CircularKind, ID: c.Quarter}, c, plan.CircularEvent{At: now, Via: "job/plan_bulletin", Did: "issue"})
	if err != nil {
		return nil, err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}, Numbers: []ledger.Number{d.Papers.Number(plan.ProgressSeries, marker, now)}}
	paper := d.Papers.Paper(c.Letter, now)
	tell := func(o grid.Officer, key string, button ledger.Button) error {
		lang, wrong := d.lang(ctx, o)
		if wrong != nil {
			return wrong
		}
		button.Text = d.Words.T(lang, button.Text, nil)
		change.Outbox = append(change.Outbox, ledger.Message{
			To: o.Person, Kind: key, Priority: ledger.Reminder, Once: true, At: now, Paper: paper,
			Text: d.Words.T(lang, key, map[string]any{"quarter": d.period(lang, c.Quarter), "number": marker, "n": len(c.To)}), Rows: [][]ledger.Button{{button}},
		})
		return nil
	}
	for _, o := range clerks {
		err = errors.Join(err, tell(o, "job.progress", ledger.Button{Text: "button.acknowledge", Data: "y:ack:" + c.Quarter}))
	}
	for _, o := range d.supervisors(roster, now) {
		err = errors.Join(err, tell(o, "job.progress_copy", ledger.Button{Text: "button.progress", Data: "y:open:" + c.Quarter}))
	}
	if err != nil {
		return nil, err
	}
	res := Result{"messages": 0}
	return res, d.commitDossier(ctx, change, res)
}

// raiseBulletin tells the supervisors once who has not said "received" in time.
func (d Deps) raiseBulletin(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time) (Result, error) {
	res := Result{"messages": 0}
	var c plan.Circular
	if err := read.Into(&c); err != nil {
		return nil, err
	}
	silent := c.Silent()
	if c.Raised || len(silent) == 0 || now.Before(c.Letter.At.Add(d.Plan.Rules.Receipt)) {
		return res, nil
	}
	c.Raised = true
	w, err := ledger.WriteDossier(read, c, plan.CircularEvent{At: now, Via: "job/plan_bulletin", Did: "raise"})
	if err != nil {
		return nil, err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	for _, o := range d.supervisors(roster, now) {
		lang, wrong := d.lang(ctx, o)
		if wrong != nil {
			return nil, wrong
		}
		change.Outbox = append(change.Outbox, ledger.Message{
			To: o.Person, Kind: "job.progress_silent", Priority: ledger.Reminder, Once: true, At: now,
			Text: d.Words.T(lang, "job.progress_silent", map[string]any{"number": c.Letter.No, "n": len(silent)}),
			Rows: [][]ledger.Button{{{Text: d.Words.T(lang, "button.progress", nil), Data: "y:open:" + c.Quarter}}},
		})
	}
	return res, d.commitDossier(ctx, change, res)
}
