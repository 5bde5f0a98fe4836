package handlers

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const (
	factsShown             = 5  // of an enterprise, the newest, on its card
	enterpriseHistoryShown = 15 // of its events, the newest
)

// openEnterprise shows an enterprise: to officers in charge with what they may do, to anybody else what is public.
func (s *scene) openEnterprise(n site.Number) error {
	d, err := s.enterprise(n)
	if err != nil {
		return err
	}
	switch {
	case !s.seesEnterprise(d):
		return s.publicEnterprise(d)
	case d.read.Version == 0 || !d.e.Gone.IsZero():
		r := flow.Reply{Key: "enterprise.absent", Args: texts.Args{"number": string(n), "name": d.site.Name}}
		if s.inBureau(enterprise.TheBureau) {
			r.Rows = [][]flow.Choice{{{Key: "button.ent_register", Data: enterpriseData("register", n)}}}
		}
		s.say(r)
		return nil
	}
	s.sayEnterprise(d, texts.Text{})
	return nil
}

// sayEnterprise shows an enterprise with what was just done to it.
func (s *scene) sayEnterprise(d enterpriseDossier, done texts.Text) {
	args := s.enterpriseArgs(d)
	args["done"] = done
	s.say(flow.Reply{Key: "enterprise.card", Args: args, Rows: s.enterpriseButtons(d), Hide: true})
}

// enterpriseArgs are what a sentence about an enterprise may name; what it has nothing of is left out.
func (s *scene) enterpriseArgs(d enterpriseDossier) texts.Args {
	e := d.e
	line := func(has bool, key string, args texts.Args) texts.Text {
		if !has {
			return texts.Text{}
		}
		return texts.Text{Key: key, Args: args}
	}
	owed := s.Enterprises.Owed(e, s.now)
	quarter := s.Enterprises.TwoQuarters(e, s.now)
	args := texts.Args{
		"number": string(e.Number), "name": d.site.Name, "cell": s.cellName(d.site.Cell), "trade": term("choice.trade.", string(e.Trade)),
		"colour": colourText(e.Colour()),
		"code":   line(e.Code != "", "enterprise.code", texts.Args{"code": string(e.Code)}),
		"permit": line(e.Permit != "", "enterprise.permit", texts.Args{"permit": e.Permit}),
		"exempt": line(e.Exempt != "", "enterprise.exempt", texts.Args{"why": term("choice.exempt.", string(e.Exempt))}),
		"key":    line(e.Key, "enterprise.key", nil),
		"duty":   texts.Text{}, "land": texts.Text{}, "water": texts.Text{},
		"two":   line(quarter != "", "enterprise.two_quarters", texts.Args{"quarter": texts.Period(quarter)}),
		"facts": s.factLines(e, factsShown), "cards": s.cardLines(e), "grade": s.gradeLine(e),
	}
	if e.Duty != nil {
		args["duty"] = texts.Text{Key: "enterprise.duty", Args: texts.Args{
			"every": term("choice.every.", string(e.Duty.Every)),
			"owed":  line(len(owed) > 0, "enterprise.owed", texts.Args{"n": len(owed), "periods": periodNames(owed)}),
		}}
	}
	if e.Land != nil {
		args["land"] = texts.Text{Key: "enterprise.land", Args: texts.Args{"risk": term("choice.risk.", string(e.Land.Risk)), "since": orDash(e.Land.Since)}}
	}
	if e.Water != nil {
		args["water"] = texts.Text{Key: "enterprise.water", Args: texts.Args{
			"quota": cubicMetres(e.Water.Quota), "used": cubicMetres(e.Water.Used), "over": line(e.Water.Over(), "enterprise.water.over", nil),
		}}
	}
	return args
}

// term is a sentence whose key begins so and ends in a code; nothing without one.
func term(beginning, code string) texts.Text {
	if code == "" {
		return texts.Text{}
	}
	return texts.Text{Key: beginning + code}
}

// colourText names the card that stands against an enterprise; nothing without one.
func colourText(c enterprise.Colour) texts.Text { return term("enterprise.colour.", string(c)) }

