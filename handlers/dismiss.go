package handlers

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// dismiss ends an officer's appointments from this moment on, all or those of one role: /dismiss OFFICER [ROLE]. The entry
// stays, for who was responsible must be answerable later. Only the admin may, and not themselves: somebody has to be
// left who can.
func (s *scene) dismiss() error {
	if !s.admin() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	words := strings.Fields(s.msg.Args)
	if len(words) == 0 || len(words) > 2 {
		return grid.Fail(grid.Invalid, "error.dismiss.usage")
	}
	o, ok := s.roster.Officer(grid.OfficerID(words[0]))
	if !ok {
		return grid.Fail(grid.NotFound, "error.dismiss.unknown", "id", words[0])
	}
	if o.Person == s.me {
		return grid.Fail(grid.Conflict, "error.dismiss.self")
	}
	roles := grid.Roles()
	if len(words) == 2 {
		role, err := grid.ParseRole(strings.ToLower(words[1]))
		if err != nil {
			return grid.Fail(grid.Invalid, "error.invite.role", "role", words[1])
		}
		roles = []grid.Role{role}
	}
	before := s.appointments(o)
	ended := s.end(&o, roles)
	if ended == 0 {
		return grid.Fail(grid.Conflict, "error.dismiss.nothing", "name", o.Name)
	}
	s.enter(o)
	args := texts.Args{"name": o.Name, "before": before, "n": ended}
	s.say(flow.Reply{Key: "dismiss.done", Args: args})
	if err := s.tell(o.Person, casework.Case{}, flow.Reply{Key: "dismiss.told", Args: args}); err != nil {
		return err
	}
	s.change.Marks = append(s.change.Marks, ledger.Mark{Name: ledger.LeftMark(o.ID, s.now), Keep: leftKept})
	return s.tellGone("gone.left", o, before)
}

// leftKept is how long it is remembered that somebody's leaving was told: longer than the job that tells of it looks back.
const leftKept = 60 * 24 * time.Hour

// end ends the officer's appointments of these roles, those that are still to begin too, and tells how many.
func (s *scene) end(o *grid.Officer, roles []grid.Role) int {
	n := 0
	o.Appointments = slices.Clone(o.Appointments)
	for i, a := range o.Appointments {
		if slices.Contains(roles, a.Role) && (a.Until.IsZero() || s.now.Before(a.Until)) {
			o.Appointments[i].Until = s.now
			n++
		}
	}
	return n
}
