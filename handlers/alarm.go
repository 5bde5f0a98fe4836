package handlers

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// raiseAlarm makes a report of what was said so far and calls the officers on duty, before anything is submitted. What is
// told of an alarm that stands already, by the same person or from beside it, joins that one: nobody is called twice.
func (s *scene) raiseAlarm(a flow.RaiseAlarm) (*flow.Event, error) {
	field := a.Draft.Field && s.mayFile()
	source, brings := s.publicSource(), s.reporter
	if field {
		source, brings = casework.FromInspector, s.me
	} else {
		s.becomeReporter()
	}
	c := s.fromDraft(a.Draft, source)
	c.Reporter, c.Cell = brings, s.likelyCell(c)
	event := &flow.Event{Kind: flow.Raised, Case: c.ID, At: s.msg.At, Arrived: s.msg.Arrived}
	same, ok, err := s.sameAlarm(c, a.Alarm)
	if err != nil {
		return nil, err
	}
	if ok {
		s.raised, event.Case = same.ID, same.ID
		return event, s.joinAlarm(same, a.Draft)
	}
	if c, err = s.act(c, casework.Act{Action: casework.Raise, Alarm: a.Alarm}); err != nil {
		return nil, err
	}
	s.raised = c.ID
	s.claim("report", ledger.ReportMarker)
	s.count("alarmed", c.Cell)
	return event, s.call(c)
}

// sameAlarm finds the incident that stands already and that this is about: the person's own, or one with the same trigger
// a short while ago and nearby, in the same cell where there is no point.
func (s *scene) sameAlarm(c casework.Case, a incident.Alarm) (casework.Case, bool, error) {
	ids, err := s.Store.Queue(s.ctx, casework.IncidentQueue, 0, 200)
	if err != nil {
		return c, false, err
	}
	cases, err := s.Store.Cases(s.ctx, ids)
	if err != nil {
		return c, false, err
	}
	for _, o := range cases {
		own := o.Reporter == c.Reporter && o.State == casework.Alarm
		recent := s.now.Sub(o.CreatedAt) <= s.Rules.AlarmJoin
		alike := slices.ContainsFunc(a.Triggers, func(t string) bool { return slices.Contains(o.Incident.Triggers, t) })
		joins := slices.Contains(o.Followers, c.Reporter) || s.Work.May(o, casework.Follow, c.Reporter, s.roster, s.now)
		if recent && (own || alike && joins && s.beside(c, o)) {
			return o, true, nil
		}
	}
	return c, false, nil
}

// beside tells whether two reports are of one place, as far as that is known.
func (s *scene) beside(a, b casework.Case) bool {
	if a.Point != nil && b.Point != nil {
		return geo.Distance(*a.Point, *b.Point) <= s.Rules.AlarmRadius
	}
	return a.Cell == b.Cell && a.Cell != s.Work.Tree.Unassigned().Code
}

// joinAlarm lets somebody's words join an alarm that stands: as more of the person's own, or as a follower's.
func (s *scene) joinAlarm(c casework.Case, d flow.Draft) error {
	p := s.alias(c)
	if p != c.Reporter && !slices.Contains(c.Followers, p) {
		var err error
		if c, err = s.act(c, casework.Act{Action: casework.Follow}); err != nil {
			return err
		}
		s.count("followed", c.Cell)
	}
	return s.hearMore(c, d, "notice.alarm.joined")
}

// tellAlarm tells the officers on duty what was added to the draft.
func (s *scene) tellAlarm(a flow.TellAlarm) error {
	c, err := s.load(a.Case)
	if err != nil || !c.State.Underway() {
		return err
	}
	return s.hearMore(c, a.Draft, "notice.alarm.more")
}

