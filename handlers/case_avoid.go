package handlers

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// avoid keeps from the case whoever the words of this act name, in the same turn: before anybody is told of it. Only the
// reporter's words do: whoever follows a case could otherwise take it from everybody.
func (s *scene) avoid(c casework.Case, a casework.Act) (casework.Case, error) {
	var words string
	hand := false
	switch a.Action {
	case casework.Submit, casework.SubmitAway, casework.File, casework.Reassign:
		words = c.Text
	case casework.AddWords, casework.Answer:
		words, hand = a.Words, c.State == casework.Accepted || c.State == casework.Handling || c.State == casework.HandedIn
	case casework.Object:
		words = a.Words
	default:
		return c, nil
	}
	if a.Action.Public() && a.Person != c.Reporter {
		return c, nil
	}
	barred, err := s.barredAt(c, s.Work.Named(c, words, s.roster, s.now))
	if err != nil || len(barred) == 0 {
		return c, err
	}
	after, event, err := s.Work.Apply(c, casework.Act{
		Action: casework.Bar, Barred: barred, Reason: barred[0].Reason, Via: s.via(),
	}, s.roster, s.now)
	if grid.CodeOf(err) == grid.Conflict { // over, or answered: there is nothing to be kept from
		return c, nil
	}
	if err != nil {
		return c, err
	}
	s.write(c, after, event)
	s.count("barred", c.Cell)
	if !hand { // whoever is told next is told by what goes on
		return after, nil
	}
	return s.giveUp(after)
}

// barredAt adds who is kept from the site that the case is about: they are kept from what is reported of it, too.
func (s *scene) barredAt(c casework.Case, barred []casework.Exclusion) ([]casework.Exclusion, error) {
	if c.Site == "" {
		return barred, nil
	}
	x, _, err := s.site(site.Number(c.Site))
	if grid.CodeOf(err) == grid.NotFound {
		return barred, nil
	}
	for _, o := range x.Barred {
		same := func(e casework.Exclusion) bool { return e.Officer == o }
		if !slices.ContainsFunc(barred, same) && !slices.ContainsFunc(c.Barred, same) {
			barred = append(barred, casework.Exclusion{Officer: o, Reason: "kin"})
		}
	}
	return barred, err
}

// giveUp hands a case to the level above.
func (s *scene) giveUp(c casework.Case) (casework.Case, error) {
	if c.State != casework.Accepted {
		return c, nil
	}
	c, err := s.handOn(c)
	if err != nil {
		return c, err
	}
	return c, s.tellSeat(c, "notice.cell.new", nil)
}

// recuse keeps the officer from a case, by their own word.
func (s *scene) recuse(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.Recuse, Reason: "self"}); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "avoid.recused", Args: texts.Args{"number": c.Shown()}, Edit: true})
	_, err = s.giveUp(c)
	return err
}

// askBar asks who is to be kept from the case: the person who asks, and by the desk's word a unit above it or an officer
// appointed in one. One tap would be too easy to do by mistake.
func (s *scene) askBar(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	others := s.Work.May(c, casework.Bar, s.me, s.roster, s.now)
	var all []flow.Choice
	if s.Work.May(c, casework.Recuse, s.me, s.roster, s.now) {
		all = append(all, flow.Choice{Key: "button.recuse", Data: caseData(string(casework.Recuse), c.ID)})
	}
	if !others {
		if len(all) == 0 {
			return grid.Fail(grid.Forbidden, "error.case.forbidden")
		}
		s.say(flow.Reply{Key: "avoid.ask_self", Args: texts.Args{"number": c.Shown()}, Rows: pairs(all)})
		return nil
	}
	for _, cell := range s.Work.Tree.Path(c.Cell) {
		if cell.Parent != "" {
			all = append(all, flow.Choice{Label: texts.Name(s.Work.Tree.Name(cell.Code)), Data: barData(id, "u/"+string(cell.Code))})
		}
	}
	for _, o := range s.Work.Overseers(c, s.roster, s.now) {
		if !s.Work.Excluded(c, o, s.now) && len(all) < maxBarred {
			all = append(all, flow.Choice{Label: texts.Name(o.Name), Data: barData(id, "o/"+string(o.ID))})
		}
	}
	s.say(flow.Reply{Key: "avoid.ask", Args: texts.Args{"number": c.Shown()}, Rows: pairs(all)})
	return nil
}

const maxBarred = 40 // buttons: who is farther up is kept from it by name

// barData is what a button carries that keeps somebody from a case: a unit u/code, an officer o/id.
func barData(id casework.CaseID, whom string) string { return "x:" + string(id) + ":" + whom }

// pressBar keeps a unit or an officer from a case, by the desk's word.
func (s *scene) pressBar(id casework.CaseID, whom string) error {
	kind, name, _ := strings.Cut(whom, "/")
	x := casework.Exclusion{Reason: "named"}
	switch _, known := s.roster.Officer(grid.OfficerID(name)); {
	case kind == "u":
		x.Unit = grid.CellCode(name)
	case kind == "o" && known:
		x.Officer = grid.OfficerID(name)
	default:
		return s.forged(s.msg.Data)
	}
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.Bar, Barred: []casework.Exclusion{x}, Reason: x.Reason}); err != nil {
		return err
	}
	s.count("barred", c.Cell)
	if c, err = s.giveUp(c); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "avoid.done", Args: s.caseArgs(c), Rows: s.caseButtons(c, s.me), Edit: true})
	return nil
}

// unbar takes back what kept people from a case; its own cell has it again.
func (s *scene) unbar(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.Unbar}); err != nil {
		return err
	}
	s.update("avoid.undone", c)
	if c.State != casework.Accepted {
		return nil
	}
	return s.tellSeat(c, "notice.cell.new", nil)
}

// avoidChoices are the buttons by which somebody is kept from a case.
func (s *scene) avoidChoices(c casework.Case, to grid.PersonID) []flow.Choice {
	byOthers := slices.ContainsFunc(c.Barred, func(x casework.Exclusion) bool { return x.Reason != "self" })
	may := func(a casework.Action) bool { return s.Work.May(c, a, to, s.roster, s.now) }
	var out []flow.Choice
	if may(casework.Bar) || may(casework.Recuse) {
		out = append(out, flow.Choice{Key: "button.bar", Data: caseData(string(casework.Bar), c.ID)})
	}
	if byOthers && may(casework.Unbar) {
		out = append(out, flow.Choice{Key: "button.unbar", Data: caseData(string(casework.Unbar), c.ID)})
	}
	return out
}

// barredLine tells those who have the case now, in neutral words, who is kept from it and why.
func (s *scene) barredLine(c casework.Case) texts.Text {
	if len(c.Barred) == 0 {
		return texts.Text{}
	}
	var who texts.List
	for _, x := range c.Barred {
		name := s.officerName(x.Officer)
		if x.Unit != "" {
			name = s.Work.Tree.Name(x.Unit)
		}
		who = append(who, texts.Text{Key: "avoid.because." + x.Reason, Args: texts.Args{"who": name}})
	}
	return texts.Text{Key: "card.barred", Args: texts.Args{"who": who, "seat": s.Work.Tree.PathName(c.Seat())}}
}
