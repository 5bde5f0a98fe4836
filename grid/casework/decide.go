package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// askMore asks the reporter for what is missing; once, for nobody is sent round in circles.
func askMore(c *Case, act Act, now time.Time) error {
	switch {
	case !c.Asked.IsZero():
		return grid.Fail(grid.Conflict, "error.case.asked_already")
	case act.Reason == "":
		return grid.Fail(grid.Invalid, "error.case.no_question")
	}
	c.Asked = now
	return nil
}

// refuse decides against a report. Each kind has its own onward notice, and what that must name has to be there: whose
// matter it is, or the number of the same matter (环保部令15号 Art 8). A clue is too unclear only after it was asked for.
func (w *Work) refuse(c *Case, act Act) error {
	if !slices.Contains(Refusals(), act.Disposition) {
		return grid.Fail(grid.Invalid, "error.case.disposition", "disposition", string(act.Disposition))
	}
	if w.Rules.AskFirst && act.Disposition == TooUnclear && c.Asked.IsZero() {
		return grid.Fail(grid.Conflict, "error.case.ask_first")
	}
	c.Disposition, c.Reply, c.Onward = act.Disposition, act.Reply, act.Onward
	return nil
}
