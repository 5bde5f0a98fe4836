package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// unknownCode is the answer to a code of a reward that is wrong.
const unknownCode = "error.reward.code"

// showPayment tells whoever pays what a code is good for: /pay CODE. Never who reported.
func (s *scene) showPayment() error {
	c, share, err := s.byCode(s.msg.Args)
	if err != nil {
		return err
	}
	args := s.payArgs(c, share)
	r := flow.Reply{Key: "reward.payable", Args: args}
	until, waits := s.Work.RewardUntil(c)
	switch {
	case !share.Paid.IsZero():
		r.Key = "reward.pay_used"
		args["at"] = s.moment(share.Paid)
	case !waits, !s.now.Before(until):
		r.Key = "reward.pay_lapsed"
	case !s.Work.May(c, casework.PayReward, s.me, s.roster, s.now):
		if _, err = s.act(c, casework.Act{Action: casework.PayReward}); grid.CodeOf(err) == grid.Forbidden {
			return grid.Fail(grid.Forbidden, "error.reward.not_yours")
		}
		r.Key = "reward.pay_held"
	default:
		r.Rows = [][]flow.Choice{{{Key: "button.pay_reward", Data: rewardData("pay", bare(s.msg.Args), "")}}}
	}
	s.say(r)
	return nil
}

// bare is a code as a button carries it.
func bare(code string) string {
	return strings.ToLower(strings.NewReplacer("-", "", " ", "", ":", "").Replace(code))
}

func (s *scene) payArgs(c casework.Case, share casework.Share) texts.Args {
	args := s.rewardArgs(c)
	args["amount"], args["hotline"] = share.Amount, s.Book.Rules().Hotline
	return args
}

// mayPay tells whether the person pays rewards at all: nobody else learns which codes there are.
func (s *scene) mayPay() bool {
	payer := s.Work.Rules.Reward.Payer
	for _, o := range append([]grid.Officer{s.officer}, s.roster.Principals(s.officer.ID, s.now)...) {
		for _, a := range o.Appointments {
			if a.Active(s.now) && a.Role == grid.Clerk && payer != "" && a.Department == payer {
				return true
			}
		}
	}
	return s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
}

// byCode finds the case and the share of a code. Who guesses has to wait for the next day, as with query codes.
func (s *scene) byCode(code string) (casework.Case, casework.Share, error) {
	var none casework.Case
	switch {
	case !s.mayPay():
		return none, casework.Share{}, grid.Fail(grid.Forbidden, "error.role")
	case strings.TrimSpace(code) == "":
		return none, casework.Share{}, grid.Fail(grid.Invalid, "error.reward.usage")
	case s.misses() >= s.Rules.WrongCodes:
		return none, casework.Share{}, grid.Fail(grid.Conflict, "error.status.wait")
	}
	hash := hashReward(code)
	if hash == "" {
		return none, casework.Share{}, grid.Fail(grid.NotFound, unknownCode)
	}
	id, err := s.Store.CaseByReward(s.ctx, hash)
	if grid.CodeOf(err) == grid.NotFound {
		return none, casework.Share{}, grid.Fail(grid.NotFound, unknownCode)
	}
	if err != nil {
		return none, casework.Share{}, err
	}
	c, err := s.load(id)
	if err != nil {
		return none, casework.Share{}, err
	}
	share, ok := c.ShareOf(hash)
	if !ok {
		return none, casework.Share{}, grid.Fail(grid.NotFound, unknownCode)
	}
	return c, share, nil
}

// payReward records that a code was paid. Figures are kept by the year, so that no day leads to anybody.
func (s *scene) payReward(code string) error {
	c, share, err := s.byCode(code)
	if err != nil {
		return err
	}
	first := true
	for _, x := range c.Reward.Shares {
		first = first && x.Paid.IsZero()
	}
	if c, err = s.act(c, casework.Act{Action: casework.PayReward, Codes: []string{share.Hash}}); err != nil {
		return err
	}
	s.countReward(c, share.Amount, first)
	s.say(flow.Reply{Key: "reward.paid", Args: s.payArgs(c, share), Edit: true})
	return s.tellRewarded(c, "reward.paid_told", s.payArgs(c, share), nil)
}

// countReward adds to the figures of the year.
func (s *scene) countReward(c casework.Case, amount int, first bool) {
	category := ""
	if len(c.Categories) > 0 {
		category = c.Categories[0]
	}
	add := func(field string, n int64) {
		s.change.Counts = append(s.change.Counts, ledger.Count{Day: s.year(), Field: field + category, N: n})
	}
	add(casework.RewardsSum, int64(amount))
	if first {
		add(casework.RewardsPaid, 1)
	}
}

func (s *scene) year() string { return s.now.In(s.Rules.Location).Format("2006") }
