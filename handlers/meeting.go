package handlers

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// mostMeetings is how many meetings that still run are looked through.
const mostMeetings = 50

// meetingDossier is a meeting as it was read, to be written again.
type meetingDossier struct {
	read ledger.Dossier
	m    meeting.Meeting
}

// meetings is /meeting: a supervisor sees the joint meetings that run and begins one; whoever is invited or has something to do
// sees that.
func (s *scene) meetings() error {
	running, err := s.runningMeetings()
	if err != nil {
		return err
	}
	if !s.convenes() {
		return s.ownMeetings(running)
	}
	if len(running) == 0 {
		return s.beginMeeting()
	}
	rows := make([][]flow.Choice, 0, len(running)+1)
	for _, d := range running {
		rows = append(rows, []flow.Choice{{Key: "button.meeting_one", Args: s.meetingArgs(d.m), Data: meetingData("open", d.m.ID)}})
	}
	rows = append(rows, []flow.Choice{{Key: "button.meeting_new", Data: meetingData("new", "")}})
	s.say(flow.Reply{Key: "meeting.running", Args: texts.Args{"n": len(running)}, Rows: rows})
	return nil
}

// ownMeetings shows what the person is invited to, and what they have to carry out.
func (s *scene) ownMeetings(running []meetingDossier) error {
	if s.officer.ID == "" {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	shown := false
	for _, d := range running {
		if i := d.m.GuestOf(s.Work.Tree, s.roster, s.officer.ID, s.now); i >= 0 && d.m.State == meeting.Called {
			s.say(s.invitation(d.m, i))
			shown = true
		}
		for i := range d.m.Decisions {
			if s.owns(d.m, i) && d.m.State == meeting.Minuted && d.m.Decisions[i].Accepted.IsZero() {
				s.say(s.decisionCard(d.m, i, "meeting.task"))
				shown = true
			}
		}
	}
	if !shown {
		s.say(flow.Reply{Key: "meeting.none"})
	}
	return nil
}

func meetingData(verb, id string) string { return "j:" + verb + ":" + id }

// partData is a button about one part of a meeting: a point, a guest, a decision.
func partData(verb, id string, n int) string { return meetingData(verb, id+"."+strconv.Itoa(n)) }

// convenes tells whether the person may call joint meetings: a supervisor of the district.
func (s *scene) convenes() bool {
	return s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
}

// owns tells whether a decision is the person's to carry out.
func (s *scene) owns(m meeting.Meeting, i int) bool {
	return m.Decisions[i].Owner != (meeting.Unit{}) && m.Decisions[i].Owner.Has(s.Work.Tree, s.roster, s.officer.ID, s.now)
}

func (s *scene) meetingOf(id string) (meetingDossier, error) {
	d := meetingDossier{}
	var err error
	if d.read, err = s.Store.Dossier(s.ctx, meeting.Kind, id); err == nil {
		err = d.read.Into(&d.m)
	}
	return d, err
}

func (s *scene) runningMeetings() ([]meetingDossier, error) {
	ids, err := s.Store.Shelf(s.ctx, meeting.Kind, meeting.Open, 0, math.MaxInt64, mostMeetings)
	if err != nil {
		return nil, err
	}
	found, err := s.Store.Dossiers(s.ctx, meeting.Kind, ids)
	if err != nil {
		return nil, err
	}
	out := make([]meetingDossier, len(found))
	for i, d := range found {
		out[i].read = d
		if err := d.Into(&out[i].m); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// keepMeeting makes a meeting, as it is now, part of the change.
func (s *scene) keepMeeting(read ledger.Dossier, m meeting.Meeting, events ...any) error {
	return s.shelve(meeting.Write(read, m, s.Rules.Meeting, events...))
}

// actMeeting does something to a meeting in the person's name and makes it part of the change.
func (s *scene) actMeeting(d meetingDossier, a meeting.Act) (meeting.Meeting, error) {
	a.By, a.Via = s.officer.ID, s.via()
	m, event, err := d.m.Apply(a, s.now.In(s.Rules.Location))
	if err != nil {
		return m, err
	}
	return m, s.keepMeeting(d.read, m, event)
}

// pressMeeting does what the buttons of a meeting say.
func (s *scene) pressMeeting(verb, arg string) error {
	if verb == "new" {
		return s.beginMeeting()
	}
	id, part, _ := strings.Cut(arg, ".")
	d, err := s.meetingOf(id)
	if err != nil {
		return err
	}
	if do, ok := s.unitVerbs()[verb]; ok {
		return do(d, part)
	}
	if !s.convenes() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if do, ok := s.meetingVerbs()[verb]; ok {
		return do(d, part)
	}
	return s.forged(s.msg.Data)
}

// unitVerbs are the buttons of who is invited or owns a decision; each asks itself whether the person is.
func (s *scene) unitVerbs() map[string]func(meetingDossier, string) error {
	return map[string]func(meetingDossier, string) error{
		"comes":   func(d meetingDossier, _ string) error { return s.replyMeeting(d, meeting.Comes, "") },
		"sends":   func(d meetingDossier, _ string) error { return s.askReply(d, "sends") },
		"excuses": func(d meetingDossier, _ string) error { return s.askReply(d, "excuses") },
		"done":    s.askDone,
	}
}

// meetingVerbs are the buttons of supervisors.
func (s *scene) meetingVerbs() map[string]func(meetingDossier, string) error {
	return map[string]func(meetingDossier, string) error{
		"open":      func(d meetingDossier, _ string) error { return s.showMeeting(d) },
		"drop":      s.dropPoint,
		"point":     s.askWords("point", meeting.AddPoint),
		"when":      s.askWords("when", meeting.Set),
		"place":     s.askWords("place", meeting.Set),
		"invite":    s.inviteGuests,
		"cancel":    func(d meetingDossier, _ string) error { return s.cancelMeeting(d) },
		"decisions": func(d meetingDossier, _ string) error { return s.showDecisions(d.m) },
		"decide":    s.askWords("decision", meeting.Decide),
		"undecide":  s.undecide,
		"complete":  s.completeDecision,
		"owner":     s.assignOwner,
		"due":       s.askWords("due", meeting.Fix),
		"minute":    func(d meetingDossier, _ string) error { return s.minuteMeeting(d) },
		"accept":    s.acceptDone,
		"return":    s.askWords("return", meeting.ReturnDone),
	}
}

// askWords returns a button's verb that begins to ask for a few words, if the meeting allows what they are for.
func (s *scene) askWords(what string, needs meeting.Action) func(meetingDossier, string) error {
	return func(d meetingDossier, part string) error {
		if err := d.m.Allows(needs); err != nil {
			return err
		}
		ref := d.m.ID
		if part != "" {
			ref += "." + part
		}
		return s.begin(flow.Task{Story: flow.Wording, Ref: ref, Reason: what})
	}
}

// worded takes the words.
func (s *scene) worded(n flow.Worded) error {
	if take, ok := s.notes()[n.What]; ok {
		return take(n)
	}
	id, part, _ := strings.Cut(n.Ref, ".")
	d, err := s.meetingOf(id)
	if err != nil {
		return err
	}
	switch n.What {
	case "sends", "excuses":
		return s.replyMeeting(d, meeting.Answer(n.What), n.Words)
	case "done":
		return s.reportDone(d, part, n.Words)
	}
	if !s.convenes() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	switch n.What {
	case "point":
		return s.agendaAct(d, meeting.Act{Action: meeting.AddPoint, Words: n.Words})
	case "place":
		return s.agendaAct(d, meeting.Act{Action: meeting.Set, Words: n.Words})
	case "when":
		at, ok := flow.ReadMoment(n.Words, s.local())
		if !ok {
			return grid.Fail(grid.Invalid, "moment.not_read", "said", n.Words)
		}
		return s.agendaAct(d, meeting.Act{Action: meeting.Set, When: at})
	case "decision", "due", "owner":
		return s.noteDecision(d, n.What, part, n.Words)
	case "return":
		return s.returnDone(d, part, n.Words)
	}
	return s.forged("")
}

// partOf reads which part of a meeting a button or a note is about.
func partOf(part string) int {
	n, err := strconv.Atoi(part)
	if err != nil {
		return -1
	}
	return n
}

// meetingArgs are the places of the sentences about a meeting.
func (s *scene) meetingArgs(m meeting.Meeting) texts.Args {
	a := texts.Args{
		"by": orDash(s.officerName(m.By)), "when": texts.Text{Key: "meeting.no_when"}, "place": any(texts.Text{Key: "meeting.no_place"}),
		"points": s.pointLines(m), "number": m.No, "state": texts.Text{Key: "meeting.state." + string(m.State)}, "begun": s.moment(m.Begun), "n": len(m.Points),
	}
	if !m.When.IsZero() {
		a["when"] = m.When.In(s.Rules.Location).Format("2006-01-02 15:04")
	}
	if m.Place != "" {
		a["place"] = m.Place
	}
	return a
}

// pointLines are the points of the agenda, numbered.
func (s *scene) pointLines(m meeting.Meeting) texts.Lines {
	var out texts.Lines
	for i, p := range m.Points {
		out = append(out, texts.Text{Key: "meeting.point", Args: texts.Args{"n": i + 1, "point": s.Head.Point(p)}})
	}
	return out
}

// unitNameOf is a unit as people call it.
func (s *scene) unitNameOf(u meeting.Unit) string {
	switch {
	case u.Department != "":
		return string(u.Department)
	case u.Cell != "":
		return s.cellName(u.Cell)
	}
	return orDash(s.officerName(u.Officer))
}

// unitNames are the names of units, in a line.
func (s *scene) unitNames(guests []meeting.Guest, answer meeting.Answer) texts.List {
	var out texts.List
	for _, g := range guests {
		if g.Answer != answer {
			continue
		}
		if g.Words == "" {
			out = append(out, s.unitNameOf(g.Unit))
			continue
		}
		out = append(out, texts.Text{Key: "meeting.with_words", Args: texts.Args{"unit": s.unitNameOf(g.Unit), "words": g.Words}})
	}
	return out
}

// tellUnits tells the people of units, each once; the person themselves is not told.
func (s *scene) tellUnits(units []meeting.Unit, say func(u meeting.Unit) flow.Reply) error {
	var told []grid.OfficerID
	for _, u := range units {
		officers := slices.DeleteFunc(u.Officers(s.Work.Tree, s.roster, s.now), func(o grid.Officer) bool { return slices.Contains(told, o.ID) })
		for _, o := range officers {
			told = append(told, o.ID)
		}
		if err := s.tellOfficers(officers, say(u)); err != nil {
			return err
		}
	}
	return nil
}
