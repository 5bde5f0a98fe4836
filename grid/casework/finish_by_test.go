package casework_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// TestFinishBy_AKindHasItsOwnLimit: a case of a kind with a limit of its own is late from the first instant after its last day, whatever
// the general limit says; one of another kind keeps the general limit; of several kinds the main one counts.
func TestFinishBy_AKindHasItsOwnLimit(t *testing.T) {
	w := work(t)
	w.Rules.FinishBy = map[string]calendar.Limit{"black_water": {N: 7, Unit: calendar.Workday}, "slow": {N: 60, Unit: calendar.Day}}
	general, black, slow := at(7, 9, 0), at(6, 18, 0), at(8, 8, 0) // 7 working days after Monday the 8th end with Wednesday the 17th
	tests := map[string]struct {
		kinds []string
		due   time.Time
	}{
		"no kind":                 {nil, general},
		"another kind":            {[]string{"outfall"}, general},
		"black water":             {[]string{"black_water", "outfall"}, black},
		"mainly another kind":     {[]string{"outfall", "black_water"}, general},
		"longer than the general": {[]string{"slow"}, slow},
		"two with limits":         {[]string{"slow", "black_water"}, slow},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c, _ := in(t, w, casework.Registered, monday)
			c.Kinds = tt.kinds
			c = mustApply(t, w, c, filled(casework.Accept, "p-dora"), monday)
			c = mustApply(t, w, c, filled(casework.Take, "p-ivan"), monday)
			if due, _ := c.Due(); !due.Equal(tt.due) {
				t.Fatalf("due %s, want %s", due, tt.due)
			}
			if c.Late(tt.due.Add(-time.Nanosecond)) || !c.Late(tt.due) {
				t.Error("it is late from its due instant on and not before")
			}
		})
	}
}
