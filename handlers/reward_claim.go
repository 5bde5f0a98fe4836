package handlers

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// codeLength is that of a reward's code: 80 bits, so that a hash of it leads nobody to the code.
const codeLength = 16

// hashReward is how a code is stored, however it was typed: whoever reads the store cannot collect with it.
func hashReward(code string) string {
	plain := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(code))
	if len(plain) != codeLength {
		return ""
	}
	sum := sha256.Sum256([]byte("reward/" + plain))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// legible is a code in groups of four.
func legible(code string) string {
	parts := make([]string, 0, codeLength/4)
	for group := range slices.Chunk([]byte(strings.ToUpper(code)), 4) {
		parts = append(parts, string(group))
	}
	return strings.Join(parts, "-")
}

// claimReward gives the reporter the code, or new ones in place of those that were lost: all that was not paid yet.
func (s *scene) claimReward(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	n := 1
	if c.Reward != nil {
		left := 0
		for _, share := range c.Reward.Shares {
			if share.Paid.IsZero() {
				left++
			}
		}
		n = max(left, 1)
	}
	return s.giveCodes(c, n)
}

// giveCodes makes n codes and shows them, once. An officer is told here that it is not for officers: this is the only moment
// at which the program knows both who reported and who has an office, and it writes neither down.
func (s *scene) giveCodes(c casework.Case, n int) error {
	if !s.Work.Rules.Reward.Officers && s.reported(c) && len(s.roles()) > 0 {
		return grid.Fail(grid.Conflict, "error.reward.duty")
	}
	codes, hashes := make([]string, n), make([]string, n)
	for i := range codes {
		codes[i] = s.code(codeLength)
		hashes[i] = hashReward(codes[i])
	}
	c, err := s.act(c, casework.Act{Action: casework.ClaimReward, Codes: hashes})
	if err != nil {
		return err
	}
	lines := make([]string, n)
	for i, code := range codes {
		share, _ := c.ShareOf(hashes[i])
		lines[i] = s.Texts.T(s.lang, "reward.code_line", texts.Args{"code": legible(code), "amount": share.Amount})
	}
	args := s.rewardArgs(c)
	args["lines"], args["payer"] = texts.Raw(strings.Join(lines, "\n")), string(s.Work.Rules.Reward.Payer)
	r := flow.Reply{Key: "reward.codes", Args: args}
	if len(c.Reward.Shares) == n && s.Work.Rules.Reward.Joint > 1 {
		r.Rows = [][]flow.Choice{{{Key: "button.split_reward", Data: caseData("split_reward", c.ID)}}}
	}
	s.say(r)
	return nil
}

// askShare asks how many people reported jointly.
func (s *scene) askShare(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if !s.Work.May(c, casework.ClaimReward, s.alias(c), s.roster, s.now) {
		return grid.Fail(grid.Conflict, "error.reward.state")
	}
	var all []flow.Choice
	for n := 2; n <= s.Work.Rules.Reward.Joint; n++ {
		all = append(all, flow.Choice{Label: texts.Name(strconv.Itoa(n)), Data: rewardData("share", strconv.Itoa(n), c.ID)})
	}
	s.say(flow.Reply{Key: "reward.ask_share", Args: s.rewardArgs(c), Rows: inRows(5, all)})
	return nil
}

// shareReward makes a code for each who reported jointly.
func (s *scene) shareReward(id casework.CaseID, count string) error {
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > max(s.Work.Rules.Reward.Joint, 1) {
		return s.forged(s.msg.Data)
	}
	c, err := s.load(id)
	if err != nil {
		return err
	}
	return s.giveCodes(c, n)
}
