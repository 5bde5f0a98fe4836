package media_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/handlers/media"
)

var (
	shanghai = time.FixedZone("CST", 8*3600)
	noon     = time.Date(2026, 8, 4, 12, 0, 0, 0, shanghai)
)

func ring(tb testing.TB) *seal.Keyring {
	tb.Helper()
	keys, err := seal.ParseKeys(seal.Generate())
	if err != nil {
		tb.Fatal(err)
	}
	return keys
}

// open makes a store in a fresh folder; change adapts its options.
func open(tb testing.TB, change func(*media.Options)) *media.Store {
	tb.Helper()
	o := media.Options{Dir: tb.TempDir(), Keys: ring(tb), Zone: shanghai, MaxSide: 400}
	if change != nil {
		change(&o)
	}
	s, err := media.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// scene is a picture with features: red top left, blue top right, dark and bright blocks below.
func scene(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{uint8(x * 255 / w), uint8((x*7/w%2)*120 + y*100/h), uint8(y * 255 / h), 255}
			switch {
			case y < h/2 && x < w/2:
				c = color.RGBA{230, 20, 20, 255}
			case y < h/2:
				c = color.RGBA{20, 20, 230, 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

func jpegOf(tb testing.TB, m image.Image, quality int) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality}); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func pngOf(tb testing.TB, m image.Image) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// tags is a tiny EXIF: what a phone writes that matters here.
type tags struct {
	orientation    uint16
	taken, offset  string
	lat, lon       [3]uint32 // degrees, minutes, hundredths of seconds
	latRef, lonRef string
	denominator    uint32 // of the hundredths; 100 unless told
}

type field struct {
	tag, typ uint16
	count    uint32
	value    []byte
}

// tiff writes the tags as a little-endian TIFF with IFD0 and the Exif and GPS directories that it points to.
func (g tags) tiff() []byte {
	var exif, gps []field
	if g.taken != "" {
		exif = append(exif, text(0x9003, g.taken))
	}
	if g.offset != "" {
		exif = append(exif, text(0x9011, g.offset))
	}
	if g.latRef != "" {
		gps = []field{text(1, g.latRef), g.rationals(2, g.lat), text(3, g.lonRef), g.rationals(4, g.lon)}
	}
	ifd0 := []field{text(0x010f, "SecretPhoneMaker"), {0x0112, 3, 1, le16(g.orientation)}}
	const header = 8
	size0 := directorySize(append(ifd0, field{value: le32(0)}, field{value: le32(0)}))
	sizeExif := directorySize(exif)
	ifd0 = append(ifd0,
		field{0x8769, 4, 1, le32(uint32(header + size0))}, field{0x8825, 4, 1, le32(uint32(header + size0 + sizeExif))})
	out := append([]byte("II*\x00"), le32(header)...)
	out = directory(out, ifd0)
	out = directory(out, exif)
	return directory(out, gps)
}

func (g tags) rationals(tag uint16, v [3]uint32) field {
	d := g.denominator
	if d == 0 {
		d = 100
	}
	var b []byte
	for i, n := range v {
		b = append(b, le32(n)...)
		b = append(b, le32([]uint32{1, 1, d}[i])...)
	}
	return field{tag, 5, 3, b}
}

func text(tag uint16, s string) field { return field{tag, 2, uint32(len(s) + 1), append([]byte(s), 0)} }

func le16(v uint16) []byte { return binary.LittleEndian.AppendUint16(nil, v) }
func le32(v uint32) []byte { return binary.LittleEndian.AppendUint32(nil, v) }

func directorySize(fields []field) int {
	n := 2 + 12*len(fields) + 4
	for _, f := range fields {
		if len(f.value) > 4 {
			n += len(f.value)
		}
	}
	return n
}

func directory(out []byte, fields []field) []byte {
	behind := len(out) + 2 + 12*len(fields) + 4
	var extra []byte
	out = append(out, le16(uint16(len(fields)))...)
	for _, f := range fields {
		out = append(append(append(out, le16(f.tag)...), le16(f.typ)...), le32(f.count)...)
		if len(f.value) > 4 {
			out = append(out, le32(uint32(behind+len(extra)))...)
			extra = append(extra, f.value...)
			continue
		}
		out = append(out, append(f.value, make([]byte, 4-len(f.value))...)...)
	}
	return append(append(out, 0, 0, 0, 0), extra...)
}

const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret-editor/></x:xmpmeta>`

// withEXIF puts the tags, an XMP packet and a comment behind the first marker of a JPEG.
func withEXIF(photo []byte, g tags) []byte {
	out := bytes.Clone(photo[:2])
	out = append(out, segment(0xe1, append([]byte("Exif\x00\x00"), g.tiff()...))...)
	out = append(out, segment(0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+xmp))...)
	out = append(out, segment(0xfe, []byte("secret-comment"))...)
	return append(out, photo[2:]...)
}

func segment(marker byte, body []byte) []byte {
	n := len(body) + 2
	return append([]byte{0xff, marker, byte(n >> 8), byte(n)}, body...)
}

// ledu is in the middle of the district: 36°28'56.50"N 102°24'09.25"E.
func ledu() tags {
	return tags{
		orientation: 1, taken: "2026:08:04 10:20:30", offset: "+08:00",
		lat: [3]uint32{36, 28, 5650}, latRef: "N", lon: [3]uint32{102, 24, 925}, lonRef: "E",
	}
}
