package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// hearings reminds whoever signed up the day before, asks the office for the minutes, and removes the names when they are not needed any
// more.
func (d Deps) hearings(ctx context.Context, now time.Time) (Result, error) {
	return d.sweepDossiers(ctx, hearing.Kind, now, d.runHearing)
}

// runHearing does what is due of one hearing.
func (d Deps) runHearing(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time, res Result) error {
	var h hearing.Hearing
	if err := read.Into(&h); err != nil {
		return err
	}
	h, what, event := h.Run(d.Hearing, now)
	w, err := hearing.Write(read, h, d.Hearing, event)
	if err != nil {
		return err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	switch what {
	case hearing.Remind:
		err = d.remindSeats(ctx, &change, h, now)
	case hearing.Chase:
		args := func(string) map[string]any {
			return map[string]any{"title": h.Title, "when": h.When.In(d.Location).Format("2006-01-02 15:04")}
		}
		err = d.tellOffice(ctx, &change, d.publishers(roster, now), said{"job.hearing.minutes", args, d.button("button.consult_open", "hr:open:"+h.ID)}, now)
	case hearing.Clear:
		change.Gone = h.People()
	case hearing.Begin, hearing.Set, hearing.Announce, hearing.SignUp, hearing.Leave, hearing.Forget, hearing.CheckIn, hearing.Open, hearing.Drop,
		hearing.Minute:
		// People do these; the clock never does.
	}
	if err != nil {
		return err
	}
	return d.commitDossier(ctx, change, res)
}

// remindSeats reminds everybody who has a seat and can be written to.
func (d Deps) remindSeats(ctx context.Context, change *ledger.Change, h hearing.Hearing, now time.Time) error {
	for _, x := range h.Seats {
		if x.Standing != hearing.Seated || x.Web {
			continue
		}
		p, err := d.Store.Person(ctx, x.Person)
		if grid.CodeOf(err) == grid.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		args := func(string) map[string]any {
			return map[string]any{"title": h.Title, "when": h.When.In(d.Location).Format("2006-01-02 15:04"), "place": h.Place, "code": x.Code}
		}
		m := d.office(x.Person, p.Lang, said{"job.hearing.remind", args, d.button("button.hearing_leave", "hr:leave:"+h.ID)}, now)
		m.Lane = d.Lane(p.User)
		change.Outbox = append(change.Outbox, m)
	}
	return nil
}
