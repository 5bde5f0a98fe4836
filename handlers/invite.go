package handlers

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// HashInvite is how the code of an invitation is stored: whoever reads the store cannot use it.
func HashInvite(code string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(code))))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// makeInvite makes a one-time link: /invite inspector 寿乐镇 王建国, or /invite OFFICER for somebody on the roster who has
// no account yet. Only the admin may.
func (s *scene) makeInvite() error {
	if !s.admin() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	officer, err := s.invited(strings.Fields(s.msg.Args))
	if err != nil {
		return err
	}
	code := s.code(16)
	inv := ledger.Invite{
		Hash: HashInvite(code), Officer: officer, By: s.officer.ID, Made: s.now, Expires: s.now.Add(s.Rules.InviteValid),
	}
	s.change.Invites = append(s.change.Invites, ledger.InviteWrite{Invite: inv})
	s.say(flow.Reply{Key: "invite.made", Args: texts.Args{
		"name": officer.Name, "roles": s.appointments(officer), "until": s.moment(inv.Expires),
		"link": "https://t.me/" + s.BotName + "?start=" + code, "code": code,
	}})
	return nil
}

// invited reads who is to be invited.
func (s *scene) invited(words []string) (grid.Officer, error) {
	if len(words) == 1 {
		if o, ok := s.roster.Officer(grid.OfficerID(words[0])); ok {
			return o, nil
		}
	}
	if len(words) < 2 {
		return grid.Officer{}, grid.Fail(grid.Invalid, "error.invite.usage")
	}
	role, err := grid.ParseRole(strings.ToLower(words[0]))
	if err != nil {
		return grid.Officer{}, grid.Fail(grid.Invalid, "error.invite.role", "role", words[0])
	}
	cell, ok := s.cellNamed(words[1])
	if !ok {
		return grid.Officer{}, grid.Fail(grid.NotFound, "error.invite.cell", "cell", words[1])
	}
	label := strings.Join(words[2:], " ")
	if label == "" {
		label = words[1]
	}
	return grid.Officer{
		ID: grid.OfficerID("o" + s.code(6)), Name: label,
		Appointments: []grid.Appointment{{Role: role, Cell: cell.Code, From: s.now}},
	}, nil
}

// cellNamed finds a cell by its code or its everyday name, the highest when several are called so.
func (s *scene) cellNamed(text string) (grid.Cell, bool) {
	if c, ok := s.Work.Tree.Cell(grid.CellCode(text)); ok {
		return c, true
	}
	for _, c := range s.Work.Tree.Cells() {
		if c.Name == text || c.FullName == text {
			return c, true
		}
	}
	return grid.Cell{}, false
}

// takeInvite makes the person the officer that the invitation names. It can be done once, in time, and not by somebody
// who is that officer's colleague already: one person is one officer, with as many appointments as there are.
func (s *scene) takeInvite(code string) error {
	inv, err := s.Store.Invite(s.ctx, HashInvite(code))
	if grid.CodeOf(err) == grid.NotFound {
		return grid.Fail(grid.NotFound, "error.invite.gone")
	}
	if err != nil {
		return err
	}
	if !s.now.Before(inv.Expires) {
		return grid.Fail(grid.Expired, "error.invite.expired")
	}
	officer := s.merge(inv.Officer)
	officer.Person, officer.Blocked = s.me, false
	s.change.Roster = &ledger.RosterWrite{Version: s.roster.Version, Officers: []grid.Officer{officer}}
	s.change.Invites = append(s.change.Invites, ledger.InviteWrite{Invite: inv, Take: true})
	s.officer = officer
	s.say(flow.Reply{Key: "invite.taken", Args: texts.Args{"name": officer.Name, "roles": s.appointments(officer)}, Rows: s.menu()})
	return nil
}

// merge adds the invited appointments to what the person or the roster entry has already.
func (s *scene) merge(invited grid.Officer) grid.Officer {
	officer, known := s.roster.ByPerson(s.me)
	if !known {
		officer, known = s.roster.Officer(invited.ID)
	}
	if !known {
		return invited
	}
	officer.Appointments = slices.Clone(officer.Appointments)
	for _, a := range invited.Appointments {
		if !officer.Holds(a.Role, a.Cell, s.now) {
			officer.Appointments = append(officer.Appointments, a)
		}
	}
	return officer
}

// revokeInvite takes an invitation back before somebody used it: /revoke CODE.
func (s *scene) revokeInvite() error {
	if !s.admin() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	inv, err := s.Store.Invite(s.ctx, HashInvite(s.msg.Args))
	if grid.CodeOf(err) == grid.NotFound {
		return grid.Fail(grid.NotFound, "error.invite.gone")
	}
	if err != nil {
		return err
	}
	s.change.Invites = append(s.change.Invites, ledger.InviteWrite{Invite: inv, Take: true})
	s.say(flow.Reply{Key: "invite.revoked", Args: texts.Args{"name": inv.Officer.Name}})
	return nil
}

func (s *scene) admin() bool {
	return s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, grid.Admin)
}

// appointments lists what an officer is and where.
func (s *scene) appointments(o grid.Officer) texts.List {
	var out texts.List
	for _, a := range o.Appointments {
		if a.Active(s.now) {
			out = append(out, texts.Text{Key: "roster.appointment", Args: texts.Args{
				"role": name("role", string(a.Role)), "cell": s.Work.Tree.PathName(a.Cell),
			}})
		}
	}
	return out
}
