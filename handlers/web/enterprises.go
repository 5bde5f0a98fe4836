package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// ShownEnterprise is what anybody may know of an enterprise.
type ShownEnterprise struct {
	enterprise.Public

	Name string
	Cell grid.CellCode
}

// Enterprises lists the enterprises of which something is public.
type Enterprises interface {
	// Carded lists those that ever had a card.
	Carded(ctx context.Context) ([]ShownEnterprise, error)
	// Enterprise is the one of that number; false when there is none.
	Enterprise(ctx context.Context, number string) (ShownEnterprise, bool, error)
	// Grade is what a credit grade is called.
	Grade(code string) texts.Names
}

// shownCard is a card with its enterprise.
type shownCard struct {
	enterprise.PublicCard

	Of ShownEnterprise
}

// cardsData fills pages/cards.html.
type cardsData struct {
	Red, Yellow, Past []shownCard
}

// cards lists the cards that count, the newest decision first, and those that are over.
func (s *Site) cards(v *visit) (page, error) {
	all, err := s.o.Enterprises.Carded(v.ctx)
	if err != nil {
		return page{}, err
	}
	var d cardsData
	for _, e := range all {
		for _, c := range e.Cards {
			x := shownCard{c, e}
			switch c.Colour {
			case enterprise.Red:
				d.Red = append(d.Red, x)
			case enterprise.Yellow:
				d.Yellow = append(d.Yellow, x)
			case enterprise.NoColour:
				d.Past = append(d.Past, x)
			}
		}
	}
	for _, list := range [][]shownCard{d.Red, d.Yellow, d.Past} {
		slices.SortStableFunc(list, func(a, b shownCard) int {
			return cmp.Or(b.Decided.Compare(a.Decided), cmp.Compare(a.Of.Number, b.Of.Number))
		})
	}
	return page{name: "cards", title: v.t("web.cards.title"), data: d}, nil
}

// enterpriseData fills pages/enterprise.html.
type enterpriseData struct {
	ShownEnterprise

	Grades []gradeData
}

type gradeData struct {
	enterprise.PublicRating

	Name string
}

// enterpriseOf shows what is public of one enterprise.
func (s *Site) enterpriseOf(v *visit) (page, error) {
	e, ok, err := s.o.Enterprises.Enterprise(v.ctx, v.r.PathValue("number"))
	if err != nil {
		return page{}, err
	}
	if !ok {
		return s.notThere(v), nil
	}
	d := enterpriseData{ShownEnterprise: e}
	for _, g := range e.Public.Grades {
		d.Grades = append(d.Grades, gradeData{g, s.o.Enterprises.Grade(g.Grade).In(v.lang)})
	}
	return page{name: "enterprise", title: e.Name, data: d}, nil
}
