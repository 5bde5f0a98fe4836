package casework

import (
	"slices"
	"strconv"
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
	Press     Rung = "press"     // 督办: likewise
	Circulate Rung = "circulate" // 通报: the next bulletin names the case
	Summon    Rung = "summon"    // 约谈: the district only proposes it
)

// Rungs lists them, the mildest first.
func Rungs() []Rung { return []Rung{Nudge, Urge, UrgeOrder, Press, Circulate, Summon} }

// Letter is the series of the document that the rung brings by itself; none when it brings none, or one for many cases.
func (r Rung) Letter() Series {
	if r == UrgeOrder || r == Press || r == Summon {
		return Series(r)
	}
	return ""
}

// The documents of the ladder; each series is named like its rung.
const (
	OrderSeries    = Series(UrgeOrder)
	PressSeries    = Series(Press)
	BulletinSeries = Series(Circulate)
	SummonSeries   = Series(Summon)
)

// Step is one rung that was reached on a case. Nobody was told of one that a later one had overtaken, after a long pause.
type Step struct {
	Rung   Rung             `json:"r"`
	Clock  ClockName        `json:"c,omitzero"` // that ran out; none when somebody pressed by hand
	Of     string           `json:"o,omitzero"` // the department whose task it is
	Due    time.Time        `json:"d,omitzero"` // the limit that ran out
	Reason string           `json:"w,omitzero"` // a code: late, no_feedback, procedure, shirking, not_done
	Doc    int              `json:"n,omitzero"` // the place of its document among the case's letters, counted from 1
	At     time.Time        `json:"a"`
	By     grid.OfficerID   `json:"b,omitzero"` // who pressed by hand
	To     []grid.OfficerID `json:"t,omitempty"`
	Copy   []grid.OfficerID `json:"cc,omitempty"`
	Acks   []Ack            `json:"k,omitempty"`
	Raised time.Time        `json:"u,omitzero"` // when the level above was told that it is not acknowledged
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

// Unit is who is pressed by a step: a department by its name, or a cell by its code; the district's own desk by the root's.
func (w *Work) Unit(c Case, s Step) (grid.Department, grid.CellCode) {
	root := w.Tree.Root().Code
	switch {
	case s.Of != "":
		return grid.Department(s.Of), root
	case !slices.Contains([]ClockName{"", StartClock, FinishClock}, s.Clock) || c.Undecided() || c.State == Alarm:
		return "", root
	case c.Lead != "":
		return c.Lead, root
	}
	return "", c.Cell
}

// UnitKey is Unit as the figures call it: a department by its name, or a township by its code.
func (w *Work) UnitKey(c Case, s Step) string {
	d, cell := w.Unit(c, s)
	if d != "" {
		return string(d)
	}
	return string(w.Tree.Township(cell))
}

// Owes lists the places in the ladder of what the officer was told and has not acknowledged.
func (c *Case) Owes(o grid.OfficerID) []int {
	var out []int
	for i, s := range c.Ladder {
		if slices.Contains(s.Unacknowledged(), o) {
			out = append(out, i)
		}
	}
	return out
}

// acknowledge says "received" to every step that waits for it.
func acknowledge(c *Case, act Act, now time.Time) {
	for _, i := range c.Owes(act.Officer) {
		c.Ladder[i].Acks = append(c.Ladder[i].Acks, Ack{By: act.Officer, At: now})
	}
}

// supervise presses by hand, for a reason (信访条例 2005 Art 36: late without reason, no feedback, not by procedure, passing
// the buck, not carrying out). Who was pressed for the same reason and has not yet said "received" is not pressed again.
func (w *Work) supervise(c *Case, act Act, roster *grid.Roster, now time.Time) error {
	if !slices.Contains(PressReasons(), act.Reason) {
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	}
	again := func(s Step) bool { return s.By != "" && s.Reason == act.Reason && len(s.Unacknowledged()) > 0 }
	if slices.ContainsFunc(c.Ladder, again) {
		return grid.Fail(grid.Conflict, "error.case.pressed")
	}
	tell, k := []Audience{TellHandler, TellChief}, Clock{}
	switch {
	case c.Undecided() || c.State == Alarm:
		tell = []Audience{TellDesk}
	case c.Handler == "" && c.Lead != "": // the lead's clerks have it
		tell, k = []Audience{TellDepartment}, Clock{Of: string(c.Lead)}
	}
	to, _ := w.audience(*c, k, tell, roster, now)
	step := Step{Rung: Press, Reason: act.Reason, At: now, By: act.Officer}
	step.address(to, w.copied(*c, k, []Audience{TellLeader}, to, roster, now))
	c.Ladder = append(c.Ladder, step)
	return nil
}

// address writes down to whom the step went.
func (s *Step) address(to, copied []grid.Officer) {
	for _, o := range to {
		s.To = append(s.To, o.ID)
	}
	for _, o := range copied {
		s.Copy = append(s.Copy, o.ID)
	}
}

// issueStep keeps the document of a step. A bulletin is that of every circulated step of the case that stood in none yet.
func (c *Case) issueStep(act Act, now time.Time) error {
	i := act.Step - 1
	switch {
	case i < 0 || i >= len(c.Ladder) || act.Letter == nil || act.Letter.Series != Series(c.Ladder[i].Rung):
		return grid.Fail(grid.Invalid, "error.case.no_letter")
	case c.Ladder[i].Doc != 0:
		return grid.Fail(grid.Conflict, "error.case.issued")
	}
	doc, err := c.issue(act, act.Letter.Series, now)
	if err != nil {
		return err
	}
	c.Ladder[i].Doc = doc + 1
	for j := range c.Ladder {
		if s := &c.Ladder[j]; s.Rung == Circulate && c.Ladder[i].Rung == Circulate && s.Doc == 0 {
			s.Doc = doc + 1
		}
	}
	return nil
}

// Uncirculated is the place, counted from 1, of the first step that the next bulletin has to name; 0 when there is none.
func (c *Case) Uncirculated() int {
	return 1 + slices.IndexFunc(c.Ladder, func(s Step) bool { return s.Rung == Circulate && s.Doc == 0 })
}

// PressReasons are why somebody may be pressed.
func PressReasons() []string {
	return []string{"late", "no_feedback", "procedure", "shirking", "not_done"}
}

// Issue gives out the numbered document of a step of the ladder.
const Issue Action = "issue"

// ladderRows are pressing and what follows from it. A bulletin may name a case that is over meanwhile.
func ladderRows() []Rule {
	open := openStates()
	return []Rule{
		{Action: Supervise, From: open, Roles: boss},
		{Action: Issue, From: States(), Roles: boss, System: true},
		{Action: Acknowledge, From: open, Who: TheAddressee},
	}
}

// noteStep puts the step of a document into the history.
func (a Act) noteStep(put func(k, v string)) {
	if a.Action == Issue && a.Letter != nil {
		put("stage", string(a.Letter.Series))
		put("step", strconv.Itoa(a.Step))
	}
}
