package picture

import (
	"fmt"

	"github.com/boombuler/barcode/qr"
	"github.com/go-analyze/charts"
	"github.com/golang/freetype/truetype"
)

// Sticker is what stands on a label that is stuck on the spot: a QR code, and below it what people read.
type Sticker struct {
	Link   string // what the code says
	Number string
	Name   string
	Line   string // kind and place
	Hint   string // what scanning it is good for
}

// Sizes of a sticker and of a sheet of them, in pixels. A sheet has the shape of A4.
const (
	stickerWidth  = 560
	stickerHeight = 760
	stickerCode   = 440 // side of the code, at most
	sheetColumns  = 2
	sheetRows     = 2
	quietModules  = 4 // of white around a code (ISO/IEC 18004)
	stickerNumber = 46
	stickerText   = 28
)

// StickersEach is how many stickers one sheet has.
const StickersEach = sheetColumns * sheetRows

// DrawSticker draws one sticker as PNG.
func DrawSticker(s Sticker) ([]byte, error) { return drawStickers([]Sticker{s}, 1, 1) }

// DrawStickers draws a sheet of stickers as PNG, with a line around each to cut along. It fails for more than StickersEach.
func DrawStickers(all []Sticker) ([]byte, error) {
	if len(all) > StickersEach {
		return nil, fmt.Errorf("picture: %d stickers on one sheet, at most %d", len(all), StickersEach)
	}
	return drawStickers(all, sheetColumns, sheetRows)
}

func drawStickers(all []Sticker, columns, rows int) ([]byte, error) {
	font, err := loadFont()
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	painter := charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputPNG, Width: columns * stickerWidth, Height: rows * stickerHeight, Font: font,
	})
	painter.FilledRect(0, 0, columns*stickerWidth, rows*stickerHeight, charts.ColorWhite, charts.ColorWhite, 0)
	for i, s := range all {
		at := sticker{painter: painter, font: font, x: i % columns * stickerWidth, y: i / columns * stickerHeight}
		if bad := at.draw(s); bad != nil {
			return nil, bad
		}
	}
	data, err := painter.Bytes()
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return data, nil
}

// sticker is one sticker on its way from the top down.
type sticker struct {
	painter *charts.Painter
	font    *truetype.Font
	x, y    int
}

var grey = charts.Color{R: 200, G: 200, B: 200, A: 255}

func (t *sticker) draw(s Sticker) error {
	t.frame()
	if err := t.code(s.Link); err != nil {
		return err
	}
	t.y += stickerCode + 50
	t.centre(s.Number, stickerNumber, 1)
	t.centre(s.Name, stickerText, 2)
	t.centre(s.Line, stickerText, 1)
	t.centre(s.Hint, stickerText, 1)
	return nil
}

// frame is the line to cut along.
func (t *sticker) frame() {
	right, bottom := t.x+stickerWidth, t.y+stickerHeight
	for _, r := range [][4]int{{t.x, t.y, right, t.y + 2}, {t.x, bottom - 2, right, bottom}, {t.x, t.y, t.x + 2, bottom}, {right - 2, t.y, right, bottom}} {
		t.painter.FilledRect(r[0], r[1], r[2], r[3], grey, grey, 0)
	}
}

// code draws the QR code, each module a square of whole pixels. A sticker out of doors is scratched and faded: level Q makes up
// for a quarter of it.
func (t *sticker) code(link string) error {
	matrix, err := qr.Encode(link, qr.Q, qr.Auto)
	if err != nil {
		return fmt.Errorf("picture: QR code: %w", err)
	}
	modules := matrix.Bounds().Dx()
	side := stickerCode / (modules + 2*quietModules)
	left := t.x + (stickerWidth-side*modules)/2
	top := t.y + 30 + quietModules*side
	for y := range modules {
		for x := range modules {
			if r, _, _, _ := matrix.At(x, y).RGBA(); r == 0 {
				px, py := left+x*side, top+y*side
				t.painter.FilledRect(px, py, px+side, py+side, charts.ColorBlack, charts.ColorBlack, 0)
			}
		}
	}
	return nil
}

// centre writes lines in the middle.
func (t *sticker) centre(text string, pixels, lines int) {
	u := ruler{t.font, pixels}
	style := charts.FontStyle{FontSize: float64(pixels) * 72 / 96, Font: t.font, FontColor: charts.ColorBlack}
	for _, line := range u.wrap(Printable(text), stickerWidth-40, lines) {
		t.painter.Text(line, t.x+(stickerWidth-u.width(line))/2, t.y+pixels, 0, style)
		t.y += pixels * 3 / 2
	}
}
