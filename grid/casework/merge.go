package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

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
	if slices.Contains(c.Children, act.Other) {
		return grid.Fail(grid.Conflict, "error.case.merged_already")
	}
	c.Children = append(c.Children, act.Other)
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
