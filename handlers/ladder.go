package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// ladderVerbs are the buttons about pressing. That of a proposal presses at once, for the reason that it gave.
func (s *scene) ladderVerbs() map[string]func(casework.CaseID) error {
	verbs := map[string]func(casework.CaseID) error{
		string(casework.Acknowledge): s.acknowledge,
		string(casework.Supervise):   s.ask(casework.Supervise, flow.Supervising),
		"papers":                     s.showPapers,
		"press_no":                   s.declinePressing,
	}
	for _, r := range casework.PressReasons() {
		verbs["press_"+r] = func(id casework.CaseID) error { return s.supervise(flow.Supervise{Case: id, Reason: r}) }
	}
	return verbs
}

// declinePressing puts a proposal away: it does not come again for the same occasion anyway.
func (s *scene) declinePressing(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "press.declined", Args: texts.Args{"number": c.Shown()}, Edit: true})
	return nil
}

// acknowledge says "received" to whatever the officer was told of the case and has not acknowledged.
func (s *scene) acknowledge(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	owed := c.Owes(s.officer.ID)
	told := func(step casework.Step) bool { return slices.Contains(step.To, s.officer.ID) }
	if s.officer.ID != "" && len(owed) == 0 && slices.ContainsFunc(c.Ladder, told) {
		return grid.Fail(grid.Conflict, "error.case.acknowledged")
	}
	if c, err = s.act(c, casework.Act{Action: casework.Acknowledge}); err != nil {
		return err
	}
	for _, i := range owed {
		s.countStep("acked", c, c.Ladder[i], 1)
	}
	s.update("notice.done.acknowledge", c)
	return nil
}

// countStep adds to a figure of the ladder: by rung, and by whom it presses.
func (s *scene) countStep(what string, c casework.Case, step casework.Step, n int) {
	s.change.Counts = append(s.change.Counts, ledger.Count{
		Day: s.today(), Field: what + "_" + string(step.Rung) + "/" + s.Work.UnitKey(c, step), N: int64(n),
	})
}

// supervise presses by hand (督办): the order gets its number, goes to whoever has the case, and a copy to the leader in charge.
func (s *scene) supervise(a flow.Supervise) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.Supervise, Reason: a.Reason, Words: a.Words, At: a.At}); err != nil {
		return err
	}
	n := len(c.Ladder)
	step := c.Ladder[n-1]
	to, copied := s.officersOf(step.To), s.officersOf(step.Copy)
	marker := ledger.LetterMarker(casework.PressSeries)
	l := s.Head.Step(c, n, to, copied, a.Words, marker, s.now)
	if c, err = s.act(c, casework.Act{Action: casework.Issue, Step: n, Letter: &l}); err != nil {
		return err
	}
	s.change.Numbers = append(s.change.Numbers, s.Head.Number(casework.PressSeries, marker, s.now))
	s.countStep("pressed", c, step, 1)
	s.countStep("asked", c, step, len(to))
	paper := s.Head.Paper(l, s.now)
	args := s.caseArgs(c)
	args["doc"], args["reason"], args["names"] = marker, texts.Text{Key: "press.reason." + a.Reason}, officerNames(to)
	s.say(flow.Reply{Key: "notice.done.supervise", Args: args, Paper: paper, Rows: s.caseButtons(c, s.me), Hide: true})
	received := flow.Choice{Key: "button.acknowledge", Data: caseData(string(casework.Acknowledge), c.ID)}
	open := flow.Choice{Key: "button.open_case", Data: caseData("open", c.ID)}
	order := flow.Reply{Key: "notice.pressed", Args: args, Paper: paper, Rows: [][]flow.Choice{{received, open}}}
	if err := s.tellEach(to, c, func(grid.Officer) flow.Reply { return order }); err != nil {
		return err
	}
	return s.tellEach(copied, c, func(grid.Officer) flow.Reply {
		return flow.Reply{Key: "notice.pressed_copy", Args: args, Paper: paper, Rows: [][]flow.Choice{{open}}}
	})
}

// officersOf are the officers of these IDs, as far as they are on the roster.
func (s *scene) officersOf(ids []grid.OfficerID) []grid.Officer {
	out := make([]grid.Officer, 0, len(ids))
	for _, id := range ids {
		if o, ok := s.roster.Officer(id); ok {
			out = append(out, o)
		}
	}
	return out
}

func officerNames(officers []grid.Officer) texts.List {
	var out texts.List
	for _, o := range officers {
		out = append(out, o.Name)
	}
	return out
}

// showPapers shows the documents of a case's ladder again.
func (s *scene) showPapers(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	for _, n := range ladderLetters(c) {
		s.showLetter(c.Letters[n-1], c.Shown(), letterData(c.ID, n))
	}
	return nil
}

// ladderLetters are the documents of a case's ladder by their places among all of its documents, counted from 1: the newest last, as
// many as one wants to see at once.
func ladderLetters(c casework.Case) []int {
	const most = 5
	var out []int
	for n := range c.Letters {
		if slices.ContainsFunc(c.Ladder, func(s casework.Step) bool { return s.Doc == n+1 }) {
			out = append(out, n+1)
		}
	}
	return out[max(0, len(out)-most):]
}
