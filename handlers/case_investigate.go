package handlers

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// investigate records that a certified officer was on the spot: photos may come with the case's other evidence.
func (s *scene) investigate(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.Investigate})
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "investigate.done", Args: texts.Args{
		"number": c.Shown(), "n": len(c.Investigators), "needed": s.Work.Rules.Certified,
	}, Rows: s.caseButtons(c, s.me)})
	return nil
}
