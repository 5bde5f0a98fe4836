package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

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
	// Registered lists all that stand on the register.
	Registered(ctx context.Context) ([]ShownEnterprise, error)
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
	Lists  []cardList
	Paging paging
}

// cardList are the cards of one colour: how many there are, and those that stand on the page.
type cardList struct {
	Name  string // red, yellow or past
	N     int
	Cards []shownCard
}

// cards lists the cards that count, the newest decision first, the red ones before the yellow ones, and those that are over.
func (s *Site) cards(v *visit) (page, error) {
	all, err := s.o.Enterprises.Carded(v.ctx)
	if err != nil {
		return page{}, err
	}
	d := cardsData{Lists: []cardList{{Name: "red"}, {Name: "yellow"}, {Name: "past"}}}
	colours := []enterprise.Colour{enterprise.Red, enterprise.Yellow, enterprise.NoColour}
	var cards []shownCard
	for _, e := range all {
		for _, c := range e.Cards {
			cards = append(cards, shownCard{c, e})
			d.Lists[slices.Index(colours, c.Colour)].N++
		}
	}
	slices.SortStableFunc(cards, func(a, b shownCard) int {
		return cmp.Or(
			cmp.Compare(slices.Index(colours, a.Colour), slices.Index(colours, b.Colour)), b.Decided.Compare(a.Decided), cmp.Compare(a.Of.Number, b.Of.Number),
		)
	})
	cards, d.Paging = turned(v, cards, enterprisesLength)
	for _, c := range cards {
		list := &d.Lists[slices.Index(colours, c.Colour)]
		list.Cards = append(list.Cards, c)
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

	Name    string
	Reasons []reasonData
}

// reasonData is one thing on record that counted for a grade.
type reasonData struct {
	Day    time.Time
	Words  string
	Points string // with its sign: what it took off or brought
}

// gradeOf is a published grade in words of the visitor's language, with every reason.
func (v *visit) gradeOf(g enterprise.PublicRating) gradeData {
	d := gradeData{PublicRating: g, Name: v.site.o.Enterprises.Grade(g.Grade).In(v.lang)}
	for _, r := range g.Reasons {
		d.Reasons = append(d.Reasons, reasonData{r.Day, v.reasonWords(r), fmt.Sprintf("%+d", -r.Points)})
	}
	return d
}

// reasonWords says what counted for a grade.
func (v *visit) reasonWords(r enterprise.Reason) string {
	if slices.Contains(enterprise.FactKinds(), enterprise.FactKind(r.Code)) {
		return v.t("enterprise.weight.fact", texts.Args{"kind": v.t("enterprise.fact." + r.Code), "what": r.What})
	}
	what := r.What
	if r.Code == enterprise.WeightBroken {
		what = v.t("enterprise.clock." + r.What)
	}
	return v.t("enterprise.weight."+r.Code, texts.Args{"n": r.Of, "what": what})
}

// enterprisesLength is how many enterprises stand on a page, of those with a card and of all.
const enterprisesLength = 60

// listedData is an enterprise as pages/enterprises.html lists it.
type listedData struct {
	ShownEnterprise

	Newest *gradeData // its newest published grade; nil for none
}

// enterprisesData fills pages/enterprises.html.
type enterprisesData struct {
	Enterprises []listedData
	Paging      paging
}

// enterprises lists all that stand on the register, in the order of their numbers.
func (s *Site) enterprises(v *visit) (page, error) {
	all, err := s.o.Enterprises.Registered(v.ctx)
	if err != nil {
		return page{}, err
	}
	slices.SortFunc(all, func(a, b ShownEnterprise) int { return cmp.Compare(a.Number, b.Number) })
	shown, turning := turned(v, all, enterprisesLength)
	list := make([]listedData, 0, len(shown))
	for _, e := range shown {
		x := listedData{ShownEnterprise: e}
		if len(e.Grades) > 0 {
			g := v.gradeOf(slices.MaxFunc(e.Grades, func(a, b enterprise.PublicRating) int { return cmp.Compare(a.Year, b.Year) }))
			x.Newest = &g
		}
		list = append(list, x)
	}
	return page{name: "enterprises", title: v.t("web.enterprises.title"), data: enterprisesData{list, turning}}, nil
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
	for _, g := range e.Grades {
		d.Grades = append(d.Grades, v.gradeOf(g))
	}
	return page{name: "enterprise", title: e.Name, data: d}, nil
}
