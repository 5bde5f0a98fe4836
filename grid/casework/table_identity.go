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
	workers := []grid.Role{grid.Inspector, grid.Chief, grid.Desk, grid.Supervisor}
	return []Rule{
		{Action: AskReporter, From: openStates(), Roles: workers},
		{Action: Answer, From: openStates(), Who: TheReporter},
	}
}

// openStates lists the states in which somebody still has to do something.
func openStates() []State {
	return slices.DeleteFunc(States(), func(s State) bool { return !s.Open() })
}
