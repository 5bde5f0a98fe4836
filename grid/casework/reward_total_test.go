package casework_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// What is told in public of few rewards leads to nobody.
func TestRewardTotals(t *testing.T) {
	type figures map[string][2]int64
	tests := []struct {
		name string
		in   figures
		want casework.RewardTotal
	}{
		{"none", nil, casework.RewardTotal{}},
		{"few in all: no sum", figures{"water": {4, 4000}}, casework.RewardTotal{Number: 4, Few: true}},
		{"one category needs no lines", figures{"water": {5, 4000}}, casework.RewardTotal{Number: 5, Sum: 4000}},
		{"lines", figures{"water": {7, 7000}, "air": {5, 2500}}, casework.RewardTotal{Number: 12, Sum: 9500, By: []casework.RewardLine{{"water", 7, 7000}, {"air", 5, 2500}}}},
		{"small ones together", figures{"water": {7, 7000}, "air": {3, 1500}, "noise": {2, 900}}, casework.RewardTotal{Number: 12, Sum: 9400, By: []casework.RewardLine{{"water", 7, 7000}, {"", 5, 2400}}}},
		{"a single small one is hidden behind the next", figures{"water": {7, 7000}, "air": {5, 2500}, "noise": {1, 500}}, casework.RewardTotal{Number: 13, Sum: 10000, By: []casework.RewardLine{{"water", 7, 7000}, {"", 6, 3000}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			counts := map[string]int64{"new/630202102": 9}
			for k, v := range tt.in {
				counts[casework.RewardsPaid+k], counts[casework.RewardsSum+k] = v[0], v[1]
			}
			if got := casework.RewardTotals(counts, 5); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

// Whatever was paid: no line stands for fewer than five, and the lines make up the total.
func TestRewardTotalsHideFew(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		counts := map[string]int64{}
		for _, c := range []string{"a", "b", "c", "d"} {
			n := rapid.Int64Range(0, 9).Draw(rt, c)
			if n > 0 {
				counts[casework.RewardsPaid+c], counts[casework.RewardsSum+c] = n, n*500
			}
		}
		got := casework.RewardTotals(counts, 5)
		n := 0
		for _, line := range got.By {
			n += line.Number
			if line.Number < 5 {
				rt.Fatalf("%+v", got)
			}
		}
		if len(got.By) > 0 && n != got.Number || got.Few && got.Sum != 0 {
			rt.Fatalf("%+v", got)
		}
	})
}
