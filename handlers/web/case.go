package web

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/public"
)

// caseData fills pages/case.html.
type caseData struct {
	Case  public.Case
	Late  bool
	Steps []public.Step
	Map   plot
}

// caseOf shows one case: how far it is, its public timeline, and the notice if one was approved.
func (s *Site) caseOf(v *visit) (page, error) {
	number := strings.ToUpper(v.r.PathValue("number"))
	x, err := s.o.Cases.Cases(v.ctx)
	if err != nil {
		return page{}, err
	}
	c, ok := x.Find(number)
	if !ok {
		return s.notThere(v), nil
	}
	if c.Number != number { // it was accepted since: one address for one case
		return page{to: "/cases/" + c.Number}, nil
	}
	d := caseData{Case: c, Late: c.LateAt(v.now)}
	if d.Steps, err = s.o.Cases.Steps(v.ctx, c.Report); err != nil {
		return page{}, err
	}
	d.Map = s.plot(func(code grid.CellCode) (string, int) {
		if code == c.Township {
			return "here", 0
		}
		return "d0", 0
	})
	if c.Point != nil {
		m := mark{Class: "about", Title: v.t("web.case.about_here")}
		m.X, m.Y = s.fit().at(*c.Point)
		d.Map.Marks = append(d.Map.Marks, m)
	}
	return page{name: "case", title: v.t("web.case.title", map[string]any{"number": c.Number}), data: d}, nil
}
