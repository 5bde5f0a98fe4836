package casework

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
)

// Who stands for those who may act for another reason than a role in the case's cell.
type Who string

// The ones who need no role in the case's cell.
const (
	TheReporter   Who = "reporter"
	Anybody       Who = "anybody"
	TheSystem     Who = "system"
	AnOfficer     Who = "officer"    // with one of the rule's roles, in whatever cell
	TheDepartment Who = "department" // a clerk of the department that was asked
	Certified     Who = "certified"  // with one of the rule's roles and a certificate of enforcement (执法证)
	TheAddressee  Who = "addressee"  // whoever was pressed
	AtDistrict    Who = "district"   // with one of the rule's roles for the whole district, who does not work on the case
)

// Rule is one row of the state table.
type Rule struct {
	Action Action
	From   []State
	To     State       // None: the state stays
	Back   bool        // instead of To: the state before it was merged
	Roles  []grid.Role // held at the case's seat or above it, unless Who says otherwise
	Who    Who
	System bool // the program may, too
	Starts []ClockName
	Stops  []ClockName
}

var (
	field = []grid.Role{grid.Inspector, grid.Chief}
	desk  = []grid.Role{grid.Desk, grid.Supervisor}
	boss  = []grid.Role{grid.Supervisor}
)

// Table is the one state table. An action that has no row for a state is a Conflict in that state. A grid worker finds,
// stops and reports; closing is for others (环境行政处罚办法 Art 28: investigating needs certified officers). Every open
// case has a limit that runs: until it is decided decide and notify, until it is closed finish, and after that the limit
// of whoever has the word. What is closed, refused, withdrawn or merged has none.
func Table() []Rule {
	return slices.Concat(decideRows(), workRows(), closeRows(), afterRows(), mergeRows(), anyTimeRows(), identityRules(), avoidRows(), letterRows(), recordRules(), ladderRows(),
		incidentRows(), rewardRows())
}

// decideRows lead to accepting or refusing.
func decideRows() []Rule {
	undecided := []State{Registered, OutOfArea, Asked}
	return []Rule{
		{Action: Submit, From: []State{None}, To: Registered, Who: Anybody, Starts: []ClockName{DecideClock, NotifyClock}},
		{Action: SubmitAway, From: []State{None}, To: OutOfArea, Who: Anybody, Starts: []ClockName{DecideClock, NotifyClock}},
		{
			Action: File, From: []State{None}, To: Accepted, Roles: field, Who: AnOfficer,
			Starts: []ClockName{TransferClock, FinishClock},
		},
		{
			Action: AskMore, From: []State{Registered}, To: Asked, Roles: desk,
			Starts: []ClockName{AnswerClock}, Stops: []ClockName{DecideClock},
		},
		{
			Action: AddWords, From: []State{Asked}, To: Registered, Who: TheReporter,
			Starts: []ClockName{DecideClock}, Stops: []ClockName{AnswerClock},
		},
		{
			Action: Unanswered, From: []State{Asked}, To: Registered, Who: TheSystem,
			Starts: []ClockName{DecideClock}, Stops: []ClockName{AnswerClock},
		},
		{
			Action: Accept, From: undecided, To: Accepted, Roles: desk,
			Starts: []ClockName{TransferClock, FinishClock}, Stops: []ClockName{DecideClock, NotifyClock, AnswerClock},
		},
		{Action: Refuse, From: undecided, To: Refused, Roles: desk, Stops: ClockNames()},
		{Action: Reassign, From: []State{Registered, OutOfArea}, To: Registered, Roles: desk},
		{Action: Bar, From: undecided, Roles: desk, System: true},
	}
}

// workRows are the work of the cell and of departments. From being accepted until it is closed a case has its finish
// clock; one that is moved after somebody took it has to be handed on and begun anew, so those clocks run again.
func workRows() []Rule {
	work := []State{Accepted, Handling}
	all := []State{Accepted, Handling, HandedIn}
	return []Rule{
		{Action: HandOn, From: []State{Accepted}, Who: TheSystem, Starts: []ClockName{StartClock}, Stops: []ClockName{TransferClock}},
		{
			Action: Bar, From: all, To: Accepted, Roles: desk, System: true,
			Starts: []ClockName{TransferClock}, Stops: []ClockName{ReplyClock, AdjudicateClock},
		},
		{Action: Assign, From: all, Roles: desk, System: true},
		{Action: AnswerTask, From: all, Who: TheDepartment},
		{Action: DeclineTask, From: all, Who: TheDepartment},
		{Action: KeepTask, From: all, Roles: desk},
		{Action: DropTask, From: all, Roles: boss},
		{Action: Take, From: []State{Accepted}, To: Handling, Roles: field, Stops: []ClockName{TransferClock, StartClock, AdjudicateClock}},
		{Action: AddEvidence, From: work, Roles: field},
		{Action: NotMine, From: work, Roles: field, Starts: []ClockName{AdjudicateClock}},
		{
			Action: Reassign, From: work, To: Accepted, Roles: append(slices.Clone(desk), grid.Chief),
			Starts: []ClockName{TransferClock}, Stops: []ClockName{AdjudicateClock},
		},
		{Action: Investigate, From: all, Roles: append(slices.Clone(field), grid.Clerk, grid.Supervisor), Who: Certified},
		{Action: AskExtension, From: work, Roles: field},
		{Action: Extend, From: all, Roles: boss},
		{Action: DenyExtension, From: all, Roles: boss},
		{Action: HandIn, From: []State{Handling}, To: HandedIn, Roles: field, Stops: []ClockName{AdjudicateClock}},
	}
}

