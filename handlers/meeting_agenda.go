package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// beginMeeting draws an agenda from what is late or disputed, to be edited by the convener.
func (s *scene) beginMeeting() error {
	if !s.convenes() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	points, err := s.drawAgenda()
	if err != nil {
		return err
	}
	m := meeting.Meeting{ID: s.code(10), By: s.officer.ID, State: meeting.Drafting, Begun: s.now, Points: points}
	event := meeting.Event{At: s.now, By: m.By, Via: s.via(), Did: meeting.Begin}
	if err := s.keepMeeting(ledger.Dossier{Kind: meeting.Kind, ID: m.ID}, m, event); err != nil {
		return err
	}
	s.say(s.agenda(m))
	return nil
}

// drawAgenda finds the points: milestones of the plan that are late or contested, cases of which nobody wants to be the owner, and cases that
// are long overdue; of each kind the longest first, and so many that they can be dealt with.
func (s *scene) drawAgenda() ([]meeting.Point, error) {
	points := make(map[meeting.Source][]meeting.Point)
	if err := s.drawMilestones(points); err != nil {
		return nil, err
	}
	if err := s.drawCases(points); err != nil {
		return nil, err
	}
	var out []meeting.Point
	for _, source := range meeting.Sources() {
		all := points[source]
		slices.SortStableFunc(all, func(a, b meeting.Point) int { return b.Days - a.Days })
		out = append(out, all[:min(len(all), s.Rules.MeetingPoints)]...)
	}
	return out, nil
}

// drawCases adds the cases that are disputed or long overdue, by number and place.
func (s *scene) drawCases(points map[meeting.Source][]meeting.Point) error {
	queues := []casework.Queue{casework.DisputeQueue}
	for _, cell := range s.Work.Tree.Cells() {
		queues = append(queues, casework.CellQueue(cell.Code))
	}
	for _, d := range s.Book.Departments() {
		queues = append(queues, casework.DepartmentQueue(d))
	}
	var ids []casework.CaseID
	for _, q := range queues {
		page, err := s.Store.Queue(s.ctx, q, 0, 1000)
		if err != nil {
			return err
		}
		ids = append(ids, page...)
	}
	slices.Sort(ids)
	cases, err := s.Store.Cases(s.ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	for _, c := range cases {
		if s.Work.Excluded(c, s.officer, s.now) {
			continue
		}
		p := meeting.Point{Ref: c.Shown(), Lead: c.Lead, Cell: s.Work.Tree.Township(c.Cell)}
		if p.Cell == s.Work.Tree.Root().Code || p.Cell == s.Work.Tree.Unassigned().Code {
			p.Cell = ""
		}
		due, limited := c.Due()
		if limited {
			p.Days = s.Head.DaysLate(due, s.now)
		}
		switch {
		case c.Dispute != nil:
			p.Source = meeting.Dispute
		case limited && p.Days >= s.Rules.MeetingOverdue:
			p.Source = meeting.Overdue
		default:
			continue
		}
		points[p.Source] = append(points[p.Source], p)
	}
	return nil
}

// agenda is the agenda while it is made, with a button to drop each point.
func (s *scene) agenda(m meeting.Meeting) flow.Reply {
	r := flow.Reply{Key: "meeting.agenda", Args: s.meetingArgs(m)}
	if len(m.Points) == 0 {
		r.Key = "meeting.agenda_empty"
	}
	drops := make([]flow.Choice, 0, len(m.Points))
	for i := range m.Points {
		drops = append(drops, flow.Choice{Key: "button.meeting_drop", Args: texts.Args{"n": i + 1}, Data: partData("drop", m.ID, i)})
	}
	r.Rows = append(r.Rows, inRows(5, drops)...)
	r.Rows = append(r.Rows,
		[]flow.Choice{{Key: "button.meeting_point", Data: meetingData("point", m.ID)}},
		[]flow.Choice{{Key: "button.meeting_when", Data: meetingData("when", m.ID)}, {Key: "button.meeting_place", Data: meetingData("place", m.ID)}})
	if !m.When.IsZero() && m.Place != "" && len(m.Points) > 0 {
		own, all := m.Units(), s.allUnits()
		if len(own) > 0 {
			r.Rows = append(r.Rows, []flow.Choice{{Key: "button.meeting_invite_own", Args: texts.Args{"n": len(own)}, Data: meetingData("invite", m.ID+".own")}})
		}
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.meeting_invite_all", Args: texts.Args{"n": len(all)}, Data: meetingData("invite", m.ID+".all")}})
	}
	r.Rows = append(r.Rows, []flow.Choice{{Key: "button.meeting_cancel", Data: meetingData("cancel", m.ID)}})
	return r
}

// allUnits are all departments and townships of the district.
func (s *scene) allUnits() []meeting.Unit {
	departments := s.Book.Departments()
	out := make([]meeting.Unit, 0, len(departments)+len(s.Work.Tree.Level(2)))
	for _, d := range departments {
		out = append(out, meeting.Unit{Department: d})
	}
	for _, c := range s.Work.Tree.Level(2) {
		if c.Kind != grid.UnassignedKind {
			out = append(out, meeting.Unit{Cell: c.Code})
		}
	}
	return out
}

// agendaAct changes the agenda and shows it again.
func (s *scene) agendaAct(d meetingDossier, a meeting.Act) error {
	m, err := s.actMeeting(d, a)
	if err != nil {
		return err
	}
	r := s.agenda(m)
	r.Edit = true
	s.say(r)
	return nil
}

func (s *scene) dropPoint(d meetingDossier, part string) error {
	return s.agendaAct(d, meeting.Act{Action: meeting.DropPoint, Index: partOf(part)})
}

// showMeeting shows a meeting as far as it is.
func (s *scene) showMeeting(d meetingDossier) error {
	var r flow.Reply
	switch d.m.State {
	case meeting.Drafting:
		r = s.agenda(d.m)
	case meeting.Called:
		if d.m.By == s.officer.ID && d.m.Board != s.msg.ID {
			d.m.Board = s.msg.ID
			if err := s.keepMeeting(d.read, d.m); err != nil {
				return err
			}
		}
		r = s.meetingBoard(d.m)
	case meeting.Minuted, meeting.Over:
		return s.showDecisions(d.m)
	case meeting.Dropped:
		return d.m.Allows(meeting.Invite)
	}
	r.Edit = true
	s.say(r)
	return nil
}

// cancelMeeting lets a meeting fall; whoever was invited is told.
func (s *scene) cancelMeeting(d meetingDossier) error {
	m, err := s.actMeeting(d, meeting.Act{Action: meeting.Drop})
	if err != nil {
		return err
	}
	args := s.meetingArgs(m)
	s.say(flow.Reply{Key: "meeting.cancelled", Args: args, Edit: true})
	return s.tellUnits(guestUnits(m), func(meeting.Unit) flow.Reply { return flow.Reply{Key: "meeting.called_off", Args: args} })
}

func guestUnits(m meeting.Meeting) []meeting.Unit {
	out := make([]meeting.Unit, len(m.Guests))
	for i, g := range m.Guests {
		out[i] = g.Unit
	}
	return out
}
