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
func refuse(c *Case, act Act) error {
	if !slices.Contains(Refusals(), act.Disposition) {
		return grid.Fail(grid.Invalid, "error.case.disposition", "disposition", string(act.Disposition))
	}
	switch {
	case act.Disposition != TooUnclear:
	case c.Asked.IsZero():
		return grid.Fail(grid.Conflict, "error.case.ask_first")
	case c.State == Asked: // the reporter was given a day
		return grid.Fail(grid.Conflict, "error.case.still_asked")
	}
	c.Disposition, c.Reply, c.Onward = act.Disposition, act.Reply, act.Onward
	return nil
}

// addWords takes what the reporter or a follower says and sends. While nothing is decided the reporter can say where it is:
// whoever was asked for the place answers with it.
func (w *Work) addWords(c *Case, act Act) {
	c.addEvidence(act.Evidence)
	if act.Point == nil || act.Person != c.Reporter || c.State != Registered && c.State != Asked {
		return
	}
	c.Point = act.Point
	if w.known(act.Cell) {
		c.Cell = act.Cell
	}
}
