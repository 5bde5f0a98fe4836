package handlers

import (
	"bytes"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/paper"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// sheetPDF is what was published on paper of A4: all of its tables, with number and hash.
func (s *scene) sheetPDF(i issueAt, sheet publication.Sheet, lang texts.Lang) ([]byte, error) {
	in := func(w publication.Words) string { return w.In(string(lang)) }
	d, err := paper.New(paper.A4, in(sheet.Content.Title), sheet.Published)
	if err != nil {
		return nil, err
	}
	d.Foot(s.Texts.Plain(lang, "publication.foot", texts.Args{"office": s.Rules.OfficeName, "id": sheet.ID, "hash": i.Hash}))
	d.Heading(in(sheet.Content.Title), 18)
	d.Paragraph(s.Texts.Plain(lang, "publication.pdf_head", texts.Args{
		"number": sheet.Number, "out": sheet.Published.Format(time.DateOnly), "due": sheet.Due, "late": sheet.Late,
	}), paper.Style{Size: 10, Align: paper.Centre})
	if sheet.Corrects != "" {
		d.Paragraph(s.Texts.Plain(lang, "publication.corrects", texts.Args{"id": sheet.Corrects, "why": sheet.Why}), paper.Style{})
	}
	if len(sheet.Content.Intro) > 0 {
		d.Paragraph(in(sheet.Content.Intro), paper.Style{})
	}
	for _, t := range sheet.Content.Tables {
		d.Space(8)
		d.Heading(in(t.Caption), 13)
		d.Table(printed(t, in))
	}
	for _, n := range sheet.Content.Notes {
		d.Paragraph(in(n), paper.Style{Size: 9})
	}
	var b bytes.Buffer
	_, err = d.WriteTo(&b)
	return b.Bytes(), err
}

// printed is a table for paper: a column is as wide, within reason, as its longest cell.
func printed(t publication.Table, in func(publication.Words) string) paper.Table {
	const narrow, wide = 4, 16
	out := paper.Table{Widths: make([]float64, len(t.Columns)), Size: 9}
	fit := func(column int, text string) {
		out.Widths[column] = max(out.Widths[column], float64(min(max(len([]rune(text)), narrow), wide)))
	}
	for n, c := range t.Columns {
		out.Heads = append(out.Heads, in(c))
		fit(n, in(c))
	}
	for _, r := range t.Rows {
		cells := make([]string, len(r.Cells))
		for n, c := range r.Cells {
			cells[n] = in(c)
			fit(n, cells[n])
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// issuePDF sends what was published for the printer.
func (s *scene) issuePDF(i issueAt) error {
	sheet, err := i.Sheet()
	if err != nil {
		return grid.Fail(grid.NotFound, "error.publication.none", "id", i.id)
	}
	data, err := s.sheetPDF(i, sheet, s.lang)
	if err != nil {
		return err
	}
	document, err := s.document(i.id+".pdf", data)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "publication.pdf", Args: texts.Args{"name": texts.Names(sheet.Names), "period": texts.Period(sheet.Period)}, Document: document})
	return nil
}
