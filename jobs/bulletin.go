package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// bulletin shows the supervisors, once a month, the draft of the next 通报 when there is anything to name. It has no number: only
// what is given out gets one, and that a supervisor decides.
func (d Deps) bulletin(ctx context.Context, now time.Time) (Result, error) {
	ids, err := d.Store.Queue(ctx, casework.BulletinQueue, 0, 1<<20)
	if err != nil {
		return nil, err
	}
	cases, err := d.Store.Cases(ctx, ids)
	if err != nil {
		return nil, err
	}
	if cases = d.Papers.Listed(cases); len(cases) == 0 {
		return Result{"cases": 0}, nil
	}
	res, err := d.sendDigest(ctx, now, "bulletin/"+now.In(d.Location).Format("2006-01"), func(lang string) (ledger.Message, error) {
		draft := d.Papers.Paper(d.Papers.Bulletin(cases, d.Words.T("", "paper.draft", nil), now), now)
		return ledger.Message{
			Kind: "job.bulletin", Paper: draft, Text: d.Words.T(lang, "job.bulletin", map[string]any{"n": len(cases)}),
			Rows: [][]ledger.Button{{{Text: d.Words.T(lang, "button.bulletin", nil), Data: "l:bulletin:0"}}},
		}, nil
	})
	if res != nil {
		res["cases"] = len(cases)
	}
	return res, err
}
