package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/referral"
)

// referrals reminds the supervisors of proposals to hand a case over, and the desk, too, of every later step that does not come. The
// referral remembers its reminders and is committed together with them.
func (d Deps) referrals(ctx context.Context, now time.Time) (Result, error) {
	return d.sweepDossiers(ctx, referral.Kind, now, d.chaseReferral)
}

// chaseReferral makes the reminder of one referral. Who is kept from the case hears nothing.
func (d Deps) chaseReferral(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time, res Result) error {
	var x referral.Referral
	if err := read.Into(&x); err != nil {
		return err
	}
	c, err := d.Store.Case(ctx, x.Case)
	if err != nil {
		return err
	}
	x, event, due := x.Chase(d.Referral, now)
	w, err := referral.Write(read, x, d.Referral, event)
	if err != nil {
		return err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	if due {
		officers := d.supervisors(roster, now)
		if x.State != referral.Proposed {
			officers = d.desk(roster, now)
		}
		var told []grid.Officer
		for _, o := range officers {
			if !d.Work.Excluded(c, o, now) {
				told = append(told, o)
			}
		}
		err = d.tellOffice(ctx, &change, told, said{"job.referral", func(lang string) map[string]any {
			return map[string]any{
				"number": x.Number, "to": d.Words.T(lang, "referral.to."+string(x.Ground.To()), nil), "state": d.Words.T(lang, "referral.state."+string(x.State), nil),
				"next": d.Words.T(lang, "referral.next."+string(x.State), nil), "day": d.Work.Calendar.LastDay(x.Due).String(),
			}
		}, d.button("button.refer_open", "rf:open:"+x.ID)}, now)
	}
	if err != nil {
		return err
	}
	return d.commitDossier(ctx, change, res)
}
