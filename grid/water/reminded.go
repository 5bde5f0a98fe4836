package water

import (
	"maps"
	"strconv"
	"time"
)

// Reminded are the reminders that were given. Each is named with the day it is about, so that a new day is a new reminder.
type Reminded map[string]bool

// with is the same with one more.
func (r Reminded) with(of string) Reminded {
	out := Reminded{of: true}
	maps.Copy(out, r)
	return out
}

// ofLastDay is the reminder of a last day that is due now: the fewest of the days ahead that are left, or "late". end is the first
// instant after that day. Nothing when there is nothing to say yet.
func ofLastDay(last string, end time.Time, days []int, now time.Time) string {
	if !now.Before(end) {
		return "late/" + last
	}
	soonest := -1
	for _, d := range days {
		if !now.Before(end.AddDate(0, 0, -d)) && (soonest < 0 || d < soonest) {
			soonest = d
		}
	}
	if soonest < 0 {
		return ""
	}
	return strconv.Itoa(soonest) + "/" + last
}
