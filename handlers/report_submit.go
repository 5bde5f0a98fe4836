package handlers

import (
	"crypto/rand"
	"encoding/base32"
	"io"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// submit registers a citizen's report: it gets its number, its clock begins to run, the desk is told.
func (s *scene) submit(d flow.Draft) (*flow.Event, error) {
	if s.msg.Door.Door() && s.given == "" { // it would get a code that leads nowhere
		return nil, grid.Fail(grid.Conflict, "error.door.another")
	}
	alarm, raised, err := s.alarmOf(d)
	if err == nil && !raised {
		err = s.quota()
	}
	if err != nil {
		return nil, err
	}
	s.becomeReporter()
	c := s.fromDraft(d, s.publicSource())
	if c.Site, err = s.about(c); err != nil {
		return nil, err
	}
	c.Reporter = s.reporter
	left(&c, d)
	action := casework.Submit
	if d.OutOfArea {
		action = casework.SubmitAway
	}
	if raised {
		return s.submitRaised(alarm, d, action)
	}
	c, err = s.act(c, casework.Act{Action: action})
	if err != nil {
		return nil, err
	}
	s.claim("report", ledger.ReportMarker)
	s.count("reported", c.Cell)
	s.confirm(c)
	err = s.knowEarlier(c)
	if err != nil {
		return nil, err
	}
	err = s.watchCluster(c)
	if err != nil {
		return nil, err
	}
	if c, err = s.load(c.ID); err != nil {
		return nil, err
	}
	if err := s.tellDesk(c, "notice.desk.new"); err != nil {
		return nil, err
	}
	return s.sent(c), nil
}

// submitRaised is submit for a draft that raised an alarm.
func (s *scene) submitRaised(alarm casework.Case, d flow.Draft, action casework.Action) (*flow.Event, error) {
	own := alarm.State == casework.Alarm && s.reported(alarm)
	c, err := s.submitAlarm(alarm, d, action)
	switch {
	case err != nil:
	case own:
		s.confirm(c)
	case s.reported(c): // taken further before it was submitted: now the person gets number and code
		s.say(flow.Reply{Key: "report.alarm_taken", Args: texts.Args{"number": c.Shown(), "code": c.Code, "state": name("state", string(c.State))}, Hide: true})
	default:
		s.say(flow.Reply{Key: "report.alarm_joined", Args: texts.Args{"number": c.Shown(), "state": name("state", string(c.State))}, Hide: true})
	}
	return s.sent(c), err
}

// sent tells the conversation which case its draft became.
func (s *scene) sent(c casework.Case) *flow.Event {
	return &flow.Event{Kind: flow.Sent, Case: c.ID, At: s.msg.At, Arrived: s.msg.Arrived}
}

// confirm tells a citizen number, query code and dates.
func (s *scene) confirm(c casework.Case) {
	urgent, reward := texts.Text{}, texts.Text{}
	if s.Work.Rules.Reward.Enabled {
		reward.Key = "reward.possible"
	}
	if c.Urgent {
		urgent.Key = "report.urgent_sent"
	}
	s.say(flow.Reply{Key: "report.registered", Args: texts.Args{
		"number": c.Number, "code": c.Code, "where": s.whose(c, "report.where_cell", "report.where_unassigned"),
		"days": name("report", "decide_limit"), "due": s.clockDay(c, casework.DecideClock), "urgent": urgent, "reward": reward,
	}, Hide: true})
}

// fileReport makes a case at once of what an inspector found in the field.
func (s *scene) fileReport(d flow.Draft) (*flow.Event, error) {
	if !s.mayFile() {
		return nil, grid.Fail(grid.Forbidden, "error.role")
	}
	alarm, raised, err := s.alarmOf(d)
	if err != nil {
		return nil, err
	}
	if raised && (alarm.State != casework.Alarm || !s.reported(alarm)) {
		return s.submitRaised(alarm, d, casework.File)
	}
	c := s.fromDraft(d, casework.FromInspector)
	if c.Site, err = s.about(c); err != nil {
		return nil, err
	}
	c.CaseNo = ledger.CaseMarker
	if raised {
		if c, err = s.submitAlarm(alarm, d, casework.File); err == nil {
			c, err = s.filed(c)
		}
	} else {
		c, err = s.fileCase(c)
	}
	if err != nil {
		return nil, err
	}
	return s.sent(c), nil
}

// fileCase makes a case at once, hands it on and tells who is to know.
func (s *scene) fileCase(c casework.Case) (casework.Case, error) {
	c, err := s.act(c, casework.Act{Action: casework.File})
	if err != nil {
		return c, err
	}
	s.claim("report", ledger.ReportMarker)
	s.count("reported", c.Cell)
	return s.filed(c)
}

// filed hands on what an inspector filed and tells who is to know.
func (s *scene) filed(c casework.Case) (casework.Case, error) {
	c, err := s.handOn(c)
	if err != nil {
		return c, err
	}
	s.claim("case", ledger.CaseMarker)
	s.count("accepted", c.Cell)
	s.say(flow.Reply{Key: "report.filed", Args: s.caseArgs(c), Rows: s.caseButtons(c, s.me), Hide: true})
	return c, s.tellCell(c, "notice.cell.new")
}

// fromDraft makes a case of a draft. The number is a marker until the store claims the real one.
func (s *scene) fromDraft(d flow.Draft, source casework.Source) casework.Case {
	c := casework.Case{
		ID: casework.CaseID(s.code(10)), Number: ledger.ReportMarker, Code: s.queryCode(),
		Source: source, Reporter: s.me, Categories: d.Categories, Kinds: d.Kinds, Text: d.Text(), Place: d.Place(),
		Cell: d.Cell, Away: d.Away, Urgent: d.Urgent, CreatedAt: s.now,
	}
	if d.Pin != nil {
		c.Point = &d.Pin.Point
	}
	if c.Cell == "" {
		c.Cell = s.Work.Tree.Unassigned().Code
	}
	c.Evidence, c.Site = s.evidenceOf(d.Files, casework.AsReported), string(d.Site)
	return c
}

// publicSource is by which door one of the public came in.
func (s *scene) publicSource() casework.Source {
	if s.msg.Door.Door() {
		return s.msg.Door
	}
	return casework.FromCitizen
}

// queryCode is the code by which the reporter asks for the report.
func (s *scene) queryCode() string {
	if s.given != "" {
		return s.given
	}
	return strings.ToUpper(s.code(6))
}

// left notes that the reporter left a name or a phone number with this report; what they are is sealed with the person.
func left(c *casework.Case, d flow.Draft) {
	c.RealName, c.Phone = c.RealName || d.Name != "", c.Phone || d.Phone != ""
}

// evidence is a file of a conversation as a case keeps it.
func (s *scene) evidence(f flow.File, stage casework.Stage) casework.Evidence {
	if f.Stage != "" {
		stage = f.Stage
	}
	return casework.Evidence{
		File: f.Unique, ID: f.ID, Kind: f.Kind, Stage: stage, At: f.At, Arrived: f.Arrived,
	}
}

// claim asks for the next number of a yearly series: 2026-00012, and A2026-00007 for cases.
func (s *scene) claim(series, marker string) {
	year := s.now.In(s.Rules.Location).Year()
	format := strconv.Itoa(year) + "-%05d"
	if series == "case" {
		format = "A" + format
	}
	s.change.Numbers = append(s.change.Numbers, ledger.Number{Series: series, Year: year, Format: format, Marker: marker})
}

// dueDay is the last day of the limit that runs.
func (s *scene) dueDay(c casework.Case) string {
	due, ok := c.Due()
	if !ok {
		return ""
	}
	return s.lastDay(due)
}

// clockDay is the last day of one limit; an incident's hours are not the reporter's.
func (s *scene) clockDay(c casework.Case, clock casework.ClockName) string {
	k, ok := c.Clock(clock)
	if !ok {
		return s.dueDay(c)
	}
	return s.lastDay(k.Due)
}

// readable has no letters and digits that look alike, on paper or read aloud.
var readable = base32.NewEncoding("23456789abcdefghjkmnpqrstuvwxyz0").WithPadding(base32.NoPadding)

// code is a random string of n readable characters.
func (s *scene) code(n int) string {
	src := s.Rand
	if src == nil {
		src = rand.Reader
	}
	raw := make([]byte, n)
	if _, err := io.ReadFull(src, raw); err != nil {
		panic(err) // there is no reporting without randomness
	}
	return readable.EncodeToString(raw)[:n]
}
