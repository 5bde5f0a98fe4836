// Package publicationsheet draws what was published (信息公开) as sheets of A4 for the printer: the same for the chat, the channel and
// the public site, with its number on every sheet and its hash at the end.
package publicationsheet

import (
	"bytes"
	"time"

	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/paper"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Sizes of letters, in points.
const (
	title   = 18
	caption = 13
	line    = 10
	cell    = 9
)

// Draw makes the PDF of an issue in a language: all of its tables, signed by the office. The same issue gives the same bytes.
// paper.ErrLong: it would have more pages than a document may.
func Draw(c *texts.Catalogue, office string, p publication.Public, lang texts.Lang) ([]byte, error) {
	in := func(w publication.Words) string { return w.In(string(lang)) }
	d, err := paper.New(paper.A4, in(p.Content.Title), p.Published)
	if err != nil {
		return nil, err
	}
	d.Foot(c.Plain(lang, "publication.foot", texts.Args{"office": office, "id": p.ID}))
	d.Heading(in(p.Content.Title), title)
	late := texts.Text{}
	if p.Late > 0 {
		late = texts.Text{Key: "publication.pdf_late", Args: texts.Args{"days": p.Late}}
	}
	d.Paragraph(c.Plain(lang, "publication.pdf_head", texts.Args{
		"number": p.Number, "out": p.Published.Format(time.DateOnly), "due": p.Due, "late": late,
	}), paper.Style{Size: line, Align: paper.Centre})
	if p.Corrects != "" {
		d.Paragraph(c.Plain(lang, "publication.corrects", texts.Args{"id": p.Corrects, "why": p.Why}), paper.Style{})
	}
	if len(p.Content.Intro) > 0 {
		d.Paragraph(in(p.Content.Intro), paper.Style{})
	}
	for _, t := range p.Content.Tables {
		d.Space(8)
		d.Heading(in(t.Caption), caption)
		d.Table(printed(t, in))
	}
	for _, n := range p.Content.Notes {
		d.Paragraph(in(n), paper.Style{Size: cell})
	}
	d.Paragraph(c.Plain(lang, "publication.pdf_hash", texts.Args{"hash": p.Hash}), paper.Style{Size: cell, Color: paper.Gray})
	var b bytes.Buffer
	_, err = d.WriteTo(&b)
	return b.Bytes(), err
}

// printed is a table for paper: a column is as wide, within reason, as its longest cell.
func printed(t publication.Table, in func(publication.Words) string) paper.Table {
	const narrow, wide = 4, 16
	out := paper.Table{Widths: make([]float64, len(t.Columns)), Size: cell}
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
