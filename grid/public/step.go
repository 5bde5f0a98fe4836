package public

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Step is one line of a case's public timeline.
type Step struct {
	At       time.Time
	What     What
	Township grid.CellCode // to which it went; empty unless What is Moved
}

// What happened, as far as the public is told.
type What string

// What a timeline tells.
const (
	WasReceived  What = "received"
	WasAsked     What = "asked" // the reporter, for what was missing
	WasAccepted  What = "accepted"
	WasRefused   What = "refused"
	WasMoved     What = "moved"      // to another township
	WasBegun     What = "begun"      // somebody works on it
	WasVisited   What = "visited"    // certified officers were on the spot
	WasExtended  What = "extended"   // it takes longer than promised
	WasPressed   What = "pressed"    // a supervisor presses (督办)
	WasAnswered  What = "answered"   // the office answered
	WasReopened  What = "reopened"   // the answer did not stand
	WasReviewed  What = "reviewed"   // the reporter asked for review
	WasClosed    What = "closed"     // and that was the end
	WasMerged    What = "merged"     // it goes with the case of the same matter
	WasSplit     What = "split"      // it does not
	WasPublished What = "published"  // the notice
	WasWithdrawn What = "withdrawn"  // by whoever reported it
	WasMovedOut  What = "moved_away" // another authority has it now
)

// whats are the acts that the public is told of. Those of the house alone are not among them: who was reminded, who had it,
// what was asked of the reporter and answered, who was kept from it.
var whats = map[casework.Action]What{
	casework.Submit: WasReceived, casework.SubmitAway: WasReceived, casework.File: WasAccepted, casework.AskMore: WasAsked,
	casework.Accept: WasAccepted, casework.Refuse: WasRefused, casework.RefuseWith: WasRefused, casework.Take: WasBegun,
	casework.Investigate: WasVisited, casework.Extend: WasExtended, casework.Supervise: WasPressed, casework.Close: WasAnswered,
	casework.Object: WasReopened, casework.Reopen: WasReopened, casework.AskReview: WasReviewed, casework.Confirm: WasClosed,
	casework.Settle: WasClosed, casework.Pass: WasClosed, casework.Uphold: WasClosed, casework.CloseWith: WasClosed,
	casework.Merge: WasMerged, casework.Unmerge: WasSplit, casework.PublishNotice: WasPublished, casework.Withdraw: WasWithdrawn,
	casework.MoveOut: WasMovedOut, casework.Reassign: WasMoved,
}

// Steps is a case's public timeline, the first step first. Days are told, never hours: the hour of a report leads to who
// was there. A move inside a township is none.
func (v View) Steps(events []casework.Event) []Step {
	out := make([]Step, 0, 8)
	for _, e := range events {
		what, told := whats[e.Action]
		if !told {
			continue
		}
		s := Step{At: e.Arrived, What: what}
		if what == WasMoved {
			s.Township = v.township(grid.CellCode(e.Note["cell"]))
			if e.Note["cell"] == "" || s.Township == v.township(grid.CellCode(e.Note["from"])) {
				continue
			}
		}
		if n := len(out); n > 0 && out[n-1].What == what && what != WasMoved {
			out[n-1] = s // the same again: the last time counts
			continue
		}
		out = append(out, s)
	}
	return out
}
