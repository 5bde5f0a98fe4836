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
		"away": s.awayToday(area),
		"n":    n, "blind": len(s.roster.BlindSpots(s.Work.Tree, s.now)), "lines": texts.Raw(strings.Join(lines, "\n")),
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
		"cert": certificate(o), "id": string(o.ID), "name": o.Name, "roles": s.appointments(o), "state": texts.Text{Key: state}, "away": s.awayNote(o),
	})
}

// awayNote says of an officer who is away until when, and who stands in now.
func (s *scene) awayNote(o grid.Officer) texts.Text {
	a, ok := o.Away(s.now)
	if !ok {
		return texts.Text{}
	}
	_, until := s.span(a)
	var deputy any = texts.Text{Key: "away.nobody"}
	if heir, ok := s.roster.StandIn(o, s.now); ok {
		deputy = heir.Name
	}
	return texts.Text{Key: "roster.away", Args: texts.Args{"until": until, "deputy": deputy}}
}

// awayToday names those of the area who are away now; the list of all may be too long to show them.
func (s *scene) awayToday(area grid.CellCode) texts.Text {
	var names texts.List
	for _, o := range s.roster.Officers() {
		if _, ok := o.Away(s.now); ok && s.serves(o, area) {
			names = append(names, texts.Text{Key: "roster.away_name", Args: texts.Args{"name": o.Name, "note": s.awayNote(o)}})
		}
	}
	if len(names) == 0 {
		return texts.Text{}
	}
	n := len(names)
	return texts.Text{Key: "roster.away_today", Args: texts.Args{"n": n, "names": names[:min(n, rosterLines)]}}
}

// certificate is the officer's certificate of enforcement, when they have one.
func certificate(o grid.Officer) texts.Text {
	if o.Certificate == "" {
		return texts.Text{}
	}
	return texts.Text{Key: "roster.certificate", Args: texts.Args{"number": o.Certificate}}
}
