package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askForget tells what follows from being forgotten, with the codes by which reports can still be asked for, and asks.
func (s *scene) askForget() error {
	cases, err := s.ownCases()
	if err != nil {
		return err
	}
	var lines []string
	for _, c := range cases {
		if c.Reporter == s.reporter && len(lines) < dataLines {
			lines = append(lines, s.Texts.T(s.lang, "forget.case", texts.Args{
				"number": c.Shown(), "code": c.Code, "state": name("state", string(c.State)),
			}))
		}
	}
	codes, duties, reward := texts.Text{}, texts.Text{}, texts.Text{}
	for _, c := range cases {
		if c.Reporter == s.reporter && c.Reward.Waits() {
			reward = texts.Text{Key: "forget.reward", Args: texts.Args{"number": c.Shown()}}
		}
	}
	if len(lines) > 0 {
		codes = texts.Text{Key: "forget.codes", Args: texts.Args{"lines": texts.Raw(strings.Join(lines, "\n"))}}
	}
	if s.officer.ID != "" {
		duties.Key = "forget.duties"
	}
	s.say(flow.Reply{Key: "forget.ask", Args: texts.Args{"codes": codes, "duties": duties, "reward": reward}, Rows: [][]flow.Choice{{
		{Key: "button.forget_yes", Data: ownData("forget_yes")}, {Key: "button.forget_no", Data: ownData("forget_no")},
	}}})
	return nil
}

// forget removes everything that leads from the cases to the person, and what is known of them: both records, the
// conversation with its drafts, the list of their cases, what was put aside of theirs. The cases go on. What still waits
// to be sent finds nobody. Whoever has duties stays known as an officer, and as nothing else.
func (s *scene) forget() error {
	cases, err := s.ownCases()
	if err != nil {
		return err
	}
	for _, c := range cases {
		if _, err = s.act(c, casework.Act{Action: casework.Forget, As: grid.Gone(s.code(10))}); err != nil {
			return err
		}
	}
	if s.change.Drop, err = s.putAside(); err != nil {
		return err
	}
	follows, err := s.follows()
	if err != nil {
		return err
	}
	if wrong := s.keepFollows(follows, follow.Follows{}); wrong != nil {
		return wrong
	}
	gone, err := s.forgetSeats()
	if err != nil {
		return err
	}
	p := s.person
	s.state = flow.State{}
	gone = append(gone, s.reporter)
	s.change.People, s.change.Gone = nil, gone
	if s.officer.ID == "" {
		s.change.Gone = append(s.change.Gone, s.me)
	} else {
		s.keep(ledger.Person{ID: s.me, User: p.User, Chat: p.Chat, Lang: p.Lang, Chosen: p.Chosen, LastSeen: p.LastSeen})
	}
	s.count("forgotten", s.Work.Tree.Root().Code)
	s.say(flow.Reply{Key: "forget.done", Hide: true})
	s.change.Outbox[len(s.change.Outbox)-1].Chat = s.msg.Chat // nobody is found by name any more
	return nil
}

// allAside is more than was ever put aside and not looked at.
const allAside = 10_000

// putAside lists what failed of this person's messages and waits to be looked at.
func (s *scene) putAside() ([]ledger.EntryID, error) {
	all, err := s.Store.Aside(s.ctx, allAside)
	var out []ledger.EntryID
	for _, a := range all {
		if s.LaneOf(ledger.Entry{Update: a.Update, Data: a.Data}) == string(s.me) {
			out = append(out, a.ID)
		}
	}
	return out, err
}
