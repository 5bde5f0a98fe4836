// Package paper makes PDF files for the printer and for the files of an office: sheets of A4 and A3, text that is set as
// Chinese is set, tables that run over pages, pictures, QR codes. What belongs on a sheet is the business of whoever calls it.
//
// There are two ways to fill a sheet. What runs on (Heading, Paragraph, Table, Picture) goes from the top down and onto as many
// sheets as it takes. What is placed (TextAt, PictureAt, CodeAt, Box, Line) stands where one says, as on a board. Lengths are
// points, 72 to an inch, from the upper left corner; MM makes them of millimetres.
package paper

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/signintech/gopdf"

	"github.com/gridwarden/gridwarden/handlers/picture"
)

// MM is a millimetre in points.
const MM = 72 / 25.4

// Sheet is a size of paper in points.
type Sheet struct{ Width, Height float64 }

// Sheets of ISO 216, upright.
var (
	A4 = Sheet{Width: 210 * MM, Height: 297 * MM}
	A3 = Sheet{Width: 297 * MM, Height: 420 * MM}
)

// Lying is the sheet turned by a quarter.
func (s Sheet) Lying() Sheet { return Sheet{Width: s.Height, Height: s.Width} }

// Margins of a sheet: those of an official letter on A4 are wider at the binding (GB/T 9704-2012); for tables less will do.
const (
	marginSide = 22 * MM
	marginTop  = 22 * MM
	marginFoot = 20 * MM
	numberFoot = 11 * MM // from the lower edge to the foot of the page's number
	numberSize = 10
)

const family = "font"

// Doc is a PDF on its way. The first fault ends it: what comes after does nothing, and WriteTo tells it.
type Doc struct {
	pdf   gopdf.GoPdf
	sheet Sheet
	y     float64 // how far down the sheet what runs on has come
	pages int
	most  int
	foot  string
	err   error
}

// fonts holds the font, read once.
var fonts = sync.OnceValues(func() (*gopdf.FontContainer, error) {
	var all gopdf.FontContainer
	err := all.AddTTFFontData(family, picture.FontFile())
	return &all, err
})

// ErrLong says that a document would have more pages than it may.
var ErrLong = errors.New("paper: more pages than it may have")

// MaxPages is how many pages a document may have: all of them are in memory until it is written.
const MaxPages = 500

// New begins a document of one size of sheets. Title and time go into what the file says of itself.
func New(sheet Sheet, title string, made time.Time) (*Doc, error) {
	all, err := fonts()
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	d := &Doc{sheet: sheet, most: MaxPages}
	d.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: sheet.Width, H: sheet.Height}, Unit: gopdf.UnitPT})
	d.pdf.SetInfo(gopdf.PdfInfo{Title: title, Producer: "GridWarden", CreationDate: made})
	if err := d.pdf.AddTTFFontFromFontContainer(family, all); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return d, nil
}

// Foot is a line that stands at the foot of every page from now on, beside the page's number.
func (d *Doc) Foot(text string) { d.foot = text }

// Width is the room between the side margins.
func (d *Doc) Width() float64 { return d.sheet.Width - 2*marginSide }

// Left is where what runs on begins.
func (d *Doc) Left() float64 { return marginSide }

// Y is how far down the sheet what runs on has come.
func (d *Doc) Y() float64 { return d.y }

// MoveTo puts what runs on at a height of the present page.
func (d *Doc) MoveTo(y float64) { d.y = y }

// Space leaves a gap.
func (d *Doc) Space(high float64) { d.y += high }

// NewPage begins a page with a number at its foot.
func (d *Doc) NewPage() {
	d.BlankPage()
	foot := Style{Size: numberSize, Color: Gray}
	y := d.sheet.Height - numberFoot - numberSize
	foot.Align = Right
	d.TextAt(marginSide, y, d.Width(), fmt.Sprintf("— %d —", d.pages), foot)
	foot.Align = Leftwards
	d.TextAt(marginSide, y, d.Width()-60, firstLine(d.foot, foot, d.Width()-60), foot)
}

// BlankPage begins a page with nothing on it, for a board.
func (d *Doc) BlankPage() {
	if d.err != nil {
		return
	}
	d.pages++
	if d.pages > d.most {
		d.err = ErrLong
		return
	}
	d.pdf.AddPage()
	d.y = marginTop
}

// Pages is how many pages there are so far.
func (d *Doc) Pages() int { return d.pages }

// Err is the first fault, if there was one.
func (d *Doc) Err() error { return d.err }

// room begins a page unless so much is left on this one.
func (d *Doc) room(high float64) {
	if d.pages == 0 || d.y+high > d.bottom() && d.y > marginTop {
		d.NewPage()
	}
}

func (d *Doc) bottom() float64 { return d.sheet.Height - marginFoot }

// do keeps the first fault.
func (d *Doc) do(err error) {
	if d.err == nil && err != nil {
		d.err = fmt.Errorf("paper: %w", err)
	}
}

// WriteTo writes the file. It fails with the first fault of the document; a document without a page is a fault, too.
func (d *Doc) WriteTo(w io.Writer) (int64, error) {
	if d.err == nil && d.pages == 0 {
		d.err = errors.New("paper: a document without a page")
	}
	if d.err != nil {
		return 0, d.err
	}
	n, err := d.pdf.WriteTo(w)
	if err != nil {
		return n, fmt.Errorf("paper: %w", err)
	}
	return n, nil
}
