package media_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/media"
)

func put(tb testing.TB, s *media.Store, data []byte) media.Info {
	tb.Helper()
	info, err := s.Put(tb.Context(), "photo", "photo.jpg", data, noon)
	if err != nil {
		tb.Fatal(err)
	}
	return info
}

func TestPutTellsWhatAPhotoClaims(t *testing.T) {
	s := open(t, nil)
	data := withEXIF(jpegOf(t, scene(800, 600), 90), ledu())
	info, err := s.Put(t.Context(), "document", "../../IMG\x00_1.jpg", data, noon)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	if info.SHA256 != hex.EncodeToString(sum[:]) || info.Size != int64(len(data)) || info.Type != media.JPEG {
		t.Errorf("hash, size or type: %+v", info)
	}
	if info.Width != 800 || info.Height != 600 || !info.Showable || info.Name != "IMG_1.jpg" || !info.Received.Equal(noon) {
		t.Errorf("measures: %+v", info)
	}
	if want := time.Date(2026, 8, 4, 10, 20, 30, 0, shanghai); !info.TakenAt.Equal(want) {
		t.Errorf("taken at %v, want %v", info.TakenAt, want)
	}
	lat, lon := 36+28./60+56.5/3600, 102+24./60+9.25/3600
	if info.GPS == nil || math.Abs(info.GPS.Lat-lat) > 1e-9 || math.Abs(info.GPS.Lon-lon) > 1e-9 {
		t.Errorf("taken at %v", info.GPS)
	}
	again, err := s.Info(t.Context(), info.SHA256)
	if err != nil || again.GPS == nil || *again.GPS != *info.GPS || again.PHash != info.PHash {
		t.Errorf("read back %+v, %v", again, err)
	}
	original, err := s.Original(t.Context(), info.SHA256)
	if err != nil || !bytes.Equal(original, data) {
		t.Errorf("the original must come back as it came: %v", err)
	}
}

func TestShownCopyTellsNothing(t *testing.T) {
	s := open(t, nil)
	photo := withEXIF(jpegOf(t, scene(1000, 700), 90), ledu())
	photo = append(photo, "secret-trailer"...)
	for name, data := range map[string][]byte{"jpeg": photo, "png": pngWith(t, ledu())} {
		t.Run(name, func(t *testing.T) {
			info := put(t, s, data)
			if info.GPS == nil {
				t.Fatal("the sample must hold a place, or this test proves nothing")
			}
			shown, err := s.Show(t.Context(), info.SHA256)
			if err != nil {
				t.Fatal(err)
			}
			gps := ledu().rationals(2, ledu().lat).value
			for _, secret := range []string{"Exif", "II*\x00", "MM\x00*", "xmp", "adobe", "Secret", "secret", "2026:08", string(gps)} {
				if !bytes.Contains(data, []byte(secret)) && name == "jpeg" && secret != "MM\x00*" {
					t.Errorf("the sample itself lacks %q", secret)
				}
				if bytes.Contains(shown, []byte(secret)) {
					t.Errorf("the shown copy tells %q", secret)
				}
			}
			for _, marker := range segmentsOf(t, shown) {
				if marker >= 0xe0 && marker <= 0xef || marker == 0xfe {
					t.Errorf("the shown copy has a segment %#x", marker)
				}
			}
			c, err := jpeg.DecodeConfig(bytes.NewReader(shown))
			if err != nil || max(c.Width, c.Height) != 400 {
				t.Errorf("shown as %d x %d, %v", c.Width, c.Height, err)
			}
		})
	}
}

// segmentsOf lists the markers of a JPEG up to its pixels.
func segmentsOf(tb testing.TB, data []byte) (markers []byte) {
	tb.Helper()
	for at := 2; at+4 <= len(data) && data[at] == 0xff; at += 2 + int(binary.BigEndian.Uint16(data[at+2:])) {
		markers = append(markers, data[at+1])
		if data[at+1] == 0xda {
			return markers
		}
	}
	tb.Fatal("not a JPEG")
	return nil
}

// pngWith is a PNG with the tags in an eXIf chunk behind its header.
func pngWith(tb testing.TB, g tags) []byte {
	tb.Helper()
	data := pngOf(tb, scene(600, 500))
	const header = 8 + 25
	body := append([]byte("eXIf"), g.tiff()...)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	chunk = append(chunk, body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(body))
	return append(append(bytes.Clone(data[:header]), chunk...), data[header:]...)
}

