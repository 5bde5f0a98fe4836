package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Review is one review (复查, the first) or re-review (复核, the second) of a case against its answer.
type Review struct {
	Asked    time.Time      `json:"a"`
	Answered time.Time      `json:"r,omitzero"`
	By       grid.OfficerID `json:"b,omitzero"`
	Upheld   bool           `json:"u,omitzero"`
	Answer   string         `json:"t,omitzero"`
}

// maxReviews: after the re-review the matter is at an end (信访工作条例 Art 36).
const maxReviews = 2

// confirm takes the reporter's satisfaction.
func confirm(c *Case, act Act) error {
	if act.Score < 0 || act.Score > 5 {
		return grid.Fail(grid.Invalid, "error.case.score")
	}
	c.Score = act.Score
	return nil
}

// rate takes the reporter's satisfaction after the case was closed, once.
func rate(c *Case, act Act) error {
	switch {
	case act.Score == 0:
		return grid.Fail(grid.Invalid, "error.case.score")
	case c.Score != 0:
		return grid.Fail(grid.Conflict, "error.case.rated")
	}
	return confirm(c, act)
}

// Reopenable tells whether the reporter may still object: whoever did often enough is shown the way to a review instead.
func (w *Work) Reopenable(c Case) bool {
	return w.Rules.MaxReopened <= 0 || c.Reopened < w.Rules.MaxReopened
}

// object takes what is still wrong. The case goes one level up: never back to the same desk alone.
func (w *Work) object(c *Case, act Act, roster *grid.Roster, now time.Time) error {
	switch {
	case !w.Reopenable(*c):
		return grid.Fail(grid.Conflict, "error.case.reopened_often")
	case act.Words == "":
		return grid.Fail(grid.Invalid, "error.case.no_words")
	}
	c.addEvidence(act.Evidence)
	w.reopen(c, roster, now)
	return nil
}

// reopen begins the work anew, one level up, and above whoever worked on it where anybody works there: they may serve above
// the cell.
func (w *Work) reopen(c *Case, roster *grid.Roster, now time.Time) {
	c.Reopened++
	c.Parent, c.Was = "", None // whoever is not satisfied goes on alone
	c.Anew = now
	w.raise(c)
	before, _ := roster.Officer(c.Handler)
	for before.Person != "" && roster.Can(w.Tree, before.Person, c.Seat(), now, field...) {
		seat, _ := w.Tree.Cell(c.Seat())
		others, _ := roster.Responsible(w.Tree, seat.Parent, now, field...)
		if seat.Parent == "" || len(others) == 0 {
			break
		}
		w.raise(c)
	}
	c.Handler, c.HandedBy, c.FindingBy, c.Score, c.Extension, c.Dispute = "", "", "", 0, nil, nil
	c.ClosedAt, c.Notice = time.Time{}, nil // what the public read was not the end of it
}

// pass is the result of a spot check (抽查回访). Nobody looks after what they worked on or closed themselves.
func pass(c *Case, act Act) error {
	switch {
	case act.Reason == "":
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	case act.Officer == c.ClosedBy || c.workOf(act.Officer):
		return grid.Fail(grid.Forbidden, "error.case.own")
	case act.Score == 0: // the reporter was not reached: what they said before stands
		return nil
	}
	return confirm(c, act)
}

// reopenFound reopens what a spot check or a review found wrong.
func (w *Work) reopenFound(c *Case, act Act, roster *grid.Roster, now time.Time) error {
	if act.Reason == "" {
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	}
	if c.State == Reviewing {
		if c.reviewedBy(act.Officer) {
			return grid.Fail(grid.Forbidden, "error.case.own")
		}
		c.reviewed(act, now, false)
	}
	w.reopen(c, roster, now)
	return nil
}

// ReviewUntil is the first instant at which a review can no longer be asked for: 30 days after the answer in writing, or
// after the answer to the review, whichever came last (信访工作条例 Art 35, 36): what a review sent back is answered anew. False
// when there is nothing more to ask for.
func (w *Work) ReviewUntil(c Case) (time.Time, bool) {
	if !slices.Contains([]State{Answered, SpotCheck, Closed}, c.State) || len(c.Reviews) >= maxReviews || !w.Rules.ReviewAsk.Valid() {
		return time.Time{}, false
	}
	from := c.ClosedAt
	if n := len(c.Reviews); n > 0 && c.Reviews[n-1].Answered.After(from) {
		from = c.Reviews[n-1].Answered
	}
	return w.Calendar.Deadline(from, w.Rules.ReviewAsk).At, true
}

// askReview asks for a review, within its time and not after the last.
func (w *Work) askReview(c *Case, act Act, now time.Time) error {
	until, ok := w.ReviewUntil(*c)
	switch {
	case !ok:
		return grid.Fail(grid.Conflict, "error.case.review_final")
	case !now.Before(until):
		return grid.Fail(grid.Expired, "error.case.review_late")
	case act.Words == "":
		return grid.Fail(grid.Invalid, "error.case.no_words")
	}
	c.addEvidence(act.Evidence)
	c.Reviews = append(c.Reviews, Review{Asked: now})
	return nil
}

// reviewedBy tells whether the officer answered an earlier review: a re-review is somebody else's (信访工作条例 Art 36).
func (c *Case) reviewedBy(o grid.OfficerID) bool {
	return slices.ContainsFunc(c.Reviews, func(r Review) bool { return !r.Answered.IsZero() && r.By == o })
}

// uphold answers a review: the case stands. Nobody reviews what they worked on or closed themselves.
func uphold(c *Case, act Act, now time.Time) error {
	switch {
	case act.Reply == "":
		return grid.Fail(grid.Invalid, "error.case.no_reply")
	case act.Officer == c.ClosedBy || c.workOf(act.Officer) || c.reviewedBy(act.Officer):
		return grid.Fail(grid.Forbidden, "error.case.own")
	}
	c.reviewed(act, now, true)
	return nil
}

func (c *Case) reviewed(act Act, now time.Time, upheld bool) {
	if n := len(c.Reviews); n > 0 {
		r := &c.Reviews[n-1]
		r.Answered, r.By, r.Upheld, r.Answer = now, act.Officer, upheld, act.Reply
	}
}
