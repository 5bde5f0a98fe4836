package handlers

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/export"
	"github.com/gridwarden/gridwarden/grid/figures"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

func exportData(verb, arg string) string { return "ex:" + verb + ":" + arg }

// Spans of a table of cases that are no time: everything, and what is open.
const (
	spanAll  = "all"
	spanOpen = "open"
)

// offerExports offers what an official can take along: /export. Everybody gets what they may see and no more.
func (s *scene) offerExports() error {
	if len(s.roles()) == 0 {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	n := s.local()
	month := func(back int) string { return n.AddDate(0, -back, 1-n.Day()).Format("2006-01") }
	span := func(key, span string) flow.Choice {
		return flow.Choice{Key: key, Args: texts.Args{"span": span}, Data: exportData("span", span)}
	}
	r := flow.Reply{Key: "export.menu", Rows: [][]flow.Choice{
		{span("button.export.span", month(0)), span("button.export.span", month(1))},
		{span("button.export.span", n.Format("2006")), span("button.export.all", spanAll)},
		{span("button.export.open", spanOpen)},
	}}
	var registers []flow.Choice
	for _, what := range export.Registers() {
		if s.mayExport(what) {
			registers = append(registers, flow.Choice{Key: "button.export." + string(what), Data: exportData(string(what), "")})
		}
	}
	r.Rows = append(r.Rows, inRows(2, registers)...)
	s.say(r)
	return nil
}

// pressExport does what the buttons of exports say.
func (s *scene) pressExport(verb, arg string) error {
	switch what := export.What(verb); {
	case verb == "letter":
		return s.exportLetter(arg)
	case len(s.roles()) == 0, slices.Contains(export.Registers(), what) && !s.mayExport(what):
		return grid.Fail(grid.Forbidden, "error.role")
	case slices.Contains(export.Registers(), what):
		return s.request(export.Request{What: what})
	}
	switch verb {
	case "span":
		return s.offerCells(arg)
	case "cases":
		span, cell, _ := strings.Cut(arg, "/")
		r, err := s.casesRequest(span, grid.CellCode(cell))
		if err != nil {
			return err
		}
		return s.request(r)
	}
	return s.forged(s.msg.Data)
}

// mayExport tells whether the person may take a register along: whoever may see its list in the chat. What of it they get, is asked
// row by row where the list asks so.
func (s *scene) mayExport(what export.What) bool {
	switch what {
	case export.Sites, export.Coverage:
		return len(s.coverageAreas()) > 0
	case export.Enterprises, export.Facts, export.Readings:
		return s.officer.InService(s.now)
	case export.Plan:
		return s.officer.InService(s.now) && len(s.Plan.Plan.Measures) > 0
	case export.Cases, export.File: // of which each case is asked
	}
	return false
}

// exportFile puts a case on paper: /export file 2026-00012. Who may see its card may have it; to anybody else it does not exist.
func (s *scene) exportFile(number string) error {
	id, err := s.Store.CaseByNumber(s.ctx, strings.ToUpper(strings.TrimSpace(number)))
	if err == nil {
		_, err = s.visible(id)
	}
	if code := grid.CodeOf(err); code == grid.NotFound || code == grid.Forbidden {
		return grid.Fail(grid.NotFound, "error.find.unknown")
	}
	if err != nil {
		return err
	}
	return s.request(export.Request{What: export.File, Case: id})
}

// offerCells offers the whole of what the person may see, and each township.
func (s *scene) offerCells(span string) error {
	if _, err := s.casesRequest(span, ""); err != nil {
		return err
	}
	rows := [][]flow.Choice{{{Key: "button.export.everywhere", Data: exportData("cases", span+"/")}}}
	var towns []flow.Choice
	for _, c := range s.Work.Tree.Level(2) {
		if c.Kind != grid.UnassignedKind {
			towns = append(towns, flow.Choice{Label: texts.Name(c.Name), Data: exportData("cases", span+"/"+string(c.Code))})
		}
	}
	s.say(flow.Reply{Key: "export.where", Rows: append(rows, inRows(3, towns)...), Edit: true})
	return nil
}

// casesRequest reads which cases are wanted.
func (s *scene) casesRequest(span string, cell grid.CellCode) (export.Request, error) {
	r := export.Request{What: export.Cases, Cell: cell, Open: span == spanOpen}
	if _, ok := s.Work.Tree.Cell(cell); cell != "" && !ok {
		return r, grid.Fail(grid.Invalid, "error.button")
	}
	if span == spanOpen || span == spanAll {
		return r, nil
	}
	x, err := figures.ParseSpan(span, s.now, s.Rules.Location)
	r.From, r.To = x.From, x.To
	return r, err
}

// request writes down what is wanted. It is made beside the chats, so that nobody waits for it; the pressed button's message shows
// how far it is.
func (s *scene) request(r export.Request) error {
	waiting, err := s.Store.Shelf(s.ctx, export.Kind, export.Waiting, 0, float64(s.now.UnixMilli()), exportsWaiting)
	if err != nil {
		return err
	}
	if len(waiting) >= exportsWaiting {
		return grid.Fail(grid.Conflict, "error.export.busy")
	}
	r.ID, r.By, r.Lang, r.At = s.code(10), s.me, string(s.lang), s.now
	if s.msg.Kind == Button {
		r.Message = s.msg.ID
	}
	if r.What == export.File { // the card whose button was pressed stays as it is
		r.Message = 0
		s.say(flow.Reply{Key: "export.file_waits"})
	} else {
		s.say(flow.Reply{Key: "export.waits", Edit: true})
	}
	return s.shelve(r.Write(ledger.Dossier{Kind: export.Kind, ID: r.ID}))
}

const exportsWaiting = 50 // that may wait at once

// casesWanted tells whether the case belongs into the table, and whether the person may see it.
func (s *scene) casesWanted(r export.Request) func(casework.Case) bool {
	return func(c casework.Case) bool {
		at := c.CreatedAt
		in := (r.From.IsZero() || !at.Before(r.From)) && (r.To.IsZero() || at.Before(r.To))
		return in && (!r.Open || c.State.Underway()) && (r.Cell == "" || s.Work.Tree.Within(c.Cell, r.Cell)) &&
			!slices.Contains([]casework.State{casework.Alarm, casework.FalseAlarm}, c.State) && s.Work.Sees(c, s.me, s.roster, s.now)
	}
}

// wall is a moment as the clock on the wall shows it; the zero time stays zero.
func (s *scene) wall(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(s.Rules.Location)
}

// wallDay is the last day before a moment, as a day.
func (s *scene) wallDay(end time.Time) time.Time {
	if end.IsZero() {
		return end
	}
	l := end.Add(-time.Second).In(s.Rules.Location)
	return time.Date(l.Year(), l.Month(), l.Day(), 0, 0, 0, 0, l.Location())
}
