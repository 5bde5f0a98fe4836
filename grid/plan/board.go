package plan

import (
	"context"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Board is how the plan stands as everybody may see it. Only what a supervisor accepted counts: what a lead merely reported is
// not told, and what anybody wrote about it was written for the house.
type Board struct {
	Title  string
	Number string // of the document
	Day    calendar.Date
	Total  Tally
	Items  []Item // in the order of the plan
}

// Item is a measure on the board.
type Item struct {
	Measure
	Tally // of its promises, each time that one falls due

	Promises []Promise
	Cases    int // open ones that tell on it
}

// Promise is a milestone with how it stands: once, or each time that it falls due.
type Promise struct {
	Milestone
	Tally

	Times []Time // the newest first; those whose period has begun
}

// Time is what everybody may know of an occurrence.
type Time struct {
	Period    string        // 2017H2; empty for what is done once
	Last      calendar.Date // the last day; zero for a promise without a date
	Standing  Standing      // never Claimed
	Days      int           // until the last day, negative after it
	Contested bool          // accepted, and open cases speak against it
	Done      calendar.Date // the day on which it was reported as done, if that was accepted
	DoneLate  bool          // that was after the last day
}

// Board reads how the plan stands at now, as everybody may see it; openCases are those that tell on each measure, by its item.
func (w Work) Board(ctx context.Context, store Store, openCases map[int]int, now time.Time) (Board, error) {
	states, err := w.States(ctx, store, now)
	if err != nil {
		return Board{}, err
	}
	return w.board(states, openCases, now), nil
}

func (w Work) board(states map[string]Progress, openCases map[int]int, now time.Time) Board {
	accepted := make(map[string]Progress)
	for id, p := range states {
		if p.State == Accepted {
			accepted[id] = p
		}
	}
	v := w.Overview(accepted, openCases, now)
	out := Board{Title: w.Plan.Title, Number: w.Plan.Number, Day: v.Day, Total: v.Total}
	for _, m := range w.Plan.Measures {
		item := Item{Measure: m, Cases: openCases[m.Item]}
		for _, s := range m.Milestones {
			item.Promises = append(item.Promises, Promise{Milestone: s})
		}
		for _, l := range v.Of(m.Item) {
			item.add(l)
			i := slices.IndexFunc(item.Promises, func(p Promise) bool { return p.ID == l.Milestone.ID })
			item.Promises[i].add(l)
			item.Promises[i].Times = append(item.Promises[i].Times, w.known(l))
		}
		for _, p := range item.Promises {
			slices.Reverse(p.Times)
		}
		out.Items = append(out.Items, item)
	}
	return out
}

// known is what everybody may know of a line in which only accepted progress counts.
func (w Work) known(l Line) Time {
	t := Time{Period: l.Period, Last: l.Last, Standing: l.Standing, Days: l.Days, Contested: l.Contested, DoneLate: l.DoneLate}
	if l.Standing == Fulfilled {
		t.Done = calendar.DateOf(l.Claimed.In(w.Location))
	}
	return t
}

// LedBy tells whether the department leads the measure, alone or with others.
func (m Measure) LedBy(d grid.Department) bool { return slices.Contains(m.Leads(), d) }
