package casework

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
)

// The actions by which somebody is kept from a case besides Bar.
const (
	Unbar  Action = "unbar"  // it was a mistake: a supervisor gives the case back
	Recuse Action = "recuse" // an officer keeps themselves from it (自行回避)
)

// avoidRows are the rows of the table for them.
func avoidRows() []Rule {
	undecided, work := []State{Registered, OutOfArea, Asked}, []State{Accepted, Handling}
	return []Rule{
		{Action: Unbar, From: slices.Concat(undecided, work, []State{HandedIn}), Roles: boss},
		{Action: Recuse, From: work, To: Accepted, Roles: field, Starts: []ClockName{TransferClock}, Stops: []ClockName{AdjudicateClock}},
		{Action: Recuse, From: append(slices.Clone(undecided), HandedIn), Roles: desk},
	}
}

// unbar takes every exclusion back but those by which officers kept themselves from it. The case goes back to its cell unless
// it was raised for another reason as well.
func unbar(c *Case) error {
	kept := slices.DeleteFunc(slices.Clone(c.Barred), func(x Exclusion) bool { return x.Reason != bySelf })
	if len(kept) == len(c.Barred) {
		return grid.Fail(grid.Conflict, "error.case.nobody_barred")
	}
	c.Barred = kept
	if len(kept) == 0 && c.Reopened == 0 {
		c.Raised = ""
	}
	return nil
}

// recuse keeps the officer who does it from the case. Where the officer would have worked on it, it goes one level up.
func (w *Work) recuse(c *Case, act Act) error {
	act.Barred = []Exclusion{{Officer: act.Officer, Reason: bySelf}}
	if slices.Contains([]State{Accepted, Handling}, c.State) {
		return w.bar(c, act)
	}
	c.Barred = append(c.Barred, act.Barred...)
	return nil
}
