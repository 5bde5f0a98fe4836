package letterhead

import (
	"bytes"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/paper"
)

// Sizes of letters on paper, in points. Text is set in 四号, as letters are.
const (
	printedIssuer = 22
	printedTitle  = 18
	printedText   = 14
	printedCopy   = 12
)

// Print puts a numbered document on a sheet of its own, in the order of an official letter.
func Print(d *paper.Doc, p ledger.Paper) {
	d.NewPage()
	d.Paragraph(p.Issuer, paper.Style{Size: printedIssuer, Align: paper.Centre, Color: paper.Red})
	d.Paragraph(p.No, paper.Style{Size: printedText, Align: paper.Centre})
	d.Rule(2, paper.Red)
	d.Space(printedText)
	d.Heading(p.Title, printedTitle)
	if p.To != "" {
		d.Paragraph(p.To, paper.Style{Size: printedText})
	}
	d.Paragraph(p.Text, paper.Style{Size: printedText, Indent: true})
	d.Space(printedText)
	d.Paragraph(p.Issuer, paper.Style{Size: printedText, Align: paper.Right})
	d.Paragraph(p.Day, paper.Style{Size: printedText, Align: paper.Right})
	if p.Copy != "" {
		d.Space(printedText)
		d.Rule(0.7, paper.Black)
		d.Paragraph(p.Copy, paper.Style{Size: printedCopy})
		d.Rule(0.7, paper.Black)
	}
}

// PDF is a numbered document alone on paper of A4, as it goes to the printer or by fax; at is when it was issued.
func PDF(p ledger.Paper, at time.Time) ([]byte, error) {
	d, err := paper.New(paper.A4, p.Title+" "+p.No, at)
	if err != nil {
		return nil, err
	}
	Print(d, p)
	var b bytes.Buffer
	_, err = d.WriteTo(&b)
	return b.Bytes(), err
}
