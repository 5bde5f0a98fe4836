package handlers

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
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
// photos of an album come without words and are added without a word.
func (s *scene) addWords(a flow.AddWords) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{
		Action: casework.AddWords, Words: a.Words, Evidence: s.evidenceOf(a.Files, casework.AsReported), At: a.At,
	})
	if err != nil || a.Words == "" {
		return err
	}
	s.say(flow.Reply{Key: "report.words_added", Args: map[string]any{"number": c.Shown()}})
	r := s.card("notice.cell.words", c, "")
	r.Args["words"] = excerpt(a.Words, aloneText)
	if err := s.tellHandler(c, r); err != nil {
		return err
	}
	return s.raiseOn(c, a.Words)
}
