package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// effect writes into the case what the action brings with it, beyond state and clocks. Invalid when something that the
// action needs is missing.
//
//nolint:cyclop // a flat list, one line for each
func (w *Work) effect(c *Case, act Act, roster *grid.Roster, now time.Time) error {
	switch act.Action {
	case Accept:
		c.Disposition = AcceptIt
	case AskMore:
		return askMore(c, act, now)
	case Refuse:
		return refuse(c, act)
	case Bar:
		return w.bar(c, act)
	case Unbar:
		return unbar(c)
	case Recuse:
		return w.recuse(c, act)
	case Take:
		c.Handler, c.Dispute = act.Officer, nil // whoever takes it owns it: the objection is withdrawn
	case AddEvidence:
		if len(act.Evidence) == 0 {
			return grid.Fail(grid.Invalid, "error.case.no_evidence")
		}
		c.addEvidence(act.Evidence)
	case SealEvidence:
		return c.sealEvidence(act.Evidence)
	case AskReporter, GiveName, TakeNameBack, Unseal, Forget, ForgetPerson, RemoveFiles:
		return identity(c, act, now)
	case AddWords, Answer:
		w.addWords(c, act)
	case Follow:
		return follow(c, act.Person)
	case Unfollow:
		return unfollow(c, act.Person)
	case Raise, Hear, StandDown, Grade, ReportUp, WriteLetter, TellNeighbour:
		return w.incident(c, act, now)
	default:
		return w.effectOfWork(c, act, roster, now)
	}
	return nil
}

// effectOfWork is effect for what officers do once a report is a case.
func (w *Work) effectOfWork(c *Case, act Act, roster *grid.Roster, now time.Time) error {
	switch act.Action {
	case FlagAbuse, ClearAbuse:
		return abuse(c, act)
	case HandOn:
		c.arrive(now)
	case NotMine:
		return w.dispute(c, act, roster, now)
	case Reassign:
		return w.reassign(c, act, now)
	case Assign:
		return w.assign(c, act, now)
	case AnswerTask, DeclineTask, KeepTask, DropTask:
		return w.effectOfTask(c, act, now)
	case Investigate:
		return investigate(c, act)
	case AskExtension:
		return w.askExtension(c, act, now)
	case Extend:
		return w.extend(c, act, now)
	case DenyExtension:
		return denyExtension(c, act)
	case Supervise:
		return w.supervise(c, act, roster, now)
	case Issue:
		return c.issueStep(act, now)
	case Acknowledge:
		acknowledge(c, act, now)
	default:
		return w.effectOfClosing(c, act, roster, now)
	}
	return nil
}

// effectOfTask is effect for what one department was asked.
func (w *Work) effectOfTask(c *Case, act Act, now time.Time) error {
	switch act.Action {
	case DeclineTask:
		return c.declineTask(act)
	case KeepTask:
		return c.keepTask(act)
	case DropTask:
		return w.dropTask(c, act, now)
	default:
		return w.answerTask(c, act, now)
	}
}

// effectOfClosing is effect for a result and what follows from it.
func (w *Work) effectOfClosing(c *Case, act Act, roster *grid.Roster, now time.Time) error {
	switch act.Action {
	case HandIn:
		return w.handIn(c, act)
	case Return:
		if act.Reason == "" {
			return grid.Fail(grid.Invalid, "error.case.no_reason")
		}
		c.FindingBy = ""
	case ApproveFinding:
		return approveFinding(c, act)
	case Close:
		return w.answer(c, act, roster.Can(w.Tree, act.Person, c.Seat(), now, grid.Supervisor))
	case DraftNotice:
		return draftNotice(c, act)
	case PublishNotice:
		return publishNotice(c, act)
	case ProposeReward, JoinReward, ApproveReward, DeclineReward, ClaimReward, RemindReward, LapseReward, PayReward:
		return w.reward(c, act, now)
	default:
		return w.effectAfter(c, act, roster, now)
	}
	return nil
}

// effectAfter is effect for what follows an answer, and for merging.
func (w *Work) effectAfter(c *Case, act Act, roster *grid.Roster, now time.Time) error {
	switch act.Action {
	case Confirm:
		return confirm(c, act)
	case Rate:
		return rate(c, act)
	case Object:
		return w.object(c, act, roster, now)
	case Draw:
		c.Drawn = true
	case Pass:
		return pass(c, act)
	case Reopen:
		return w.reopenFound(c, act, roster, now)
	case AskReview:
		return w.askReview(c, act, now)
	case Uphold:
		return uphold(c, act, now)
	case Withdraw:
		c.loseReward(true)
	case Gather, Merge, Unmerge, Adopt, Release, CloseWith, RefuseWith:
		return together(c, act, now)
	case MoveOut:
		return moveOut(c, act, now)
	case Receipt:
		return receipt(c, act, now)
	case HandAcross:
		_, err := c.issue(act, AcrossSeries, now)
		return err
	default: // nothing beyond state and clocks
	}
	return nil
}

func follow(c *Case, p grid.PersonID) error {
	if p == c.Reporter || slices.Contains(c.Followers, p) {
		return grid.Fail(grid.Conflict, "error.case.following")
	}
	c.Followers = append(c.Followers, p)
	return nil
}

// unfollow takes somebody out of those who follow the case; they hear no more of it.
func unfollow(c *Case, p grid.PersonID) error {
	i := slices.Index(c.Followers, p)
	if i < 0 {
		return grid.Fail(grid.Conflict, "error.not_found")
	}
	c.Followers = slices.Delete(c.Followers, i, i+1)
	return nil
}
