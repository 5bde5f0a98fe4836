package media_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/gridwarden/gridwarden/handlers/media"
)

func be32(v ...uint32) (b []byte) {
	for _, n := range v {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// atom writes a box with the given contents.
func atom(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(be32(uint32(8+len(body))), kind...), body...)
}

const place = "+36.4824+102.4026/"

func handler(kind string) []byte {
	return atom("hdlr", be32(0, 0), []byte(kind), be32(0, 0, 0), []byte("secret handler\x00"))
}

// track has one chunk of two samples at offset, in the file itself or in the one referred to.
func track(kind string, offset, size uint32, reference ...byte) []byte {
	return atom("trak",
		atom("tkhd", be32(7, 0xdadadada, 0xdadadada, 1), make([]byte, 68)),
		atom("udta", []byte(place)),
		atom("mdia", atom("mdhd", be32(0, 0xdadadada, 0xdadadada, 600, 1200, 0)), handler(kind),
			atom("minf", atom("dinf", atom("dref", be32(0, 1), atom("url ", be32(1), reference))),
				atom("stbl", atom("stsd", be32(0, 0)), atom("stts", be32(0, 1, 2, 1)), atom("stsc", be32(0, 1, 1, 2, 1)),
					atom("stsz", be32(0, 0, 2, size, size)), atom("stco", be32(0, 1, offset))))))
}

const filmHead = 24

// movie is a small film: pictures, sound, a hidden track of places, places in every customary box, a gap among the samples.
func movie(major string, extra ...[]byte) []byte {
	head := atom("ftyp", []byte(major), be32(0), []byte("mp42isom"))
	const at = filmHead + 8
	mdat := atom("mdat", []byte("PICTURE1PICTURE2"), []byte("hidden gap "), []byte("SOUNDSOUND"), []byte(place))
	moov := atom("moov",
		atom("mvhd", be32(0, 0xdadadada, 0xdadadada, 600, 1200), make([]byte, 80)),
		track("vide", at, 8), track("soun", at+27, 5), track("meta", at+37, 9),
		atom("udta", atom("\xa9xyz", []byte(place))), atom("meta", []byte(place)), atom("uuid", []byte(place)),
		bytes.Join(extra, nil))
	return bytes.Join([][]byte{head, mdat, moov, atom("uuid", []byte(xmp)), atom("free", []byte(place))}, nil)
}

func TestFilmIsShownWithoutPlaces(t *testing.T) {
	s := open(t, nil)
	for _, major := range []string{"mp42", "qt  ", "isom"} {
		data := movie(major)
		if n := bytes.Count(data, []byte(place)); n != 8 {
			t.Fatalf("the sample holds %d places", n)
		}
		info := put(t, s, data)
		if !info.Showable {
			t.Fatalf("%s: must be showable", major)
		}
		shown, err := s.Show(t.Context(), info.SHA256)
		if err != nil || len(shown) != len(data) {
			t.Fatalf("offsets must not move: %d of %d bytes, %v", len(shown), len(data), err)
		}
		for _, secret := range []string{place, "secret", "adobe", "hidden gap", "\xda\xda", "uuid", "udta", "meta"} {
			if bytes.Contains(shown, []byte(secret)) {
				t.Errorf("%s: still tells %q", major, secret)
			}
		}
		if !bytes.Contains(shown, []byte("PICTURE1PICTURE2")) || !bytes.Contains(shown, []byte("SOUNDSOUND")) {
			t.Errorf("%s: pictures or sound are lost", major)
		}
		if !bytes.Equal(shown[:filmHead], data[:filmHead]) {
			t.Errorf("%s: the head changed", major)
		}
	}
}

func TestUnusualFilmsAreHidden(t *testing.T) {
	whole := movie("mp42")
	change := func(find string, at int, to ...byte) []byte {
		out := bytes.Clone(whole)
		copy(out[bytes.Index(out, []byte(find))+at:], to)
		return out
	}
	for name, data := range map[string][]byte{
		"cut short":             whole[:len(whole)-20],
		"fragments":             append(bytes.Clone(whole), atom("moof")...),
		"fragments announced":   movie("mp42", atom("mvex")),
		"chunk beyond the end":  change("stco", 12, 0x7f, 0xff, 0xff, 0xff),
		"sample beyond the end": change("stsz", 16, 0x7f, 0xff, 0xff, 0xff),
		"table beyond its box":  change("stsz", 12, 0x7f, 0xff, 0xff, 0xff),
		"outside reference":     movie("mp42", track("vide", filmHead+8, 8, []byte("file:///home/li")...)),
		"two headers":           append(bytes.Clone(whole), atom("moov")...),
		"box smaller than head": change("mvhd", -4, 0, 0, 0, 4),
		"sound alone":           change("vide", 0, 's', 'o', 'u', 'n'),
		"header only":           whole[:filmHead],
	} {
		t.Run(name, func(t *testing.T) {
			if bytes.Equal(data, whole) {
				t.Fatal("the sample was not changed")
			}
			info := put(t, open(t, nil), data)
			if info.Showable {
				t.Error("must not be shown")
			}
		})
	}
}

func FuzzFilm(f *testing.F) {
	f.Add(movie("mp42"))
	f.Add(movie("qt  ")[:200])
	f.Add(atom("ftyp", []byte("isom"), be32(0, 1)))
	s := open(f, nil)
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := s.Put(t.Context(), "video", "", data, noon)
		if err != nil || info.Type != media.MP4 || !info.Showable {
			return
		}
		shown, err := s.Show(t.Context(), info.SHA256)
		if err != nil || len(shown) != len(data) {
			t.Fatalf("%d of %d bytes, %v", len(shown), len(data), err)
		}
	})
}