// hearMore adds what a draft says now to an alarm, with one line to everybody who was called. While nothing is submitted
// the report says what the draft says.
func (s *scene) hearMore(c casework.Case, d flow.Draft, key string) error {
	filled := c
	if c.State == casework.Alarm && s.reported(c) {
		filled = s.fill(c, d)
		filled.Cell = s.likelyCell(filled)
	}
	act := casework.Act{Action: casework.AddWords, Person: s.alias(c), Words: d.Text(), At: s.msg.At}
	act.Evidence = s.evidenceOf(d.Files, casework.AsReported)
	after, event, err := s.Work.Apply(filled, act, s.roster, s.now)
	if err != nil {
		return err
	}
	s.write(c, after, event)
	if after, err = s.avoid(after, act); err != nil {
		return err
	}
	return s.tellCalled(after, key, texts.Args{"words": excerpt(d.Text(), cardText), "said_place": s.place(after)})
}

// fill lets a report say what the draft says.
func (s *scene) fill(c casework.Case, d flow.Draft) casework.Case {
	now := s.fromDraft(d, c.Source)
	c.Categories, c.Kinds, c.Text, c.Place = now.Categories, now.Kinds, now.Text, now.Place
	c.Point, c.Cell, c.Away, c.Evidence = now.Point, now.Cell, now.Away, now.Evidence
	return c
}

// likelyCell is where it probably is while the person was not asked yet: its people are called, too.
func (s *scene) likelyCell(c casework.Case) grid.CellCode {
	if c.Cell != s.Work.Tree.Unassigned().Code {
		return c.Cell
	}
	if a := s.Book.Route(routing.Query{Text: c.Place + "\n" + c.Text, Point: c.Point}); len(a.Candidates) > 0 {
		return a.Candidates[0].Cell
	}
	return c.Cell
}

// leaveAlarm tells the officers on duty that the form will not be finished. The alarm stands: what was said was said.
func (s *scene) leaveAlarm(a flow.LeaveAlarm) error {
	c, err := s.load(a.Case)
	if err != nil || !c.Incident.Stands() || !c.State.Underway() {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.AddWords, Note: map[string]string{"left": "1"}}); err != nil {
		return err
	}
	return s.tellCalled(c, "notice.alarm.left", nil)
}

// alarmOf is the alarm that a draft raised, while its report is open.
func (s *scene) alarmOf(d flow.Draft) (casework.Case, bool, error) {
	id := cmp.Or(d.Alarm, s.raised)
	if id == "" {
		return casework.Case{}, false, nil
	}
	c, err := s.load(id)
	return c, err == nil && c.State.Underway(), err
}

// submitAlarm lets the report that was raised as an alarm be what is submitted now. It keeps its number, and nobody is
// called again. When it was taken further meanwhile, or is another's, the words join it.
func (s *scene) submitAlarm(c casework.Case, d flow.Draft, action casework.Action) (casework.Case, error) {
	if s.reported(c) && c.Source.Public() {
		left(&c, d)
	}
	if c.State != casework.Alarm || !s.reported(c) {
		if err := s.hearMore(c, d, "notice.alarm.more"); err != nil {
			return c, err
		}
		return s.load(c.ID)
	}
	filled := s.fill(c, d)
	if action == casework.File {
		filled.CaseNo = ledger.CaseMarker
	}
	act := casework.Act{Action: action, Person: s.alias(c), At: s.msg.At}
	after, event, err := s.Work.Apply(filled, act, s.roster, s.now)
	if err != nil {
		return c, err
	}
	s.write(c, after, event)
	s.count("reported", after.Cell)
	if after, err = s.avoid(after, act); err != nil {
		return c, err
	}
	return after, s.tellCalled(after, "notice.alarm.submitted", nil)
}

// call passes the stages of the clock of calls that are reached, and calls whoever they speak to.
func (s *scene) call(c casework.Case) error {
	after, events, reminders := s.Work.Fire(c, s.roster, s.now)
	w := &s.change.Cases[s.cases[c.ID]]
	w.After = after
	w.Events = append(w.Events, events...)
	for _, r := range reminders {
		for _, o := range r.To {
			if err := s.tell(o.Person, after, s.alarmCard("alarm.call", after, o.Person)); err != nil {
				return err
			}
		}
	}
	return nil
}

