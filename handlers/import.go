package handlers

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/office"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
)

const (
	importKept  = 24 * time.Hour   // how long an import that nobody confirmed can still be
	importLines = 12               // of changes or faults in one message; more come as a table
	importRoom  = 2400             // characters of them all
	bringTime   = 15 * time.Second // for fetching a table
)

// Bringer fetches the bytes of a small file from Telegram, within the turn.
type Bringer func(ctx context.Context, fileID string) ([]byte, error)

// bringsTable tells whether the message is a table that an admin sends. Nobody else's is looked into.
func (s *scene) bringsTable() bool {
	if len(s.msg.Files) != 1 || s.msg.Group || s.msg.Edited || s.msg.Files[0].Kind != "document" {
		return false
	}
	ending := strings.ToLower(path.Ext(s.msg.Files[0].Name))
	return slices.Contains([]string{".xlsx", ".csv", ".xls", ".et"}, ending) && (s.admin() || s.bringsReadings())
}

// bringsReadings tells whether somebody who enters readings sends the table on its own, and not as evidence for a story under way.
func (s *scene) bringsReadings() bool {
	t := s.state.Task
	return s.entersReadings() && (s.state.Story == flow.Idle || t != nil && t.Story == flow.Wording && t.Reason == "reading")
}

// importTable compares a table that was sent with what is in force.
func (s *scene) importTable() error {
	file := s.msg.Files[0]
	if file.Size > workbook.MaxBytes {
		return grid.Fail(grid.Invalid, "error.import.large")
	}
	ctx, cancel := context.WithTimeout(s.ctx, bringTime)
	defer cancel()
	data, err := s.Bring(ctx, file.ID)
	if err != nil {
		return &grid.Error{Code: grid.NotFound, Key: "error.import.fetch", Err: err}
	}
	if g, wrong := workbook.Read(ctx, data); wrong == nil && len(g.Rows) > 0 && s.takesReadings(g) {
		return s.importReadings(file.Name, g)
	}
	if !s.admin() {
		return grid.Fail(grid.Invalid, "error.water.table")
	}
	table, err := s.Office.Words().Read(ctx, data)
	if err != nil {
		return s.unreadable(err)
	}
	p, err := s.Office.Propose(s.ctx, table, s.roster, s.now)
	if err != nil {
		return err
	}
	return s.propose(ledger.Import{Kind: table.Kind, File: file.Name}, p, "")
}

// unreadable says what is wrong with a file that could not be read.
func (s *scene) unreadable(err error) error {
	var missing *workbook.MissingError
	switch {
	case errors.As(err, &missing):
		return grid.Fail(grid.Invalid, "error.import.missing",
			"table", s.Texts.Plain(s.lang, "sheet.kind."+string(missing.Kind), nil), "columns", strings.Join(missing.Labels, " "))
	case errors.Is(err, workbook.ErrTooLarge):
		return grid.Fail(grid.Invalid, "error.import.large")
	case errors.Is(err, workbook.ErrStrange):
		return grid.Fail(grid.Invalid, "error.import.strange")
	case errors.Is(err, workbook.ErrDamaged):
		return grid.Fail(grid.Invalid, "error.import.damaged")
	}
	return err
}

// propose shows what an import would do, or what is wrong with it, and puts it on record to be confirmed. opening is a
// sentence that comes first.
func (s *scene) propose(m ledger.Import, p office.Proposal, opening string) error {
	var lines []string
	add := func(line string) { lines = append(lines, line) }
	if opening != "" {
		add(s.Texts.T(s.lang, opening, nil))
	}
	if len(p.Refused) > 0 {
		add(s.Texts.T(s.lang, "import.refused", nil))
		lines = append(lines, s.short(s.Office.EditLines(s.lang, p.Table, p.Refused))...)
	}
	switch {
	case len(p.Faults) > 0:
		add(s.Texts.T(s.lang, "import.faults", texts.Args{"table": tableName(m.Kind), "n": len(p.Faults)}))
		faults := s.Office.FaultLines(s.lang, m.Kind, p.Faults)
		return s.sayLines(append(lines, s.short(faults)...), p, nil, faults)
	case len(p.Edits) == 0 && len(p.Refused) > 0:
		add(s.Texts.T(s.lang, "import.nothing_left", nil))
		return s.sayLines(lines, p, nil, nil)
	case len(p.Edits) == 0:
		add(s.Texts.T(s.lang, "import.nothing", texts.Args{"table": tableName(m.Kind)}))
		return s.sayLines(lines, p, nil, nil)
	}
	add(s.importTitle(m.Kind, p.Edits))
	edits := s.Office.EditLines(s.lang, p.Table, p.Edits)
	lines = append(lines, s.short(edits)...)
	if len(p.Restart) > 0 {
		names := make(texts.List, 0, len(p.Restart))
		for _, name := range p.Restart {
			names = append(names, texts.Text{Key: "setting." + name})
		}
		add(s.Texts.T(s.lang, "import.restart", texts.Args{"names": names}))
	}
	add(s.Texts.T(s.lang, "import.asks", nil))
	m.ID, m.Version = s.code(12), 0
	m.By, m.Name, m.Edits, m.Made = s.officer.ID, s.officer.Name, p.Edits, s.now
	s.change.Imports = append(s.change.Imports, ledger.ImportWrite{Import: m, Keep: importKept})
	return s.sayLines(lines, p, [][]flow.Choice{{
		{Key: "button.import.yes", Data: "i:yes:" + m.ID}, {Key: "button.import.no", Data: "i:no:" + m.ID},
	}}, edits)
}

