package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// decisionVerbs are the buttons under a case that have to do with a decision about it: what is missing, where it was moved,
// more time, review.
func (s *scene) decisionVerbs() map[string]func(casework.CaseID) error {
	return map[string]func(casework.CaseID) error{
		string(casework.AskMore):       s.ask(casework.AskMore, flow.Missing),
		string(casework.Receipt):       s.receipt,
		string(casework.AskExtension):  s.beginExtension,
		string(casework.Extend):        func(id casework.CaseID) error { return s.extend(flow.Extend{Case: id}) },
		extendFewer:                    s.ask(casework.Extend, flow.Granting),
		string(casework.DenyExtension): s.ask(casework.DenyExtension, flow.Denying),
		string(casework.Uphold):        s.ask(casework.Uphold, flow.Upholding),
		rework:                         s.ask(casework.Reopen, flow.Reworking),
	}
}

// decisionChoices are what may be answered to who asked for more time or for a review.
func (s *scene) decisionChoices(c casework.Case, to grid.PersonID) []flow.Choice {
	return append(s.extensionButtons(c, to), s.reviewButtons(c, to)...)
}
