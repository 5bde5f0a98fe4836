package casework

import (
	"slices"
	"testing"
)

// A case is found by its categories and kinds from its acceptance until it is closed, and no longer by those that it lost.
func TestQueues_TellOnTheMatter(t *testing.T) {
	for state, tells := range map[State]bool{
		Alarm: false, Registered: false, Asked: false, OutOfArea: false, Accepted: true, Handling: true, HandedIn: true, Answered: true,
		SpotCheck: true, Reviewing: true, Merged: false, Closed: false, Refused: false, Withdrawn: false, FalseAlarm: false,
	} {
		c := Case{State: state, Categories: []string{"water"}, Kinds: []string{"outfall"}}
		for _, code := range []string{"water", "outfall"} {
			if got := slices.Contains(c.Queues(), MatterQueue(code)); got != tells {
				t.Errorf("%s: found by %s: %v", state, code, got)
			}
		}
		if c.Kinds = nil; slices.Contains(c.Queues(), MatterQueue("outfall")) {
			t.Errorf("%s: found by a kind that it has no more", state)
		}
	}
}
