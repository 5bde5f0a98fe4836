package jobs

import (
	"context"
	"math"
	"time"

	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// assessments tells the supervisors once of every assessment for which the time to comment is over: what waits for an answer, and
// that it can be made final when nothing does.
func (d Deps) assessments(ctx context.Context, now time.Time) (Result, error) {
	periods, err := d.Store.Shelf(ctx, assess.Dossiers, assess.All, 0, math.MaxInt64, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	found, err := d.Store.Dossiers(ctx, assess.Dossiers, periods)
	if err != nil {
		return nil, err
	}
	over := 0
	for _, dossier := range found {
		a, err := assess.Read(dossier)
		if err != nil {
			return nil, err
		}
		if a.State != assess.Commenting || now.Before(a.Until) {
			continue
		}
		over++
		if _, err := d.sendDigest(ctx, now, "assess/"+a.Period, func(lang string) (ledger.Message, error) {
			return ledger.Message{
				Kind: "job.assess",
				Text: d.Words.T(lang, "job.assess", map[string]any{"period": d.period(lang, a.Period), "n": len(a.Comments), "open": len(a.Unanswered())}),
				Rows: [][]ledger.Button{{{Text: d.Words.T(lang, "button.assess.show", nil), Data: "as:show:" + a.Period}}},
			}, nil
		}); err != nil {
			return nil, err
		}
	}
	return Result{"over": over}, nil
}
