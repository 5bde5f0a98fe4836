package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// maxKin is far more cases than are ever of one act.
const maxKin = 200

// kin reads the other cases of the same act: those that were merged and those that a reward names, from the case and those
// named now on, as far as they lead. The change relies on them: when one of them moves on meanwhile, it is decided anew.
func (s *scene) kin(c casework.Case, named ...casework.CaseID) ([]casework.Case, error) {
	var out []casework.Case
	seen := map[casework.CaseID]bool{c.ID: true}
	for next := append(c.RewardKin(), named...); len(next) > 0 && len(out) < maxKin; {
		ids := slices.DeleteFunc(next, func(id casework.CaseID) bool {
			known := seen[id]
			seen[id] = true
			return known
		})
		found, err := s.Store.Cases(s.ctx, ids)
		if err != nil {
			return nil, err
		}
		next = nil
		for _, k := range found {
			out = append(out, k)
			next = append(next, k.RewardKin()...)
		}
	}
	s.change.Relies = append(s.change.Relies, out...)
	return out, nil
}

// beginReward tells an officer of the desk whether the reporter of a case is eligible, and begins the proposal when the
// office has a rule by which there are rewards.
func (s *scene) beginReward(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	if !s.Work.May(c, casework.ProposeReward, s.me, s.roster, s.now) {
		_, err = s.act(c, casework.Act{Action: casework.ProposeReward})
		return err
	}
	kin, err := s.kin(c)
	if err != nil {
		return err
	}
	bar, first := s.Work.RewardBar(c, kin)
	switch {
	case bar != "":
		return grid.Fail(grid.Conflict, "error.reward."+string(bar), "number", shownOf(kin, first))
	case !s.Work.Rules.Reward.Enabled:
		s.say(flow.Reply{Key: "reward.eligible", Args: texts.Args{"number": c.Shown()}})
		return nil
	}
	t := s.task(flow.Rewarding, c)
	t.Tiers = s.Work.Rules.Reward.Tiers
	return s.begin(t)
}

// shownOf is the number of one of the cases.
func shownOf(cases []casework.Case, id casework.CaseID) string {
	for _, c := range cases {
		if c.ID == id {
			return c.Shown()
		}
	}
	return ""
}

// proposeReward proposes a reward; a supervisor decides. Cases that are named as of the same act are marked, so that all of
// them together are rewarded once.
func (s *scene) proposeReward(a flow.ProposeReward) error {
	c, err := s.visible(a.Case)
	if err != nil {
		return err
	}
	same, err := s.casesNamed(a.Same, c.ID)
	if err != nil {
		return err
	}
	kin, err := s.kin(c, same...)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.ProposeReward, Tier: a.Tier, Words: a.Words, Same: same, Kin: kin, At: a.At})
	if err != nil {
		return err
	}
	for _, k := range kin {
		if slices.Contains(same, k.ID) {
			if err := s.join(k, c.ID); err != nil {
				return err
			}
		}
	}
	s.say(flow.Reply{Key: "reward.proposed", Args: s.rewardArgs(c), Hide: true})
	return s.tellJudges(c)
}

// casesNamed finds the cases of numbers that an officer may see.
func (s *scene) casesNamed(numbers []string, but casework.CaseID) ([]casework.CaseID, error) {
	var out []casework.CaseID
	for _, n := range numbers {
		id, err := s.Store.CaseByNumber(s.ctx, n)
		if err == nil {
			_, err = s.visible(id)
		}
		if code := grid.CodeOf(err); code == grid.NotFound || code == grid.Forbidden {
			return nil, grid.Fail(grid.NotFound, "error.reward.same", "number", n)
		}
		if err != nil {
			return nil, err
		}
		if id != but && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out, nil
}

// join marks a case as one that goes with another's reward.
func (s *scene) join(k casework.Case, with casework.CaseID) error {
	after, event, err := s.Work.Apply(k, casework.Act{Action: casework.JoinReward, Other: with, Via: s.via()}, s.roster, s.now)
	if err == nil {
		s.change.Relies = slices.DeleteFunc(s.change.Relies, func(x casework.Case) bool { return x.ID == k.ID }) // it is written
		s.write(k, after, event)
	}
	return err
}

// tellJudges asks the district's supervisors to decide, the proposer excepted.
func (s *scene) tellJudges(c casework.Case) error {
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
	for _, o := range officers {
		if o.ID == c.Reward.By || s.Work.Excluded(c, o, s.now) {
			continue
		}
		if err := s.tell(o.Person, c, flow.Reply{Key: "reward.to_judge", Args: s.rewardArgs(c), Rows: s.judgeButtons(c, o.Person)}); err != nil {
			return err
		}
	}
	return nil
}

// judgeButtons are what the person may do about the reward of a case.
func (s *scene) judgeButtons(c casework.Case, to grid.PersonID) [][]flow.Choice {
	var all []flow.Choice
	for _, a := range []casework.Action{casework.ProposeReward, casework.ApproveReward, casework.DeclineReward} {
		if a == casework.ApproveReward && c.Reward != nil && s.is(to, c.Reward.By) {
			continue
		}
		if s.Work.May(c, a, to, s.roster, s.now) {
			all = append(all, flow.Choice{Key: "button." + string(a), Data: caseData(string(a), c.ID)})
		}
	}
	return pairs(all)
}

// is tells whether the person is that officer.
func (s *scene) is(p grid.PersonID, id grid.OfficerID) bool {
	o, ok := s.roster.ByPerson(p)
	return ok && o.ID == id
}

// rewardArgs is what is said of a reward; never who gets it.
func (s *scene) rewardArgs(c casework.Case) texts.Args {
	r := c.Reward
	args := texts.Args{
		"number": c.Shown(), "tier": texts.Text{Key: "reward.tier." + r.Tier}, "amount": r.Amount, "words": r.Why,
		"state": texts.Text{Key: "reward.state." + string(r.State)}, "due": texts.Text{}, "same": len(r.Same),
	}
	if by, ok := s.Work.RewardBy(c); ok {
		args["due"] = texts.Text{Key: "reward.decide_by", Args: texts.Args{"day": s.lastDay(by)}}
	}
	if until, ok := s.Work.RewardUntil(c); ok {
		args["due"] = texts.Text{Key: "reward.collect_by", Args: texts.Args{"day": s.lastDay(until)}}
	}
	return args
}

// rewardLine is the line of a card about a reward, for the desk and those above it: who works on the case is told nothing.
func (s *scene) rewardLine(c casework.Case) texts.Text {
	if c.Reward == nil || !s.deskWorker() {
		return texts.Text{}
	}
	return texts.Text{Key: "reward.line", Args: s.rewardArgs(c)}
}
