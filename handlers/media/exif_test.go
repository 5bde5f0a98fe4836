package media_test

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"runtime"
	"testing"
	"time"

	"golang.org/x/image/draw"
	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/handlers/media"
)

func TestTakenAt(t *testing.T) {
	s := open(t, nil)
	photo := jpegOf(t, scene(40, 30), 80)
	for name, c := range map[string]struct{ taken, offset, want string }{
		"with offset":     {"2026:08:04 10:20:30", "+08:00", "2026-08-04T10:20:30+08:00"},
		"abroad":          {"2026:08:04 10:20:30", "-05:30", "2026-08-04T10:20:30-05:30"},
		"offset unpunct.": {"2026:08:04 10:20:30", "+0900", "2026-08-04T10:20:30+09:00"},
		"universal":       {"2026:08:04 10:20:30", "Z", "2026-08-04T10:20:30Z"},
		"without offset":  {"2026:08:04 10:20:30", "", "2026-08-04T10:20:30+08:00"},
		"bad offset":      {"2026:08:04 10:20:30", "   :  ", "2026-08-04T10:20:30+08:00"},
		"clock never set": {"0000:00:00 00:00:00", "+08:00", ""},
		"blank":           {"    :  :     :  :  ", "", ""},
		"no such day":     {"2026:02:30 10:20:30", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			info := put(t, s, withEXIF(photo, tags{taken: c.taken, offset: c.offset}))
			want, _ := time.Parse(time.RFC3339, c.want)
			if !info.TakenAt.Equal(want) {
				t.Errorf("got %v, want %v", info.TakenAt, want)
			}
		})
	}
}

func TestGPSClaims(t *testing.T) {
	s := open(t, nil)
	photo := jpegOf(t, scene(40, 30), 80)
	at := func(lat, lon uint32, ns, ew string) tags {
		return tags{lat: [3]uint32{lat}, lon: [3]uint32{lon}, latRef: ns, lonRef: ew}
	}
	broken := at(36, 102, "N", "E")
	broken.lat[2], broken.denominator = 7, 0xffffffff
	for name, c := range map[string]struct {
		tags tags
		want *geo.Point
	}{
		"south west":   {at(33, 70, "S", "W"), &geo.Point{Lon: -70, Lat: -33}},
		"lower case":   {at(33, 70, "s", "w"), &geo.Point{Lon: -70, Lat: -33}},
		"null island":  {at(0, 0, "N", "E"), nil},
		"beyond pole":  {at(91, 102, "N", "E"), nil},
		"beyond globe": {at(36, 1020, "N", "E"), nil},
		"none":         {tags{}, nil},
		"tiny seconds": {broken, &geo.Point{Lon: 102, Lat: 36}},
	} {
		t.Run(name, func(t *testing.T) {
			got := put(t, s, withEXIF(photo, c.tags)).GPS
			switch {
			case (got == nil) != (c.want == nil):
				t.Errorf("got %v, want %v", got, c.want)
			case got != nil && (math.Abs(got.Lat-c.want.Lat) > 1e-6 || math.Abs(got.Lon-c.want.Lon) > 1e-6):
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestGPSRoundTrip(t *testing.T) {
	s := open(t, nil)
	photo := jpegOf(t, scene(16, 16), 80)
	rapid.Check(t, func(r *rapid.T) {
		part := func(name string, most uint32) [3]uint32 {
			return [3]uint32{
				rapid.Uint32Range(1, most).Draw(r, name), rapid.Uint32Range(0, 59).Draw(r, "minutes"),
				rapid.Uint32Range(0, 5999).Draw(r, "hundredths"),
			}
		}
		g := tags{lat: part("lat", 89), lon: part("lon", 179), latRef: "N", lonRef: "E"}
		degrees := func(v [3]uint32) float64 { return float64(v[0]) + float64(v[1])/60 + float64(v[2])/360000 }
		info, err := s.Put(t.Context(), "photo", "", withEXIF(photo, g), noon)
		if err != nil || info.GPS == nil {
			r.Fatalf("%+v, %v", info, err)
		}
		if math.Abs(info.GPS.Lat-degrees(g.lat)) > 1e-9 || math.Abs(info.GPS.Lon-degrees(g.lon)) > 1e-9 {
			r.Fatalf("wrote %v %v, read %v", g.lat, g.lon, info.GPS)
		}
	})
}

func TestPHash(t *testing.T) {
	s := open(t, nil)
	photo := scene(1200, 900)
	base := put(t, s, jpegOf(t, photo, 95))
	smaller := image.NewRGBA(image.Rect(0, 0, 640, 480))
	draw.CatmullRom.Scale(smaller, smaller.Bounds(), photo, photo.Bounds(), draw.Src, nil)
	for name, data := range map[string][]byte{
		"saved again": jpegOf(t, photo, 50), "scaled": jpegOf(t, smaller, 80), "as png": pngOf(t, photo),
	} {
		if info := put(t, s, data); !info.HasPHash || media.Distance(base.PHash, info.PHash) > 6 {
			t.Errorf("%s: distance %d", name, media.Distance(base.PHash, info.PHash))
		}
	}
	other := image.NewRGBA(photo.Rect)
	for y := range 900 {
		for x := range 1200 {
			other.Set(x, y, color.Gray{uint8((x/150 + y/112) % 2 * 200)})
		}
	}
	if d := media.Distance(base.PHash, put(t, s, jpegOf(t, other, 80)).PHash); d < 10 {
		t.Errorf("another photo: distance %d", d)
	}
	flat := image.NewRGBA(image.Rect(0, 0, 200, 200))
	draw.Draw(flat, flat.Rect, image.NewUniform(color.RGBA{120, 160, 220, 255}), image.Point{}, draw.Src)
	if info := put(t, s, jpegOf(t, flat, 80)); info.HasPHash || info.PHash != 0 {
		t.Errorf("a plain sky has a hash: %+v", info)
	}
}

// FuzzPut feeds anything to the sniffer, the readers of metadata and the decoders: no panic, no error outside the promise,
// no memory out of proportion.
func FuzzPut(f *testing.F) {
	f.Add(withEXIF(jpegOf(f, scene(16, 12), 60), ledu()))
	f.Add(pngWith(f, ledu())[:400])
	f.Add([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\x00\x00\x00\x0cmeta\x00\x00\x00\x00"))
	f.Add([]byte("RIFF\x24\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00EXIF\x04\x00\x00\x00II*\x00"))
	f.Add(bytes.Repeat([]byte("\xff\xfb\x90\x00"), 200))
	f.Add(oggWith("OpusHead\x01"))
	f.Add([]byte("%PDF-1.4"))
	s := open(f, func(o *media.Options) { o.MaxPixels = 1e5 })
	f.Fuzz(func(t *testing.T, data []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		info, err := s.Put(t.Context(), "photo", "", data, noon)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20+uint64(len(data))*64 {
			t.Fatalf("%d bytes of input took %d of memory", len(data), used)
		}
		if err != nil && media.Temporary(err) {
			t.Fatalf("not a matter of time: %v", err)
		}
		if info.GPS != nil && info.GPS.Valid() != nil {
			t.Fatalf("a place that is none: %v", info.GPS)
		}
	})
}
