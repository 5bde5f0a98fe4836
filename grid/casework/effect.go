package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// effect writes into the case what the action brings with it, beyond state and clocks. Invalid when something that the
// action needs is missing.
func (w *Work) effect(c *Case, act Act, now time.Time) error {
	switch act.Action {
	case Take:
		c.Handler, c.Dispute = act.Officer, nil // whoever takes it owns it: the objection is withdrawn
	case AddEvidence:
		if len(act.Evidence) == 0 {
			return grid.Fail(grid.Invalid, "error.case.no_evidence")
		}
		c.addEvidence(act.Evidence)
	case SealEvidence:
		return c.sealEvidence(act.Evidence)
	case Refuse:
		return w.refuse(c, act)
	case NotMine:
		return w.dispute(c, act, now)
	case Reassign:
		return w.reassign(c, act)
	case HandIn:
		return handIn(c, act)
	case Return:
		if act.Reason == "" {
			return grid.Fail(grid.Invalid, "error.case.no_reason")
		}
	case Close:
		return answer(c, act)
	case AddWords, Answer:
		c.addEvidence(act.Evidence)
	case AskReporter:
		return ask(c, act)
	case Accept:
		c.Disposition = AcceptIt
	case Follow:
		return follow(c, act.Person)
	default: // nothing beyond state and clocks
	}
	return nil
}

func (w *Work) refuse(c *Case, act Act) error {
	if !slices.Contains(Refusals(), act.Disposition) {
		return grid.Fail(grid.Invalid, "error.case.disposition", "disposition", string(act.Disposition))
	}
	c.Disposition, c.Reply = act.Disposition, act.Reply
	return nil
}

func (w *Work) dispute(c *Case, act Act, now time.Time) error {
	if !w.known(act.Cell) || act.Cell == c.Cell {
		return grid.Fail(grid.Invalid, "error.case.target", "cell", string(act.Cell))
	}
	if act.Reason == "" {
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	}
	c.Dispute = &Dispute{By: act.Officer, Reason: act.Reason, Target: act.Cell, At: now}
	return nil
}

// reassign moves the case; every clock goes on, and whoever worked on it works on it no longer.
func (w *Work) reassign(c *Case, act Act) error {
	if !w.known(act.Cell) {
		return grid.Fail(grid.Invalid, "error.case.target", "cell", string(act.Cell))
	}
	c.Cell, c.Handler, c.Dispute, c.Away = act.Cell, "", nil, ""
	return nil
}

func handIn(c *Case, act Act) error {
	if act.Finding == "" {
		return grid.Fail(grid.Invalid, "error.case.no_finding")
	}
	c.addEvidence(act.Evidence)
	c.Finding = act.Finding
	return nil
}

func answer(c *Case, act Act) error {
	if act.Reply == "" {
		return grid.Fail(grid.Invalid, "error.case.no_reply")
	}
	c.Reply = act.Reply
	return nil
}

// ask needs words: a picture alone is no question. What an officer shows with it is kept like any evidence.
func ask(c *Case, act Act) error {
	if act.Words == "" {
		return grid.Fail(grid.Invalid, "error.relay.no_words")
	}
	c.addEvidence(act.Evidence)
	return nil
}

func follow(c *Case, p grid.PersonID) error {
	if p == c.Reporter || slices.Contains(c.Followers, p) {
		return grid.Fail(grid.Conflict, "error.case.following")
	}
	c.Followers = append(c.Followers, p)
	return nil
}

// addEvidence adds what is not there yet: a file sent twice counts once.
func (c *Case) addEvidence(more []Evidence) {
	for _, e := range more {
		if !slices.ContainsFunc(c.Evidence, func(x Evidence) bool { return x.File == e.File && x.Stage == e.Stage }) {
			c.Evidence = append(c.Evidence, e)
		}
	}
}

// sentBy marks evidence with the officer who sent it; nobody marks that of the public.
func sentBy(files []Evidence, o grid.OfficerID) []Evidence {
	out := slices.Clone(files)
	for i := range out {
		out[i].By = o
	}
	return out
}
