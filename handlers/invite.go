package handlers

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
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
// no account yet, or /invite OFFICER replace for one whose account is to be another. Only the admin may.
func (s *scene) makeInvite() error {
	if !s.admin() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	inv, err := s.invited(strings.Fields(s.msg.Args))
	if err != nil {
		return err
	}
	shown := inv.Officer
	if entry, ok := s.roster.Officer(inv.Officer.ID); ok {
		shown = entry
	}
	code := s.code(16)
	inv.Hash, inv.By, inv.Made, inv.Expires = HashInvite(code), s.officer.ID, s.now, s.now.Add(s.Rules.InviteValid)
	s.change.Invites = append(s.change.Invites, ledger.InviteWrite{Invite: inv})
	s.say(flow.Reply{Key: "invite.made", Args: texts.Args{
		"name": shown.Name, "roles": s.appointments(shown), "until": s.moment(inv.Expires),
		"link": "https://t.me/" + s.BotName + "?start=" + code, "code": code,
	}})
	return nil
}

// replaceWord after an officer's ID says that the account may be replaced.
const replaceWord = "replace"

// invited reads who is to be invited. For somebody on the roster the invitation brings no appointments: what they have
// when they take it up is what the roster says then.
func (s *scene) invited(words []string) (ledger.Invite, error) {
	replace := len(words) == 2 && words[1] == replaceWord
	var entry grid.Officer
	if len(words) == 1 || replace {
		entry, _ = s.roster.Officer(grid.OfficerID(words[0]))
	}
	if entry.ID == "" {
		officer, err := s.appointed(words)
		return ledger.Invite{Officer: officer}, err
	}
	inv := ledger.Invite{Officer: grid.Officer{ID: entry.ID, Name: entry.Name}}
	if entry.Person != "" && !replace {
		return inv, grid.Fail(grid.Conflict, "error.invite.taken", "name", entry.Name, "id", string(entry.ID))
	}
	inv.Replaces = entry.Person
	return inv, nil
}

// appointed reads a role, a cell and a name.
func (s *scene) appointed(words []string) (grid.Officer, error) {
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
	if !s.stands(inv) {
		return grid.Fail(grid.NotFound, "error.invite.gone")
	}
	officer, err := s.merge(inv)
	if err != nil {
		return err
	}
	former := officer.Person
	officer.Person, officer.Blocked = s.me, false
	s.change.Roster = &ledger.RosterWrite{Version: s.roster.Version, Officers: []grid.Officer{officer}}
	s.change.Invites = append(s.change.Invites, ledger.InviteWrite{Invite: inv, Take: true})
	s.officer = officer
	s.say(flow.Reply{Key: "invite.taken", Args: texts.Args{"name": officer.Name, "roles": s.appointments(officer)}, Rows: s.menu()})
	if former == s.me {
		return nil
	}
	return s.tell(former, casework.Case{}, flow.Reply{Key: "invite.replaced", Args: texts.Args{"name": officer.Name}})
}

// stands tells whether whoever made the invitation is still an admin, or still stands in for one. The link that makes the first admin, which nobody
// made, is good only while there is none.
func (s *scene) stands(inv ledger.Invite) bool {
	root := s.Work.Tree.Root().Code
	if inv.By != "" {
		by, _ := s.roster.Officer(inv.By)
		return s.roster.Can(s.Work.Tree, by.Person, root, s.now, grid.Admin)
	}
	makesAdmin := slices.ContainsFunc(inv.Officer.Appointments, func(a grid.Appointment) bool { return a.Role == grid.Admin })
	return !makesAdmin || !s.roster.Held(grid.Admin, root, s.now)
}

// merge adds the invited appointments to what the person or the roster entry has now; one that was ended stays ended. An
// entry that is somebody else's is theirs, unless the invitation is to replace them.
func (s *scene) merge(inv ledger.Invite) (grid.Officer, error) {
	officer, known := s.roster.ByPerson(s.me)
	entry, listed := s.roster.Officer(inv.Officer.ID)
	switch {
	case listed && entry.Person != "" && entry.Person != s.me && entry.Person != inv.Replaces:
		return entry, grid.Fail(grid.NotFound, "error.invite.gone")
	case listed && known && officer.ID != entry.ID:
		return entry, grid.Fail(grid.Conflict, "error.invite.other", "name", officer.Name)
	case listed:
		officer = entry
	case !known:
		officer = inv.Officer
		officer.Appointments = nil
	}
	officer.Appointments = slices.Clone(officer.Appointments)
	for _, a := range inv.Officer.Appointments {
		if !slices.ContainsFunc(officer.Appointments, func(had grid.Appointment) bool {
			return had.Role == a.Role && had.Cell == a.Cell && (had.Active(s.now) || had.From.Equal(a.From))
		}) {
			officer.Appointments = append(officer.Appointments, a)
		}
	}
	return officer, nil
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
