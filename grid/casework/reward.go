package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// RewardRules are what the office has set about rewards (有奖举报). The zero value promises nobody anything.
type RewardRules struct {
	Enabled   bool            // false: the office has not set its rule, and nothing is promised or proposed
	Anonymous bool            // a report without a real name may be rewarded, by code
	Officers  bool            // officers may be rewarded as citizens, too
	Known     bool            // what an officer had filed before may be rewarded, too
	Media     bool            // what the media told before may be rewarded, too
	Tiers     []Tier          // lowest first
	Max       int             // yuan, of one act
	Window    calendar.Limit  // to claim and collect, from the offer
	Decide    calendar.Limit  // to decide a proposal
	Remind    int             // days before the window ends, on which the reporter is reminded once
	Joint     int             // people who may share one reward
	Payer     grid.Department // whose clerks pay; supervisors of the district may, too
}

// Tier is a step of the amounts: what came of the report.
type Tier struct {
	Code   string `json:"c"`
	Amount int    `json:"a"` // yuan
}

// The tiers: harm was avoided though nothing was punished, an administrative penalty was made, a grave one.
const (
	TierAvoided = "avoided"
	TierPenalty = "penalty"
	TierGrave   = "grave"
)

// RewardState is how far a reward is. It moves by rows of the state table; the state of the case stays.
type RewardState string

// The states of a reward.
const (
	RewardProposed RewardState = "proposed" // waits for a supervisor
	RewardOffered  RewardState = "offered"  // the reporter was told, and may take the code
	RewardClaimed  RewardState = "claimed"  // the reporter has the code
	RewardPaid     RewardState = "paid"
	RewardLapsed   RewardState = "lapsed"   // not collected in time, or nobody is there any more who could
	RewardDeclined RewardState = "declined" // it may be proposed anew
)

// Reward is what the reporter of a proven act is to be paid. It has no Clock: a case that is over has none that runs. Its
// window is looked at by the job rewards.
type Reward struct {
	State    RewardState    `json:"s"`
	Tier     string         `json:"t"`
	Amount   int            `json:"a"`            // yuan
	Why      string         `json:"w"`            // the penalty's number, or which harm was avoided
	Same     []CaseID       `json:"sm,omitempty"` // cases that were named as of the same act or target: together they are paid once
	By       grid.OfficerID `json:"b"`
	Proposed time.Time      `json:"p"`
	Judge    grid.OfficerID `json:"j,omitzero"` // who approved or declined it
	Offered  time.Time      `json:"o,omitzero"`
	Reminded time.Time      `json:"r,omitzero"`
	Refusal  string         `json:"re,omitzero"` // of RewardRefusals
	Shares   []Share        `json:"sh,omitempty"`
}

// Share is the part of a reward that one code pays, once. Of the code only its hash is kept.
type Share struct {
	Hash   string         `json:"h"`
	Amount int            `json:"a"` // yuan
	Paid   time.Time      `json:"p,omitzero"`
	By     grid.OfficerID `json:"b,omitzero"` // who paid
}

// The actions that have to do with rewards.
const (
	ProposeReward Action = "propose_reward" // the desk, or the department that led, proposes it with tier and reason
	JoinReward    Action = "join_reward"    // the case is of the same act or target as another's reward
	ApproveReward Action = "approve_reward" // a supervisor who did not propose it: the reporter is told
	DeclineReward Action = "decline_reward" // for a reason that the reporter is told
	ClaimReward   Action = "claim_reward"   // the reporter takes the code, or several to share; what was lost is replaced
	RemindReward  Action = "remind_reward"  // the window ends soon
	LapseReward   Action = "lapse_reward"   // it ended
	PayReward     Action = "pay_reward"     // one code was paid
)

// Who acts on a reward for another reason than a role at the case's seat.
const (
	TheLead  Who = "lead"  // with one of the rule's roles, or a clerk of the department that leads
	ThePayer Who = "payer" // a clerk of the department that pays, or one of the rule's roles for the district; not who works on the case
)

// RewardRefusals lists why a reward is declined, in the order in which a supervisor is shown the reasons.
func RewardRefusals() []string {
	return []string{"no_penalty", "known", "media", "kin", "tier", "other_reward", "unclear"}
}

// rewardRows: only what was answered is rewarded. While a case is worked on anew everything about its reward waits, the
// window too.
func rewardRows() []Rule {
	told := []State{Answered, SpotCheck, Reviewing, Closed}
	return []Rule{
		{Action: ProposeReward, From: told, Roles: desk, Who: TheLead},
		{Action: JoinReward, From: States(), Who: TheSystem},
		{Action: ApproveReward, From: told, Roles: boss},
		{Action: DeclineReward, From: told, Roles: boss},
		{Action: ClaimReward, From: told, Who: TheReporter},
		{Action: RemindReward, From: told, Who: TheSystem},
		{Action: LapseReward, From: told, Who: TheSystem},
		{Action: PayReward, From: told, Roles: boss, Who: ThePayer},
	}
}

