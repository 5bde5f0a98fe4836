package handlers

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// showDecisions shows what was decided, whose it is, until when, and how far it is.
func (s *scene) showDecisions(m meeting.Meeting) error {
	s.say(s.decisions(m))
	return nil
}

func (s *scene) decisions(m meeting.Meeting) flow.Reply {
	r := flow.Reply{Key: "meeting.decisions", Args: s.meetingArgs(m)}
	var lines texts.Lines
	var drops []flow.Choice
	for i, d := range m.Decisions {
		lines = append(lines, texts.Text{Key: "meeting.decision", Args: s.decisionArgs(m, i)})
		if m.State == meeting.Called {
			drops = append(drops, flow.Choice{Key: "button.meeting_drop", Args: texts.Args{"n": i + 1}, Data: partData("undecide", m.ID, i)})
		}
		if m.State == meeting.Called && !d.Complete() {
			r.Rows = append(r.Rows, []flow.Choice{{Key: "button.meeting_complete", Args: texts.Args{"n": i + 1}, Data: partData("complete", m.ID, i)}})
		}
		switch {
		case m.State != meeting.Minuted || !d.Accepted.IsZero():
		case !d.Open():
			r.Rows = append(r.Rows, s.judgeRow(m, i))
		case s.owns(m, i):
			r.Rows = append(r.Rows, []flow.Choice{{Key: "button.meeting_done_one", Args: texts.Args{"n": i + 1}, Data: partData("done", m.ID, i)}})
		}
	}
	if len(lines) == 0 {
		lines = append(lines, texts.Text{Key: "meeting.no_decisions"})
	}
	r.Args["lines"] = lines
	if m.State != meeting.Called {
		return r
	}
	r.Rows = append(r.Rows, inRows(5, drops)...)
	r.Rows = append(r.Rows, []flow.Choice{{Key: "button.meeting_decide", Data: meetingData("decide", m.ID)}})
	if len(m.Decisions) > 0 {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.meeting_minute", Data: meetingData("minute", m.ID)}})
	}
	return r
}

func (s *scene) judgeRow(m meeting.Meeting, i int) []flow.Choice {
	return []flow.Choice{
		{Key: "button.meeting_accept", Args: texts.Args{"n": i + 1}, Data: partData("accept", m.ID, i)},
		{Key: "button.meeting_return", Args: texts.Args{"n": i + 1}, Data: partData("return", m.ID, i)},
	}
}

// decisionArgs are the places of the sentences about a decision.
func (s *scene) decisionArgs(m meeting.Meeting, i int) texts.Args {
	d := m.Decisions[i]
	a := texts.Args{
		"n": i + 1, "words": d.Words, "owner": any(texts.Text{Key: "meeting.no_owner"}), "due": any(texts.Text{Key: "meeting.no_due"}), "report": d.Report,
		"stands": texts.Text{}, "number": m.No, "reason": d.Returned, "name": orDash(s.officerName(d.By)),
	}
	if d.Owner != (meeting.Unit{}) {
		a["owner"] = s.unitNameOf(d.Owner)
	}
	if d.Due != (calendar.Date{}) {
		a["due"] = d.Due.String()
	}
	if m.State != meeting.Minuted && m.State != meeting.Over {
		return a
	}
	switch {
	case !d.Accepted.IsZero():
		a["stands"] = texts.Text{Key: "meeting.stands.accepted"}
	case !d.Open():
		a["stands"] = texts.Text{Key: "meeting.stands.reported", Args: texts.Args{"report": d.Report}}
	case d.Late(s.Rules.Meeting.Today(s.now)):
		a["stands"] = texts.Text{Key: "meeting.stands.late"}
	default:
		a["stands"] = texts.Text{Key: "meeting.stands.open"}
	}
	return a
}

