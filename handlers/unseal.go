package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// unseal shows an officer of the district, once, what the reporter left of themselves: name and phone, never the account.
// That it was done, by whom and why, is part of the history; the reporter is told, unless the reason forbids it.
func (s *scene) unseal(a flow.Unseal) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.Unseal, Reason: a.Reason, Words: a.Words, At: a.At})
	if err != nil {
		return err
	}
	p, err := s.Store.Person(s.ctx, c.Reporter)
	if !c.RealName {
		p.Name = "" // it was left with another report
	}
	if grid.CodeOf(err) == grid.NotFound || err == nil && p.Name == "" && p.Phone == "" {
		return grid.Fail(grid.NotFound, "error.unseal.nothing", "number", c.Shown())
	}
	if err != nil {
		return err
	}
	s.count("unsealed", s.Work.Tree.Root().Code)
	s.say(flow.Reply{
		Key: "unseal.shown", Secret: true,
		Args: texts.Args{"number": c.Shown(), "name": orDash(p.Name), "phone": orDash(p.Phone)},
	})
	if slices.Contains(s.Rules.UnsealSilent, a.Reason) {
		return nil
	}
	return s.tellOpened(c, a.Reason)
}

// tellOpened tells the reporter that their name was read, and why.
func (s *scene) tellOpened(c casework.Case, reason string) error {
	m, err := s.letter(c.Reporter, c, flow.Reply{Key: "unseal.told", Args: texts.Args{
		"number": c.Shown(), "role": s.opener(s.officer), "reason": openReason(reason), "hotline": s.Book.Rules().Hotline,
	}})
	if err != nil || m == nil {
		return err
	}
	s.quiet(c, m)
	s.change.Outbox = append(s.change.Outbox, *m)
	return nil
}

// opener is the part in which an officer may read names.
func (s *scene) opener(o grid.Officer) texts.Text {
	if len(o.Areas(s.now, grid.Desk)) > 0 {
		return name("role", string(grid.Desk))
	}
	return name("role", string(grid.Supervisor))
}

// openReason is why a name was read, in words; nothing for other events.
func openReason(code string) texts.Text {
	if !slices.Contains(casework.UnsealReasons(), code) {
		return texts.Text{}
	}
	return texts.Text{Key: "unseal.reason." + code}
}

// openings lists when, by whom and why the reporter's name was read, as far as the reporter may know.
func (s *scene) openings(c casework.Case) ([]string, error) {
	events, err := s.Store.History(s.ctx, c.ID)
	lines := make([]string, 0, 1)
	for _, e := range events {
		if e.Action != casework.Unseal || slices.Contains(s.Rules.UnsealSilent, e.Note["reason"]) {
			continue
		}
		o, _ := s.roster.Officer(grid.OfficerID(e.By))
		lines = append(lines, s.Texts.T(s.lang, "mydata.opened", texts.Args{
			"at": s.moment(e.Arrived), "number": c.Shown(), "role": s.opener(o), "reason": openReason(e.Note["reason"]),
		}))
	}
	return lines, err
}
