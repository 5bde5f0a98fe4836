package handlers

import (
	"crypto/rand"
	"encoding/base32"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// submit registers a citizen's report: it gets its number, its clock begins to run, the desk is told.
func (s *scene) submit(d flow.Draft) (*flow.Event, error) {
	if err := s.quota(); err != nil {
		return nil, err
	}
	s.becomeReporter()
	c := s.fromDraft(d, casework.FromCitizen)
	c.Reporter, c.RealName = s.reporter, d.Name != ""
	action := casework.Submit
	if d.OutOfArea {
		action = casework.SubmitAway
	}
	c, err := s.act(c, casework.Act{Action: action})
	if err != nil {
		return nil, err
	}
	s.claim("report", ledger.ReportMarker)
	s.count("reported", c.Cell)
	urgent := texts.Text{}
	if c.Urgent {
		urgent.Key = "report.urgent_sent"
	}
	s.say(flow.Reply{Key: "report.registered", Args: texts.Args{
		"number": c.Number, "code": c.Code, "where": s.whose(c, "report.where_cell", "report.where_unassigned"),
		"days": name("report", "decide_limit"), "due": s.dueDay(c), "urgent": urgent,
	}, Hide: true})
	if err := s.tellDesk(c, "notice.desk.new"); err != nil {
		return nil, err
	}
	return &flow.Event{Kind: flow.Sent, Case: c.ID, At: s.msg.At, Arrived: s.msg.Arrived}, nil
}

// fileReport makes a case at once of what an inspector found in the field.
func (s *scene) fileReport(d flow.Draft) (*flow.Event, error) {
	if !s.mayFile() {
		return nil, grid.Fail(grid.Forbidden, "error.role")
	}
	c := s.fromDraft(d, casework.FromInspector)
	c.CaseNo = ledger.CaseMarker
	c, err := s.act(c, casework.Act{Action: casework.File})
	if err != nil {
		return nil, err
	}
	if c, err = s.handOn(c); err != nil {
		return nil, err
	}
	s.claim("report", ledger.ReportMarker)
	s.claim("case", ledger.CaseMarker)
	s.count("reported", c.Cell)
	s.count("accepted", c.Cell)
	s.say(flow.Reply{Key: "report.filed", Args: s.caseArgs(c), Rows: s.caseButtons(c, s.me), Hide: true})
	if err := s.tellCell(c, "notice.cell.new"); err != nil {
		return nil, err
	}
	return &flow.Event{Kind: flow.Sent, Case: c.ID, At: s.msg.At, Arrived: s.msg.Arrived}, nil
}

// fromDraft makes a case of a draft. The number is a marker until the store claims the real one.
func (s *scene) fromDraft(d flow.Draft, source casework.Source) casework.Case {
	c := casework.Case{
		ID: casework.CaseID(s.code(10)), Number: ledger.ReportMarker, Code: strings.ToUpper(s.code(6)),
		Source: source, Reporter: s.me, Categories: d.Categories, Kinds: d.Kinds, Text: d.Text(), Place: d.Place(),
		Cell: d.Cell, Away: d.Away, Urgent: d.Urgent, CreatedAt: s.now,
	}
	if d.Pin != nil {
		c.Point = &d.Pin.Point
	}
	if c.Cell == "" {
		c.Cell = s.Work.Tree.Unassigned().Code
	}
	c.Evidence = s.evidenceOf(d.Files, casework.AsReported)
	return c
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

// quota keeps one person from flooding the desk.
func (s *scene) quota() error {
	ids, err := s.Store.ByPerson(s.ctx, s.reporter)
	if err != nil || len(ids) < s.Rules.PerDay {
		return err
	}
	cases, err := s.Store.Cases(s.ctx, ids)
	if err != nil {
		return err
	}
	recent := 0
	for _, c := range cases {
		if c.Reporter == s.reporter && s.now.Sub(c.CreatedAt) < 24*time.Hour {
			recent++
		}
	}
	if recent >= s.Rules.PerDay {
		return grid.Fail(grid.Conflict, "error.report.quota")
	}
	return nil
}

// dueDay is the last day of the limit that runs.
func (s *scene) dueDay(c casework.Case) string {
	due, ok := c.Due()
	if !ok {
		return ""
	}
	return s.lastDay(due)
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
