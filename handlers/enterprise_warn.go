package handlers

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// openGround is a measure that the facts on record allow, on a ground.
type openGround struct {
	measure enterprise.Measure
	ground  enterprise.Ground
	facts   []int
}

// openGrounds lists what the facts on record allow now, as the domain would take it.
func (s *scene) openGrounds(e enterprise.Enterprise) []openGround {
	var out []openGround
	for _, m := range enterprise.Measures() {
		for _, g := range s.Enterprises.Open(e, m) {
			x := openGround{measure: m, ground: g}
			for _, f := range s.Enterprises.Bearing(e, g) {
				x.facts = append(x.facts, f.N)
			}
			if _, _, err := s.Enterprises.Apply(e, x.act("-"), s.now); err == nil {
				out = append(out, x)
			}
		}
	}
	return out
}

// act tells the enterprise of facts, basis and rights.
func (x openGround) act(words string) enterprise.Act {
	return enterprise.Act{Action: enterprise.Tell, Measure: x.measure, Ground: x.ground, Facts: x.facts, Words: words}
}

// askGround offers the measures that the facts on record allow, with the number of facts each rests on.
func (s *scene) askGround(d enterpriseDossier) error {
	if !s.inBureau(enterprise.WhoFor(enterprise.Tell)) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	var lines texts.Lines
	open := s.openGrounds(d.e)
	all := make([]flow.Choice, 0, len(open))
	for i, x := range open {
		args := texts.Args{
			"i": i + 1, "measure": term("enterprise.measure.", string(x.measure)), "ground": term("enterprise.ground.", string(x.ground)), "n": len(x.facts),
		}
		lines = append(lines, texts.Text{Key: "enterprise.ground_line", Args: args})
		all = append(all, flow.Choice{Key: "button.ent_tell", Args: args, Data: enterpriseData("tell", d.e.Number, string(x.measure), string(x.ground))})
	}
	if len(lines) == 0 {
		return grid.Fail(grid.Conflict, "error.card.facts")
	}
	s.say(flow.Reply{Key: "enterprise.ask_ground", Args: texts.Args{"name": d.site.Name, "lines": lines}, Rows: pairs(all)})
	return nil
}

// tellRights begins a card: the enterprise was told facts, basis and its rights. Another case that a law names wants words.
func (s *scene) tellRights(d enterpriseDossier, part string) error {
	if _, ground, _ := strings.Cut(part, "."); enterprise.Ground(ground) == enterprise.GroundOther {
		return s.askEnterprise(d, enterprise.Tell, "ent_other", part)
	}
	return s.beginCard(d, part, "")
}

func (s *scene) beginCard(d enterpriseDossier, part, words string) error {
	measure, ground, _ := strings.Cut(part, ".")
	x := openGround{measure: enterprise.Measure(measure), ground: enterprise.Ground(ground)}
	for _, f := range s.Enterprises.Bearing(d.e, x.ground) {
		x.facts = append(x.facts, f.N)
	}
	return s.doCard(d, x.act(words))
}

// askCardAct asks for what an act on a card needs to be known.
func (s *scene) askCardAct(d enterpriseDossier, part string) error {
	action, n, _ := strings.Cut(part, ".")
	a := enterprise.Action(action)
	if !slices.Contains(notedActs, a) {
		return s.forged(s.msg.Data)
	}
	return s.askEnterprise(d, a, "ent_"+action, n)
}

// notedActs are the acts on a card for which a line is asked.
var notedActs = []enterprise.Action{
	enterprise.Hear, enterprise.Drop, enterprise.Decide, enterprise.Serve, enterprise.FilePlan, enterprise.Extend, enterprise.Finish,
	enterprise.File, enterprise.Pass, enterprise.Fail, enterprise.Close, enterprise.Decline,
}

// noteCard does what was written: a day anywhere in it is the day on which it happened; what else an act needs stands in the order that the
// question gives.
func (s *scene) noteCard(d enterpriseDossier, a enterprise.Action, part, words string) error {
	n, _ := strconv.Atoi(part)
	day, rest := s.dayIn(words)
	if at, ok := flow.ReadDay(words, s.local()); ok && (a == enterprise.Serve || a == enterprise.Finish) {
		day, rest = s.onDay(at), nil
	}
	act := enterprise.Act{Action: a, Card: n, Day: day, Words: strings.Join(rest, " ")}
	first := func() string {
		if len(rest) == 0 {
			return ""
		}
		f := rest[0]
		rest = rest[1:]
		act.Words = strings.Join(rest, " ")
		return f
	}
	switch a {
	case enterprise.Decide, enterprise.Drop:
		if a == enterprise.Decide {
			act.Doc = first()
		}
	case enterprise.FilePlan:
		act.Where = first()
	case enterprise.Extend:
		act.Months, _ = strconv.Atoi(first())
		act.Doc = first()
	case enterprise.Close, enterprise.Decline:
		act.Body, act.Doc = first(), first()
	default:
	}
	return s.doCard(d, act)
}

