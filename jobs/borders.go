package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/border"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// borders reminds the desk and the supervisors to ask neighbours who have not said that a letter arrived, or have not answered it. The
// handover remembers its reminders and is committed together with them.
func (d Deps) borders(ctx context.Context, now time.Time) (Result, error) {
	return d.sweepDossiers(ctx, border.Kind, now, d.chaseNeighbour)
}

// chaseNeighbour makes the reminder of one handover.
func (d Deps) chaseNeighbour(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time, res Result) error {
	var h border.Handover
	if err := read.Into(&h); err != nil {
		return err
	}
	h, event, due := h.Chase(d.Border, now)
	w, err := border.Write(read, h, d.Border, event)
	if err != nil {
		return err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	if due {
		key, day := "job.border.receipt", h.Until.Receipt
		if h.State() != border.Sent {
			key, day = "job.border.answer", h.Until.Answer
		}
		err = d.tellOffice(ctx, &change, d.desk(roster, now), said{key, func(lang string) map[string]any {
			return map[string]any{
				"to": h.To, "number": h.Letter.No, "name": h.Subject.Name, "kind": d.Words.T(lang, "border.kind."+string(h.Subject.Kind), nil),
				"day": d.Work.Calendar.LastDay(day).String(),
			}
		}, d.button("button.border_open", "bd:open:"+h.ID)}, now)
	}
	if err != nil {
		return err
	}
	return d.commitDossier(ctx, change, res)
}
