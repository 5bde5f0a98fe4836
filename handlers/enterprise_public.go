package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

func joinFields(fields []string) string { return strings.Join(fields, " ") }

// publicEnterprise shows anybody what is public of an enterprise.
func (s *scene) publicEnterprise(d enterpriseDossier) error {
	p, ok := s.Enterprises.Public(d.e, s.now)
	if !ok {
		return grid.Fail(grid.NotFound, "error.enterprise.unknown", "number", string(d.site.Number))
	}
	var cards, exceeded, periods, grades texts.Lines
	for _, c := range slices.Backward(p.Cards) {
		cards = append(cards, s.publicCardLine(d.site.Name, p.Number, c))
	}
	for i, x := range slices.Backward(p.Exceeded) {
		if len(p.Exceeded)-i <= factsShown {
			exceeded = append(exceeded, s.exceededLine(x))
		}
	}
	all := s.Enterprises.Disclosed(d.e, s.now)
	for _, x := range all[max(0, len(all)-4):] {
		periods = append(periods, s.disclosedLine(x))
	}
	for _, g := range p.Grades {
		grades = append(grades, texts.Text{Key: "enterprise.grade_line", Args: texts.Args{"year": strconv.Itoa(g.Year), "grade": s.gradeName(g.Grade), "score": g.Score}})
	}
	none := func(lines texts.Lines) any {
		if len(lines) == 0 {
			return texts.Text{Key: "enterprise.nothing"}
		}
		return lines
	}
	s.say(flow.Reply{Key: "enterprise.public", Args: texts.Args{
		"name": d.site.Name, "number": string(p.Number), "trade": term("choice.trade.", string(p.Trade)), "colour": colourText(p.Colour),
		"cards": none(cards), "exceeded": none(exceeded), "periods": none(periods), "grades": none(grades),
	}, Rows: [][]flow.Choice{{{Key: "button.cards", Data: enterpriseData("cards", "0")}}}})
	return nil
}

func (s *scene) exceededLine(x enterprise.Exceeded) texts.Text {
	f := enterprise.Fact{Kind: x.Kind, Day: x.Day, Source: x.Source, Item: x.Item, Value: x.Value, Limit: x.Limit, Unit: x.Unit}
	args := texts.Args{
		"day": s.dayOf(f.Day), "kind": term("enterprise.fact.", string(f.Kind)), "source": term("enterprise.source.", string(f.Source)), "item": f.Item,
		"measured": f.Measured(), "multiple": strconv.FormatFloat(f.Multiple(), 'f', -1, 64),
	}
	return texts.Text{Key: "enterprise.exceeded", Args: args}
}

// publicCardLine is a card as it stands on the public lists: decision, extension, lifting (Rule No 30 of 2014, Art 4).
func (s *scene) publicCardLine(called string, number site.Number, c enterprise.PublicCard) texts.Text {
	line := func(has bool, key string, args texts.Args) texts.Text {
		if !has {
			return texts.Text{}
		}
		return texts.Text{Key: key, Args: args}
	}
	return texts.Text{Key: "cards.line", Args: texts.Args{
		"mark": term("cards.mark.", string(cmp.Or(c.Colour, "none"))), "name": called, "number": string(number),
		"measure": term("enterprise.measure.", string(c.Measure)), "state": term("enterprise.state.", string(c.State)), "doc": c.Doc, "decided": s.dayOf(c.Decided),
		"until":    line(!c.Until.IsZero() && c.Lifted.IsZero(), "cards.until", texts.Args{"day": s.lastDay(c.Until)}),
		"extended": line(c.Months > 0, "cards.extended", texts.Args{"day": s.dayOf(c.Extended), "months": c.Months, "doc": c.ExtDoc}),
		"lifted":   line(!c.Lifted.IsZero(), "cards.lifted", texts.Args{"day": s.dayOf(c.Lifted)}),
		"red":      line(c.Closed, "cards.closed", texts.Args{"day": s.dayOf(c.Ruled), "body": c.Body, "doc": c.GovDoc}),
	}}
}

// Which cards are listed.
const (
	currentCards = "cards"
	pastCards    = "past"
)

// listedCard is a card with its enterprise.
type listedCard struct {
	d enterpriseDossier
	c enterprise.PublicCard
}

// cardsOf lists cards: those that count, red ones first, or those that are over; the newest decision first.
func (s *scene) cardsOf(which string) ([]listedCard, error) {
	all, err := s.shelfOfEnterprises(enterprise.Carded)
	if err != nil {
		return nil, err
	}
	var out []listedCard
	for _, d := range all {
		p, ok := s.Enterprises.Public(d.e, s.now)
		if !ok {
			continue
		}
		for _, c := range p.Cards {
			if (c.Colour != enterprise.NoColour) == (which == currentCards) {
				out = append(out, listedCard{d, c})
			}
		}
	}
	rank := func(c enterprise.PublicCard) int {
		if c.Colour == enterprise.Red {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b listedCard) int {
		return cmp.Or(cmp.Compare(rank(a.c), rank(b.c)), b.c.Decided.Compare(a.c.Decided), cmp.Compare(a.d.e.Number, b.d.e.Number))
	})
	return out, nil
}

// showCards shows anybody the cards that count, or those that are over.
func (s *scene) showCards(which string, offset int) error {
	all, err := s.cardsOf(which)
	if err != nil {
		return err
	}
	offset = min(offset, max(len(all)-1, 0))
	page := all[offset:min(offset+s.Rules.PageSize, len(all))]
	red := 0
	for _, x := range all {
		if x.c.Colour == enterprise.Red {
			red++
		}
	}
	var lines texts.Lines
	var buttons []flow.Choice
	for _, x := range page {
		lines = append(lines, s.publicCardLine(x.d.site.Name, x.d.e.Number, x.c))
		if b := (flow.Choice{Label: texts.Name(string(x.d.e.Number)), Data: enterpriseData("open", x.d.e.Number)}); !slices.ContainsFunc(buttons, func(c flow.Choice) bool { return c.Data == b.Data }) {
			buttons = append(buttons, b)
		}
	}
	if len(lines) == 0 {
		lines = append(lines, texts.Text{Key: "cards.empty"})
	}
	rows := inRows(4, buttons)
	if next := offset + len(page); next < len(all) {
		rows = append(rows, []flow.Choice{{Key: "button.more", Data: enterpriseData(which, site.Number(strconv.Itoa(next)))}})
	}
	other := flow.Choice{Key: "button.cards_past", Data: enterpriseData(pastCards, "0")}
	if which == pastCards {
		other = flow.Choice{Key: "button.cards", Data: enterpriseData(currentCards, "0")}
	}
	last := []flow.Choice{other}
	if s.supervises() {
		last = append(last, flow.Choice{Key: "button.cards_draw", Data: "z:look:" + s.liftedDraw()})
	}
	s.say(flow.Reply{
		Key: "cards.title." + which, Args: texts.Args{"n": len(all), "red": red, "yellow": len(all) - red, "lines": lines}, Rows: append(rows, last),
		Edit: s.msg.Kind == Button && offset > 0,
	})
	return nil
}