func TestOriginalIsSealedOnDisk(t *testing.T) {
	dir := t.TempDir()
	s := open(t, func(o *media.Options) { o.Dir = dir })
	data := withEXIF(jpegOf(t, scene(300, 200), 90), ledu())
	info := put(t, s, data)
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		raw, err := os.ReadFile(path)
		if st, _ := d.Info(); st.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", path, st.Mode())
		}
		for _, plain := range []string{"\xff\xd8\xff", "Exif", "SecretPhone", "photo.jpg", `"GPS"`} {
			if bytes.Contains(raw, []byte(plain)) {
				t.Errorf("%s shows %q", filepath.Base(path), plain)
			}
		}
		return err
	})
	if err != nil || files != 3 {
		t.Fatalf("%d files, %v", files, err)
	}
	other := open(t, func(o *media.Options) { o.Dir = dir })
	if got, err := other.Original(t.Context(), info.SHA256); err == nil {
		t.Fatalf("another key opened %d bytes", len(got))
	}
}

func TestPutRefuses(t *testing.T) {
	s := open(t, func(o *media.Options) { o.MaxBytes, o.MaxPixels = 1<<20, 1e6 })
	photo := jpegOf(t, scene(400, 300), 90)
	for name, c := range map[string]struct {
		data []byte
		err  error
		key  string
	}{
		"text named jpg":     {[]byte("hello, this is a photo"), media.ErrType, "media.type"},
		"nothing":            {nil, media.ErrType, "media.type"},
		"html":               {[]byte("<html><script>"), media.ErrType, "media.type"},
		"gif":                {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), media.ErrType, "media.type"},
		"avif":               {[]byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf"), media.ErrType, "media.type"},
		"program":            {[]byte("MZ\x90\x00"), media.ErrType, "media.type"},
		"too large":          {append(bytes.Clone(photo), make([]byte, 1<<20)...), media.ErrTooLarge, "media.too_large"},
		"jpeg cut short":     {photo[:len(photo)/2], media.ErrDamaged, "media.damaged"},
		"jpeg marker only":   {photo[:3], media.ErrDamaged, "media.damaged"},
		"png cut short":      {pngOf(t, scene(200, 200))[:300], media.ErrDamaged, "media.damaged"},
		"png bomb":           {pngBomb(60000, 60000), media.ErrTooLarge, "media.too_many_pixels"},
		"jpeg bomb":          {jpegBomb(photo, 65000, 65000), media.ErrTooLarge, "media.too_many_pixels"},
		"a line of pixels":   {pngBomb(math.MaxInt32, 1), media.ErrTooLarge, "media.too_many_pixels"},
		"heic header only":   {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), media.ErrDamaged, "media.damaged"},
		"webp header only":   {[]byte("RIFF\x10\x00\x00\x00WEBPVP8 "), media.ErrDamaged, "media.damaged"},
		"ogg with a picture": {oggWith("\x80theora"), media.ErrType, "media.type"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Put(t.Context(), "photo", "photo.jpg", c.data, noon)
			var e *grid.Error
			if !errors.Is(err, c.err) || !errors.As(err, &e) || e.Key != c.key || e.Code != grid.Invalid {
				t.Fatalf("got %v", err)
			}
			if media.Temporary(err) {
				t.Error("trying again cannot help")
			}
		})
	}
}

func oggWith(codec string) []byte {
	page := append([]byte("OggS\x00\x02"), make([]byte, 20)...)
	return append(append(page, 1, 19), codec...)
}

