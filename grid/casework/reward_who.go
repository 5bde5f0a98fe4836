package casework

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
)

// RewardBar says why the reporter of a case gets no reward; empty when nothing keeps them from it.
type RewardBar string

// The bars.
const (
	BarNotProven RewardBar = "not_proven" // what was reported was not found, or is not found out yet
	BarOfficer   RewardBar = "officer"    // an officer filed it
	BarGone      RewardBar = "gone"       // nothing leads to the reporter any more
	BarAnonymous RewardBar = "anonymous"  // the office rewards real names only
	BarKnown     RewardBar = "known"      // an officer had filed it before
	BarNotFirst  RewardBar = "not_first"  // somebody else reported the act before
	BarRewarded  RewardBar = "rewarded"   // the act is rewarded already, or that was let lapse
)

// RewardBar tells whether the case's reporter may be rewarded: for an act that was proven, the first who reported it, once
// (rules of 山东 2019 and 海南州 2023). kin are the other cases of the same act: those that were merged, and those that were
// named as of the same act or target. first is the case that stands before this one, if any does.
//
// What the server received first is first: by Case.CreatedAt, and where that is the same, by the number of the report, which
// the store gave in the order in which it committed them. Reports that were taken back or not accepted do not count; one
// whose reporter was forgotten does, and passes nothing on.
func (w *Work) RewardBar(c Case, kin []Case) (bar RewardBar, first CaseID) {
	rules := w.Rules.Reward
	switch {
	case !c.told() || !c.proven():
		return BarNotProven, ""
	case c.Source == FromInspector:
		return BarOfficer, ""
	case c.Reporter == "" || c.Reporter.IsGone():
		return BarGone, ""
	case !c.RealName && !rules.Anonymous:
		return BarAnonymous, ""
	}
	if bar, first = w.before(c, kin); bar != "" {
		return bar, first
	}
	for _, k := range kin {
		if k.ID != c.ID && k.Reward.Stands() {
			return BarRewarded, k.ID
		}
	}
	return "", ""
}

// before tells whether a report of the same act stands before this one.
func (w *Work) before(c Case, kin []Case) (RewardBar, CaseID) {
	for _, k := range firstReceived(kin) {
		switch {
		case k.ID == c.ID || !k.tellsAct() || received(k, c) > 0:
		case k.Source != FromInspector:
			return BarNotFirst, k.ID
		case !w.Rules.Reward.Known:
			return BarKnown, k.ID
		}
	}
	return "", ""
}

// barred is RewardBar as an error that says so.
func (w *Work) barred(c Case, kin []Case) error {
	bar, first := w.RewardBar(c, kin)
	if bar == "" {
		return nil
	}
	number := ""
	for _, k := range kin {
		if k.ID == first {
			number = k.Shown()
		}
	}
	return grid.Fail(grid.Conflict, "error.reward."+string(bar), "number", number)
}

// tellsAct tells whether the report counts as having told of the act: it was submitted, and neither taken back nor turned
// away, nor found untrue.
func (c *Case) tellsAct() bool {
	return !slices.Contains([]State{None, Alarm, Refused, Withdrawn, FalseAlarm}, c.State) && (!c.told() || c.proven())
}

// firstReceived are the cases in the order in which they were received.
func firstReceived(cases []Case) []Case { return slices.SortedFunc(slices.Values(cases), received) }

// received orders cases by when they reached the server.
func received(a, b Case) int {
	return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(len(a.Number), len(b.Number)), strings.Compare(a.Number, b.Number))
}

// RewardKin lists the cases that belong to the same act as this one, as far as it knows of them: what it goes with, what goes
// with it, what its reward names, whose reward names it.
func (c *Case) RewardKin() []CaseID {
	out := slices.Clone(c.Children)
	if c.Reward != nil {
		out = append(out, c.Reward.Same...)
	}
	for _, id := range []CaseID{c.Parent, c.RewardWith} {
		if id != "" {
			out = append(out, id)
		}
	}
	return out
}
