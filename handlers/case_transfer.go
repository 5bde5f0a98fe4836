package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// beginObjection begins to ask why a case is another's; whoever may not say so any more is told at once.
func (s *scene) beginObjection(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if s.Work.May(c, casework.NotMine, s.me, s.roster, s.now) {
		if err := s.Work.MayObject(c, s.now); err != nil {
			return err
		}
	}
	return s.ask(casework.NotMine, flow.Objecting)(id)
}

// notMine objects that a case is another's. The clocks go on; the desk decides, or after too many moves the common
// superior, who is shown every move so far with its reason.
func (s *scene) notMine(a flow.NotMine) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.NotMine, Reason: a.Reason, Cell: a.Target, Department: a.Department, At: a.At})
	if err != nil {
		return err
	}
	up := c.Dispute.Superior
	if up == "" {
		s.say(flow.Reply{Key: "notice.done.not_mine", Args: s.caseArgs(c), Hide: true})
		return s.tellDesk(c, "notice.desk.dispute")
	}
	args := s.caseArgs(c)
	args["superior"] = s.cellName(up)
	s.say(flow.Reply{Key: "notice.done.not_mine_up", Args: args, Hide: true})
	hops, err := s.hops(c)
	if err != nil {
		return err
	}
	officers, _ := s.roster.Responsible(s.Work.Tree, up, s.now, grid.Chief, grid.Supervisor)
	return s.tellEach(officers, c, func(o grid.Officer) flow.Reply {
		r := s.card("notice.superior.dispute", c, o.Person)
		k, _ := c.Clock(casework.AdjudicateClock)
		r.Args["n"], r.Args["hops"], r.Args["by_day"] = c.Bounces+1, hops, s.lastDay(k.Due)
		return r
	})
}

// tellEach tells each of the officers what say words for them; who is kept from the case hears nothing.
func (s *scene) tellEach(officers []grid.Officer, c casework.Case, say func(grid.Officer) flow.Reply) error {
	for _, o := range officers {
		if s.Work.Excluded(c, o, s.now) {
			continue
		}
		if err := s.tell(o.Person, c, say(o)); err != nil {
			return err
		}
	}
	return nil
}

// disputeChoices are the two plain answers to an objection: it goes where the objection wants it, or it stays.
func (s *scene) disputeChoices(c casework.Case) []flow.Choice {
	d := c.Dispute
	give := flow.Choice{Key: "button.dispute_give", Data: disputeData(c.ID, string(d.Target)), Args: texts.Args{"cell": s.cellName(d.Target)}}
	if d.Department != "" {
		give.Args["cell"], give.Data = string(d.Department), disputeData(c.ID, d.Department.Code())
	}
	return []flow.Choice{give, {
		Key: "button.dispute_stays", Data: disputeData(c.ID, stays), Args: texts.Args{"cell": s.holderName(c.Cell, c.Lead)},
	}}
}

// stays is the answer to an objection that leaves the case where it is.
const stays = "stays"

func disputeData(id casework.CaseID, to string) string { return "d:" + string(id) + ":" + to }

// pressDispute decides an objection as the button says, if it is still the one that the button was made for.
func (s *scene) pressDispute(id, to string) error {
	c, err := s.load(casework.CaseID(id))
	if err != nil {
		return err
	}
	d := c.Dispute
	switch {
	case d == nil:
		return grid.Fail(grid.Conflict, "error.case.no_dispute", "number", c.Shown())
	case to == stays:
		return s.reassign(flow.Reassign{Case: c.ID, Cell: c.Cell})
	case d.Department != "" && d.Department.Code() == to:
		return s.reassign(flow.Reassign{Case: c.ID, Lead: d.Department})
	case d.Target != "" && string(d.Target) == to:
		return s.reassign(flow.Reassign{Case: c.ID, Cell: d.Target})
	}
	return grid.Fail(grid.Conflict, "error.case.no_dispute", "number", c.Shown())
}

// reassign moves a case to another cell or lead department, or leaves it where it is against the objection of those who
// have it. Whoever had it, whoever has it now and who reported it are told.
func (s *scene) reassign(a flow.Reassign) error {
	before, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err := s.act(before, casework.Act{Action: casework.Reassign, Cell: a.Cell, Lead: a.Lead, At: a.At})
	if err != nil {
		return err
	}
	if c, err = s.handOn(c); err != nil {
		return err
	}
	if c.Cell == before.Cell && c.Lead == before.Lead {
		return s.staysPut(before, c)
	}
	args := s.caseArgs(c)
	args["cell"] = s.holderName(c.Cell, c.Lead)
	s.say(flow.Reply{Key: "notice.done.reassign", Args: args, Rows: s.caseButtons(c, s.me), Hide: true})
	if c.State == casework.Registered {
		return nil
	}
	if err := s.tellLosers(before, c); err != nil {
		return err
	}
	if err := s.tellHolders(c, "notice.cell.new"); err != nil {
		return err
	}
	return s.tellReporters(c, "notice.reporter.moved", texts.Args{
		"from": s.publicName(before.Cell, before.Lead), "target": s.publicName(c.Cell, c.Lead), "because": because(before.Dispute),
		"decided": s.decided(before.Dispute),
	})
}

