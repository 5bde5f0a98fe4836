package handlers

import (
	"strconv"

	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// inspectionResults are the inspections by lot (双随机) of a period: what was drawn from what and what came of it, and never who went
// there. Whoever knows the seed can draw again.
func (s *scene) inspectionResults(p publication.Period) (publication.Content, error) {
	out := publication.Content{
		Title: s.frozen("publication.inspections.title", texts.Args{"period": texts.Period(p.Name)}),
		Notes: []publication.Words{s.frozen("publication.inspections.note", nil)},
	}
	pools := publication.Table{Caption: s.frozen("publication.inspections.pools", nil), Columns: s.headings("month", "kind", "pool", "share", "drawn", "inspected", "faulty")}
	sites := publication.Table{Caption: s.frozen("publication.inspections.sites", nil), Columns: s.headings("month", "number", "name", "kind", "cell", "inspected_on", "points")}
	drawn, open := 0, 0
	for month := p.From; month.Before(p.To); month = month.AddDate(0, 1, 0) {
		d, _, err := s.drawOf(month.In(s.Rules.Location).Format(drawMonth))
		if err != nil {
			return out, err
		}
		if d.ID == "" {
			continue
		}
		drawn, open = drawn+len(d.Drawn), open+d.Open()
		r := d.Result()
		pools.Rows = append(pools.Rows, s.poolRows(r)...)
		sites.Rows = append(sites.Rows, s.drawnRows(r)...)
		out.Notes = append(out.Notes, s.frozen("publication.inspections.seed", texts.Args{"month": r.Period, "seed": r.Seed, "day": s.minute(r.At)}))
	}
	if len(pools.Rows) == 0 {
		out.Notes = []publication.Words{s.frozen("publication.inspections.none", nil)}
		return out, nil
	}
	out.Intro = s.frozen("publication.inspections.intro", texts.Args{"n": drawn, "done": drawn - open, "open": open})
	out.Tables = []publication.Table{pools, sites}
	return out, nil
}

// poolRows are what was drawn from, kind by kind, and how many of it were inspected and found faulty.
func (s *scene) poolRows(r site.Result) []publication.Row {
	out := make([]publication.Row, 0, len(r.Pools))
	for _, p := range r.Pools {
		inspected, faulty := 0, 0
		for _, x := range r.Sites {
			if x.Kind == p.Kind && !x.Inspected.IsZero() {
				inspected++
				if x.Failed > 0 {
					faulty++
				}
			}
		}
		out = append(out, publication.Row{Key: r.Period + "/" + p.Kind, Cells: []publication.Words{
			publication.Same(r.Period), publication.Words(s.kindName(p.Kind)), figure(p.Sites), publication.Same(strconv.Itoa(p.Share) + "%"),
			figure(p.Drawn), figure(inspected), figure(faulty),
		}})
	}
	return out
}

func (s *scene) drawnRows(r site.Result) []publication.Row {
	out := make([]publication.Row, 0, len(r.Sites))
	for _, x := range r.Sites {
		day, points := s.frozen("publication.inspections.open", nil), s.frozen("publication.no_value", nil)
		if !x.Inspected.IsZero() {
			day, points = publication.Same(s.dayOf(x.Inspected)), figure(x.Failed)
		}
		out = append(out, publication.Row{Key: r.Period + "/" + string(x.Number), Cells: []publication.Words{
			publication.Same(r.Period), publication.Same(string(x.Number)), publication.Same(x.Name), publication.Words(s.kindName(x.Kind)),
			publication.Same(s.Sites.Tree.PathName(x.Cell)), day, points,
		}})
	}
	return out
}
