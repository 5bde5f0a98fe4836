package media_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"math"
	"testing"

	"github.com/gridwarden/gridwarden/handlers/media"
)

func be16(v ...uint16) (b []byte) {
	for _, n := range v {
		b = binary.BigEndian.AppendUint16(b, n)
	}
	return b
}

// heic is what an iPhone sends as a file, without the pixels: one item of EXIF, found by iinf and iloc.
func heic(g tags) []byte {
	head := atom("ftyp", []byte("heic"), be32(0), []byte("mif1heic"))
	item := append(be32(6), append([]byte("Exif\x00\x00"), g.tiff()...)...)
	meta := func(at uint32) []byte {
		return atom("meta", be32(0),
			atom("iinf", be32(0), be16(1), atom("infe", be32(2<<24), be16(1, 0), []byte("Exif\x00"))),
			atom("iloc", be32(0), be16(0x4400, 1), be16(1, 0, 1), be32(at, uint32(len(item)))))
	}
	at := uint32(len(head) + len(meta(0)) + 8)
	return bytes.Join([][]byte{head, meta(at), atom("mdat", item)}, nil)
}

func TestHEICTellsPlaceAndTimeButIsHidden(t *testing.T) {
	info := put(t, open(t, nil), heic(ledu()))
	if info.Type != media.HEIF || info.Showable || info.HasPHash {
		t.Errorf("got %+v", info)
	}
	if info.GPS == nil || math.Abs(info.GPS.Lat-36.482361) > 1e-6 || info.TakenAt.In(shanghai).Hour() != 10 {
		t.Errorf("claims not read: %v, %v", info.GPS, info.TakenAt)
	}
}

// Boxes that point backwards must not keep a reader walking for ever, and what a maker appends does not spoil a photo.
func TestOddHEIC(t *testing.T) {
	back := append(be32(1), "free"...)
	back = binary.BigEndian.AppendUint64(back, ^uint64(0)-15) // sixteen bytes before its own start
	circle := atom("meta", be32(0), atom("free", make([]byte, 8)), back)
	head := heic(tags{})[:24]
	for name, data := range map[string][]byte{
		"circle":      append(bytes.Clone(head), circle...),
		"trailer":     append(heic(ledu()), "SEFT"...),
		"cut in mdat": heic(ledu())[:200],
	} {
		t.Run(name, func(t *testing.T) {
			if info := put(t, open(t, nil), data); info.Showable {
				t.Error("must be hidden")
			}
		})
	}
}

func TestWebPIsShownAsJPEG(t *testing.T) {
	data, err := base64.StdEncoding.DecodeString("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=")
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, nil)
	info := put(t, s, data)
	shown, err := s.Show(t.Context(), info.SHA256)
	if err != nil || info.Type != media.WebP || info.Width != 1 || !bytes.HasPrefix(shown, []byte("\xff\xd8\xff")) {
		t.Fatalf("%+v, %v", info, err)
	}
}
