package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// filePoint makes a case at once of a point that failed, with its words, photos and place: as an inspector's own report.
func (s *scene) filePoint(id, code string) error {
	i, d, err := s.inspection(id)
	if err != nil {
		return err
	}
	p, ok := i.Point(code)
	a := i.Answer(code)
	switch {
	case !ok || a.Verdict != site.Fails:
		return grid.Fail(grid.Conflict, "error.inspection.not_failed")
	case a.Case != "":
		return grid.Fail(grid.Conflict, "error.inspection.filed", "number", a.Number)
	}
	x, _, err := s.site(i.Site)
	if err != nil {
		return err
	}
	c, err := s.fileCase(s.caseOfPoint(x, p, a))
	if err != nil {
		return err
	}
	a.Case, a.Number = c.ID, c.CaseNo
	i.Put(a)
	if err := s.putInspection(d, i, site.InspectionEvent{Did: site.Filed, Point: code, Case: string(c.ID)}); err != nil {
		return err
	}
	s.summary(i, true)
	return nil
}

// caseOfPoint is the case that follows from a failed point.
func (s *scene) caseOfPoint(x site.Site, p site.Point, a site.Answer) casework.Case {
	text := x.Name + s.Texts.Plain(texts.Reference, "inspection.colon", nil) + p.Found
	if a.Words != "" {
		text += "\n" + a.Words
	}
	c := casework.Case{
		ID: casework.CaseID(s.code(10)), Number: ledger.ReportMarker, Code: strings.ToUpper(s.code(6)), CaseNo: ledger.CaseMarker,
		Source: casework.FromInspector, Reporter: s.me, Categories: []string{p.Category}, Text: text,
		Place: strings.TrimSpace(x.Address + " " + string(x.Number)), Point: x.Point, Cell: x.Cell, Site: string(x.Number), CreatedAt: s.now,
	}
	if p.Kind != "" {
		c.Kinds = []string{p.Kind}
	}
	for _, f := range a.Files {
		c.Evidence = append(c.Evidence, s.evidence(flow.File{ID: f.ID, Unique: f.File, Kind: f.Kind, At: f.At, Arrived: f.Arrived}, casework.AsReported))
	}
	return c
}

// finishInspection ends an inspection: the site is due anew from now, and a draw that it follows from knows of it.
func (s *scene) finishInspection(id string) error {
	i, d, err := s.inspection(id)
	if err != nil {
		return err
	}
	if !i.Done.IsZero() {
		return grid.Fail(grid.Conflict, "error.inspection.over")
	}
	if p, missing := i.Next(); missing {
		s.question(i, p, true)
		return nil
	}
	x, read, err := s.site(i.Site)
	if err != nil {
		return err
	}
	if !s.mayInspect(x) {
		return grid.Fail(grid.Forbidden, "error.site.kept")
	}
	i.Done = s.now
	if err := s.putInspection(d, i, site.InspectionEvent{Did: site.Finished}); err != nil {
		return err
	}
	x.Inspect(s.now)
	if i.Draw != "" && x.Drawn(s.officer.ID) && x.Assigned.Draw == i.Draw {
		x.Assigned = nil
	}
	if err := s.putSite(read, x, site.Event{Did: site.Inspected, Inspection: i.ID}); err != nil {
		return err
	}
	if err := s.drawnDone(i); err != nil {
		return err
	}
	if err := s.inspectionFound(i); err != nil {
		return err
	}
	s.count("inspected", x.Cell)
	x.Due = s.Sites.Due(x)
	args := s.inspectionArgs(i)
	args["due"] = s.siteDue(x)
	s.say(flow.Reply{Key: "inspection.done", Args: args, Rows: [][]flow.Choice{{
		{Key: "button.inspection_look", Data: inspectionData("show", i.ID, "")}, {Key: "button.sites", Data: siteData("page", "0")},
	}}})
	return nil
}