// noteDecision takes words of a decision, whose it is, or its last day; and asks for what is missing.
func (s *scene) noteDecision(d meetingDossier, what, part, words string) error {
	a := meeting.Act{Action: meeting.Decide, Words: words, Index: partOf(part)}
	switch what {
	case "owner":
		o, ok := s.officerNamed(strings.TrimSpace(words))
		if !ok {
			return grid.Fail(grid.NotFound, "error.away.deputy_unknown", "name", words)
		}
		a = meeting.Act{Action: meeting.Assign, Index: a.Index, Unit: meeting.Unit{Officer: o.ID}}
	case "due":
		day, ok := flow.ReadDay(words, s.local())
		if !ok {
			return grid.Fail(grid.Invalid, "away.no_day", "said", words)
		}
		a = meeting.Act{Action: meeting.Fix, Index: a.Index, Day: calendar.DateOf(day)}
	}
	m, err := s.actMeeting(d, a)
	if err != nil {
		return err
	}
	if what == "decision" {
		a.Index = len(m.Decisions) - 1
	}
	return s.askLacking(m, a.Index)
}

// askLacking asks for what a decision lacks, or shows all when it lacks nothing.
func (s *scene) askLacking(m meeting.Meeting, i int) error {
	switch d := m.Decisions[i]; {
	case d.Owner == (meeting.Unit{}):
		s.say(s.ownerChoices(m, i))
		return nil
	case d.Due == (calendar.Date{}):
		// The question is asked within the turn that changed the meeting: what it is about is known already.
		return s.begin(flow.Task{Story: flow.Wording, Ref: partRef(m.ID, i), Reason: "due"})
	}
	return s.showDecisions(m)
}

func partRef(id string, n int) string { return strings.TrimPrefix(partData("", id, n), "j::") }

// ownerChoices offers who may own a decision: the guests, and any officer by name.
func (s *scene) ownerChoices(m meeting.Meeting, i int) flow.Reply {
	r := flow.Reply{Key: "meeting.ask_owner", Args: texts.Args{"n": i + 1, "words": m.Decisions[i].Words}}
	all := make([]flow.Choice, 0, len(m.Guests))
	for k, g := range m.Guests {
		if g.Answer != meeting.NoReach {
			all = append(all, flow.Choice{Label: texts.Name(s.unitNameOf(g.Unit)), Data: partData("owner", partRef(m.ID, i), k)})
		}
	}
	r.Rows = append(pairs(all), []flow.Choice{{Key: "button.meeting_officer", Data: partData("owner", partRef(m.ID, i), -1)}})
	return r
}

// assignOwner takes the owner that was pressed: a guest, or -1 to ask for an officer by name.
func (s *scene) assignOwner(d meetingDossier, part string) error {
	which, guest, _ := strings.Cut(part, ".")
	i, k := partOf(which), partOf(guest)
	if k < 0 || k >= len(d.m.Guests) {
		return s.askWords("owner", meeting.Assign)(d, which)
	}
	m, err := s.actMeeting(d, meeting.Act{Action: meeting.Assign, Index: i, Unit: d.m.Guests[k].Unit})
	if err != nil {
		return err
	}
	return s.askLacking(m, i)
}

// completeDecision asks for what a decision lacks.
func (s *scene) completeDecision(d meetingDossier, part string) error {
	i := partOf(part)
	if err := d.m.Allows(meeting.Assign); err != nil || i < 0 || i >= len(d.m.Decisions) {
		return cmp.Or(err, error(grid.Fail(grid.NotFound, "error.meeting.gone")))
	}
	return s.askLacking(d.m, i)
}

func (s *scene) undecide(d meetingDossier, part string) error {
	m, err := s.actMeeting(d, meeting.Act{Action: meeting.Undecide, Index: partOf(part)})
	if err != nil {
		return err
	}
	r := s.decisions(m)
	r.Edit = true
	s.say(r)
	return nil
}

