package casework

import "github.com/gridwarden/gridwarden/grid"

// The actions that have to do with the record itself.
const (
	Export     Action = "export"      // a bundle of the case went out, for others to check
	FlagAbuse  Action = "flag_abuse"  // the desk finds that the report is an abuse; nothing else changes
	ClearAbuse Action = "clear_abuse" // a supervisor finds that it is not
)

// recordRules are the rows of the table for them. They hold in every state: a flag changes nothing of the case's way, and a
// bundle may be asked for long after.
func recordRules() []Rule {
	return []Rule{
		{Action: Export, From: States(), Roles: boss, System: true},
		{Action: FlagAbuse, From: States(), Roles: desk},
		{Action: ClearAbuse, From: States(), Roles: boss},
	}
}

// AbuseReason says why a report is an abuse.
type AbuseReason string

// AbuseReasons lists them in the order in which the desk is shown them: advertising, no sense, insults, the same again and
// again. That a report is untrue is none: that is for the finding to say.
func AbuseReasons() []AbuseReason { return []AbuseReason{"spam", "nonsense", "insult", "repeat"} }

// Abuse is the desk's finding that a report is an abuse. It stands on the card and costs its reporter some of the daily
// quota; the report goes its way all the same.
type Abuse struct {
	By     grid.OfficerID `json:"b"`
	Reason AbuseReason    `json:"r"`
}

func flagAbuse(c *Case, act Act) error {
	for _, r := range AbuseReasons() {
		if string(r) == act.Reason {
			if c.Abuse != nil {
				return grid.Fail(grid.Conflict, "error.abuse.flagged")
			}
			c.Abuse = &Abuse{By: act.Officer, Reason: r}
			return nil
		}
	}
	return grid.Fail(grid.Invalid, "error.case.no_reason")
}

func clearAbuse(c *Case) error {
	if c.Abuse == nil {
		return grid.Fail(grid.Conflict, "error.abuse.not_flagged")
	}
	c.Abuse = nil
	return nil
}

// abuse marks a report as abuse, or takes the mark away.
func abuse(c *Case, act Act) error {
	if act.Action == ClearAbuse {
		return clearAbuse(c)
	}
	return flagAbuse(c, act)
}
