package handlers

import (
	"maps"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// TestCountBlack_TheFirstAnswerCounts: a report that was answered in time and reopened since is finished and not overdue; what was refused
// or withdrawn is neither valid nor invalid, and an alarm is not counted at all.
func TestCountBlack_TheFirstAnswerCounts(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 6, n, 0, 0, 0, 0, time.UTC) }
	due := func(stopped time.Time) casework.Clock {
		return casework.Clock{Name: casework.FinishClock, Started: day(1), Due: day(10), Stopped: stopped}
	}
	answered := func(n int) casework.Clock { return casework.Clock{Name: casework.ConfirmClock, Started: day(n)} }
	longer := casework.Clock{Name: casework.FinishClock, Started: day(1), Due: day(20), Stopped: day(15), Extended: 10}
	replaced := due(day(9))
	replaced.Replaced = true
	again := casework.Clock{Name: casework.FinishClock, Started: day(12), Due: day(21)}
	tests := map[string]struct {
		c    casework.Case
		want map[string]int
	}{
		"alarm":       {casework.Case{State: casework.Alarm}, nil},
		"false alarm": {casework.Case{State: casework.FalseAlarm}, nil},
		"undecided":   {casework.Case{State: casework.Registered}, map[string]int{"received": 1}},
		"refused":     {casework.Case{State: casework.Refused, ClosedAt: day(20)}, map[string]int{"received": 1, "refused": 1}},
		"withdrawn": {
			casework.Case{State: casework.Withdrawn, ClosedAt: day(20), Clocks: []casework.Clock{due(day(20))}},
			map[string]int{"received": 1, "withdrawn": 1},
		},
		"late and open": {casework.Case{State: casework.Handling, Clocks: []casework.Clock{due(time.Time{})}}, map[string]int{"received": 1, "overdue": 1}},
		"answered on the last day": {
			casework.Case{State: casework.Answered, Verdict: casework.Proven, Clocks: []casework.Clock{due(day(9)), answered(9)}},
			map[string]int{"received": 1, "finished": 1, "valid": 1},
		},
		"answered too late": {
			casework.Case{State: casework.Closed, Verdict: casework.Unfounded, Clocks: []casework.Clock{due(day(10)), answered(10)}},
			map[string]int{"received": 1, "finished": 1, "invalid": 1, "overdue": 1},
		},
		"answered in time, then reopened": {
			casework.Case{State: casework.Handling, Verdict: casework.Partly, Clocks: []casework.Clock{due(day(9)), answered(9), again}},
			map[string]int{"received": 1, "finished": 1, "valid": 1},
		},
		"answered within more time": {
			casework.Case{State: casework.Closed, Verdict: casework.Proven, Clocks: []casework.Clock{replaced, longer, answered(15)}},
			map[string]int{"received": 1, "finished": 1, "valid": 1},
		},
	}
	for name, tt := range tests {
		n := make(map[string]int)
		countBlack(n, tt.c, day(30))
		if !maps.Equal(n, tt.want) {
			t.Errorf("%s: %v, want %v", name, n, tt.want)
		}
	}
}
