package web

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/public"
)

// casesData fills pages/cases.html.
type casesData struct {
	Cases     []public.Case
	Total     int
	Chosen    casesChoice
	Townships []grid.Cell
	Category  []Named
	Paging    paging
}

// casesChoice is what the visitor asked for.
type casesChoice struct {
	Township grid.CellCode
	Category string
	State    string // open, late, done or empty
}

// pageLength is how many cases stand on a page.
const pageLength = 30

// cases lists what was reported, the newest first.
func (s *Site) cases(v *visit) (page, error) {
	x, err := s.o.Cases.Cases(v.ctx)
	if err != nil {
		return page{}, err
	}
	form := v.r.URL.Query()
	c := casesChoice{Township: grid.CellCode(form.Get("township")), Category: form.Get("category"), State: form.Get("state")}
	n := v.pageAsked()
	q := public.Query{Township: c.Township, Category: c.Category, Skip: (n - 1) * pageLength, N: pageLength}
	switch open := c.State != "done"; c.State {
	case "late":
		q.Where = func(x *public.Case) bool { return x.LateAt(v.now) }
		fallthrough
	case "open", "done":
		q.Open = &open
	}
	d := casesData{Chosen: c, Category: s.o.Categories, Townships: s.townships()}
	d.Cases, d.Total = x.Select(q)
	d.Paging = v.paging(n, d.Total, pageLength, "township", "category", "state")
	return page{name: "cases", title: v.t("web.cases.title"), data: d}, nil
}

// townships are the cells that a visitor may choose.
func (s *Site) townships() []grid.Cell {
	return slices.DeleteFunc(slices.Clone(s.o.Tree.Level(2)), func(c grid.Cell) bool { return c.Code == s.o.Tree.Unassigned().Code })
}
