package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// inviteGuests sends the invitations to the clerks of departments and the chiefs of townships; the agenda becomes the board that
// shows who comes. Whom nobody can be told of is on it, too.
func (s *scene) inviteGuests(d meetingDossier, which string) error {
	units := d.m.Units()
	if which == "all" {
		units = s.allUnits()
	}
	guests := make([]meeting.Guest, 0, len(units))
	for _, u := range units {
		g := meeting.Guest{Unit: u}
		if len(u.Officers(s.Work.Tree, s.roster, s.now)) == 0 {
			g.Answer = meeting.NoReach
		}
		guests = append(guests, g)
	}
	d.m.Board = s.msg.ID
	m, err := s.actMeeting(d, meeting.Act{Action: meeting.Invite, Units: guests})
	if err != nil {
		return err
	}
	for i, g := range m.Guests {
		if err := s.tellOfficers(g.Officers(s.Work.Tree, s.roster, s.now), s.invitation(m, i)); err != nil {
			return err
		}
	}
	r := s.meetingBoard(m)
	r.Edit = true
	s.say(r)
	return nil
}

// invitation is what a unit is sent, with what it answered and the answers that are open.
func (s *scene) invitation(m meeting.Meeting, i int) flow.Reply {
	r := flow.Reply{Key: "meeting.invitation", Args: s.meetingArgs(m)}
	g := m.Guests[i]
	r.Args["unit"], r.Args["answer"] = s.unitNameOf(g.Unit), texts.Text{Key: "meeting.answer." + string(g.Answer), Args: texts.Args{"words": g.Words}}
	if g.Answer == meeting.Silent || g.Answer == meeting.NoReach {
		r.Args["answer"] = texts.Text{Key: "meeting.please"}
	}
	for _, a := range []meeting.Answer{meeting.Comes, meeting.Sends, meeting.Excused} {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.meeting." + string(a), Data: meetingData(string(a), m.ID)}})
	}
	return r
}

// askReply asks who comes instead, or why nobody does.
func (s *scene) askReply(d meetingDossier, what string) error {
	if d.m.GuestOf(s.Work.Tree, s.roster, s.officer.ID, s.now) < 0 {
		return grid.Fail(grid.Forbidden, "error.meeting.not_invited")
	}
	return s.askWords(what, meeting.Reply)(d, "")
}

// replyMeeting answers for the person's unit; the convener's board follows.
func (s *scene) replyMeeting(d meetingDossier, answer meeting.Answer, words string) error {
	i := d.m.GuestOf(s.Work.Tree, s.roster, s.officer.ID, s.now)
	m, err := s.actMeeting(d, meeting.Act{Action: meeting.Reply, Index: i, Answer: answer, Words: words})
	if err != nil {
		return err
	}
	r := s.invitation(m, i)
	r.Edit = answer == meeting.Comes
	s.say(r)
	return s.tellMeetingBoard(m)
}

// tellMeetingBoard brings the board on the convener's phone up to date.
func (s *scene) tellMeetingBoard(m meeting.Meeting) error {
	o, _ := s.roster.Officer(m.By)
	if m.Board == 0 || o.Person == s.me {
		return nil
	}
	l, err := s.letter(o.Person, casework.Case{}, s.meetingBoard(m))
	if err != nil || l == nil {
		return err
	}
	l.Edit = m.Board
	s.change.Outbox = append(s.change.Outbox, *l)
	return nil
}

// meetingBoard is who comes, who sends somebody, who asks to be excused, who has not answered, who cannot be told.
func (s *scene) meetingBoard(m meeting.Meeting) flow.Reply {
	var lines texts.Lines
	for _, a := range []meeting.Answer{meeting.Comes, meeting.Sends, meeting.Excused, meeting.Silent, meeting.NoReach} {
		names := s.unitNames(m.Guests, a)
		key := "meeting.board." + string(a)
		if a == meeting.Silent {
			key = "meeting.board.silent"
		}
		if len(names) > 0 {
			lines = append(lines, texts.Text{Key: key, Args: texts.Args{"n": len(names), "names": names}})
		}
	}
	r := flow.Reply{Key: "meeting.board", Args: s.meetingArgs(m), Rows: [][]flow.Choice{
		{{Key: "button.meeting_decisions", Args: texts.Args{"n": len(m.Decisions)}, Data: meetingData("decisions", m.ID)}},
		{{Key: "button.meeting_refresh", Data: meetingData("open", m.ID)}, {Key: "button.meeting_cancel", Data: meetingData("cancel", m.ID)}},
	}}
	r.Args["lines"] = lines
	return r
}
