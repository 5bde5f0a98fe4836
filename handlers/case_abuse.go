package handlers

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// abuseVerb is what the button of a reason carries.
func abuseVerb(r casework.AbuseReason) string { return "abuse_" + string(r) }

// askAbuse shows the desk the reasons for which a report may be marked as an abuse.
func (s *scene) askAbuse(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	if !s.Work.May(c, casework.FlagAbuse, s.me, s.roster, s.now) {
		return grid.Fail(grid.Forbidden, "error.case.forbidden")
	}
	reasons := casework.AbuseReasons()
	all := make([]flow.Choice, 0, len(reasons))
	for _, r := range reasons {
		all = append(all, flow.Choice{Key: "abuse." + string(r), Data: caseData(abuseVerb(r), id)})
	}
	s.say(flow.Reply{Key: "abuse.ask", Args: s.caseArgs(c), Rows: pairs(all)})
	return nil
}

// flagAbuse returns the verb that marks a report. Nothing else becomes of it: the report goes its way. When its reporter,
// of whom nobody learns who it is, has too many marks, supervisors hear of it and can take marks back.
func (s *scene) flagAbuse(reason casework.AbuseReason) func(casework.CaseID) error {
	return func(id casework.CaseID) error {
		c, err := s.load(id)
		if err != nil {
			return err
		}
		flags, err := s.flags(c.Reporter)
		if err != nil {
			return err
		}
		if c, err = s.act(c, casework.Act{Action: casework.FlagAbuse, Reason: string(reason)}); err != nil {
			return err
		}
		s.count("abuse", c.Cell)
		s.say(flow.Reply{Key: "abuse.flagged", Args: s.caseArgs(c), Rows: s.caseButtons(c, s.me)})
		if flags+1 != s.Rules.AbuseFlags {
			return nil
		}
		officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
		return s.tellEach(officers, c, func(o grid.Officer) flow.Reply {
			r := s.card("abuse.limit", c, o.Person)
			r.Args["n"], r.Args["max"], r.Photos = flags+1, s.Rules.PerDayFlagged, nil
			return r
		})
	}
}

// clearAbuse takes a mark back.
func (s *scene) clearAbuse(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.ClearAbuse}); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "abuse.cleared", Args: s.caseArgs(c), Rows: s.caseButtons(c, s.me)})
	return nil
}

// flags is how many reports of that reporter are marked, those of long ago left out.
func (s *scene) flags(reporter grid.PersonID) (int, error) {
	ids, err := s.Store.ByPerson(s.ctx, reporter)
	if err != nil {
		return 0, err
	}
	cases, err := s.Store.Cases(s.ctx, ids)
	return s.flagged(cases, reporter), err
}

func (s *scene) flagged(cases []casework.Case, reporter grid.PersonID) int {
	n := 0
	for _, c := range cases {
		if c.Abuse != nil && c.Reporter == reporter && s.now.Sub(c.CreatedAt) < s.Rules.AbuseKept {
			n++
		}
	}
	return n
}

// quota keeps one person from flooding the desk: so many reports a day, fewer for whoever was marked too often.
func (s *scene) quota() error {
	ids, err := s.Store.ByPerson(s.ctx, s.reporter)
	if err != nil || len(ids) < min(s.Rules.PerDay, s.Rules.PerDayFlagged) {
		return err
	}
	cases, err := s.Store.Cases(s.ctx, ids)
	if err != nil {
		return err
	}
	limit, key := s.Rules.PerDay, "error.report.quota"
	if s.flagged(cases, s.reporter) >= s.Rules.AbuseFlags {
		limit, key = s.Rules.PerDayFlagged, "error.report.quota_flagged"
	}
	recent := 0
	for _, c := range cases {
		if c.Reporter == s.reporter && s.now.Sub(c.CreatedAt) < 24*time.Hour {
			recent++
		}
	}
	if recent >= limit {
		return grid.Fail(grid.Conflict, key, "hotline", s.Book.Rules().Hotline)
	}
	return nil
}
