package casework

import (
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
)

// Verdict is what was found of a report.
type Verdict string

// Verdicts.
const (
	Proven    Verdict = "proven"    // 属实
	Partly    Verdict = "partly"    // 部分属实
	Unfounded Verdict = "unfounded" // 不属实
)

// Verdicts lists them in the order in which people are shown them.
func Verdicts() []Verdict { return []Verdict{Proven, Partly, Unfounded} }

// Notice is what the public may read about a case: a third text beside finding and reply, with an approval of its own.
type Notice struct {
	Text     string         `json:"t"`
	By       grid.OfficerID `json:"b"`
	Approved grid.OfficerID `json:"a,omitzero"`
}

// handIn reports the result: what was found, the verdict, and the photos that the category asks for, taken by officers.
func (w *Work) handIn(c *Case, act Act) error {
	if act.Finding == "" {
		return grid.Fail(grid.Invalid, "error.case.no_finding")
	}
	if !slices.Contains(Verdicts(), act.Verdict) {
		return grid.Fail(grid.Invalid, "error.case.no_verdict")
	}
	if err := c.AllAnswered(); err != nil {
		return err
	}
	c.addEvidence(act.Evidence)
	c.Finding, c.Verdict, c.FindingBy = act.Finding, act.Verdict, ""
	c.HandedBy, c.Dispute = act.Officer, nil // who brings a result objects no longer
	if missing := w.Unshown(*c); len(missing) > 0 {
		return grid.Fail(grid.Invalid, "error.case.unshown", "stage", string(missing[0]))
	}
	c.Violation = c.Violation || act.Violation
	return nil
}

// Unshown lists the stages that the case's main category asks for and no officer's evidence shows. Of what proved
// unfounded there is nothing before and after: it has to be shown that somebody went there.
func (w *Work) Unshown(c Case) []Stage {
	if len(c.Categories) == 0 {
		return nil
	}
	needs := w.Rules.Evidence[c.Categories[0]]
	if c.Verdict == Unfounded && len(needs) > 0 {
		needs = []Stage{OnSite}
	}
	var out []Stage
	for _, s := range needs {
		if !c.shows(s) {
			out = append(out, s)
		}
	}
	return out
}

// shows tells whether an officer's evidence shows the stage.
func (c *Case) shows(s Stage) bool {
	if s == OnSite {
		return c.Visited()
	}
	return slices.ContainsFunc(c.Evidence, func(e Evidence) bool { return c.counts(e) && e.Stage == s })
}

// Visited tells whether somebody of the office was on the spot: any photo that an officer sent for the case shows it, and so
// does a certified officer's record. A check-in does not, for it belongs to a cell and not to a case.
func (c *Case) Visited() bool {
	return c.Reopened == 0 && len(c.Investigators) > 0 || slices.ContainsFunc(c.Evidence, c.counts)
}

// counts tells whether evidence shows something of the work: an officer's, and not from before the case was reopened.
func (c *Case) counts(e Evidence) bool { return e.By != "" && !e.Arrived.Before(c.Anew) }

// investigate records that a certified officer was on the spot.
func investigate(c *Case, act Act) error {
	if slices.Contains(c.Investigators, act.Officer) {
		return grid.Fail(grid.Conflict, "error.case.investigated")
	}
	c.Investigators = append(c.Investigators, act.Officer)
	c.addEvidence(act.Evidence)
	return nil
}

// workOf tells whether the result is the officer's own: they worked on the case, or handed the result in for whoever did.
func (c *Case) workOf(o grid.OfficerID) bool { return o == c.Handler || o == c.HandedBy }

// approveFinding approves the internal finding; nobody approves their own.
func approveFinding(c *Case, act Act) error {
	if c.workOf(act.Officer) {
		return grid.Fail(grid.Forbidden, "error.case.own")
	}
	c.FindingBy = act.Officer
	return nil
}

// answer approves the reply and sends it. A violation needs enough certified officers (环境行政处罚办法 Art 28: two). What
// was reopened is not closed by whoever closed it before, nor by the desk alone.
func (w *Work) answer(c *Case, act Act, supervisor bool) error {
	switch {
	case act.Reply == "":
		return grid.Fail(grid.Invalid, "error.case.no_reply")
	case c.workOf(act.Officer):
		return grid.Fail(grid.Forbidden, "error.case.own")
	case c.Reopened > 0 && (!supervisor || act.Officer == c.ClosedBy):
		return grid.Fail(grid.Forbidden, "error.case.other_desk")
	case c.Violation && len(c.Investigators) < w.Rules.Certified:
		return grid.Fail(grid.Conflict, "error.case.certified", "n", strconv.Itoa(w.Rules.Certified))
	}
	if c.FindingBy == "" {
		c.FindingBy = act.Officer
	}
	c.Reply, c.ClosedBy = act.Reply, act.Officer
	return nil
}

// Public is what anybody may read about the case: the notice that was approved, and nothing else of it.
func (c *Case) Public() (string, bool) {
	if c.Notice == nil || c.Notice.Approved == "" {
		return "", false
	}
	return c.Notice.Text, true
}

// draftNotice writes what the public would read.
func draftNotice(c *Case, act Act) error {
	if act.Reply == "" {
		return grid.Fail(grid.Invalid, "error.case.no_reply")
	}
	c.Notice = &Notice{Text: act.Reply, By: act.Officer}
	return nil
}

// publishNotice approves it; nobody approves their own.
func publishNotice(c *Case, act Act) error {
	switch {
	case c.Notice == nil || c.Notice.Approved != "":
		return grid.Fail(grid.Conflict, "error.case.no_notice")
	case c.Notice.By == act.Officer:
		return grid.Fail(grid.Forbidden, "error.case.own")
	}
	c.Notice.Approved = act.Officer
	return nil
}