// staysPut tells that an objection was turned down. When the common superior did so, everybody concerned is told.
func (s *scene) staysPut(before, c casework.Case) error {
	s.say(flow.Reply{Key: "notice.done.stays", Args: s.caseArgs(c), Rows: s.caseButtons(c, s.me), Hide: true})
	if err := s.tellHolders(c, "notice.cell.stays"); err != nil {
		return err
	}
	d := before.Dispute
	if d == nil || d.Superior == "" {
		return nil
	}
	if d.Target != "" {
		other := c
		other.Cell, other.Raised, other.Lead, other.Handler = d.Target, "", "", ""
		if err := s.tellHandler(other, flow.Reply{Key: "notice.cell.not_yours", Args: texts.Args{
			"number": c.Shown(), "cell": s.holderName(c.Cell, c.Lead), "superior": s.cellName(d.Superior),
		}}); err != nil {
			return err
		}
	}
	return s.tellReporters(c, "notice.reporter.decided", texts.Args{
		"target": s.publicName(c.Cell, c.Lead), "superior": s.cellName(d.Superior),
	})
}

// tellLosers tells those who had the case that it is no longer theirs; those who have it still need not be told.
func (s *scene) tellLosers(before, c casework.Case) error {
	now := s.holders(c)
	for _, o := range s.workers(before) {
		if slices.ContainsFunc(now, func(x grid.Officer) bool { return x.ID == o.ID }) {
			continue
		}
		err := s.tell(o.Person, c, flow.Reply{Key: "notice.cell.gone", Args: texts.Args{
			"number": c.Shown(), "target": s.holderName(c.Cell, c.Lead), "because": because(before.Dispute),
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// tellHolders tells those who have the case now: the clerks of its lead department, or else the people of its cell.
func (s *scene) tellHolders(c casework.Case, key string) error {
	return s.tellAll(s.holders(c), c, key)
}

// holders are those whose turn the case is, or the desk where nobody's is.
func (s *scene) holders(c casework.Case) []grid.Officer {
	officers, _ := s.Work.Turn(c, s.roster, s.now)
	if len(officers) == 0 {
		officers, _ = s.Work.Responsible(c, s.roster, s.now, grid.Desk, grid.Supervisor)
	}
	return officers
}

// because is the reason of an objection, in a sentence about what came of it.
func because(d *casework.Dispute) texts.Text {
	if d == nil {
		return texts.Text{}
	}
	return texts.Text{Key: "move.because", Args: texts.Args{"reason": name("reason", d.Reason)}}
}

// decided says that the common superior decided, where one did.
func (s *scene) decided(d *casework.Dispute) texts.Text {
	if d == nil || d.Superior == "" {
		return texts.Text{}
	}
	return texts.Text{Key: "move.decided", Args: texts.Args{"superior": s.cellName(d.Superior)}}
}

// disputeLine is what a card says of how often the case was moved and of the objection that waits.
func (s *scene) disputeLine(c casework.Case) texts.Parts {
	var out texts.Parts
	if c.Bounces > 0 {
		out = append(out, texts.Text{Key: "card.moves", Args: texts.Args{"n": c.Bounces}})
	}
	if d := c.Dispute; d != nil {
		wanted := s.cellName(d.Target)
		if d.Department != "" {
			wanted = string(d.Department)
		}
		out = append(out, texts.Text{Key: "card.dispute", Args: texts.Args{"cell": wanted, "reason": name("reason", d.Reason)}})
		if d.Superior != "" {
			out = append(out, texts.Text{Key: "card.superior", Args: texts.Args{"superior": s.cellName(d.Superior)}})
		}
	}
	return out
}

// cellName is a cell as officers know it.
func (s *scene) cellName(code grid.CellCode) string { return s.Work.Tree.PathName(code) }

// holderName is who has a case: its lead department, or else its cell.
func (s *scene) holderName(cell grid.CellCode, lead grid.Department) string {
	if lead != "" {
		return string(lead)
	}
	return s.cellName(cell)
}

// publicName is holderName for the public, to whom the queue of what has no cell yet is the district.
func (s *scene) publicName(cell grid.CellCode, lead grid.Department) any {
	if lead == "" && cell == s.Work.Tree.Unassigned().Code {
		return texts.Text{Key: "move.district"}
	}
	return s.holderName(cell, lead)
}