// pngBomb is a PNG of a few bytes that claims to be huge.
func pngBomb(w, h uint32) []byte {
	body := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	body = append(body, 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
}

// jpegBomb rewrites the measures in a JPEG's frame header.
func jpegBomb(photo []byte, w, h uint16) []byte {
	out := bytes.Clone(photo)
	at := bytes.Index(out, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(out[at+5:], h)
	binary.BigEndian.PutUint16(out[at+7:], w)
	return out
}

func TestPutAcceptsByContent(t *testing.T) {
	s := open(t, nil)
	for name, c := range map[string]struct {
		data     []byte
		typ      media.Type
		showable bool
	}{
		"png":   {pngOf(t, scene(90, 80)), media.PNG, true},
		"pdf":   {[]byte("%PDF-1.7\n1 0 obj\n"), media.PDF, false},
		"voice": {oggWith("OpusHead\x01"), media.OGG, false},
		"mp3":   {[]byte("ID3\x04\x00\x00\x00\x00\x00\x00"), media.MP3, false},
		"m4a":   {[]byte("\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00isommp42"), media.M4A, false},
		"heic": {
			[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\x00\x00\x00\x0cmeta\x00\x00\x00\x00"), media.HEIF, false,
		},
		"unknown major brand": {[]byte("\x00\x00\x00\x18ftypXYZ1\x00\x00\x00\x00mp42isom"), media.MP4, false},
	} {
		t.Run(name, func(t *testing.T) {
			info, err := s.Put(t.Context(), "document", "x.txt", c.data, noon)
			if err != nil || info.Type != c.typ || info.Showable != c.showable {
				t.Fatalf("got %+v, %v", info, err)
			}
			if _, err = s.Show(t.Context(), info.SHA256); errors.Is(err, media.ErrHidden) == c.showable {
				t.Fatalf("show: %v", err)
			}
			if got, err := s.Original(t.Context(), info.SHA256); err != nil || !bytes.Equal(got, c.data) {
				t.Fatalf("original: %v", err)
			}
		})
	}
}

func TestSameBytesTwice(t *testing.T) {
	s := open(t, nil)
	data := jpegOf(t, scene(500, 400), 85)
	var wg sync.WaitGroup
	infos := make([]media.Info, 8)
	for i := range infos {
		wg.Go(func() {
			info, err := s.Put(t.Context(), "photo", "", data, noon.Add(time.Duration(i)*time.Minute))
			if err != nil {
				t.Error(err)
			}
			infos[i] = info
		})
	}
	wg.Wait()
	stored, err := s.Info(t.Context(), infos[0].SHA256)
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range infos {
		if !info.Received.Equal(stored.Received) || info.PHash != stored.PHash || info.SHA256 != stored.SHA256 {
			t.Errorf("two accounts of one file: %+v and %+v", info, stored)
		}
	}
	later, err := s.Put(t.Context(), "document", "other", data, noon.AddDate(1, 0, 0))
	later.Received, stored.Received = later.Received.UTC(), stored.Received.UTC()
	if err != nil || !reflect.DeepEqual(later, stored) {
		t.Errorf("a year later: %+v, %v", later, err)
	}
}

func TestOrientation(t *testing.T) {
	m := scene(400, 200)
	for o := range uint16(10) {
		s := open(t, nil)
		info := put(t, s, withEXIF(jpegOf(t, m, 95), tags{orientation: o}))
		turned := o >= 5 && o <= 8
		if turned != (info.Width == 200) {
			t.Errorf("orientation %d: %d x %d", o, info.Width, info.Height)
		}
		raw, err := s.Show(t.Context(), info.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := jpeg.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		// Where the stored top left, red, and top right, blue, must be seen (EXIF 2.32, tag 0x0112).
		want := []string{
			1: "rb..", 2: "br..", 3: "..br", 4: "..rb", 5: "r.b.", 6: ".r.b", 7: ".b.r", 8: "b.r.", 9: "rb..",
			0: "rb..",
		}[o]
		if got := corners(shown); got != want {
			t.Errorf("orientation %d: corners %q, want %q", o, got, want)
		}
	}
}

// corners names the colours at the quarters' middles, in reading order: red, blue or something else.
func corners(m image.Image) string {
	var out strings.Builder
	b := m.Bounds()
	for i := range 4 {
		r, g, bl, _ := m.At(b.Dx()/4+i%2*b.Dx()/2, b.Dy()/4+i/2*b.Dy()/2).RGBA()
		r, g, bl = r>>8, g>>8, bl>>8
		switch {
		case r > 180 && g < 60 && bl < 60:
			out.WriteByte('r')
		case bl > 180 && r < 60 && g < 60:
			out.WriteByte('b')
		default:
			out.WriteByte('.')
		}
	}
	return out.String()
}

func TestHashesThatAreNone(t *testing.T) {
	s := open(t, nil)
	for _, sha := range []string{"", "..", "../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("a", 63), strings.Repeat("a", 64)} {
		if _, err := s.Show(t.Context(), sha); !errors.Is(err, media.ErrNotFound) || grid.CodeOf(err) != grid.NotFound {
			t.Errorf("%q: %v", sha, err)
		}
		if _, err := s.Original(t.Context(), sha); !errors.Is(err, media.ErrNotFound) {
			t.Errorf("%q: %v", sha, err)
		}
	}
}

func TestCancelledPutKeepsNothing(t *testing.T) {
	dir := t.TempDir()
	s := open(t, func(o *media.Options) { o.Dir = dir })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Put(ctx, "photo", "", jpegOf(t, scene(60, 60), 80), noon); !errors.Is(err, context.Canceled) || !media.Temporary(err) {
		t.Fatalf("got %v", err)
	}
	left, _ := filepath.Glob(dir + "/*/*")
	if len(left) != 0 {
		t.Fatalf("left behind: %v", left)
	}
}

func TestFullDisk(t *testing.T) {
	s := open(t, func(o *media.Options) { o.Reserve = math.MaxUint64 / 2 })
	_, err := s.Put(t.Context(), "photo", "", jpegOf(t, scene(60, 60), 80), noon)
	if !errors.Is(err, media.ErrNoSpace) || !media.Temporary(err) {
		t.Fatalf("got %v", err)
	}
	if left, enough, err := s.Free(); left == 0 || enough || err != nil {
		t.Fatalf("free: %d, %v, %v", left, enough, err)
	}
}