// onDay is a moment on a day: now when it is today, else its noon.
func (s *scene) onDay(day time.Time) time.Time {
	if day.Format(time.DateOnly) == s.local().Format(time.DateOnly) {
		return s.now
	}
	return day.Add(12 * time.Hour)
}

// doCard does an act on a card, shows the enterprise, and tells the others of the bureau; who is in charge of the place hears of what is
// served, lifted and closed.
func (s *scene) doCard(d enterpriseDossier, act enterprise.Act) error {
	d, err := s.actEnterprise(d, act)
	if err != nil {
		return err
	}
	n := act.Card
	if act.Action == enterprise.Tell {
		n = len(d.e.Cards)
	}
	c, _ := d.e.Card(n)
	args := s.cardArgsOf(c)
	args["did"] = term("enterprise.did.", string(act.Action))
	s.sayEnterprise(d, texts.Text{Key: "enterprise.done.card", Args: args})
	notice := flow.Reply{Key: "enterprise.notice", Args: texts.Args{
		"name": d.site.Name, "number": string(d.e.Number), "card": texts.Text{Key: "enterprise.card_line", Args: s.cardArgsOf(c)}, "did": args["did"], "by": orDash(s.officerName(s.officer.ID)),
	}, Rows: [][]flow.Choice{{{Key: "button.ent_open", Data: enterpriseData("open", d.e.Number)}}}}
	if err := s.tellBureau(notice); err != nil {
		return err
	}
	if !slices.Contains([]enterprise.Action{enterprise.Serve, enterprise.File, enterprise.Close}, act.Action) {
		return nil
	}
	chiefs, _ := s.roster.Responsible(s.Work.Tree, d.site.Cell, s.now, grid.Chief)
	return s.tellEach(chiefs, casework.Case{}, func(grid.Officer) flow.Reply { return notice })
}

// askRedGround offers the grave cases that the facts on record give.
func (s *scene) askRedGround(d enterpriseDossier, n string) error {
	i, _ := strconv.Atoi(n)
	c, _ := d.e.Card(i)
	if !s.inBureau(enterprise.WhoFor(enterprise.Propose)) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	grave := s.Enterprises.Grave(d.e, c)
	if len(grave) == 0 {
		return grid.Fail(grid.Conflict, "error.card.met")
	}
	var lines texts.Lines
	all := make([]flow.Choice, 0, len(grave))
	for i, g := range grave {
		args := texts.Args{"i": i + 1, "ground": term("enterprise.ground.", string(g))}
		lines = append(lines, texts.Text{Key: "enterprise.red_line", Args: args})
		all = append(all, flow.Choice{Key: "button.ent_red", Args: args, Data: enterpriseData("red", d.e.Number, string(g), n)})
	}
	s.say(flow.Reply{Key: "enterprise.ask_red", Args: texts.Args{"name": d.site.Name, "lines": lines}, Rows: pairs(all)})
	return nil
}

func (s *scene) askRed(d enterpriseDossier, part string) error {
	return s.askEnterprise(d, enterprise.Propose, "ent_red", part)
}

// proposeRed records that closing was proposed to the government. The program closes nothing.
func (s *scene) proposeRed(d enterpriseDossier, part, words string) error {
	ground, n, _ := strings.Cut(part, ".")
	card, _ := strconv.Atoi(n)
	day, rest := s.dayIn(words)
	act := enterprise.Act{Action: enterprise.Propose, Card: card, Ground: enterprise.Ground(ground), Day: day}
	if len(rest) > 0 {
		act.Doc, act.Words = rest[0], strings.Join(rest[1:], " ")
	}
	return s.doCard(d, act)
}

// proposePress records that open pressing was proposed after two quarters running.
func (s *scene) proposePress(d enterpriseDossier, _, words string) error {
	d, err := s.actEnterprise(d, enterprise.Act{Action: enterprise.Press, Doc: strings.TrimSpace(words)})
	if err != nil {
		return err
	}
	p := d.e.Pressings[len(d.e.Pressings)-1]
	s.sayEnterprise(d, texts.Text{Key: "enterprise.done.press", Args: texts.Args{"doc": p.Doc, "quarter": texts.Period(p.Quarter)}})
	return nil
}
