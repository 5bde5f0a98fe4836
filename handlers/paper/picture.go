package paper

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // that photos can be measured
	_ "image/png"  // that drawings can be measured

	"github.com/boombuler/barcode/qr"
	"github.com/signintech/gopdf"
)

// Picture writes a PNG or JPEG that runs on, in its own shape, within a width and a height.
func (d *Doc) Picture(data []byte, width, high float64) {
	w, h, err := within(data, min(width, d.Width()), min(high, d.bottom()-marginTop))
	if err != nil {
		d.do(err)
		return
	}
	d.room(h)
	d.put(data, marginSide, d.y, w, h)
	d.y += h + cellPad
}

// PictureAt places a PNG or JPEG in its own shape within a box, in the middle of it.
func (d *Doc) PictureAt(x, y, width, high float64, data []byte) {
	w, h, err := within(data, width, high)
	if err != nil {
		d.do(err)
		return
	}
	d.put(data, x+(width-w)/2, y+(high-h)/2, w, h)
}

// within is the largest size in the picture's own shape.
func within(data []byte, width, high float64) (w, h float64, err error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, 0, fmt.Errorf("picture: %w", err)
	}
	scale := min(width/float64(size.Width), high/float64(size.Height))
	return scale * float64(size.Width), scale * float64(size.Height), nil
}

func (d *Doc) put(data []byte, x, y, w, h float64) {
	if d.err != nil {
		return
	}
	held, err := gopdf.ImageHolderByBytes(data)
	if err != nil {
		d.do(err)
		return
	}
	d.do(d.pdf.ImageByHolder(held, x, y, &gopdf.Rect{W: w, H: h}))
}

// quiet is the white around a code in modules (ISO/IEC 18004).
const quiet = 4

// CodeAt places the QR code of a link in a square, with its white around it. It is drawn as squares and not as a picture, so
// that it is sharp at any size. Level Q makes up for a quarter that is scratched or faded.
func (d *Doc) CodeAt(x, y, side float64, link string) {
	matrix, err := qr.Encode(link, qr.Q, qr.Auto)
	if err != nil {
		d.do(fmt.Errorf("QR code: %w", err))
		return
	}
	if d.err != nil {
		return
	}
	n := matrix.Bounds().Dx()
	module := side / float64(n+2*quiet)
	d.pdf.SetFillColor(0, 0, 0)
	for row := range n {
		for from := 0; from < n; from++ {
			if !dark(matrix, from, row) {
				continue
			}
			to := from
			for to < n && dark(matrix, to, row) {
				to++
			}
			d.pdf.RectFromUpperLeftWithStyle(x+float64(from+quiet)*module, y+float64(row+quiet)*module, float64(to-from)*module, module, "F")
			from = to
		}
	}
}

func dark(m image.Image, x, y int) bool {
	r, _, _, _ := m.At(x, y).RGBA()
	return r == 0
}
