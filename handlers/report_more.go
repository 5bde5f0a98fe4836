package handlers

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// withdraw takes the person's own report back; whoever has it on their desk is told, and so are its followers, who may
// have to report the matter themselves now.
func (s *scene) withdraw(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	before := c.State
	c, err = s.act(c, casework.Act{Action: casework.Withdraw})
	if err != nil {
		return err
	}
	s.count("withdrawn", c.Cell)
	s.say(flow.Reply{Key: "report.withdrawn", Args: map[string]any{"number": c.Shown()}})
	if err := s.tellReporters(c, "notice.reporter.withdrawn", nil); err != nil {
		return err
	}
	if before == casework.Accepted {
		return s.tellCell(c, "notice.cell.withdrawn")
	}
	return s.tellDesk(c, "notice.desk.withdrawn")
}

// addWords adds what the reporter or a follower says and sends to an open case; whoever works on it is told. Late
// photos of an album come without words and are added without a word; but when they answer the desk's question, the desk
// hears of it.
func (s *scene) addWords(a flow.AddWords) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	act := casework.Act{
		Action: casework.AddWords, Words: a.Words, Evidence: s.evidenceOf(a.Files, casework.AsReported), At: a.At, Point: a.Point,
	}
	asked := c.State == casework.Asked
	if c.Undecided() {
		act.Cell = s.whereSaid(c, a)
	}
	if c, err = s.act(c, act); err != nil {
		return err
	}
	words := texts.Args{"words": orDash(excerpt(a.Words, aloneText))}
	if asked {
		if a.Words != "" {
			s.say(flow.Reply{Key: "report.supplied", Args: texts.Args{"number": c.Shown(), "day": s.dueDay(c)}})
		}
		return s.tellDeskAs(c, "notice.desk.supplied", words)
	}
	if a.Words == "" {
		return nil
	}
	s.say(flow.Reply{Key: "report.words_added", Args: map[string]any{"number": c.Shown()}})
	r := s.card("notice.cell.words", c, "")
	r.Args["words"] = words["words"]
	if err := s.tellHandler(c, r); err != nil {
		return err
	}
	return s.raiseOn(c, a.Words)
}
