package flow

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// ProposeReward proposes a reward for who reported the case.
type ProposeReward struct {
	Case  casework.CaseID
	Tier  string
	Words string   // the penalty's number, or which harm was avoided
	Same  []string // numbers of other reports of the same act or target
	At    time.Time
}

func (ProposeReward) command() {}

// askReward asks for the tier, the reason, other reports of the same act, and at last for what only a person can vouch for.
func (t *turn) askReward() {
	task := t.s.Task
	switch {
	case task.Reason == "":
		var choices []Choice
		for _, tier := range task.Tiers {
			c := t.choice("button.reward_tier."+tier.Code, "tier", tier.Code)
			c.Args = args("amount", tier.Amount)
			choices = append(choices, c)
		}
		t.ask("reward.ask_tier", args("number", task.Number), inRows(1, choices)...)
	case len(task.Words) == 0:
		t.ask("reward.ask_reason", args("number", task.Number, "tier", texts.Text{Key: "reward.tier." + task.Reason}, "min", casework.MinOccasion))
	case !task.Matched:
		t.ask("reward.ask_same", args("number", task.Number), []Choice{t.choice("button.reward_no_same", "no_same", "")})
	default:
		t.ask("reward.confirm", args(
			"number", task.Number, "tier", texts.Text{Key: "reward.tier." + task.Reason}, "amount", task.amount(), "words", task.said(), "same", t.sameLine(),
		), []Choice{t.choice("button.reward_vouch", "vouch", "")})
	}
}

// amount is that of the chosen tier.
func (task *Task) amount() int {
	for _, tier := range task.Tiers {
		if tier.Code == task.Reason {
			return tier.Amount
		}
	}
	return 0
}

func (t *turn) sameLine() texts.Text {
	if len(t.s.Task.Others) == 0 {
		return texts.Text{}
	}
	return texts.Text{Key: "reward.same", Args: args("numbers", strings.Join(t.s.Task.Others, " "))}
}

func (t *turn) chooseTier(code string) {
	task := t.s.Task
	if task.Story != Rewarding || !slices.ContainsFunc(task.Tiers, func(x casework.Tier) bool { return x.Code == code }) {
		t.stale()
		return
	}
	task.Reason = code
	t.askAgain()
}

// shownNumber is the number of a report or case as people write it.
var shownNumber = regexp.MustCompile(`(?i)A?20\d\d-\d{5,}`)

// maxSame is how many other reports of the same act may be named.
const maxSame = 10

func (t *turn) rewardMessage() {
	task := t.s.Task
	switch {
	case task.Reason == "":
	case len(task.Words) == 0:
		if len([]rune(t.e.Text)) >= casework.MinOccasion {
			task.Words = []Words{{Message: t.e.ID, Text: clipTo(t.e.Text, maxOccasion)}}
		}
	case !task.Matched:
		numbers := shownNumber.FindAllString(strings.ToUpper(t.e.Text), maxSame)
		if len(numbers) == 0 {
			t.sayKey("reward.no_number")
			break
		}
		task.Others, task.Matched = numbers, true
	}
	t.askAgain()
}

func (t *turn) noSame(string) {
	task := t.s.Task
	if task.Story != Rewarding || len(task.Words) == 0 {
		t.stale()
		return
	}
	task.Others, task.Matched = nil, true
	t.askAgain()
}

func (t *turn) vouch(string) {
	task := t.s.Task
	if task.Story != Rewarding || task.Reason == "" || len(task.Words) == 0 || !task.Matched {
		t.stale()
		return
	}
	t.do(ProposeReward{Case: task.Case, Tier: task.Reason, Words: task.said(), Same: task.Others, At: t.e.At})
	t.endStory()
}
