package referral

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Action is something that can be done to a referral.
type Action string

// The actions.
const (
	Propose  Action = "propose"
	Approve  Action = "approve"
	TurnDown Action = "turn_down"
	HandOver Action = "hand_over"
	Receive  Action = "receive"
	Accept   Action = "accept"
	Decline  Action = "decline"
	Object   Action = "object"
	Leave    Action = "leave" // what was declined is not objected to
	File     Action = "file"
	Conclude Action = "conclude"
	Chase    Action = "chase"
)

// row says from which states an action leads where.
type row struct {
	from []State
	to   State
}

// table is the one table of a referral. Who declines has the file first; who accepted it may still find that there is nothing to file.
var table = map[Action]row{
	Propose:  {[]State{""}, Proposed},
	Approve:  {[]State{Proposed}, Approved},
	TurnDown: {[]State{Proposed}, Dropped},
	HandOver: {[]State{Approved}, Handed},
	Receive:  {[]State{Handed}, Received},
	Accept:   {[]State{Received, Objected}, Accepted},
	Decline:  {[]State{Received, Accepted, Objected}, Declined},
	Object:   {[]State{Declined}, Objected},
	Leave:    {[]State{Declined}, Dropped},
	File:     {[]State{Accepted}, Filed},
	Conclude: {[]State{Accepted, Filed}, Ended},
}

// Open lists what may be done in a state, in the order of the buttons.
func (s State) Open() []Action {
	var out []Action
	for _, a := range []Action{Approve, TurnDown, HandOver, Receive, Accept, Decline, Object, Leave, File, Conclude} {
		if slices.Contains(table[a].from, s) {
			out = append(out, a)
		}
	}
	return out
}

// Rules are the limits within which each step is expected, and how often it is asked for; settings of the district.
type Rules struct {
	Approve  calendar.Limit // to decide on a proposal
	HandOver calendar.Limit // from approving to handing over
	Receive  calendar.Limit // for the receipt
	Decide   calendar.Limit // for the police to accept or decline
	Clue     calendar.Limit // for the prosecutors, likewise
	Object   calendar.Limit // for the office to object
	Review   calendar.Limit // for whoever declined, to answer an objection
	File     calendar.Limit // from accepting, to hear what became of it
	Again    time.Duration  // between two reminders
	Times    int            // of each step
	Calendar *calendar.Calendar
}

// limit is that of the next step.
func (r Rules) limit(x Referral) (calendar.Limit, bool) {
	switch x.State {
	case Proposed:
		return r.Approve, true
	case Approved:
		return r.HandOver, true
	case Handed:
		return r.Receive, true
	case Received:
		if x.Ground.To() == Prosecutors {
			return r.Clue, true
		}
		return r.Decide, true
	case Declined:
		return r.Object, true
	case Objected:
		return r.Review, true
	case Accepted, Filed:
		return r.File, true
	case Ended, Dropped:
	}
	return calendar.Limit{}, false
}

// Act is something that somebody wants to do. Whether they may is asked by whoever calls Apply. Day is when it happened.
type Act struct {
	Action Action
	By     grid.OfficerID
	Via    string
	Day    calendar.Date
	Words  string
	Letter *casework.Letter // HandOver
	Bundle Bundle           // HandOver
}

// needsWords are the actions that say nothing without words: reasons, who received it, the result.
var needsWords = []Action{Propose, TurnDown, Receive, Decline, Object, Conclude}

// Apply does act to the referral at now and returns it as it is then, with the event for its history. Conflict: that is not its next
// step, or the time to object is over; Invalid: words, letter or bundle are missing, or the day is none; Forbidden: nobody approves
// what they proposed.
func (x Referral) Apply(a Act, r Rules, now time.Time) (Referral, Event, error) {
	if err := x.allows(a, r, now); err != nil {
		return x, Event{}, err
	}
	before := x
	x.Steps = append(slices.Clone(x.Steps), Step{Did: a.Action, Day: a.Day, At: now, By: a.By, Words: a.Words})
	x.State, x.Chased, x.Due = table[a.Action].to, 0, time.Time{}
	if a.Action == HandOver {
		if a.Letter == nil || a.Letter.Text == "" || a.Bundle.SHA256 == "" {
			return before, Event{}, grid.Fail(grid.Invalid, "error.referral.bundle")
		}
		x.Letter, x.Bundle = *a.Letter, a.Bundle
	}
	if l, ok := r.limit(x); ok {
		x.Due = r.Calendar.Deadline(r.begins(a, now), l).At
	}
	day := a.Day
	return x, Event{At: now, By: a.By, Via: a.Via, Did: a.Action, Day: &day, Words: a.Words, Hash: a.Bundle.SHA256}, nil
}

// begins is when the limit of the next step begins: with the day on which this one happened, at the moment itself when that is today.
func (r Rules) begins(a Act, now time.Time) time.Time {
	if a.Day == r.today(now) {
		return now
	}
	return a.Day.In(r.Calendar.Location())
}

func (r Rules) today(now time.Time) calendar.Date {
	return calendar.DateOf(now.In(r.Calendar.Location()))
}

// allows tells whether the act may be done to the referral as it is.
func (x Referral) allows(a Act, r Rules, now time.Time) error {
	rule, known := table[a.Action]
	last := calendar.Date{}
	if n := len(x.Steps); n > 0 {
		last = x.Steps[n-1].Day
	}
	switch {
	case !known || !slices.Contains(rule.from, x.State):
		return grid.Fail(grid.Conflict, "error.referral.state")
	case a.Action == Approve && len(x.Steps) > 0 && x.Steps[0].By == a.By:
		return grid.Fail(grid.Forbidden, "error.case.own")
	case a.Words == "" && slices.Contains(needsWords, a.Action):
		return grid.Fail(grid.Invalid, "error.referral.words")
	case a.Day.Compare(r.today(now)) > 0:
		return grid.Fail(grid.Invalid, "error.referral.future")
	case a.Day.Compare(last) < 0:
		return grid.Fail(grid.Invalid, "error.referral.earlier", "day", last.String())
	case a.Action == Object && !x.Due.IsZero() && !a.Day.In(r.Calendar.Location()).Before(x.Due):
		return grid.Fail(grid.Conflict, "error.referral.window")
	}
	return nil
}
