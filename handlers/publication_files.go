package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// issueCSV sends the tables of an issue for a spreadsheet; before it is out to those who have a part in it.
func (s *scene) issueCSV(i issueAt) error {
	content := i.Content
	switch {
	case i.State == publication.Published:
		sheet, err := i.Sheet()
		if err != nil {
			return err
		}
		content = sheet.Content
	case i.State == publication.Open:
		return grid.Fail(grid.NotFound, "error.publication.none", "id", i.id)
	case !s.servesPublication(i):
		return grid.Fail(grid.Forbidden, "error.role")
	}
	document, err := s.document(i.id+".csv", content.CSV(string(s.lang)))
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "publication.csv", Args: texts.Args{"name": texts.Names(i.Duty.Names), "period": texts.Period(i.Period.Name)}, Document: document})
	return nil
}

// issueJSON sends the very bytes that were published, so that anybody can recompute their hash.
func (s *scene) issueJSON(i issueAt) error {
	if i.State != publication.Published {
		return grid.Fail(grid.NotFound, "error.publication.none", "id", i.id)
	}
	document, err := s.document(i.id+".json", []byte(i.Sealed))
	if err != nil {
		return err
	}
	s.say(flow.Reply{
		Key: "publication.json", Args: texts.Args{"name": texts.Names(i.Duty.Names), "period": texts.Period(i.Period.Name), "hash": i.Hash}, Document: document,
	})
	return nil
}
