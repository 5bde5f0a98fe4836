package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// rework is the button by which a review finds that the case has to be worked on anew.
const rework = "rework"

// askReview asks for a review (复查) of the answer, or after it for the re-review (复核); supervisors are told.
func (s *scene) askReview(a flow.AskReview) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{
		Action: casework.AskReview, Words: a.Words, Evidence: s.evidenceOf(a.Files, casework.AsReported), At: a.At,
	})
	if err != nil {
		return err
	}
	s.count("reviews", c.Cell)
	args := texts.Args{"number": c.Shown(), "step": reviewStep(c), "day": s.dueDay(c), "words": excerpt(a.Words, cardText)}
	s.say(flow.Reply{Key: "review.asked", Args: args, Hide: true})
	return s.tellSupervisors(c, "notice.boss.review", args)
}

// reviewStep is what the last review is called: the second is the last.
func reviewStep(c casework.Case) texts.Text {
	if len(c.Reviews) > 1 {
		return texts.Text{Key: "review.second"}
	}
	return texts.Text{Key: "review.first"}
}

// reviewButtons are what may be answered to a review.
func (s *scene) reviewButtons(c casework.Case, to grid.PersonID) []flow.Choice {
	if c.State != casework.Reviewing || !s.Work.May(c, casework.Uphold, to, s.roster, s.now) {
		return nil
	}
	return []flow.Choice{
		{Key: "button.uphold", Data: caseData(string(casework.Uphold), c.ID)}, {Key: "button.rework", Data: caseData(rework, c.ID)},
	}
}

// uphold answers a review: the case stands. Its reporter is told what they may still ask for, and until when, or that it is
// at an end (信访工作条例 Art 35, 36).
func (s *scene) uphold(a flow.Uphold) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.Uphold, Reply: s.reply(a.Reply, a.Notice), At: a.At})
	if err != nil {
		return err
	}
	s.count("upheld", c.Cell)
	s.say(flow.Reply{Key: "notice.done.uphold", Args: texts.Args{"number": c.Shown()}, Hide: true})
	which, day := s.reviewable(c)
	r := flow.Reply{
		Key:  "notice.reporter.upheld_final",
		Args: texts.Args{"number": c.Shown(), "step": reviewStep(c), "reply": wording(a.Reply, a.Notice), "day": day},
		Rows: [][]flow.Choice{{{Key: "button.timeline", Data: caseData("history", c.ID)}}},
	}
	if which != "" {
		r.Key = "notice.reporter.upheld"
		r.Rows = append([][]flow.Choice{{reviewButton(c.ID, which)}}, r.Rows...)
	}
	return s.tell(c.Reporter, c, r)
}

// reworkCase answers a review: the case is worked on anew, one level up, with a new limit that everybody who reported is told.
func (s *scene) reworkCase(a flow.Rework) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	step := reviewStep(c)
	if c.State != casework.Reviewing {
		return grid.Fail(grid.Conflict, "error.case.state", "action", string(casework.Reopen), "state", string(c.State))
	}
	c, err = s.act(c, casework.Act{Action: casework.Reopen, Reason: a.Reason, At: a.At})
	if err != nil {
		return err
	}
	if c, err = s.handOn(c); err != nil {
		return err
	}
	s.count("reopened", c.Cell)
	k, _ := c.Clock(casework.FinishClock)
	s.say(flow.Reply{Key: "notice.done.rework", Args: texts.Args{"number": c.Shown()}, Hide: true})
	officers, _ := s.Work.Turn(c, s.roster, s.now)
	if len(officers) == 0 {
		officers, _ = s.Work.Responsible(c, s.roster, s.now, grid.Desk, grid.Supervisor)
	}
	if err := s.tellCards(officers, c, "notice.cell.rework", texts.Args{"reason": excerpt(a.Reason, cardText)}); err != nil {
		return err
	}
	return s.tellReporters(c, "notice.reporter.rework", texts.Args{"step": step, "day": s.lastDay(k.Due)})
}
