package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Rung is a step of pressing somebody (催办督办).
type Rung string

// The rungs, the mildest first.
const (
	Nudge     Rung = "nudge"     // 提醒
	Urge      Rung = "urge"      // 催办
	UrgeOrder Rung = "order"     // 催办通知书: a numbered document
	Press     Rung = "press"     // 督办
	Circulate Rung = "circulate" // 通报
	Summon    Rung = "summon"    // 约谈: the district only proposes it
)

// Rungs lists them, the mildest first.
func Rungs() []Rung { return []Rung{Nudge, Urge, UrgeOrder, Press, Circulate, Summon} }

// Step is one rung that was reached on a case.
type Step struct {
	Rung   Rung             `json:"r"`
	Clock  ClockName        `json:"c,omitzero"` // that ran out; none when somebody pressed by hand
	Reason string           `json:"w,omitzero"` // a code: late, no_feedback, procedure, shirking, not_done
	No     string           `json:"n,omitzero"` // of the document
	At     time.Time        `json:"a"`
	By     grid.OfficerID   `json:"b,omitzero"` // who pressed by hand
	To     []grid.OfficerID `json:"t,omitempty"`
	Acks   []Ack            `json:"k,omitempty"`
}

// Ack is somebody's "received".
type Ack struct {
	By grid.OfficerID `json:"b"`
	At time.Time      `json:"a"`
}

// Unacknowledged lists whom the step was addressed to and who has not said "received".
func (s Step) Unacknowledged() []grid.OfficerID {
	var out []grid.OfficerID
	for _, o := range s.To {
		if !slices.ContainsFunc(s.Acks, func(a Ack) bool { return a.By == o }) {
			out = append(out, o)
		}
	}
	return out
}

// owes is the newest step that the officer has not acknowledged; negative when there is none.
func (c *Case) owes(o grid.OfficerID) int {
	for i := len(c.Ladder) - 1; i >= 0; i-- {
		if slices.Contains(c.Ladder[i].Unacknowledged(), o) {
			return i
		}
	}
	return -1
}

// acknowledge says "received" to every step that waits for it.
func acknowledge(c *Case, act Act, now time.Time) {
	for i := c.owes(act.Officer); i >= 0; i = c.owes(act.Officer) {
		c.Ladder[i].Acks = append(c.Ladder[i].Acks, Ack{By: act.Officer, At: now})
	}
}

// supervise presses by hand, for a reason (信访条例 2005 Art 36: late without reason, no feedback, not by procedure, passing
// the buck, not carrying out).
func (w *Work) supervise(c *Case, act Act, roster *grid.Roster, now time.Time) error {
	if !slices.Contains(PressReasons(), act.Reason) {
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	}
	to, _ := w.audience(*c, Clock{}, []Audience{TellHandler, TellChief}, roster, now)
	step := Step{Rung: Press, Reason: act.Reason, At: now, By: act.Officer}
	for _, o := range to {
		step.To = append(step.To, o.ID)
	}
	c.Ladder = append(c.Ladder, step)
	return nil
}

// PressReasons are why somebody may be pressed.
func PressReasons() []string {
	return []string{"late", "no_feedback", "procedure", "shirking", "not_done"}
}