// minuteMeeting gives the minutes (会议纪要) out: one number, to everybody who was invited; the decisions are tasks from then on.
func (s *scene) minuteMeeting(d meetingDossier) error {
	marker := ledger.LetterMarker(meeting.Series)
	d.m.No = marker
	d.m = d.m.Started(s.Rules.Meeting, s.now)
	m, err := s.actMeeting(d, meeting.Act{Action: meeting.Minute})
	if err != nil {
		return err
	}
	s.change.Numbers = append(s.change.Numbers, s.Head.Number(meeting.Series, marker, s.now))
	paper := s.Head.Paper(s.Head.Minutes(m, s.unitNameOf, orDash(s.officerName(m.By)), marker), s.now)
	units := guestUnits(m)
	for _, x := range m.Decisions {
		if !slices.Contains(units, x.Owner) {
			units = append(units, x.Owner)
		}
	}
	args := s.meetingArgs(m)
	args["decisions"] = len(m.Decisions)
	r := flow.Reply{Key: "meeting.minutes", Args: args, Paper: paper}
	if err := s.tellUnits(units, func(meeting.Unit) flow.Reply { return r }); err != nil {
		return err
	}
	for i, x := range m.Decisions {
		if err := s.tellUnits([]meeting.Unit{x.Owner}, func(meeting.Unit) flow.Reply { return s.decisionCard(m, i, "meeting.task") }); err != nil {
			return err
		}
	}
	s.say(flow.Reply{Key: "meeting.minuted", Args: args, Paper: paper})
	return nil
}

// decisionCard is a decision as its owner sees it.
func (s *scene) decisionCard(m meeting.Meeting, i int, key string) flow.Reply {
	r := flow.Reply{Key: key, Args: s.decisionArgs(m, i)}
	if m.State == meeting.Minuted && m.Decisions[i].Open() {
		r.Rows = [][]flow.Choice{{{Key: "button.meeting_done", Data: partData("done", m.ID, i)}}}
	}
	return r
}

// askDone asks the owner what was done.
func (s *scene) askDone(d meetingDossier, part string) error {
	i := partOf(part)
	switch {
	case i < 0 || i >= len(d.m.Decisions):
		return s.forged(s.msg.Data)
	case !s.owns(d.m, i):
		return grid.Fail(grid.Forbidden, "error.meeting.not_owner")
	case !d.m.Decisions[i].Open():
		return grid.Fail(grid.Conflict, "error.meeting.reported")
	}
	return s.askWords("done", meeting.ReportDone)(d, part)
}

// reportDone takes the owner's report; the supervisors have the word.
func (s *scene) reportDone(d meetingDossier, part, words string) error {
	i := partOf(part)
	if i < 0 || i >= len(d.m.Decisions) || !s.owns(d.m, i) {
		return grid.Fail(grid.Forbidden, "error.meeting.not_owner")
	}
	m, err := s.actMeeting(d, meeting.Act{Action: meeting.ReportDone, Index: i, Words: words})
	if err != nil {
		return err
	}
	s.say(s.decisionCard(m, i, "meeting.reported"))
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
	return s.tellOfficers(officers, flow.Reply{Key: "meeting.judge", Args: s.decisionArgs(m, i), Rows: [][]flow.Choice{s.judgeRow(m, i)}})
}

// acceptDone finds a decision carried out.
func (s *scene) acceptDone(d meetingDossier, part string) error {
	return s.judgeDone(d, meeting.Act{Action: meeting.AcceptDone, Index: partOf(part)}, "meeting.accepted")
}

// returnDone finds it not carried out, with the reason.
func (s *scene) returnDone(d meetingDossier, part, words string) error {
	return s.judgeDone(d, meeting.Act{Action: meeting.ReturnDone, Index: partOf(part), Words: words}, "meeting.returned")
}

// judgeDone tells the owner. Nobody judges what is their own.
func (s *scene) judgeDone(d meetingDossier, a meeting.Act, key string) error {
	if a.Index >= 0 && a.Index < len(d.m.Decisions) && s.owns(d.m, a.Index) {
		return grid.Fail(grid.Forbidden, "error.meeting.own")
	}
	m, err := s.actMeeting(d, a)
	if err != nil {
		return err
	}
	r := s.decisionCard(m, a.Index, key)
	if err := s.tellUnits([]meeting.Unit{m.Decisions[a.Index].Owner}, func(meeting.Unit) flow.Reply { return r }); err != nil {
		return err
	}
	s.say(flow.Reply{Key: key, Args: r.Args, Edit: true})
	if m.State == meeting.Over {
		s.say(flow.Reply{Key: "meeting.over", Args: s.meetingArgs(m)})
	}
	return nil
}