// importTitle counts what an import does.
func (s *scene) importTitle(k sheet.Kind, edits []sheet.Edit) string {
	n := make(map[sheet.Op]int)
	for _, e := range edits {
		n[e.Op]++
	}
	removed := texts.Text{Key: "import.removed"}
	switch k {
	case sheet.Roster:
		removed.Key = "import.ended"
	case sheet.Sites:
		removed.Key = "import.closed"
	case sheet.Enterprises:
		removed.Key = "import.taken_off"
	default:
	}
	return s.Texts.T(s.lang, "import.title", texts.Args{
		"table": tableName(k), "add": n[sheet.Add], "change": n[sheet.Change], "remove": n[sheet.Remove], "removed": removed,
	})
}

// fitting is how many of the lines fit a message.
func fitting(lines []string) int {
	room := importRoom
	for i, line := range lines {
		room -= utf8.RuneCountInString(line)
		if i == importLines || room < 0 {
			return i
		}
	}
	return len(lines)
}

// short is as many lines as fit a message.
func (s *scene) short(lines []string) []string {
	n := fitting(lines)
	if n == len(lines) {
		return lines
	}
	return append(slices.Clone(lines[:n]), s.Texts.T(s.lang, "import.more", texts.Args{"n": len(lines)}))
}

// sayLines answers with lines that are Telegram HTML, and with the table itself when those of details are too many for a
// message.
func (s *scene) sayLines(lines []string, p office.Proposal, rows [][]flow.Choice, details []string) error {
	r := flow.Reply{Key: "import.lines", Args: texts.Args{"lines": texts.Raw(strings.Join(lines, "\n"))}, Rows: rows}
	if fitting(details) == len(details) {
		s.say(r)
		return nil
	}
	data, err := s.Office.Annotated(s.lang, p)
	if err != nil {
		return err
	}
	return s.sayWith(r, p.Table.Kind, data)
}

// pressImport does what a button under an import says.
func (s *scene) pressImport(verb, id string) error {
	if !s.admin() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if verb == "orig" {
		return s.restoreTemplate(id)
	}
	m, err := s.Office.Store.Import(s.ctx, id)
	if grid.CodeOf(err) == grid.NotFound {
		return grid.Fail(grid.NotFound, "error.import.gone")
	}
	if err != nil {
		return err
	}
	switch verb {
	case "yes":
		return s.confirmImport(m)
	case "no":
		return s.cancelImport(m)
	case "undo":
		return s.undoImport(m)
	}
	return s.forged(s.msg.Data)
}

// confirmImport makes an import that was proposed, if what it was compared with still stands; otherwise it is compared
// and shown again.
func (s *scene) confirmImport(m ledger.Import) error {
	if !m.Applied.IsZero() {
		return grid.Fail(grid.Conflict, "error.import.done")
	}
	if m.Dropped || !s.now.Before(m.Made.Add(importKept)) {
		return grid.Fail(grid.Expired, "error.import.gone")
	}
	p, err := s.Office.Repropose(s.ctx, m.Kind, m.Edits, s.roster, s.now)
	if err != nil {
		return err
	}
	if len(p.Refused)+len(p.Faults) > 0 {
		return s.propose(ledger.Import{Kind: m.Kind, File: m.File, Undoes: m.Undoes}, p, "import.again")
	}
	if m.Undoes != "" {
		if err := s.markUndone(m); err != nil {
			return err
		}
	}
	m.By, m.Name = s.officer.ID, s.officer.Name
	if err := s.Office.Change(s.ctx, &s.change, m, s.roster, s.now); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "import.done", Args: texts.Args{"table": tableName(m.Kind), "n": len(m.Edits), "invite": s.toInvite()}, Edit: true})
	return nil
}

// toInvite names the people who are on the roster now and have no account yet: they need a link each.
func (s *scene) toInvite() texts.Text {
	if s.change.Roster == nil {
		return texts.Text{}
	}
	var ids []string
	for _, o := range s.change.Roster.Officers {
		if o.Person == "" && o.InService(s.now) {
			ids = append(ids, string(o.ID))
		}
	}
	if len(ids) == 0 {
		return texts.Text{}
	}
	return texts.Text{Key: "import.invite", Args: texts.Args{"ids": strings.Join(ids[:min(importLines, len(ids))], " ")}}
}

// cancelImport lets a proposal lapse.
func (s *scene) cancelImport(m ledger.Import) error {
	if !m.Applied.IsZero() {
		return grid.Fail(grid.Conflict, "error.import.done")
	}
	version := m.Version
	m.Dropped = true
	s.change.Imports = append(s.change.Imports, ledger.ImportWrite{Version: version, Import: m, Keep: importKept})
	s.say(flow.Reply{Key: "import.cancelled", Edit: true})
	return nil
}