// closeRows lead from a result to an answer.
func closeRows() []Rule {
	told := []State{Answered, SpotCheck, Reviewing, Closed}
	return []Rule{
		{Action: Return, From: []State{HandedIn}, To: Handling, Roles: desk, Stops: []ClockName{ReplyClock}},
		{Action: ApproveFinding, From: []State{HandedIn}, Roles: desk, Starts: []ClockName{ReplyClock}},
		{Action: Close, From: []State{HandedIn}, To: Answered, Roles: desk, Starts: []ClockName{ConfirmClock}, Stops: ClockNames()},
		{Action: DraftNotice, From: told, Roles: append(slices.Clone(desk), grid.Publisher)},
		{Action: PublishNotice, From: told, Roles: append(slices.Clone(boss), grid.Publisher)},
	}
}

// afterRows are what may follow an answer. What was found wrong is worked on anew, one level up.
func afterRows() []Rule {
	anew := []ClockName{TransferClock, FinishClock}
	return []Rule{
		{Action: Confirm, From: []State{Answered, SpotCheck}, To: Closed, Who: TheReporter, Stops: ClockNames()},
		{Action: Rate, From: []State{Closed, SpotCheck}, Who: TheReporter},
		{Action: Object, From: []State{Answered, SpotCheck}, To: Accepted, Who: TheReporter, Starts: anew, Stops: ClockNames()},
		{Action: Settle, From: []State{Answered}, To: Closed, Who: TheSystem, Stops: ClockNames()},
		{
			Action: Lapse, From: []State{Answered}, To: SpotCheck, Who: TheSystem,
			Starts: []ClockName{SpotClock}, Stops: []ClockName{ConfirmClock},
		},
		{Action: Draw, From: []State{Closed}, To: SpotCheck, Who: TheSystem, Starts: []ClockName{SpotClock}},
		{Action: Pass, From: []State{SpotCheck}, To: Closed, Roles: boss, Stops: ClockNames()},
		{Action: Reopen, From: []State{SpotCheck, Reviewing}, To: Accepted, Roles: boss, Starts: anew, Stops: ClockNames()},
		{
			Action: AskReview, From: []State{Answered, SpotCheck, Closed}, To: Reviewing, Who: TheReporter,
			Starts: []ClockName{ReviewClock}, Stops: []ClockName{ConfirmClock, SpotClock},
		},
		{Action: Uphold, From: []State{Reviewing}, To: Closed, Roles: boss, Stops: ClockNames()},
	}
}

// mergeRows link reports of the same matter. The clocks of what is merged are held, and go on if it is taken apart again.
func mergeRows() []Rule {
	return []Rule{
		{Action: Merge, From: []State{Registered, OutOfArea, Asked, Accepted, Handling}, To: Merged, Roles: desk},
		{Action: Unmerge, From: []State{Merged}, Back: true, Roles: desk, System: true},
		{Action: Adopt, From: []State{Registered, Accepted, Handling, HandedIn}, Roles: desk},
		{Action: Release, From: States(), Roles: desk, System: true},
		{Action: CloseWith, From: []State{Merged}, To: Answered, Who: TheSystem, Starts: []ClockName{ConfirmClock}},
		{Action: RefuseWith, From: []State{Merged}, To: Refused, Who: TheSystem},
		{Action: Gather, From: []State{Registered, OutOfArea, Asked, Accepted, Handling, HandedIn}, Who: TheSystem},
	}
}

// anyTimeRows are what is not bound to one part of a case's life.
func anyTimeRows() []Rule {
	open := openStates()
	return []Rule{
		{Action: AddWords, From: []State{Alarm, Registered, OutOfArea, Accepted, Handling, HandedIn, Reviewing, Merged}, Who: TheReporter},
		{Action: Withdraw, From: []State{Registered, OutOfArea, Asked, Accepted, Merged}, To: Withdrawn, Who: TheReporter, Stops: ClockNames()},
		{Action: Follow, From: []State{Alarm, Registered, Accepted, Handling, HandedIn}, Who: Anybody},
		{Action: Unfollow, From: States(), Who: Anybody},
		{Action: Remind, From: open, Who: TheSystem},
		{Action: SealEvidence, From: States(), Who: TheSystem}, // a file may come late: after the case is over, too
	}
}
