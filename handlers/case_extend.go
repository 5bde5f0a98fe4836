package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// extendFewer is the button by which fewer days are granted than were asked for.
const extendFewer = "extend_fewer"

// beginExtension begins to ask for more time; whoever is too late, or has used it all, is told at once.
func (s *scene) beginExtension(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if s.Work.May(c, casework.AskExtension, s.me, s.roster, s.now) {
		if err := s.Work.MayExtend(c, s.now); err != nil {
			return err
		}
	}
	return s.ask(casework.AskExtension, flow.Extending)(id)
}

// askExtension asks for more time; supervisors are told, with what they may answer.
func (s *scene) askExtension(a flow.AskExtension) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.AskExtension, Days: a.Days, Reason: a.Reason, At: a.At})
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "notice.done.ask_extension", Args: texts.Args{"number": c.Shown(), "days": a.Days}, Hide: true})
	return s.tellSupervisors(c, "notice.boss.extension", nil)
}

// extensionButtons are what a supervisor may answer.
func (s *scene) extensionButtons(c casework.Case, to grid.PersonID) []flow.Choice {
	if c.Extension == nil || !s.Work.May(c, casework.Extend, to, s.roster, s.now) {
		return nil
	}
	out := []flow.Choice{{Key: "button.extend", Args: texts.Args{"n": c.Extension.Days}, Data: caseData(string(casework.Extend), c.ID)}}
	if c.Extension.Days > 1 {
		out = append(out, flow.Choice{Key: "button.extend_fewer", Data: caseData(extendFewer, c.ID)})
	}
	return append(out, flow.Choice{Key: "button.deny_extension", Data: caseData(string(casework.DenyExtension), c.ID)})
}

// extensionLine tells on a card what was asked for.
func (s *scene) extensionLine(c casework.Case) texts.Text {
	x := c.Extension
	if x == nil {
		return texts.Text{}
	}
	return texts.Text{Key: "card.extension", Args: texts.Args{
		"days": x.Days, "reason": excerpt(x.Reason, cardPlace), "by": orDash(s.officerName(x.By)),
	}}
}

// extend grants more time: whoever works on it hears of it, and who reported it is told the new date, why, and in which
// function it was granted (环保部令15号: 告知举报人延期理由). Who granted it stands in the history.
func (s *scene) extend(a flow.Extend) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	asked := c.Extension
	days := a.Days
	if days == 0 && asked != nil {
		days = asked.Days
	}
	c, err = s.act(c, casework.Act{Action: casework.Extend, Days: days})
	if err != nil {
		return err
	}
	k, _ := c.Clock(casework.FinishClock)
	s.count("extended", c.Cell)
	args := texts.Args{"number": c.Shown(), "days": days, "day": s.lastDay(k.Due), "reason": excerpt(asked.Reason, cardText)}
	s.say(flow.Reply{Key: "notice.done.extend", Args: args, Rows: s.caseButtons(c, s.me), Edit: true})
	if err := s.tellHandler(c, flow.Reply{Key: "notice.cell.extended", Args: args}); err != nil {
		return err
	}
	told := texts.Args{"days": days, "day": args["day"], "reason": args["reason"], "function": name("role", string(grid.Supervisor))}
	return s.tellReporters(c, "notice.reporter.extended", told)
}

// denyExtension turns it down, with a reason for whoever asked. The limit stays, so the public has nothing to be told.
func (s *scene) denyExtension(a flow.DenyExtension) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.DenyExtension, Reason: a.Reason, At: a.At})
	if err != nil {
		return err
	}
	k, _ := c.Clock(casework.FinishClock)
	args := texts.Args{"number": c.Shown(), "reason": excerpt(a.Reason, cardText), "day": s.lastDay(k.Due)}
	s.say(flow.Reply{Key: "notice.done.deny_extension", Args: args, Hide: true})
	return s.tellHandler(c, flow.Reply{Key: "notice.cell.denied", Args: args})
}
