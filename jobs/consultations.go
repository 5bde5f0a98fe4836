package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// consultations tells the office when a consultation opens, closes soon, waits to be sorted, and when results or use are overdue. The
// consultation remembers what was told and is committed together with the messages.
func (d Deps) consultations(ctx context.Context, now time.Time) (Result, error) {
	return d.sweepDossiers(ctx, consultation.Kind, now, d.tellConsultation)
}

// maxAnswers is how many answers a reminder counts.
const maxAnswers = 50_000

// tellConsultation says what is due of one consultation.
func (d Deps) tellConsultation(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time, res Result) error {
	var c consultation.Consultation
	if err := read.Into(&c); err != nil {
		return err
	}
	c, notice, event, due := c.Remind(d.Consult, now)
	w, err := consultation.Write(read, c, d.Consult, event)
	if err != nil {
		return err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	if due {
		ids, wrong := d.Store.Shelf(ctx, consultation.AnswerKind, consultation.To(c.ID), 0, 0, maxAnswers)
		if wrong != nil {
			return wrong
		}
		err = d.tellOffice(ctx, &change, d.publishers(roster, now), said{"job.consult." + string(notice), func(string) map[string]any {
			return map[string]any{
				"title": c.Title, "n": len(ids), "closes": c.Closes.In(d.Location).Format("2006-01-02 15:04"),
				"results_by": d.Work.Calendar.LastDay(c.ResultsBy).String(), "use_by": d.Work.Calendar.LastDay(c.UseBy).String(),
			}
		}, d.button("button.consult_open", "cs:open:"+c.ID)}, now)
	}
	if err != nil {
		return err
	}
	return d.commitDossier(ctx, change, res)
}

// publishers are who publishes for the district, and its supervisors.
func (d Deps) publishers(roster *grid.Roster, now time.Time) []grid.Officer {
	officers, _ := roster.Responsible(d.Work.Tree, d.Work.Tree.Root().Code, now, grid.Publisher)
	return append(officers, d.supervisors(roster, now)...)
}
