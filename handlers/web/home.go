package web

import (
	"cmp"
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/grid/publication"
)

// homeData fills pages/home.html.
type homeData struct {
	Map       plot
	Year      int
	All       public.Summary
	Townships []townshipLine
	Latest    []public.Case // with a public notice, the newest first
	Kinds     []kindLine    // of pollution, the most reported first
	Overdue   int           // promises of the plan
	Unissued  int           // publications that should be out
	Bot       string        // link that opens the bot; empty without one
}

// kindLine is a category and its figures.
type kindLine struct {
	Code string
	public.Summary
}

// townshipLine is a row of the table beside the map.
type townshipLine struct {
	Code grid.CellCode
	Name string
	public.Summary
}

// homeLatest is how many notices the home page shows.
const homeLatest = 5

// home shows the district: the map, what is open now, what was closed and on time by township this year, and what was published last.
func (s *Site) home(v *visit) (page, error) {
	x, err := s.o.Cases.Cases(v.ctx)
	if err != nil {
		return page{}, err
	}
	d := homeData{Year: s.yearOf(v.now).Year(), All: s.figuresOf(x, "", v.now), Bot: s.botLink()}
	board, err := s.o.Plan(v.ctx)
	if err != nil {
		return page{}, err
	}
	d.Overdue = board.Total.By[plan.Overdue]
	owed, err := s.o.Publications.Lines(v.ctx, s.o.Records, v.now)
	if err != nil {
		return page{}, err
	}
	for _, l := range owed {
		if l.Standing == publication.Overdue {
			d.Unissued++
		}
	}
	for code, sum := range s.kinds(x, v.now) {
		d.Kinds = append(d.Kinds, kindLine{Code: code, Summary: sum})
	}
	slices.SortFunc(d.Kinds, func(a, b kindLine) int { return cmp.Or(b.Received-a.Received, cmp.Compare(a.Code, b.Code)) })
	for _, c := range s.o.Tree.Level(2) {
		if c.Code == s.o.Tree.Unassigned().Code {
			continue
		}
		d.Townships = append(d.Townships, townshipLine{Code: c.Code, Name: c.Name, Summary: s.figuresOf(x, c.Code, v.now)})
	}
	d.Map = s.plot(func(code grid.CellCode) (string, int) {
		open := s.figuresOf(x, code, v.now).Open
		return depth(open), open
	})
	d.Latest, _ = x.Select(public.Query{Noticed: true, N: homeLatest, First: true})
	return page{name: "home", title: v.t("web.home.title"), data: d}, nil
}

// depth is how dark the land of a township is drawn by how much is open there.
func depth(open int) string {
	switch {
	case open == 0:
		return "d0"
	case open < 3:
		return "d1"
	case open < 10:
		return "d2"
	default:
		return "d3"
	}
}
