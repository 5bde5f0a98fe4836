package casework

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// reward is the effect of what is done about a reward.
func (w *Work) reward(c *Case, act Act, now time.Time) error {
	switch act.Action {
	case ProposeReward:
		return w.proposeReward(c, act, now)
	case JoinReward:
		return joinReward(c, act)
	case ApproveReward:
		return w.approveReward(c, act, now)
	case DeclineReward:
		return declineReward(c, act)
	case ClaimReward:
		return w.claimReward(c, act, now)
	case PayReward:
		return w.payReward(c, act, now)
	default: // RemindReward, LapseReward
		return w.windReward(c, act, now)
	}
}

// proposeReward needs the office's rule, a tier, the proposer's reason and a reporter to whom it may go.
func (w *Work) proposeReward(c *Case, act Act, now time.Time) error {
	tier, ok := w.tier(act.Tier)
	switch {
	case !w.Rules.Reward.Enabled:
		return grid.Fail(grid.Conflict, "error.reward.off")
	case !ok:
		return grid.Fail(grid.Invalid, "error.reward.tier")
	case len([]rune(act.Words)) < MinOccasion:
		return grid.Fail(grid.Invalid, "error.reward.no_reason")
	}
	if err := w.barred(*c, act.Kin); err != nil {
		return err
	}
	c.Reward = &Reward{State: RewardProposed, Tier: tier.Code, Amount: tier.Amount, Why: act.Words, Same: act.Same, By: act.Officer, Proposed: now}
	return nil
}

// tier finds a tier by its code; no amount is above what one act may be paid.
func (w *Work) tier(code string) (Tier, bool) {
	for _, t := range w.Rules.Reward.Tiers {
		if t.Code == code {
			if limit := w.Rules.Reward.Max; limit > 0 {
				t.Amount = min(t.Amount, limit)
			}
			return t, t.Amount > 0
		}
	}
	return Tier{}, false
}

// joinReward keeps whose reward the case goes with.
func joinReward(c *Case, act Act) error {
	if act.Other == "" || act.Other == c.ID {
		return grid.Fail(grid.Invalid, "error.reward.same")
	}
	c.RewardWith = act.Other
	return nil
}

// approveReward offers it. Nobody approves what they proposed; what has changed since the proposal counts.
func (w *Work) approveReward(c *Case, act Act, now time.Time) error {
	r := c.Reward
	if r.By == act.Officer {
		return grid.Fail(grid.Forbidden, "error.case.own")
	}
	if err := w.barred(*c, act.Kin); err != nil {
		return err
	}
	r.State, r.Judge, r.Offered = RewardOffered, act.Officer, now
	return nil
}

// declineReward ends it, also after it was offered, but not once something was paid.
func declineReward(c *Case, act Act) error {
	r := c.Reward
	if !slices.Contains(RewardRefusals(), act.Reason) {
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	}
	r.State, r.Judge, r.Refusal, r.Shares = RewardDeclined, act.Officer, act.Reason, nil
	return nil
}

// claimReward keeps the hashes of the codes that the reporter was given: one, or one for each who reported jointly (联名),
// who share evenly. Codes that were not used are void when there are new ones; what was paid stays paid, and after that the
// number of shares, too.
func (w *Work) claimReward(c *Case, act Act, now time.Time) error {
	r := c.Reward
	if err := w.collectable(c, now); err != nil {
		return err
	}
	n := len(act.Codes)
	if n < 1 || n > max(w.Rules.Reward.Joint, 1) || n > r.Amount {
		return grid.Fail(grid.Invalid, "error.reward.joint", "max", strconv.Itoa(max(w.Rules.Reward.Joint, 1)))
	}
	if r.paid() > 0 {
		return renewShares(r, act.Codes)
	}
	r.Shares = nil
	for i, amount := range split(r.Amount, n) {
		r.Shares = append(r.Shares, Share{Hash: act.Codes[i], Amount: amount})
	}
	r.State = RewardClaimed
	return nil
}

// renewShares gives the shares that were not paid new codes.
func renewShares(r *Reward, codes []string) error {
	if len(codes) != len(r.Shares)-r.paid() {
		return grid.Fail(grid.Conflict, "error.reward.shared")
	}
	next := 0
	for i := range r.Shares {
		if r.Shares[i].Paid.IsZero() {
			r.Shares[i].Hash = codes[next]
			next++
		}
	}
	return nil
}

// collectable tells whether the reporter can still collect it at now.
func (w *Work) collectable(c *Case, now time.Time) error {
	if until, ok := w.RewardUntil(*c); ok && !now.Before(until) {
		return grid.Fail(grid.Expired, "error.reward.late")
	}
	return nil
}

// payReward pays one code, once. Whoever proposed or approved it does not pay it.
func (w *Work) payReward(c *Case, act Act, now time.Time) error {
	if len(act.Codes) != 1 {
		return grid.Fail(grid.Invalid, "error.reward.code")
	}
	share, ok := c.ShareOf(act.Codes[0])
	switch {
	case !ok:
		return grid.Fail(grid.NotFound, "error.reward.code")
	case !share.Paid.IsZero():
		return grid.Fail(grid.Conflict, "error.reward.used")
	}
	if err := w.collectable(c, now); err != nil {
		return err
	}
	r := c.Reward
	if act.Officer == r.By || act.Officer == r.Judge {
		return grid.Fail(grid.Forbidden, "error.case.own")
	}
	for i := range r.Shares {
		if s := &r.Shares[i]; s.Hash == share.Hash {
			s.Paid, s.By = now, act.Officer
		}
	}
	if r.paid() == len(r.Shares) {
		r.State = RewardPaid
	}
	return nil
}

// windReward does what the window asks for, and nothing before its time.
func (w *Work) windReward(c *Case, act Act, now time.Time) error {
	if w.RewardDue(*c, now) != act.Action {
		return grid.Fail(grid.Conflict, "error.reward.state")
	}
	if act.Action == RemindReward {
		c.Reward.Reminded = now
		return nil
	}
	c.Reward.State = RewardLapsed
	return nil
}

// loseReward ends a reward that nobody can collect any more: its reporter took the report back or was forgotten. A code that
// was handed out is good without knowing whose it is, unless the report was taken back.
func (c *Case) loseReward(codes bool) {
	if c.Reward.is(RewardProposed, RewardOffered) || codes && c.Reward.is(RewardClaimed) {
		c.Reward.State = RewardLapsed
	}
}

// noteReward says in the history what is done about a reward: never a code.
func (w *Work) noteReward(c *Case, a Act, put func(k, v string)) {
	put("tier", a.Tier)
	same := make([]string, len(a.Same))
	for i, id := range a.Same {
		same[i] = string(id)
	}
	put("same", strings.Join(same, " "))
	switch a.Action {
	case ProposeReward:
		t, _ := w.tier(a.Tier)
		put("amount", count(t.Amount))
	case ClaimReward:
		put("shares", count(len(a.Codes)))
	case PayReward:
		for _, code := range a.Codes {
			s, _ := c.ShareOf(code)
			put("amount", count(s.Amount))
		}
	default:
	}
}
