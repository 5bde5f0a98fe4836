package jobs

import (
	"context"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	tally "github.com/gridwarden/gridwarden/grid/figures"
)

// weekTally counts every case for the seven days before now, as /stats does for a month.
func (d Deps) weekTally(ctx context.Context, now time.Time) (*tally.Tally, error) {
	y, m, day := now.In(d.Location).Date()
	midnight := time.Date(y, m, day, 0, 0, 0, 0, d.Location)
	n := tally.New(tally.Span{From: midnight.AddDate(0, 0, -7), To: midnight}, now, d.Work.Tree, d.Location)
	seen := make(map[casework.CaseID]bool)
	for c, err := range d.Store.EachCase(ctx) {
		if err != nil {
			return nil, err
		}
		if !seen[c.ID] {
			seen[c.ID] = true
			n.Add(c)
		}
	}
	return n.District, nil
}

// rates words how often the two limits that everybody asks about were kept, how long it took, and how satisfied people were.
// The rest stands in /stats.
func (d Deps) rates(lang string, t *tally.Tally) string {
	word := func(key string, args map[string]any) string { return d.Words.T(lang, key, args) }
	mark := func(n int) string {
		if n < d.Small {
			return word("stats.small", nil)
		}
		return ""
	}
	none := word("stats.no_rate", nil)
	rate := func(name casework.ClockName) string {
		r := t.Clocks[name]
		percent, ok := r.Percent()
		if !ok {
			return none
		}
		return word("stats.rate", map[string]any{"percent": percent, "met": r.Met, "n": r.N(), "mark": mark(r.N())})
	}
	lasted := func(l tally.Lasted) string {
		median, ok := l.Days(0.5)
		if !ok {
			return none
		}
		p90, _ := l.Days(0.9)
		return word("stats.lasted", map[string]any{"median": digit(median), "p90": digit(p90), "n": l.N(), "mark": mark(l.N())})
	}
	score := none
	if mean, n, ok := t.Satisfaction(); ok {
		score = word("stats.score", map[string]any{"mean": digit(mean), "n": n, "mark": mark(n)})
	}
	return word("job.rates", map[string]any{
		"decide": rate(casework.DecideClock), "finish": rate(casework.FinishClock),
		"to_decide": lasted(t.ToDecide), "to_close": lasted(t.ToClose), "score": score,
	})
}

func digit(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
