package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/muster"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// countMuster tells whom a muster would reach.
func (s *scene) countMuster(c flow.CountMuster) (*flow.Event, error) {
	if !s.mayMuster(c.Cell) {
		return nil, grid.Fail(grid.Forbidden, "error.role")
	}
	calls, missed := muster.Callees(s.Work.Tree, s.roster, muster.Scope{Cell: c.Cell, Roles: c.Roles}, s.officer.ID, s.now)
	counted := &flow.Counted{}
	for _, call := range calls {
		counted.Names = append(counted.Names, s.officerName(call.Officer))
	}
	for _, m := range missed {
		counted.Missed = append(counted.Missed, s.officerName(m.Officer))
	}
	return &flow.Event{Kind: flow.MusterCount, Counted: counted}, nil
}

// callUp calls officers up: each gets the call before anything else, and the preview becomes the board of the caller.
func (s *scene) callUp(c flow.CallUp) error {
	if !s.mayMuster(c.Cell) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	m := muster.Muster{
		ID: s.code(10), By: s.officer.ID, Scope: muster.Scope{Cell: c.Cell, Roles: c.Roles},
		Words: c.Words, Place: c.Place, Point: c.Point, When: c.When, At: s.now, Board: s.msg.ID,
	}
	m.Calls, m.Missed = muster.Callees(s.Work.Tree, s.roster, m.Scope, m.By, s.now)
	if len(m.Calls) == 0 {
		return grid.Fail(grid.Conflict, "error.muster.nobody")
	}
	if err := s.keepMuster(ledger.Dossier{Kind: muster.Kind, ID: m.ID}, m, muster.Event{At: s.now, By: m.By, Via: s.via(), Did: muster.DidCall}); err != nil {
		return err
	}
	for i, call := range m.Calls {
		r := s.callCard(m, i)
		r.Point = m.Point
		if err := s.callOut(call.Officer, r); err != nil {
			return err
		}
	}
	r := s.board(m, "")
	r.Edit = true
	s.say(r)
	return nil
}

// callOut tells an officer before anything else that waits to be said.
func (s *scene) callOut(id grid.OfficerID, r flow.Reply) error {
	o, _ := s.roster.Officer(id)
	l, err := s.letter(o.Person, casework.Case{}, r)
	if err != nil || l == nil {
		return err
	}
	l.Priority = ledger.Emergency
	s.change.Outbox = append(s.change.Outbox, *l)
	return nil
}

// callCard is a call as the one who is called sees it, with what they answered and a button for each answer that is open.
func (s *scene) callCard(m muster.Muster, i int) flow.Reply {
	c, key := m.Calls[i], callKind
	if c.State != muster.Called {
		key = "muster.mine"
	}
	r := flow.Reply{Key: key, Args: s.musterArgs(m)}
	r.Args["for"], r.Args["stands"] = texts.Text{}, s.standsText(m, c)
	if len(c.For) > 0 {
		r.Args["for"] = texts.Text{Key: "muster.for", Args: texts.Args{"names": officerNames(s.officersOf(c.For))}}
	}
	if !m.Running() {
		return r
	}
	for _, a := range c.State.Open() {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.muster." + string(a), Data: musterData(string(a), m.ID)}})
	}
	return r
}

// musterArgs are the places of the sentences about a muster.
func (s *scene) musterArgs(m muster.Muster) texts.Args {
	when := texts.Text{Key: "muster.at_once"}
	if !m.When.IsZero() {
		when = texts.Text{Key: "muster.until", Args: texts.Args{"at": s.moment(m.When)}}
	}
	g := flow.Gathering{Place: m.Place}
	return texts.Args{
		"cell": s.cellName(m.Scope.Cell), "words": m.Words, "place": g.PlaceText(), "when": when, "by": orDash(s.officerName(m.By)), "at": s.moment(m.At),
	}
}

// standsText is what somebody answered last, in their own message.
func (s *scene) standsText(m muster.Muster, c muster.Call) texts.Text {
	a := texts.Args{"at": "", "proof": proofText(m, c), "reason": excuseText(c.Reason)}
	switch c.State {
	case muster.Seen:
		a["at"] = s.moment(c.Read)
	case muster.OnWay:
		a["at"] = s.moment(c.Left)
	case muster.There:
		a["at"] = s.moment(c.There)
	case muster.Called, muster.Excused:
	}
	return texts.Text{Key: "muster.stands." + string(c.State), Args: a}
}

// proofText says how it is known that somebody is there, and whether they came late.
func proofText(m muster.Muster, c muster.Call) texts.Parts {
	if c.State != muster.There {
		return nil
	}
	p := texts.Parts{texts.Text{Key: "muster.proof." + string(c.Proof), Args: texts.Args{"metres": c.Metres}}}
	if m.Late(c) {
		p = append(p, texts.Text{Key: "muster.late"})
	}
	return p
}

// excuseText is a reason by its code, or in somebody's own words.
func excuseText(reason string) any {
	if slices.Contains(flow.Excuses(), reason) {
		return texts.Text{Key: "muster.excuse." + reason}
	}
	return reason
}
