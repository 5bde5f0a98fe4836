package handlers

import (
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// closingVerbs are the buttons of a result and of what follows from it.
func (s *scene) closingVerbs() map[string]func(casework.CaseID) error {
	verbs := map[string]func(casework.CaseID) error{
		string(casework.HandIn):         s.startHandIn,
		string(casework.Return):         s.ask(casework.Return, flow.Returning),
		string(casework.Close):          s.askClose,
		string(casework.ApproveFinding): s.approveFinding,
		string(casework.DraftNotice):    s.ask(casework.DraftNotice, flow.Drafting),
		string(casework.PublishNotice):  s.publishNotice,
		string(casework.Investigate):    s.investigate,
		string(casework.Bar):            s.askBar,
		string(casework.Unbar):          s.unbar,
		string(casework.Recuse):         s.recuse,
		string(casework.Confirm):        s.settled,
		string(casework.Object):         s.askUnsolved,
		string(casework.Pass):           s.ask(casework.Pass, flow.Passing),
		string(casework.Reopen):         s.ask(casework.Reopen, flow.Reopening),
	}
	for n := 1; n <= scores; n++ {
		verbs["rate"+strconv.Itoa(n)] = s.rate(n)
	}
	return verbs
}

// closingChoices are the buttons of what an officer may do about a result and after it, beside approving and returning it.
func (s *scene) closingChoices(c casework.Case, to grid.PersonID) []flow.Choice {
	o, _ := s.roster.ByPerson(to)
	undecided := c.Notice == nil || c.Notice.Approved == ""
	offered := map[casework.Action]bool{
		casework.ApproveFinding: c.FindingBy == "",
		casework.Investigate:    !slices.Contains(c.Investigators, o.ID),
		casework.Pass:           true,
		casework.Reopen:         c.State == casework.SpotCheck,
		casework.DraftNotice:    undecided,
		casework.PublishNotice:  c.Notice != nil && undecided && c.Notice.By != o.ID,
	}
	var out []flow.Choice
	for _, a := range []casework.Action{
		casework.ApproveFinding, casework.Investigate, casework.Pass, casework.Reopen, casework.PublishNotice, casework.DraftNotice,
	} {
		if offered[a] && s.Work.May(c, a, to, s.roster, s.now) {
			out = append(out, flow.Choice{Key: "button." + string(a), Data: caseData(string(a), c.ID)})
		}
	}
	return out
}

// handIn reports the result of the work; the desk is asked to approve it.
func (s *scene) handIn(a flow.HandIn) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{
		Action: casework.HandIn, Finding: a.Finding, Verdict: a.Verdict, Violation: a.Violation,
		Evidence: s.evidenceOf(a.Files, casework.After), At: a.At,
	})
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "notice.done.hand_in", Args: s.caseArgs(c), Hide: true})
	if c.Reopened > 0 { // not the desk alone
		officers, _ := s.Work.Responsible(c, s.roster, s.now, grid.Supervisor)
		return s.tellAll(officers, c, "notice.desk.result")
	}
	return s.tellDesk(c, "notice.desk.result")
}

// approveFinding lets the internal finding stand; the reporter is answered later, within a limit of its own.
func (s *scene) approveFinding(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.ApproveFinding})
	if err != nil {
		return err
	}
	s.update("notice.done.approve_finding", c)
	return nil
}

// askClose shows what the reporter would be told. What the case lacks to be closed is told before anybody writes a reply.
func (s *scene) askClose(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if _, _, err := s.Work.Apply(c, casework.Act{Action: casework.Close, Person: s.me, Reply: "…"}, s.roster, s.now); err != nil {
		return err
	}
	return s.begin(s.task(flow.Closing, c))
}

// closeCase approves a result and answers whoever reported it. What they are told is not what was found: two texts.
func (s *scene) closeCase(a flow.Close) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.Close, Reply: s.reply(a.Reply, a.Notice), At: a.At})
	if err != nil {
		return err
	}
	if c.Source == casework.FromInspector { // nobody but the office has to be asked
		if c, err = s.actByItself(c, casework.Settle); err != nil {
			return err
		}
	}
	s.count("closed", c.Cell)
	s.count("closed_"+string(c.Verdict), c.Cell)
	s.say(flow.Reply{Key: "notice.done.close", Args: s.caseArgs(c), Hide: true})
	return s.tellReporters(c, "notice.reporter.closed", texts.Args{"reply": wording(a.Reply, a.Notice)})
}

// returnCase gives a result back to whoever handed it in.
func (s *scene) returnCase(a flow.Return) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.Return, Reason: a.Reason, At: a.At})
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "notice.done.return", Args: s.caseArgs(c), Hide: true})
	r := s.card("notice.cell.returned", c, "")
	r.Args["reason"] = excerpt(a.Reason, aloneText)
	return s.tellHandler(c, r)
}
