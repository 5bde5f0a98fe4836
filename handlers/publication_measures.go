package handlers

import (
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// planProgress is how the plan of work stands: item by item what it promises and how much of that is done. It is told as it stands
// when it is drawn up, for what was reported before may have been returned since; what falls due after the period is not told as late.
func (s *scene) planProgress(p publication.Period) (publication.Content, error) {
	out := publication.Content{Title: s.frozen("publication.measures.title", texts.Args{"period": texts.Period(p.Name)})}
	if len(s.Plan.Plan.Measures) == 0 {
		out.Notes = []publication.Words{s.frozen("publication.measures.none", nil)}
		return out, nil
	}
	v, err := s.Plan.Look(s.ctx, s.Store, s.now)
	if err != nil {
		return out, err
	}
	last := calendar.DateOf(p.To.AddDate(0, 0, -1).In(s.Rules.Location))
	t := publication.Table{
		Caption: s.frozen("publication.measures.items", nil), Columns: s.headings("plan_item", "measure", "lead", "promises", "accepted_done", "reported_done", "overdue"),
	}
	total := measureCount{}
	for _, m := range s.Plan.Plan.Measures {
		n := countMeasure(v.Of(m.Item), last)
		if n.all == 0 {
			continue
		}
		total.add(n)
		leads := make([]string, 0, len(m.Leads()))
		for _, d := range m.Leads() {
			leads = append(leads, string(d))
		}
		t.Rows = append(t.Rows, publication.Row{Key: strconv.Itoa(m.Item), Cells: []publication.Words{
			figure(m.Item), publication.Same(m.Title), s.listed(leads), figure(n.all), figure(n.accepted), figure(n.reported), figure(n.late),
		}})
	}
	out.Intro = s.frozen("publication.measures.intro", texts.Args{
		"title": s.Plan.Plan.Title, "number": s.Plan.Plan.Number, "day": s.dayOf(s.now), "all": total.all, "accepted": total.accepted,
		"reported": total.reported, "late": total.late,
	})
	out.Tables = []publication.Table{t}
	out.Notes = []publication.Words{s.frozen("publication.measures.note", nil)}
	return out, nil
}

// listed are several names in a row, as each language sets them apart.
func (s *scene) listed(names []string) publication.Words {
	list := make(texts.List, len(names))
	for i, n := range names {
		list[i] = n
	}
	return s.frozen("publication.list", texts.Args{"names": list})
}

// measureCount is how many promises of a measure fell due by the end of a period, and how they stand.
type measureCount struct{ all, accepted, reported, late int }

func (c *measureCount) add(x measureCount) {
	c.all, c.accepted, c.reported, c.late = c.all+x.all, c.accepted+x.accepted, c.reported+x.reported, c.late+x.late
}

// countMeasure counts what begins in the period or before it; what is late is late at its end.
func countMeasure(lines []plan.Line, last calendar.Date) measureCount {
	lines = slices.DeleteFunc(slices.Clone(lines), func(l plan.Line) bool { return l.First.Compare(last) > 0 && l.Period != "" })
	c := measureCount{all: len(lines)}
	for _, l := range lines {
		switch {
		case l.Standing == plan.Fulfilled:
			c.accepted++
		case l.Standing == plan.Claimed:
			c.reported++
		case l.Standing == plan.Overdue && l.Last.Compare(last) <= 0:
			c.late++
		}
	}
	return c
}
