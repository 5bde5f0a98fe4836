package casework

import (
	"slices"
)

// The actions that have to do with who reported.
const (
	AskReporter  Action = "ask_reporter"   // an officer asks who reported, without knowing who it is
	Answer       Action = "answer"         // and is answered
	GiveName     Action = "give_name"      // the reporter leaves name and phone, sealed (实名)
	TakeNameBack Action = "take_name_back" // and takes them back
	Unseal       Action = "unseal"         // an officer reads them, for a reason, on record
	Forget       Action = "forget"         // reporter or follower: nothing leads to them any more
	ForgetPerson Action = "forget_person"  // the same because it was kept long enough
	RemoveFiles  Action = "remove_files"   // evidence was kept long enough; its SHA-256 stays
)

// identityRules are the rows of the table for them. A name may be left after closing, too: a reward is decided then.
func identityRules() []Rule {
	workers := append(slices.Clone(field), desk...)
	return []Rule{
		{Action: AskReporter, From: openStates(), Roles: workers},
		{Action: Answer, From: openStates(), Who: TheReporter},
		{Action: GiveName, From: append(openStates(), Closed), Who: TheReporter},
		{Action: TakeNameBack, From: States(), Who: TheReporter},
		{Action: Unseal, From: States(), Roles: desk, Who: AtDistrict},
		{Action: Forget, From: States(), Who: TheReporter},
		{Action: ForgetPerson, From: finalStates(), Who: TheSystem},
		{Action: RemoveFiles, From: finalStates(), Who: TheSystem},
	}
}

// openStates lists the states in which somebody still has to do something.
func openStates() []State {
	return slices.DeleteFunc(States(), func(s State) bool { return !s.Open() })
}

// finalStates lists the states in which nothing more has to happen.
func finalStates() []State {
	return slices.DeleteFunc(States(), func(s State) bool { return !s.Final() })
}