// clone copies a reward, so that the case it came from stays as it was.
func (r *Reward) clone() *Reward {
	if r == nil {
		return nil
	}
	out := *r
	out.Same, out.Shares = slices.Clone(r.Same), slices.Clone(r.Shares)
	return &out
}

// is tells whether the reward is in one of the states; none is in no state.
func (r *Reward) is(states ...RewardState) bool { return r != nil && slices.Contains(states, r.State) }

// Stands tells whether the reward keeps every other report of the same act from one: it is under way, was paid, or was let
// lapse, which passes it on to nobody.
func (r *Reward) Stands() bool { return r != nil && r.State != RewardDeclined }

// Waits tells whether the reporter can still collect something of it.
func (r *Reward) Waits() bool { return r.is(RewardOffered, RewardClaimed) }

// paid is how many of the codes were paid.
func (r *Reward) paid() int {
	n := 0
	for _, s := range r.Shares {
		if !s.Paid.IsZero() {
			n++
		}
	}
	return n
}

// ShareOf finds the share that a code pays, by the code's hash; false when the reward has none of it.
func (c *Case) ShareOf(hash string) (Share, bool) {
	if c.Reward != nil && hash != "" {
		for _, s := range c.Reward.Shares {
			if s.Hash == hash {
				return s, true
			}
		}
	}
	return Share{}, false
}

// split is the amount in n parts, in whole yuan, the larger ones first: their sum is the amount.
func split(amount, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = amount / n
		if i < amount%n {
			out[i]++
		}
	}
	return out
}

// RewardUntil is the first instant at which the reward can no longer be collected; false when there is nothing to collect.
// A case that was answered anew gives the whole window anew.
func (w *Work) RewardUntil(c Case) (time.Time, bool) {
	if !c.Reward.Waits() || !w.Rules.Reward.Window.Valid() {
		return time.Time{}, false
	}
	return w.Calendar.Deadline(c.offered(), w.Rules.Reward.Window).At, true
}

// offered is from when the window is counted.
func (c *Case) offered() time.Time {
	if c.ClosedAt.After(c.Reward.Offered) {
		return c.ClosedAt
	}
	return c.Reward.Offered
}

// RewardBy is when a proposal should be decided; false when none waits.
func (w *Work) RewardBy(c Case) (time.Time, bool) {
	if !c.Reward.is(RewardProposed) || !w.Rules.Reward.Decide.Valid() {
		return time.Time{}, false
	}
	return w.Calendar.Deadline(c.Reward.Proposed, w.Rules.Reward.Decide).At, true
}

// RewardDue is what the window asks to be done at now: LapseReward, RemindReward, or nothing.
func (w *Work) RewardDue(c Case, now time.Time) Action {
	until, ok := w.RewardUntil(c)
	switch {
	case !ok || !c.told():
		return ""
	case !now.Before(until):
		return LapseReward
	case !now.Before(until.AddDate(0, 0, -w.Rules.Reward.Remind)) && !c.Reward.Reminded.After(c.offered()):
		return RemindReward
	}
	return ""
}

// told tells whether the office has answered the case and nobody works on it.
func (c *Case) told() bool {
	return slices.Contains([]State{Answered, SpotCheck, Reviewing, Closed}, c.State)
}

// proven tells whether there is an act to be rewarded.
func (c *Case) proven() bool { return c.Verdict == Proven || c.Verdict == Partly }

// rewardStanding tells whether the reward is so far, and the case so, that the action has its turn.
func rewardStanding(c *Case, a Action) error {
	r, ok := c.Reward, true
	switch a {
	case ProposeReward:
		if ok = c.proven(); !ok {
			return grid.Fail(grid.Conflict, "error.reward.not_proven")
		}
		ok = !r.Stands()
	case ApproveReward:
		ok = r.is(RewardProposed)
	case DeclineReward:
		ok = r.is(RewardProposed, RewardOffered, RewardClaimed) && r.paid() == 0
	case ClaimReward, PayReward:
		if ok = r.Waits(); ok && !c.proven() {
			return grid.Fail(grid.Conflict, "error.reward.not_proven")
		}
	case Merge: // what was offered to one reporter is not given to another
		if r.Stands() {
			return grid.Fail(grid.Conflict, "error.reward.merge")
		}
	default:
	}
	if !ok {
		return grid.Fail(grid.Conflict, "error.reward.state")
	}
	return nil
}
