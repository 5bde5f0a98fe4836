package handlers

import (
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/border"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askSectionNeighbour offers the neighbours to whom a failing section can be handed.
func (s *scene) askSectionNeighbour(id string) error {
	about, likely, err := s.sectionSubject(id)
	if err != nil {
		return err
	}
	kind := texts.Text{Key: "border.kind." + string(about.Kind)}
	s.say(flow.Reply{Key: "border.ask_to", Args: texts.Args{"name": about.Name, "kind": kind}, Rows: s.neighbourRows(about, likely)})
	return nil
}

// sectionSubject is a failing section at the edge as the subject of a handover, and the neighbour beyond the nearest line as far as
// that is known. What the letter says is what its newest month with readings says that is over: until then they may be corrected.
// NotFound for an unknown section; Conflict when that month does not miss the target, or the section lies farther inside.
func (s *scene) sectionSubject(id string) (border.Subject, string, error) {
	x, err := s.Water.Section(id)
	if err != nil {
		return border.Subject{}, "", err
	}
	name := texts.Names(x.Names).In(texts.Reference)
	likely, err := s.sectionEdge(x)
	if err != nil {
		return border.Subject{}, "", err
	}
	months, err := s.Water.Periods(s.ctx, s.Store, x, publication.Monthly, sectionMonths, s.now)
	if err != nil {
		return border.Subject{}, "", err
	}
	over := slices.DeleteFunc(water.Ended(months, s.now), water.Judged.Empty)
	if len(over) == 0 || over[len(over)-1].Standing() != water.NotMet {
		return border.Subject{}, "", grid.Fail(grid.Conflict, "error.border.meets", "name", name)
	}
	j := over[len(over)-1]
	class, _ := j.Verdict.Class()
	matter := s.Texts.Plain(texts.Reference, "border.section.matter", texts.Args{
		"period": texts.Period(j.Period.Name), "class": className(class), "target": className(x.Target),
		"items": s.itemNames(j.Verdict.Failing(x.Target), true),
	})
	return border.Subject{Kind: border.Section, ID: x.ID, Name: name, Matter: matter, Place: s.Head.Place(x.Cell)}, likely, nil
}

// sectionEdge is the neighbour beyond the nearest line; Conflict when the section is no section of a river at the edge.
func (s *scene) sectionEdge(x water.Section) (string, error) {
	likely, metres := "", 0.0
	if x.Point != nil {
		likely, metres = s.Borders.Edge(*x.Point)
	}
	if x.Kind == water.OfRiver && (x.Edge || x.Point != nil && metres <= s.Rules.Border.Edge) {
		return likely, nil
	}
	return "", grid.Fail(grid.Conflict, "error.border.inside", "number", texts.Names(x.Names).In(s.lang),
		"metres", strconv.Itoa(int(metres)), "edge", strconv.Itoa(int(s.Rules.Border.Edge)))
}

// sectionBorderRows offers the desk and supervisors to hand a failing section at the edge to a neighbour.
func (s *scene) sectionBorderRows(x water.Section) ([][]flow.Choice, error) {
	if !s.deskWorker() {
		return nil, nil
	}
	_, _, err := s.sectionSubject(x.ID)
	if grid.CodeOf(err) == grid.Conflict {
		return nil, nil
	}
	return [][]flow.Choice{{{Key: "button.border_section", Data: borderData("section", x.ID)}}}, err
}
