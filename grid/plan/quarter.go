package plan

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Quarter is a quarter of a year.
type Quarter struct {
	Name        string // 2018Q1
	First, Last calendar.Date
}

// QuarterOf is the quarter in which the day lies.
func QuarterOf(d calendar.Date) Quarter {
	s := Quarterly.at(d)
	return Quarter{Name: s.name, First: s.first, Last: s.last}
}

// Before is the quarter before it, After the one after it.
func (q Quarter) Before() Quarter { return QuarterOf(q.First.AddDays(-1)) }

// After is the quarter after it.
func (q Quarter) After() Quarter { return QuarterOf(q.Last.AddDays(1)) }

// Has tells whether the day lies in it.
func (q Quarter) Has(d calendar.Date) bool { return d.Compare(q.First) >= 0 && d.Compare(q.Last) <= 0 }

// QuarterPart is what is to be told of what one department leads, after a quarter.
type QuarterPart struct {
	Department grid.Department
	Done       []Line // reported as done in the quarter
	Late       []Line // were to be done by its end, and are not
	Contested  []Line // are said to be done, while open cases speak against it
	Coming     []Line // are to be done in the next one
}

func (p QuarterPart) empty() bool {
	return len(p.Done)+len(p.Late)+len(p.Contested)+len(p.Coming) == 0
}

// Quarter tells what became of the plan in a quarter, for each department that leads anything of it, the most that is late first.
func (w Work) Quarter(o Overview, q Quarter) []QuarterPart {
	var out []QuarterPart
	next := q.After()
	for _, l := range o.Lines {
		for _, d := range l.Measure.Leads() {
			i := slices.IndexFunc(out, func(p QuarterPart) bool { return p.Department == d })
			if i < 0 {
				i = len(out)
				out = append(out, QuarterPart{Department: d})
			}
			p := &out[i]
			dated := l.Last != (calendar.Date{})
			if l.State.Done() && q.Has(calendar.DateOf(l.Claimed.In(w.Location))) {
				p.Done = append(p.Done, l)
			}
			if l.Contested {
				p.Contested = append(p.Contested, l)
			}
			if l.Standing == Overdue && l.Last.Compare(q.Last) <= 0 {
				p.Late = append(p.Late, l)
			}
			if dated && !l.State.Done() && next.Has(l.Last) {
				p.Coming = append(p.Coming, l)
			}
		}
	}
	out = slices.DeleteFunc(out, QuarterPart.empty)
	slices.SortStableFunc(out, func(a, b QuarterPart) int { return len(b.Late) - len(a.Late) })
	return out
}

// CircularKind is what the dossiers of circulars are called, and ProgressSeries the series of their numbers.
const (
	CircularKind   = "circular"
	ProgressSeries = casework.Series("progress")
)

// Circular is the bulletin on the plan (通报) after a quarter, who got it and who said "received".
type Circular struct {
	Quarter string           `json:"q"`
	Letter  casework.Letter  `json:"l"`
	To      []grid.OfficerID `json:"to"`
	Acks    []Receipt        `json:"acks,omitempty"`
	Raised  bool             `json:"raised,omitempty"` // the supervisors were told of the silent
}

// Receipt is a "received".
type Receipt struct {
	By  grid.OfficerID `json:"b"`
	For grid.OfficerID `json:"f,omitempty"` // in whose place they said it
	At  time.Time      `json:"a"`
}

// CircularEvent is an entry of a circular's history.
type CircularEvent struct {
	At  time.Time      `json:"at"`
	By  grid.OfficerID `json:"by,omitempty"` // empty: the program
	Via string         `json:"via,omitempty"`
	Did string         `json:"did"`
}

// Acknowledge says "received" for whoever got it: themselves, or who stands in for them. Forbidden for anybody else, Conflict for
// a second time.
func (c Circular) Acknowledge(r *grid.Roster, id grid.OfficerID, now time.Time) (Circular, error) {
	mine := false
	for _, to := range c.To {
		o, ok := r.Officer(to)
		if ok && to != id {
			o, ok = r.StandIn(o, now)
		}
		if !ok || o.ID != id {
			continue
		}
		mine = true
		if !c.received(to) {
			receipt := Receipt{By: id, At: now}
			if to != id {
				receipt.For = to
			}
			c.Acks = append(slices.Clone(c.Acks), receipt)
			return c, nil
		}
	}
	if mine {
		return c, grid.Fail(grid.Conflict, "error.case.acknowledged")
	}
	return c, grid.Fail(grid.Forbidden, "error.role")
}

func (c Circular) received(id grid.OfficerID) bool {
	return slices.ContainsFunc(c.Acks, func(a Receipt) bool { return a.By == id && a.For == "" || a.For == id })
}

// Silent lists who got it and has not said "received".
func (c Circular) Silent() []grid.OfficerID {
	var out []grid.OfficerID
	for _, id := range c.To {
		if !c.received(id) {
			out = append(out, id)
		}
	}
	return out
}
