package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// rewardData is what a button about a reward carries.
func rewardData(verb, arg string, id casework.CaseID) string {
	return "r:" + verb + ":" + arg + ":" + string(id)
}

// pressReward does what such a button says.
func (s *scene) pressReward(verb, rest string) error {
	arg, id, _ := strings.Cut(rest, ":")
	switch verb {
	case "no":
		return s.declineReward(casework.CaseID(id), arg)
	case "share":
		return s.shareReward(casework.CaseID(id), arg)
	case "pay":
		return s.payReward(arg)
	}
	return s.forged(s.msg.Data)
}

// approveReward offers the reward to the reporter, and tells later reporters of the same act that it went to the first.
func (s *scene) approveReward(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	kin, err := s.kin(c)
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.ApproveReward, Kin: kin}); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "reward.approved", Args: s.rewardArgs(c), Edit: true})
	if err := s.tellRewarded(c, "reward.offer", s.rewardArgs(c), claimButton(c)); err != nil {
		return err
	}
	return s.tellLater(c, kin)
}

// claimButton is the reporter's button to take the code.
func claimButton(c casework.Case) [][]flow.Choice {
	return [][]flow.Choice{{{Key: "button.claim_reward", Data: caseData(string(casework.ClaimReward), c.ID)}}}
}

// tellRewarded tells the reporter, in the day, what becomes of the reward.
func (s *scene) tellRewarded(c casework.Case, key string, args texts.Args, rows [][]flow.Choice) error {
	m, err := s.letter(c.Reporter, c, flow.Reply{Key: key, Args: args, Rows: rows})
	if err != nil || m == nil {
		return err
	}
	s.quiet(c, m)
	s.change.Outbox = append(s.change.Outbox, *m)
	return nil
}

// tellLater thanks whoever reported or joined the same act later; a reward is the first reporter's.
func (s *scene) tellLater(c casework.Case, kin []casework.Case) error {
	told := map[grid.PersonID]bool{c.Reporter: true}
	for _, k := range append([]casework.Case{c}, kin...) {
		if k.Source == casework.FromInspector {
			told[k.Reporter] = true // an officer at work
		}
		for _, p := range k.People() {
			if told[p] {
				continue
			}
			told[p] = true
			m, err := s.letter(p, k, flow.Reply{Key: "reward.later", Args: texts.Args{"number": k.Shown()}})
			if err != nil {
				return err
			}
			if m != nil {
				s.quiet(k, m)
				s.change.Outbox = append(s.change.Outbox, *m)
			}
		}
	}
	return nil
}

// askDecline asks a supervisor why a reward is declined.
func (s *scene) askDecline(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	if !s.Work.May(c, casework.DeclineReward, s.me, s.roster, s.now) {
		_, err = s.act(c, casework.Act{Action: casework.DeclineReward})
		return err
	}
	rows := make([][]flow.Choice, 0, len(casework.RewardRefusals()))
	for _, reason := range casework.RewardRefusals() {
		rows = append(rows, []flow.Choice{{Key: "reward.refusal." + reason, Data: rewardData("no", reason, c.ID)}})
	}
	s.say(flow.Reply{Key: "reward.ask_decline", Args: s.rewardArgs(c), Rows: rows})
	return nil
}

// declineReward declines it; the reporter is told why.
func (s *scene) declineReward(id casework.CaseID, reason string) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.DeclineReward, Reason: reason}); err != nil {
		return err
	}
	args := s.rewardArgs(c)
	args["reason"] = texts.Text{Key: "reward.refusal." + reason}
	s.say(flow.Reply{Key: "reward.declined", Args: args, Edit: true})
	args["hotline"] = s.Book.Rules().Hotline
	return s.tellRewarded(c, "reward.refused", args, nil)
}

// rewardEvent is what a timeline tells of an event of a reward; nothing for other events.
func rewardEvent(e casework.Event) texts.Args {
	args := texts.Args{"amount": e.Note["amount"], "shares": e.Note["shares"]}
	switch e.Action {
	case casework.ProposeReward:
		args["tier"] = texts.Text{Key: "reward.tier." + e.Note["tier"]}
	case casework.DeclineReward:
		args["reason"] = texts.Text{Key: "reward.refusal." + e.Note["reason"]}
	default:
	}
	return args
}
