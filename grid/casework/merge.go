package casework

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// together is effect for what has to do with other cases of the same matter.
func together(c *Case, act Act, now time.Time) error {
	switch act.Action {
	case Gather:
		c.Gathered = now
	case Merge:
		return merge(c, act, now)
	case Unmerge:
		unmerge(c)
	case Adopt:
		return adopt(c, act)
	case Release:
		return release(c, act)
	default: // CloseWith, RefuseWith
		return goWith(c, act)
	}
	return nil
}

// merge makes the case go with another of the same matter. Its clocks are held: they go on with their old limits if it is
// taken apart again.
func merge(c *Case, act Act, now time.Time) error {
	if act.Other == "" || act.Other == c.ID || len(c.Children) > 0 {
		return grid.Fail(grid.Invalid, "error.case.merge_target")
	}
	c.Parent, c.Was = act.Other, c.State
	for i := range c.Clocks {
		if k := &c.Clocks[i]; k.Running() {
			k.Stopped, k.Held = now, true
		}
	}
	return nil
}

// unmerge takes it apart again.
func unmerge(c *Case) {
	for i := range c.Clocks {
		if k := &c.Clocks[i]; k.Held {
			k.Stopped, k.Held = time.Time{}, false
		}
	}
	c.Parent, c.Was = "", None
}

// adopt lists a case among those that go with this one.
func adopt(c *Case, act Act) error {
	if act.Other == "" || act.Other == c.ID || c.Parent != "" {
		return grid.Fail(grid.Invalid, "error.case.merge_target")
	}
	if !slices.Contains(c.Children, act.Other) { // one that went on alone meanwhile may come back
		c.Children = append(c.Children, act.Other)
	}
	return nil
}

// release takes it from the list.
func release(c *Case, act Act) error {
	if !slices.Contains(c.Children, act.Other) {
		return grid.Fail(grid.Conflict, "error.case.not_merged")
	}
	c.Children = slices.DeleteFunc(c.Children, func(id CaseID) bool { return id == act.Other })
	return nil
}

// goWith ends a merged case as the one it goes with ended: its reporter is answered on their own.
func goWith(c *Case, act Act) error {
	if act.Reply == "" {
		return grid.Fail(grid.Invalid, "error.case.no_reply")
	}
	c.Reply, c.Disposition, c.Verdict, c.Onward = act.Reply, act.Disposition, act.Verdict, act.Onward
	for i := range c.Clocks {
		c.Clocks[i].Held = false
	}
	return nil
}

// MaxChildren is how many cases may go with one: all of them are answered in one commit.
const MaxChildren = 200

// Mergeable tells why the case cannot go with the other: nothing when it can. One person's repeats are no other's report:
// they are refused as the same matter, and not merged.
func Mergeable(c, other Case) error {
	switch {
	case other.ID == c.ID, other.Parent != "", !other.State.Underway():
		return grid.Fail(grid.Invalid, "error.case.merge_target")
	case c.Source == other.Source && c.Reporter == other.Reporter:
		return grid.Fail(grid.Conflict, "error.case.merge_own")
	case len(other.Children) >= MaxChildren:
		return grid.Fail(grid.Conflict, "error.case.merge_full", "max", strconv.Itoa(MaxChildren))
	}
	return nil
}

// Ends tells whether the cases that go with one have to follow it: the office's answer is given, or there will be none.
func Ends(before, after Case) bool {
	return len(after.Children) > 0 && before.State.Underway() && !after.State.Underway()
}

// EndWith is what becomes of a merged case when the one it goes with ends: it is answered or refused alike, in words that name
// its own number, by the work and the word of the same people; when there will be no answer, because the other was taken back,
// it goes on by itself.
func (w *Work) EndWith(parent, child Case, via string, roster *grid.Roster, now time.Time) (Case, Event, error) {
	act := Act{Action: Unmerge, Via: via}
	switch parent.State {
	case Answered, SpotCheck, Closed:
		act.Action = CloseWith
	case Refused:
		act.Action = RefuseWith
	default: // taken back
	}
	if act.Action != Unmerge {
		child.Handler, child.HandedBy, child.ClosedBy = parent.Handler, parent.HandedBy, parent.ClosedBy
		act.Reply = strings.ReplaceAll(parent.Reply, parent.Shown(), child.Shown())
		act.Disposition, act.Verdict, act.Onward = parent.Disposition, parent.Verdict, parent.Onward
	}
	return w.Apply(child, act, roster, now)
}
