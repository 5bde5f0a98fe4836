package casework

import "slices"

// State of a report or case.
type State string

// The states. None is what a report is in before it exists.
const (
	None       State = ""
	Alarm      State = "alarm"       // what somebody began to tell calls for the officers on duty; nothing is submitted yet
	Registered State = "registered"  // waits for the desk's decision
	OutOfArea  State = "out_of_area" // lies outside the district; kept, and the desk decides
	Asked      State = "asked"       // too unclear: the reporter was asked for what is missing
	Accepted   State = "accepted"    // waits at its cell
	Handling   State = "handling"    // an officer works on it
	HandedIn   State = "handed_in"   // the result waits for approval
	Answered   State = "answered"    // closed and answered by the office; the reporter has the word
	SpotCheck  State = "spot_check"  // a supervisor looks again: the reporter kept silent, or the lot fell on it
	Reviewing  State = "reviewing"   // the reporter asked for review (复查) or re-review (复核)
	Merged     State = "merged"      // goes with the case of the same matter
	Closed     State = "closed"
	Refused    State = "refused"
	Withdrawn  State = "withdrawn"
	FalseAlarm State = "false_alarm" // nothing was submitted, and whoever was on duty found no incident
)

// States lists all states in the order in which a case may go through them.
func States() []State {
	return []State{
		Alarm, Registered, OutOfArea, Asked, Accepted, Handling, HandedIn, Answered, SpotCheck, Reviewing, Merged, Closed, Refused,
		Withdrawn, FalseAlarm,
	}
}

// Underway tells whether the office still owes its answer.
func (s State) Underway() bool {
	return slices.Contains([]State{Alarm, Registered, OutOfArea, Asked, Accepted, Handling, HandedIn}, s)
}

// Open tells whether somebody still has to do something with this very case: the office, or the reporter while a limit runs
// for it. What was merged waits for another case.
func (s State) Open() bool {
	return s.Underway() || slices.Contains([]State{Answered, SpotCheck, Reviewing}, s)
}

// Final tells whether nothing more has to happen.
func (s State) Final() bool {
	return slices.Contains([]State{Closed, Refused, Withdrawn, FalseAlarm}, s)
}
