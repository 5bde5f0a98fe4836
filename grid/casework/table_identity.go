package casework

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
)

// The actions that have to do with who reported.
const (
	AskReporter Action = "ask_reporter" // an officer asks who reported, without knowing who it is
	Answer      Action = "answer"       // and is answered
)

// identityRules are the rows of the table for them.
func identityRules() []Rule {
	workers := append(slices.Clone(field), desk...)
	return []Rule{
		{Action: AskReporter, From: openStates(), Roles: workers},
		{Action: Answer, From: openStates(), Who: TheReporter},
	}
}

// openStates lists the states in which somebody still has to do something.
func openStates() []State {
	return slices.DeleteFunc(States(), func(s State) bool { return !s.Open() })
}

// ask needs words: a picture alone is no question. What an officer shows with it is kept like any evidence.
func ask(c *Case, act Act) error {
	if act.Words == "" {
		return grid.Fail(grid.Invalid, "error.relay.no_words")
	}
	c.addEvidence(act.Evidence)
	return nil
}
