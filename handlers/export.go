package handlers

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// exportTable sends a table that the admin can edit and send back: /export roster.
func (s *scene) exportTable() error {
	if !s.admin() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if s.msg.Args == "" {
		s.say(flow.Reply{Key: "export.usage"})
		return nil
	}
	kind, ok := sheet.ParseKind(s.msg.Args)
	if !ok {
		return grid.Fail(grid.Invalid, "error.export", "what", s.msg.Args)
	}
	table, _, err := s.Office.InForce(s.ctx, kind, s.roster, s.now)
	if err != nil {
		return err
	}
	data, err := s.Office.Words().Write(s.lang, table, nil)
	if err != nil {
		return err
	}
	return s.sayWith(flow.Reply{Key: "export.done", Args: texts.Args{"table": tableName(kind), "n": len(table.Rows)}}, kind, data)
}

// sayWith answers with a workbook.
func (s *scene) sayWith(r flow.Reply, kind sheet.Kind, data []byte) error {
	name := s.Texts.Plain(s.lang, "sheet.kind."+string(kind), nil) + s.now.In(s.Rules.Location).Format("-"+time.DateOnly) + ".xlsx"
	document, err := s.document(name, data)
	if err != nil {
		return err
	}
	r.Document = document
	s.say(r)
	return nil
}

func tableName(k sheet.Kind) texts.Text { return texts.Text{Key: "sheet.kind." + string(k)} }
