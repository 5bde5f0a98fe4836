package plan_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/plan"
)

func TestFor(t *testing.T) {
	measures := []plan.Measure{{Item: 1, Covers: []string{"water"}}, {Item: 23, Covers: []string{"outfall"}}, {Item: 6, Covers: []string{"livestock"}}}
	for _, tt := range []struct {
		categories, kinds []string
		want              int
	}{
		{[]string{"water"}, []string{"outfall", "livestock"}, 23},
		{[]string{"water"}, []string{"fish_kill"}, 1},
		{[]string{"noise", "water"}, nil, 1},
		{[]string{"noise"}, nil, 0},
	} {
		if m, ok := plan.For(measures, tt.categories, tt.kinds); m.Item != tt.want || ok != (tt.want > 0) {
			t.Errorf("%v %v: item %d, want %d", tt.categories, tt.kinds, m.Item, tt.want)
		}
	}
}
