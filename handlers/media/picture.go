package media

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"strconv"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"github.com/gridwarden/gridwarden/grid"
)

type decoder struct {
	config func([]byte) (image.Config, error)
	pixels func([]byte) (image.Image, error)
}

// decoders are called by name instead of image.Decode, so that what other packages register does not widen what is read.
var decoders = map[Type]decoder{
	JPEG: {
		func(b []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) },
	},
	PNG: {
		func(b []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return png.Decode(bytes.NewReader(b)) },
	},
	WebP: {
		func(b []byte) (image.Config, error) { return webp.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return webp.Decode(bytes.NewReader(b)) },
	},
}

// errForeign marks a sound picture of a variety that Go does not read, such as CMYK without a marker or an animation.
var errForeign = errors.New("variety that cannot be decoded")

// decode reads the pixels after it has seen how many they are: a few kilobytes can unfold to gigabytes.
func decode(data []byte, t Type, maxPixels int) (m image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			m, err = nil, refuse(grid.Invalid, "media.damaged", fmt.Errorf("%w: decoder panicked", ErrDamaged))
		}
	}()
	d := decoders[t]
	c, err := d.config(data)
	if err != nil {
		return nil, broken(err)
	}
	if c.Width <= 0 || c.Height <= 0 {
		return nil, refuse(grid.Invalid, "media.damaged", ErrDamaged)
	}
	if c.Width > maxPixels/c.Height {
		return nil, refuse(grid.Invalid, "media.too_many_pixels", ErrTooLarge, "limit", strconv.Itoa(maxPixels/1e6))
	}
	if m, err = d.pixels(data); err != nil {
		return nil, broken(err)
	}
	return m, nil
}

// broken tells a picture cut short from one that is merely unusual.
func broken(err error) error {
	var j jpeg.UnsupportedError
	var p png.UnsupportedError
	if errors.As(err, &j) || errors.As(err, &p) {
		return errForeign
	}
	return refuse(grid.Invalid, "media.damaged", fmt.Errorf("%w: %w", ErrDamaged, err))
}

// shrink scales a picture so that no side exceeds side, on white where it is transparent. It halves first: the fast
// scaler looks at four pixels only, which is exact for a half and coarse beyond.
func shrink(m image.Image, side int) *image.RGBA {
	for {
		w, h := m.Bounds().Dx(), m.Bounds().Dy()
		last := max(w, h) <= 2*side
		if last {
			w, h = fit(w, h, side)
		} else {
			w, h = max(1, w/2), max(1, h/2)
		}
		out := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
		draw.ApproxBiLinear.Scale(out, out.Bounds(), m, m.Bounds(), draw.Over, nil)
		if last {
			return out
		}
		m = out
	}
}

func fit(w, h, side int) (width, height int) {
	longest := max(w, h)
	if longest <= side {
		return w, h
	}
	return max(1, w*side/longest), max(1, h*side/longest)
}

// upright turns and mirrors a picture as its EXIF orientation asks (EXIF 2.32, tag 0x0112: where row 0 and column 0 are).
func upright(m *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	outW, outH := w, h
	if orientation >= 5 {
		outW, outH = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, outW, outH))
	for y := range h {
		for x := range w {
			ox, oy := place(x, y, w, h, orientation)
			copy(out.Pix[oy*out.Stride+ox*4:][:4], m.Pix[y*m.Stride+x*4:][:4])
		}
	}
	return out
}

// place tells where the stored pixel x, y of a w x h picture belongs.
func place(x, y, w, h, orientation int) (px, py int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	default:
		return x, y
	}
}
