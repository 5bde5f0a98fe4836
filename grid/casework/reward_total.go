package casework

import (
	"cmp"
	"slices"
	"strings"
)

// RewardTotal is what the public may know of the rewards of a year.
type RewardTotal struct {
	Number int // of cases whose reward was paid, in whole or in part
	Sum    int // yuan
	By     []RewardLine
	Few    bool // so few that a sum would tell what somebody got
}

// RewardLine is the part of one category; that of several small ones together has none.
type RewardLine struct {
	Category string
	Number   int
	Sum      int
}

// The figures of a year, each followed by a category.
const (
	RewardsPaid = "rewards/"
	RewardsSum  = "reward_sum/"
)

// RewardTotals makes of a year's figures what can be told without leading to anybody: no line stands for fewer than few
// rewards, nor can one be found by subtracting the others.
func RewardTotals(counts map[string]int64, few int) RewardTotal {
	var t RewardTotal
	var rest RewardLine
	for field, n := range counts {
		category, ok := strings.CutPrefix(field, RewardsPaid)
		if !ok {
			continue
		}
		line := RewardLine{category, int(n), int(counts[RewardsSum+category])}
		t.Number, t.Sum = t.Number+line.Number, t.Sum+line.Sum
		if line.Number < few {
			rest.Number, rest.Sum = rest.Number+line.Number, rest.Sum+line.Sum
			continue
		}
		t.By = append(t.By, line)
	}
	slices.SortFunc(t.By, func(a, b RewardLine) int { return cmp.Or(b.Number-a.Number, strings.Compare(a.Category, b.Category)) })
	for rest.Number > 0 && rest.Number < few && len(t.By) > 0 { // the smallest line hides those that are too small
		last := t.By[len(t.By)-1]
		t.By, rest = t.By[:len(t.By)-1], RewardLine{"", rest.Number + last.Number, rest.Sum + last.Sum}
	}
	if rest.Number > 0 {
		t.By = append(t.By, rest)
	}
	if t.Few = t.Number > 0 && t.Number < few; t.Few {
		t.Sum = 0
	}
	if len(t.By) < 2 {
		t.By = nil
	}
	return t
}
