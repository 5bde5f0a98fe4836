package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const rosterLines = 40 // so that the list fits one message

// showRoster lists the officers, who of them has an account, and how many cells nobody watches: /roster, /roster 寿乐镇.
func (s *scene) showRoster() error {
	if !s.admin() && !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	area := s.Work.Tree.Root().Code
	if s.msg.Args != "" {
		c, ok := s.cellNamed(s.msg.Args)
		if !ok {
			return grid.Fail(grid.NotFound, "error.invite.cell", "cell", s.msg.Args)
		}
		area = c.Code
	}
	var lines []string
	n := 0
	for _, o := range s.roster.Officers() {
		if !s.serves(o, area) {
			continue
		}
		n++
		if len(lines) < rosterLines {
			lines = append(lines, s.rosterLine(o))
		}
	}
	s.say(flow.Reply{Key: "roster.title", Args: texts.Args{
		"n": n, "blind": len(s.roster.BlindSpots(s.Work.Tree, s.now)), "lines": texts.Raw(strings.Join(lines, "\n")),
	}})
	return nil
}

// serves tells whether the officer is appointed in the area.
func (s *scene) serves(o grid.Officer, area grid.CellCode) bool {
	for _, a := range o.Appointments {
		if a.Active(s.now) && s.Work.Tree.Within(a.Cell, area) {
			return true
		}
	}
	return false
}

func (s *scene) rosterLine(o grid.Officer) string {
	state := "roster.absent"
	switch {
	case o.Reachable():
		state = "roster.present"
	case o.Blocked:
		state = "roster.blocked"
	}
	return s.Texts.T(s.lang, "roster.line", texts.Args{
		"id": string(o.ID), "name": o.Name, "roles": s.appointments(o), "state": texts.Text{Key: state},
	})
}
