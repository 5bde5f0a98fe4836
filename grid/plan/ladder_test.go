package plan_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/plan"
)

// Each stage is told once, on its day or as soon after as the program runs again; what another overtook, or is long past, never.
func TestReached(t *testing.T) {
	w := work(t)
	for _, tt := range []struct {
		id, today string
		told      []string
		state     plan.State
		want      string
	}{
		{"22-1", "2017-10-01", nil, "", ""},
		{"22-1", "2017-10-02", nil, "", "before_90"},
		{"22-1", "2017-10-05", nil, "", "before_90"}, // the program stood still
		{"22-1", "2017-10-05", []string{"before_90"}, "", ""},
		{"22-1", "2017-12-20", nil, "", ""}, // 19 days after T-30: a plan that was loaded late
		{"22-1", "2017-12-24", []string{"before_30"}, plan.Underway, "before_7"},
		{"22-1", "2017-12-24", nil, plan.Reported, ""},
		{"22-1", "2017-12-30", []string{"before_7"}, "", "before_1"},
		{"22-1", "2018-01-01", []string{"before_1"}, "", "urge"},
		{"22-1", "2018-01-10", []string{"urge"}, "", "order"},
		{"22-1", "2018-01-30", []string{"order"}, "", "press"},
		{"22-1", "2018-03-01", []string{"order"}, "", ""},
		{"22-1", "2026-11-26", nil, "", ""},
		{"12-1.2018Q1", "2018-01-02", nil, "", ""}, // a period is not spoken of before it begins
		{"12-1.2018Q1", "2018-03-01", nil, "", "before_30"},
		{"12-2", "2018-01-01", nil, "", ""},
	} {
		today := day(tt.today)
		s, ok := w.Reached(of(t, w, tt.id, tt.today), plan.Progress{State: tt.state, Told: tt.told}, today)
		if s.Name != tt.want || ok != (tt.want != "") {
			t.Errorf("%s on %s after %v: %q, want %q", tt.id, tt.today, tt.told, s.Name, tt.want)
		}
	}
}