func cubicMetres(v float64) string {
	if v == 0 {
		return orDash("")
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func periodNames(all []enterprise.Disclosed) texts.List {
	out := make(texts.List, len(all))
	for i, d := range all {
		out[i] = texts.Period(d.Period)
	}
	return out
}

// factLines are the newest facts on record.
func (s *scene) factLines(e enterprise.Enterprise, most int) texts.Lines {
	var out texts.Lines
	for _, f := range slices.Backward(e.Facts) {
		if len(out) < most && f.Live() {
			out = append(out, s.factLine(f))
		}
	}
	if len(out) == 0 {
		out = append(out, texts.Text{Key: "enterprise.no_facts"})
	}
	return out
}

func (s *scene) factLine(f enterprise.Fact) texts.Text {
	args := texts.Args{
		"n": f.N, "day": s.dayOf(f.Day), "kind": term("enterprise.fact.", string(f.Kind)), "source": term("enterprise.source.", string(f.Source)),
		"item": f.Item, "measured": f.Measured(), "multiple": strconv.FormatFloat(f.Multiple(), 'f', -1, 64), "words": excerpt(f.Words, 60), "doc": f.Doc, "toxic": texts.Text{},
	}
	if f.Toxic {
		args["toxic"] = texts.Text{Key: "enterprise.toxic"}
	}
	if f.Kind.Measured() {
		return texts.Text{Key: "enterprise.fact_measured", Args: args}
	}
	return texts.Text{Key: "enterprise.fact_said", Args: args}
}

// cardLines are the cards, the newest first, those that run with their limits.
func (s *scene) cardLines(e enterprise.Enterprise) texts.Lines {
	var out texts.Lines
	for _, c := range slices.Backward(e.Cards) {
		out = append(out, texts.Text{Key: "enterprise.card_line", Args: s.cardArgsOf(c)})
		if !c.State.Open() {
			continue
		}
		for _, k := range c.Clocks {
			if !k.Over {
				out = append(out, s.clockLine(k))
			}
		}
	}
	if len(out) == 0 {
		out = append(out, texts.Text{Key: "enterprise.no_cards"})
	}
	return out
}

func (s *scene) cardArgsOf(c enterprise.Card) texts.Args {
	args := texts.Args{
		"n": c.N, "state": term("enterprise.state.", string(c.State)), "measure": term("enterprise.measure.", string(c.Measure)),
		"ground": term("enterprise.ground.", string(c.Ground)), "decision": texts.Text{Key: "enterprise.told", Args: texts.Args{"day": s.dayOf(c.Told)}},
	}
	if c.Public() {
		args["decision"] = texts.Text{Key: "enterprise.decision", Args: texts.Args{"doc": c.Doc, "day": s.dayOf(c.Decided)}}
	}
	return args
}

func (s *scene) clockLine(k enterprise.Clock) texts.Text {
	key := "enterprise.clock_line"
	if k.Broken(s.now) {
		key = "enterprise.clock_late"
	}
	return texts.Text{Key: key, Args: texts.Args{"clock": term("enterprise.clock.", string(k.Name)), "day": s.lastDay(k.Due)}}
}

// enterpriseButtons offer what the person may do with the enterprise now.
func (s *scene) enterpriseButtons(d enterpriseDossier) [][]flow.Choice {
	e := d.e
	var all []flow.Choice
	add := func(when bool, key, verb string) {
		if when {
			all = append(all, flow.Choice{Key: key, Data: enterpriseData(verb, e.Number)})
		}
	}
	bureau, boss := s.inBureau(enterprise.TheBureau) && !d.site.Bars(s.officer.ID), s.inBureau(enterprise.TheSupervisor)
	c, running := e.Running()
	if bureau && running {
		all = append(all, s.cardButtons(e, c, boss)...)
	}
	add(bureau && len(s.openGrounds(e)) > 0, "button.ent_grounds", "grounds")
	add(bureau, "button.ent_fact", "kinds")
	add(bureau && e.Duty != nil, "button.ent_owed", "owed")
	add(bureau && boss && s.Enterprises.TwoQuarters(e, s.now) != "", "button.ent_press", "press")
	if bureau && len(s.Enterprises.Rules.Scheme.Grades) > 0 {
		for _, year := range s.gradeYears() {
			y := strconv.Itoa(year)
			all = append(all, flow.Choice{Key: "button.ent_grade", Args: texts.Args{"year": y}, Data: enterpriseData("grade", e.Number, y)})
		}
	}
	add(len(e.Facts) > 0, "button.ent_facts", "facts")
	add(true, "button.history", "history")
	all = append(all, flow.Choice{Key: "button.ent_site", Data: siteData("open", e.Number)})
	return pairs(all)
}

// cardButtons offer what may be done to the card that runs.
func (s *scene) cardButtons(e enterprise.Enterprise, c enterprise.Card, boss bool) []flow.Choice {
	who := []enterprise.Who{enterprise.TheBureau}
	if boss {
		who = append(who, enterprise.TheSupervisor)
	}
	var out []flow.Choice
	for _, a := range c.May(who...) {
		n := strconv.Itoa(c.N)
		switch {
		case a == enterprise.Extend && c.Extended > 0, a == enterprise.Hear && c.Heard != "", a == enterprise.FilePlan && c.Plan != "", a == enterprise.Finish && !c.Finished.IsZero():
		case a == enterprise.Propose && len(s.Enterprises.Grave(e, c)) == 0:
		case a == enterprise.Propose:
			out = append(out, flow.Choice{Key: "button.ent_act.propose", Data: enterpriseData("reds", e.Number, n)})
		default:
			out = append(out, flow.Choice{Key: "button.ent_act." + string(a), Data: enterpriseData("act", e.Number, string(a), n)})
		}
	}
	return out
}

// enterpriseHistory tells the last things that happened to an enterprise.
func (s *scene) enterpriseHistory(d enterpriseDossier) error {
	raw, err := s.Store.DossierHistory(s.ctx, enterprise.Kind, string(d.e.Number))
	if err != nil {
		return err
	}
	var lines texts.Lines
	for _, b := range raw[max(0, len(raw)-enterpriseHistoryShown):] {
		var x enterprise.Event
		if err := json.Unmarshal(b, &x); err != nil {
			return err
		}
		args := texts.Args{
			"at": s.minute(x.At), "did": term("enterprise.did.", string(x.Did)), "by": orDash(s.officerName(x.By)), "card": texts.Text{}, "day": texts.Text{}, "what": excerpt(x.Doc+" "+x.Words, 60),
		}
		if x.Card > 0 {
			args["card"] = texts.Text{Key: "enterprise.event.card", Args: texts.Args{"n": x.Card}}
		}
		if s.dayOf(x.Day) != s.dayOf(x.At) && !x.Day.IsZero() {
			args["day"] = texts.Text{Key: "enterprise.event.day", Args: texts.Args{"day": s.dayOf(x.Day)}}
		}
		lines = append(lines, texts.Text{Key: "enterprise.event", Args: args})
	}
	s.say(flow.Reply{Key: "enterprise.history", Args: texts.Args{"name": d.site.Name, "number": string(d.e.Number), "lines": lines}, Hide: true})
	return nil
}

// askTrade asks what sort of enterprise a site is that is not on the register yet.
func (s *scene) askTrade(d enterpriseDossier, _ string) error {
	if !s.inBureau(enterprise.TheBureau) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	known := enterprise.Trades()
	all := make([]flow.Choice, 0, len(known))
	for _, t := range known {
		all = append(all, flow.Choice{Key: "choice.trade." + string(t), Data: enterpriseData("trade", d.site.Number, string(t))})
	}
	s.say(flow.Reply{Key: "enterprise.ask_trade", Args: texts.Args{"name": d.site.Name}, Rows: pairs(all)})
	return nil
}

// registerEnterprise puts a site on the register of enterprises, or brings it back. Its codes and duties come by spreadsheet.
func (s *scene) registerEnterprise(d enterpriseDossier, trade string) error {
	t := enterprise.Trade(trade)
	switch {
	case !s.inBureau(enterprise.TheBureau):
		return grid.Fail(grid.Forbidden, "error.role")
	case !slices.Contains(enterprise.Trades(), t):
		return s.forged(s.msg.Data)
	case d.e.Number != "" && d.e.Gone.IsZero():
		s.sayEnterprise(d, texts.Text{})
		return nil
	}
	did := enterprise.Restore
	if d.e.Number == "" {
		did, d.e.Number, d.e.Added = enterprise.Register, d.site.Number, s.now
	}
	d.e.Trade, d.e.Gone = t, time.Time{}
	if err := s.keepEnterprise(d, enterprise.Event{At: s.now, By: s.officer.ID, Via: s.via(), Did: did}); err != nil {
		return err
	}
	s.sayEnterprise(d, texts.Text{Key: "enterprise.done.register"})
	return nil
}