// alarmCard is a case as officers on duty see it.
func (s *scene) alarmCard(key string, c casework.Case, to grid.PersonID) flow.Reply {
	r := s.card(key, c, to)
	r.Args["triggers"] = s.triggerNames(c.Incident.Triggers)
	r.Args["cases"] = texts.Text{}
	if cases := c.Incident.Level().Cases; len(cases) > 0 {
		r.Args["cases"] = texts.Text{Key: "alarm.cases", Args: texts.Args{"cases": caseNames(cases)}}
	}
	return r
}

func (s *scene) triggerNames(codes []string) texts.List {
	var out texts.List
	for _, code := range codes {
		out = append(out, texts.Names(s.Book.Trigger(code)))
	}
	return out
}

// caseNames are cases of Art 4 in words.
func caseNames(cases []incident.Sensitive) texts.List {
	var out texts.List
	for _, c := range cases {
		out = append(out, name("sensitive", string(c)))
	}
	return out
}

// tellCalled writes to everybody who was called about the incident, and to whoever has it; whoever is kept from it by now hears
// nothing more.
func (s *scene) tellCalled(c casework.Case, key string, more texts.Args) error {
	if c.Incident == nil {
		return nil
	}
	for _, id := range c.Incident.Called {
		o, ok := s.roster.Officer(id)
		if !ok || !o.Reachable() || s.Work.Excluded(c, o, s.now) {
			continue
		}
		r := s.alarmCard(key, c, o.Person)
		r.Photos = nil
		maps.Copy(r.Args, more)
		if err := s.tell(o.Person, c, r); err != nil {
			return err
		}
	}
	return nil
}

// hear records that an officer on duty has the alarm; the calls end, and whoever brought it is told.
func (s *scene) hear(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.Hear}); err != nil {
		return err
	}
	s.update("notice.done.hear", c)
	if err := s.tellCalled(c, "notice.alarm.heard", texts.Args{"officer": s.officer.Name}); err != nil {
		return err
	}
	return s.tellAlarmed(c, "notice.reporter.heard")
}

// standDown records that it is no incident, with the reason. What was never submitted ends as a false alarm; a report goes
// on as any other.
func (s *scene) standDown(a flow.StandDown) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.StandDown, Words: a.Words, At: a.At}); err != nil {
		return err
	}
	s.count("stood_down", c.Cell)
	s.say(flow.Reply{Key: "notice.done.stand_down", Args: s.caseArgs(c), Rows: s.caseButtons(c, s.me), Hide: true})
	if err := s.tellCalled(c, "notice.alarm.stood_down", texts.Args{"officer": s.officer.Name, "words": excerpt(a.Words, cardText)}); err != nil {
		return err
	}
	return s.tellAlarmed(c, "notice.reporter.stood_down")
}

// tellAlarmed answers everybody who told of it, without a number that they were not given yet.
func (s *scene) tellAlarmed(c casework.Case, key string) error {
	for _, p := range append([]grid.PersonID{c.Reporter}, c.Followers...) {
		if p == s.alias(c) {
			continue
		}
		if err := s.tell(p, c, flow.Reply{Key: key}); err != nil {
			return err
		}
	}
	return nil
}

// raiseOn raises an alarm on a report that is made already, when more is told of it that cannot wait.
func (s *scene) raiseOn(c casework.Case, words string) error {
	a := s.Book.Alarm(words, nil)
	if !a.Calls || c.Incident.Stands() || !s.Work.May(c, casework.Raise, s.alias(c), s.roster, s.now) {
		return nil
	}
	c, err := s.act(c, casework.Act{Action: casework.Raise, Alarm: a})
	if err != nil {
		return err
	}
	s.count("alarmed", c.Cell)
	s.say(flow.Reply{Key: "report.alarm_sent"})
	return s.call(c)
}

// showIncidents lists the alarms and incidents that stand: /incidents.
func (s *scene) showIncidents() error { return s.showQueue(casework.IncidentQueue, 0) }

// until writes how long there still is.
func until(due, now time.Time) int { return max(0, int(due.Sub(now).Minutes())) }
