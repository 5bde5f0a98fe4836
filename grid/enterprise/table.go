package enterprise

import "slices"

// Action is something that is done to an enterprise or to one of its cards.
type Action string

// The actions on cards.
const (
	Tell     Action = "tell"     // facts, basis and rights (Rule 30 Art 11)
	Hear     Action = "hear"     // what the enterprise says is on record, or that it gave it up
	Drop     Action = "drop"     // no decision follows
	Decide   Action = "decide"   // the bureau does
	Serve    Action = "serve"    // the decision (Art 14)
	FilePlan Action = "plan"     // of work, and where it is public (Art 16)
	Extend   Action = "extend"   // limited production, once (Art 15)
	Finish   Action = "finish"   // the work
	File     Action = "file"     // that it is finished, with report and comparison: this lifts the measure (Art 17, 18)
	Lapse    Action = "lapse"    // the longest time of limited production is over
	Pass     Action = "pass"     // the check after lifting finds it right (Art 20)
	Fail     Action = "fail"     // or the same again
	Replace  Action = "replace"  // the stop that follows was served
	Propose  Action = "propose"  // to the government: close it
	Close    Action = "close"    // the government did; its document is recorded
	Decline  Action = "decline"  // or did not
	Remind   Action = "remind"   // a stage before a limit, or the limit itself, was reached
	Register Action = "register" // the enterprise
	Change   Action = "change"   // what is kept of it
	Remove   Action = "remove"   // from the register
	Restore  Action = "restore"  // to it
	Record   Action = "record"   // a fact
	Strike   Action = "strike"   // a fact that was wrong
	Disclose Action = "disclose" // what the enterprise published of a period
	Press    Action = "press"    // open pressing is proposed (two quarters running)
	Rate     Action = "rate"     // a credit grade is computed
	Object   Action = "object"   // the enterprise objects to it
	Answer   Action = "answer"   // and is answered
	Publish  Action = "publish"  // the grade
)

// Who may do something.
type Who string

// Those who may.
const (
	TheBureau     Who = "bureau"     // a clerk of the bureau that supervises, or a supervisor of the district
	TheSupervisor Who = "supervisor" // of the district
	TheSystem     Who = "system"
)

// Rule is one row of the table of cards.
type Rule struct {
	Action  Action
	From    []State
	Measure Measure // only for cards of that measure; empty: of any
	To      State   // as it is when Stays; as it was before the proposal when Back
	Stays   bool
	Back    bool
	Who     Who
	Starts  []ClockName
	Stops   []ClockName
}

// Table is the one table of states of cards. An action that has no row for a state is a Conflict in that state. Red is reached by
// one row only, from a proposal, and that row asks for the government's document: a bureau closes nothing. Whatever the state,
// limited production ends by the lapse of its time.
func Table() []Rule {
	held := []State{Limited, Stopped, Mending}
	return []Rule{
		{Action: Tell, From: []State{None}, To: Told, Who: TheBureau, Starts: []ClockName{HearClock}},
		{Action: Hear, From: []State{Told}, Stays: true, Who: TheBureau, Stops: []ClockName{HearClock}},
		{Action: Drop, From: []State{Told}, To: Dropped, Who: TheSupervisor, Stops: ClockNames()},
		{Action: Decide, From: []State{Told}, To: Decided, Who: TheSupervisor, Starts: []ClockName{ServeClock}, Stops: []ClockName{HearClock}},
		{Action: Serve, From: []State{Decided}, Measure: Limit, To: Limited, Who: TheBureau, Starts: []ClockName{PlanClock, LimitClock}, Stops: []ClockName{ServeClock}},
		{Action: Serve, From: []State{Decided}, Measure: Stop, To: Stopped, Who: TheBureau, Starts: []ClockName{PlanClock}, Stops: []ClockName{ServeClock}},
		{Action: Serve, From: []State{Decided}, Measure: Mend, To: Mending, Who: TheBureau, Starts: []ClockName{PlanClock}, Stops: []ClockName{ServeClock}},
		{Action: FilePlan, From: append(slices.Clone(held), Expired), Stays: true, Who: TheBureau, Stops: []ClockName{PlanClock}},
		{Action: Extend, From: []State{Limited}, Measure: Limit, Stays: true, Who: TheSupervisor},
		{Action: Finish, From: append(slices.Clone(held), Expired), Stays: true, Who: TheBureau, Starts: []ClockName{FileClock}},
		{Action: File, From: append(slices.Clone(held), Expired), To: Lifted, Who: TheBureau, Starts: []ClockName{CheckClock}, Stops: ClockNames()},
		{Action: Lapse, From: []State{Limited}, Measure: Limit, To: Expired, Who: TheSystem, Starts: []ClockName{CheckClock}, Stops: []ClockName{LimitClock}},
		{Action: Lapse, From: []State{Proposed}, Measure: Limit, Stays: true, Who: TheSystem, Stops: []ClockName{LimitClock}},
		{Action: Pass, From: []State{Lifted, Expired}, To: Over, Who: TheBureau, Stops: ClockNames()},
		{Action: Fail, From: []State{Lifted, Expired}, To: Relapsed, Who: TheBureau, Stops: ClockNames()},
		{Action: Replace, From: []State{Limited, Expired, Lifted, Relapsed}, To: Replaced, Who: TheSystem, Stops: ClockNames()},
		{Action: Propose, From: append(slices.Clone(held), Expired, Lifted, Relapsed), To: Proposed, Who: TheSupervisor},
		{Action: Close, From: []State{Proposed}, To: Closed, Who: TheSupervisor, Stops: ClockNames()},
		{Action: Decline, From: []State{Proposed}, Back: true, Who: TheSupervisor},
		{Action: Remind, From: States(), Stays: true, Who: TheSystem},
	}
}

// rule finds the row of an action for a card in a state.
func rule(a Action, s State, m Measure) (Rule, bool) {
	all := Table()
	i := slices.IndexFunc(all, func(r Rule) bool {
		return r.Action == a && slices.Contains(r.From, s) && (r.Measure == "" || r.Measure == m)
	})
	if i < 0 {
		return Rule{}, false
	}
	return all[i], true
}

// May lists what may be done to the card by somebody of those, in the order of the table.
func (c Card) May(who ...Who) []Action {
	var out []Action
	for _, r := range Table() {
		if slices.Contains(who, r.Who) && slices.Contains(r.From, c.State) && (r.Measure == "" || r.Measure == c.Measure) {
			out = append(out, r.Action)
		}
	}
	return out
}

// others says who may do what is not done to a card.
var others = map[Action]Who{
	Register: TheBureau, Change: TheBureau, Remove: TheSupervisor, Restore: TheSupervisor, Record: TheBureau, Strike: TheSupervisor,
	Disclose: TheBureau, Press: TheSupervisor, Rate: TheBureau, Object: TheBureau, Answer: TheSupervisor, Publish: TheSupervisor,
}

// WhoFor tells who may do something to an enterprise, whatever the state.
func WhoFor(a Action) Who {
	if who, ok := others[a]; ok {
		return who
	}
	for _, r := range Table() {
		if r.Action == a {
			return r.Who
		}
	}
	return TheSystem
}
