package handlers

import (
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const importsShown = 10

// showImports lists what was imported, by whom and when, with a button each to take it back: /imports.
func (s *scene) showImports() error {
	if !s.admin() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	made, err := s.Office.Store.Imports(s.ctx, importsShown)
	if err != nil {
		return err
	}
	if len(made) == 0 {
		s.say(flow.Reply{Key: "import.list.empty"})
		return nil
	}
	lines := make([]string, 0, len(made))
	var undo []flow.Choice
	for i, m := range made {
		who := any(m.Name)
		if m.By == "" {
			who = texts.Text{Key: "import.machine"}
		}
		note := texts.Text{}
		switch {
		case m.Undone != "":
			note.Key = "import.note.undone"
		case m.Undoes != "":
			note.Key = "import.note.undoing"
		}
		lines = append(lines, s.Texts.T(s.lang, "import.line", texts.Args{
			"i": i + 1, "when": m.Applied.In(s.Rules.Location).Format(time.DateOnly + " 15:04"), "who": who, "table": tableName(m.Kind),
			"n": len(m.Edits), "note": note,
		}))
		if m.Undone == "" {
			undo = append(undo, flow.Choice{Key: "button.import.undo", Args: texts.Args{"i": strconv.Itoa(i + 1)}, Data: "i:undo:" + m.ID})
		}
	}
	s.say(flow.Reply{Key: "import.list", Args: texts.Args{"lines": texts.Raw(strings.Join(lines, "\n"))}, Rows: pairs(undo)})
	return nil
}

// undoImport shows what taking an import back would change; what was changed since stays and is named.
func (s *scene) undoImport(m ledger.Import) error {
	switch {
	case m.Applied.IsZero():
		return grid.Fail(grid.Conflict, "error.import.gone")
	case m.Undone != "":
		return grid.Fail(grid.Conflict, "error.import.undone")
	}
	p, err := s.Office.Undo(s.ctx, m, s.roster, s.now)
	if err != nil {
		return err
	}
	return s.propose(ledger.Import{Kind: m.Kind, Undoes: m.ID}, p, "import.undoing")
}

// markUndone notes on an import which one took it back.
func (s *scene) markUndone(by ledger.Import) error {
	m, err := s.Office.Store.Import(s.ctx, by.Undoes)
	if err != nil {
		return err
	}
	if m.Undone != "" {
		return grid.Fail(grid.Conflict, "error.import.undone")
	}
	version := m.Version
	m.Undone = by.ID
	s.change.Imports = append(s.change.Imports, ledger.ImportWrite{Version: version, Import: m})
	return nil
}
