package plan

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Rules are the numbers of the plan's work; they come from the settings of the district, with their sources.
type Rules struct {
	Regularly Period          // how often 定期 is
	Soon      int             // days before the last day from which a milestone counts as due soon
	Before    []int           // days before the last day on which the lead is reminded
	Urge      int             // days after it on which the lead is urged (催办)
	Order     int             // ordered by a numbered document (催办通知书)
	Press     int             // and pressed (督办)
	CatchUp   int             // days: what was to be told longer ago is not told any more
	Receipt   time.Duration   // in which "received" is expected of whoever is pressed
	Own       grid.Department // the grid's own bureau: the district's desk may act for it, too
}

// Stage is one moment in which the lead of a milestone hears of it.
type Stage struct {
	Name string        // before_90, urge, order, press
	On   calendar.Date // the day
	Days int           // until the last day; negative after it
	Rung casework.Rung // of the ladder; none before the last day
	Due  time.Time     // of the occurrence
}

// stages are the moments of an occurrence, the first first; none without a date.
func (w Work) stages(o Occurrence) []Stage {
	if o.Last == (calendar.Date{}) {
		return nil
	}
	var out []Stage
	add := func(name string, days int, rung casework.Rung) {
		s := Stage{Name: name, On: o.Last.AddDays(-days), Days: days, Rung: rung, Due: o.Due(w.Location)}
		if s.On.Compare(o.First) >= 0 { // what comes back is not spoken of before its period
			out = append(out, s)
		}
	}
	for _, n := range w.Rules.Before {
		add("before_"+strconv.Itoa(n), n, "")
	}
	add("urge", -w.Rules.Urge, casework.Urge)
	add("order", -w.Rules.Order, casework.UrgeOrder)
	add("press", -w.Rules.Press, casework.Press)
	slices.SortStableFunc(out, func(a, b Stage) int { return a.On.Compare(b.On) })
	return out
}

// Reached is the stage of which the lead is to hear today: the last that was reached, unless it was told, or that was so long
// ago that nobody is to hear of it any more, as when a plan is loaded late. False when there is none.
func (w Work) Reached(o Occurrence, p Progress, today calendar.Date) (Stage, bool) {
	if p.State.Done() {
		return Stage{}, false
	}
	var last Stage
	for _, s := range w.stages(o) {
		if s.On.Compare(today) <= 0 {
			last = s
		}
	}
	if last.Name == "" || slices.Contains(p.Told, last.Name) || last.On.AddDays(w.Rules.CatchUp).Compare(today) < 0 {
		return Stage{}, false
	}
	return last, true
}

// Silent lists the steps of the ladder, by their places, of which nobody has said "received" in time and the supervisors have
// not been told.
func (w Work) Silent(p Progress, now time.Time) []int {
	var out []int
	for i, s := range p.Ladder {
		if w.Rules.Receipt > 0 && s.Raised.IsZero() && len(s.Unacknowledged()) > 0 && !now.Before(s.At.Add(w.Rules.Receipt)) {
			out = append(out, i)
		}
	}
	return out
}
