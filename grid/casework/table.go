package casework

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
)

// State of a report or case.
type State string

// The states. None is what a report is in before it exists.
const (
	None       State = ""
	Registered State = "registered"  // waits for the desk's decision
	OutOfArea  State = "out_of_area" // lies outside the district; kept, and the desk decides
	Accepted   State = "accepted"    // waits at its cell
	Handling   State = "handling"    // an officer works on it
	HandedIn   State = "handed_in"   // the result waits for approval
	Closed     State = "closed"
	Refused    State = "refused"
	Withdrawn  State = "withdrawn"
)

// States lists all states in the order in which a case may go through them.
func States() []State {
	return []State{Registered, OutOfArea, Accepted, Handling, HandedIn, Closed, Refused, Withdrawn}
}

// Open tells whether somebody still has to do something.
func (s State) Open() bool {
	return slices.Contains([]State{Registered, OutOfArea, Accepted, Handling, HandedIn}, s)
}

// Action is something done to a case.
type Action string

// The actions.
const (
	Submit      Action = "submit"       // a citizen reports
	SubmitAway  Action = "submit_away"  // a citizen reports something outside the district
	File        Action = "file"         // an inspector reports from the field: a case at once
	Accept      Action = "accept"       // the desk accepts
	Refuse      Action = "refuse"       // the desk refuses, with a disposition
	Take        Action = "take"         // an officer of the cell begins
	AddEvidence Action = "add_evidence" // a photo, a video, a document
	AddWords    Action = "add_words"    // the reporter or a follower says more
	NotMine     Action = "not_mine"     // the cell objects; the clocks go on
	Reassign    Action = "reassign"     // to another cell
	HandIn      Action = "hand_in"      // the officer reports the result
	Return      Action = "return"       // the result does not suffice
	Close       Action = "close"        // approved and answered
	Withdraw    Action = "withdraw"     // the reporter takes it back
	Follow      Action = "follow"       // somebody else reports the same matter
	Remind      Action = "remind"       // a clock's stage was reached

	SealEvidence Action = "seal_evidence" // a file was fetched: its SHA-256 goes on record
)

// Public tells whether the action is the public's: whoever does it, does it as a citizen, officers too.
func (a Action) Public() bool {
	return slices.Contains([]Action{Submit, SubmitAway, AddWords, Withdraw, Follow, Answer}, a)
}

// Who stands for those who may act for another reason than a role in the case's cell.
type Who string

// The ones who need no role in the case's cell.
const (
	TheReporter Who = "reporter"
	Anybody     Who = "anybody"
	TheSystem   Who = "system"
	AnOfficer   Who = "officer" // with one of the rule's roles, in whatever cell
)

// Rule is one row of the state table.
type Rule struct {
	Action Action
	From   []State
	To     State       // None: the state stays
	Roles  []grid.Role // held in the case's cell or above it, unless Who says otherwise
	Who    Who
	Starts []ClockName
	Stops  []ClockName
}

// Table is the one state table. An action that has no row for a state is a Conflict in that state. A grid worker finds,
// stops and reports; closing is for others (环境行政处罚办法 Art 28: investigating needs certified officers). From being
// accepted until it is closed a case has its finish clock, so that there is no open case without a limit; a case that
// is moved after somebody took it has to be begun anew, so its start clock runs again.
func Table() []Rule {
	all := []ClockName{DecideClock, StartClock, FinishClock}
	field := []grid.Role{grid.Inspector, grid.Chief}
	desk := []grid.Role{grid.Desk, grid.Supervisor}
	return append([]Rule{
		{Action: Submit, From: []State{None}, To: Registered, Who: Anybody, Starts: []ClockName{DecideClock}},
		{Action: SubmitAway, From: []State{None}, To: OutOfArea, Who: Anybody, Starts: []ClockName{DecideClock}},
		{
			Action: File, From: []State{None}, To: Accepted, Roles: field, Who: AnOfficer,
			Starts: []ClockName{StartClock, FinishClock},
		},
		{
			Action: Accept, From: []State{Registered, OutOfArea}, To: Accepted, Roles: desk,
			Starts: []ClockName{StartClock, FinishClock}, Stops: []ClockName{DecideClock},
		},
		{Action: Refuse, From: []State{Registered, OutOfArea}, To: Refused, Roles: desk, Stops: all},
		{Action: Take, From: []State{Accepted}, To: Handling, Roles: field, Stops: []ClockName{StartClock}},
		{Action: AddEvidence, From: []State{Accepted, Handling}, Roles: field},
		{Action: AddWords, From: []State{Registered, OutOfArea, Accepted, Handling, HandedIn}, Who: TheReporter},
		{Action: NotMine, From: []State{Accepted, Handling}, Roles: field},
		{Action: Reassign, From: []State{Registered, OutOfArea}, To: Registered, Roles: desk},
		{
			Action: Reassign, From: []State{Accepted, Handling}, To: Accepted, Roles: append(slices.Clone(desk), grid.Chief),
			Starts: []ClockName{StartClock},
		},
		{Action: HandIn, From: []State{Handling}, To: HandedIn, Roles: field},
		{Action: Return, From: []State{HandedIn}, To: Handling, Roles: desk},
		{Action: Close, From: []State{HandedIn}, To: Closed, Roles: desk, Stops: all},
		{Action: Withdraw, From: []State{Registered, OutOfArea, Accepted}, To: Withdrawn, Who: TheReporter, Stops: all},
		{Action: Follow, From: []State{Registered, Accepted, Handling, HandedIn}, Who: Anybody},
		{Action: Remind, From: []State{Registered, OutOfArea, Accepted, Handling, HandedIn}, Who: TheSystem},
		{Action: SealEvidence, From: States(), Who: TheSystem}, // a file may come late: after the case is over, too
	}, identityRules()...)
}
