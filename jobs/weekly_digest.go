package jobs

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// weeklyDigest tells every supervisor how the past seven days went, by township, as a picture with the figures below.
func (d Deps) weeklyDigest(ctx context.Context, now time.Time) (Result, error) {
	week, err := d.week(ctx, now)
	if err != nil {
		return nil, err
	}
	rates, err := d.weekTally(ctx, now)
	if err != nil {
		return nil, err
	}
	year, number := now.In(d.Location).ISOWeek()
	mark := fmt.Sprintf("weekly_digest/%d-%02d", year, number)
	return d.sendDigest(ctx, now, mark, func(lang string) (ledger.Message, error) {
		picture, err := d.weekPicture(lang, week)
		opened := ""
		if n := total(week.counts, "unsealed/"); n > 0 {
			opened = d.Words.T(lang, "unseal.weekly", map[string]any{"n": n})
		}
		if total(week.counts, "pressed_") > total(week.counts, "pressed_"+string(casework.Nudge)) {
			args := make(map[string]any)
			for _, r := range casework.Rungs()[1:] {
				args[string(r)] = total(week.counts, "pressed_"+string(r)+"/")
			}
			opened += d.Words.T(lang, "job.pressed_week", args)
		}
		return ledger.Message{
			Kind: "job.weekly", Image: picture,
			Text: d.Words.T(lang, "job.weekly", with(d.countArgs(lang, week.counts), map[string]any{
				"from": week.from, "to": week.to,
			})) + d.rates(lang, rates) + opened,
			Rows: [][]ledger.Button{{{Text: d.Words.T(lang, "button.overview", nil), Data: "o:"}}},
		}, err
	})
}

// week is the figures of seven days.
type week struct {
	from, to string
	counts   map[string]int64
}

func (d Deps) week(ctx context.Context, now time.Time) (week, error) {
	local := now.In(d.Location)
	w := week{
		from: local.AddDate(0, 0, -7).Format(time.DateOnly), to: local.AddDate(0, 0, -1).Format(time.DateOnly),
		counts: make(map[string]int64),
	}
	for back := 7; back >= 1; back-- {
		day, err := d.Store.Counts(ctx, local.AddDate(0, 0, -back).Format(time.DateOnly))
		if err != nil {
			return w, err
		}
		for field, n := range day {
			w.counts[field] += n
		}
	}
	return w, nil
}

// weekPicture draws reported and closed by township, those where anything happened.
func (d Deps) weekPicture(lang string, w week) ([]byte, error) {
	townships := d.Work.Tree.Level(2)
	labels := make([]string, 0, len(townships))
	reported, closed := make([]float64, 0, len(townships)), make([]float64, 0, len(townships))
	for _, c := range townships {
		r, k := w.counts["reported/"+string(c.Code)], w.counts["closed/"+string(c.Code)]
		if r == 0 && k == 0 {
			continue
		}
		labels = append(labels, c.Name)
		reported, closed = append(reported, float64(r)), append(closed, float64(k))
	}
	word := func(key string) string { return strings.TrimSpace(d.Words.T(lang, key, nil)) }
	return d.Charts.Bars(word("job.chart.title")+" "+w.from+" – "+w.to, word("job.chart.unit"), labels,
		[]string{word("job.chart.reported"), word("job.chart.closed")}, [][]float64{reported, closed})
}
