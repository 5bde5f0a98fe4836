package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// draftNotice keeps what the public would read; whoever may approve it is told, but for the person who wrote it.
func (s *scene) draftNotice(a flow.DraftNotice) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.DraftNotice, Reply: s.reply(a.Reply, a.Notice), At: a.At})
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "publish.drafted", Args: s.caseArgs(c), Hide: true})
	officers, _ := s.Work.Responsible(c, s.roster, s.now, grid.Publisher, grid.Supervisor)
	officers = slices.DeleteFunc(officers, func(o grid.Officer) bool { return o.ID == s.officer.ID })
	return s.tellAll(officers, c, "publish.ask")
}

// publishNotice lets the public read it.
func (s *scene) publishNotice(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.PublishNotice})
	if err != nil {
		return err
	}
	s.count("published", c.Cell)
	if err := s.noticeNews(c); err != nil {
		return err
	}
	s.update("publish.done", c)
	return nil
}
