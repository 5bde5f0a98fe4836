package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/publicationsheet"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// sheetPDF is an issue that is out on paper of A4, as a file to bring. NotFound for one that is not.
func (s *scene) sheetPDF(i publication.Issue, lang texts.Lang) (*ledger.Document, error) {
	p, ok := i.Public()
	if !ok {
		return nil, grid.Fail(grid.NotFound, "error.publication.none", "id", i.ID)
	}
	data, err := publicationsheet.Draw(s.Texts, s.Rules.OfficeName, p, lang)
	if err != nil {
		return nil, err
	}
	return s.document(p.ID+".pdf", data)
}

// issuePDF sends what was published for the printer.
func (s *scene) issuePDF(i issueAt) error {
	document, err := s.sheetPDF(i.Issue, s.lang)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "publication.pdf", Args: texts.Args{"name": texts.Names(i.Duty.Names), "period": texts.Period(i.Period.Name)}, Document: document})
	return nil
}
