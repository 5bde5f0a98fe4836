package web

import (
	"net/url"
	"slices"
	"strconv"

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
	Page      int
	Before    string // address of the page before, without the language; empty on the first
	After     string
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
	n, err := strconv.Atoi(form.Get("page"))
	if err != nil || n < 1 || n > 1e6 {
		n = 1
	}
	q := public.Query{Township: c.Township, Category: c.Category, Skip: (n - 1) * pageLength, N: pageLength}
	switch open := c.State != "done"; c.State {
	case "late":
		q.Where = func(x *public.Case) bool { return x.LateAt(v.now) }
		fallthrough
	case "open", "done":
		q.Open = &open
	}
	d := casesData{Chosen: c, Category: s.o.Categories, Page: n, Townships: s.townships()}
	d.Cases, d.Total = x.Select(q)
	at := func(n int) string {
		form := url.Values{"page": {strconv.Itoa(n)}}
		for name, value := range map[string]string{"township": string(c.Township), "category": c.Category, "state": c.State} {
			if value != "" {
				form.Set(name, value)
			}
		}
		return "/cases?" + form.Encode()
	}
	if n > 1 {
		d.Before = at(n - 1)
	}
	if d.Total > n*pageLength {
		d.After = at(n + 1)
	}
	return page{name: "cases", title: v.t("web.cases.title"), data: d}, nil
}

// townships are the cells that a visitor may choose.
func (s *Site) townships() []grid.Cell {
	return slices.DeleteFunc(slices.Clone(s.o.Tree.Level(2)), func(c grid.Cell) bool { return c.Code == s.o.Tree.Unassigned().Code })
}
