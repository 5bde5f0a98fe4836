package handlers

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// pass ends a spot check that found the case right.
func (s *scene) pass(a flow.Pass) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.Pass, Reason: a.Reason, Score: a.Score, At: a.At})
	if err != nil {
		return err
	}
	s.count("passed", c.Cell)
	if a.Score != 0 {
		s.countScore(c)
	}
	s.say(flow.Reply{Key: "pass.done", Args: s.caseArgs(c), Hide: true})
	return nil
}

// reopen begins a case anew one level up, because a spot check found it wrong; whoever reported it is told.
func (s *scene) reopen(a flow.Reopen) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	before := c
	c, err = s.act(c, casework.Act{Action: casework.Reopen, Reason: a.Reason, At: a.At})
	if err != nil {
		return err
	}
	s.count("reopened", c.Cell)
	if c, err = s.anew(before, c, a.Reason); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "reopen.done", Args: s.caseArgs(c), Hide: true})
	return s.tellReporters(c, "notice.reporter.reopened", nil)
}
