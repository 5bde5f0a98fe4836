package handlers

import (
	"bytes"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/bundle"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/export"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// export sends what the words after it name: a case, or a table of the district.
func (s *scene) export() error {
	first, rest, _ := strings.Cut(s.msg.Args, " ")
	switch {
	case first == "" && (!s.admin() || s.deskWorker()):
		return s.offerExports()
	case first == string(export.File):
		return s.exportFile(rest)
	}
	root := s.Work.Tree.Root().Code
	if !s.roster.Can(s.Work.Tree, s.me, root, s.now, grid.Supervisor, grid.Admin) { // nor does it tell which numbers exist
		return grid.Fail(grid.Forbidden, "error.role")
	}
	what, _, _ := strings.Cut(s.msg.Args, " ")
	if what == "case" || strings.ContainsAny(what, "0123456789") {
		return s.exportByNumber()
	}
	return s.exportTable()
}

// exportByNumber sends a supervisor the bundle of a case: /export case 2026-00012. With the word "court" it is the whole file,
// with "originals" the files as they were received as well; without, it is what anybody may see.
func (s *scene) exportByNumber() error {
	words := strings.Fields(s.msg.Args)
	if len(words) > 0 && words[0] == "case" {
		words = words[1:]
	}
	if len(words) == 0 {
		return grid.Fail(grid.Invalid, "error.export.usage")
	}
	id, err := s.Store.CaseByNumber(s.ctx, strings.ToUpper(words[0]))
	if grid.CodeOf(err) == grid.NotFound {
		return grid.Fail(grid.NotFound, "error.find.unknown")
	}
	if err != nil {
		return err
	}
	who := bundle.ThirdParty
	if slices.Contains(words[1:], "court") {
		who = bundle.Court
	}
	originals := slices.Contains(words[1:], "originals")
	if originals && who != bundle.Court {
		return grid.Fail(grid.Invalid, "error.export.originals")
	}
	return s.pack(id, who, originals)
}

// exportCase is the button: what anybody may see.
func (s *scene) exportCase(id casework.CaseID) error { return s.pack(id, bundle.ThirdParty, false) }

// pack packs the case and sends it.
func (s *scene) pack(id casework.CaseID, who bundle.Audience, originals bool) error {
	c, data, err := s.packed(id, who, originals)
	if err != nil {
		return err
	}
	doc, err := s.document("gridwarden-"+c.Shown()+".zip", data)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "export." + string(who), Args: texts.Args{"number": c.Shown()}, Document: doc})
	return nil
}

// packed is the bundle of a case, with the event that says that it was made.
func (s *scene) packed(id casework.CaseID, who bundle.Audience, originals bool) (casework.Case, []byte, error) {
	c, events, err := s.Store.Record(s.ctx, id)
	if err != nil {
		return c, nil, err
	}
	after, err := s.act(c, casework.Act{Action: casework.Export, Note: bundle.Note(who, originals)})
	if err != nil {
		return c, nil, err
	}
	write := s.change.Cases[s.cases[id]]
	anchors, err := s.Store.AnchorsOf(s.ctx, id)
	if err != nil {
		return c, nil, err
	}
	var out bytes.Buffer
	err = bundle.Write(s.ctx, &out, bundle.Case{
		Case: after, Events: append(events, write.Events...), Anchors: anchors, Place: s.Work.Tree.PathName(c.Cell),
		For: who, Originals: originals, At: s.now,
	}, s.Evidence)
	if err == nil && out.Len() > maxExport {
		err = grid.Fail(grid.Invalid, "error.export.size")
	}
	return after, out.Bytes(), err
}

// maxExport is as much as a bot may send (Bot API, "Sending files"); larger bundles are made by command.
const maxExport = 50 << 20
