package media

import (
	"bytes"
	"io"
	"math"
	"strings"
	"time"

	"github.com/bep/imagemeta"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// claims is what a picture says about itself. All of it may be wrong or made up.
type claims struct {
	orientation   int // 1 to 8, EXIF 2.32 tag 0x0112; 0 when not said
	width, height int
	taken         time.Time
	gps           *geo.Point
}

// The bounds of reading metadata. An honest photo has some two hundred tags and is read in a few dozen steps.
const (
	maxTags    = 2000
	maxTagSize = 10000
	maxSteps   = 20000
)

var metaFormats = map[Type]imagemeta.ImageFormat{
	JPEG: imagemeta.JPEG, PNG: imagemeta.PNG, WebP: imagemeta.WebP, HEIF: imagemeta.HEIF,
}

// readClaims reads the EXIF of a picture. Broken metadata is no reason to refuse a photo: what was read before the break
// counts. zone is where a time without an offset is taken to be from.
func readClaims(data []byte, t Type, zone *time.Location) claims {
	format, ok := metaFormats[t]
	if !ok {
		return claims{}
	}
	tags := make(map[string]any)
	result := decodeTags(imagemeta.Options{
		R: &boundedReader{Reader: bytes.NewReader(data), left: maxSteps}, ImageFormat: format,
		Sources:      imagemeta.EXIF | imagemeta.CONFIG,
		LimitNumTags: maxTags, LimitTagSize: maxTagSize,
		ShouldHandleTag: func(i imagemeta.TagInfo) bool {
			return wanted[i.Tag] && strings.HasPrefix(i.Namespace, "IFD0")
		},
		HandleTag: func(i imagemeta.TagInfo) error {
			if _, seen := tags[i.Tag]; !seen {
				tags[i.Tag] = i.Value
			}
			return nil
		},
	})
	return claims{
		orientation: orientationOf(tags), taken: takenOf(tags, zone), gps: gpsOf(tags),
		width: result.Width, height: result.Height,
	}
}

var wanted = map[string]bool{
	"Orientation": true, "DateTimeOriginal": true, "DateTimeDigitized": true, "OffsetTimeOriginal": true,
	"OffsetTimeDigitized": true, "OffsetTime": true,
	"GPSLatitude": true, "GPSLatitudeRef": true, "GPSLongitude": true, "GPSLongitudeRef": true,
}

// decodeTags guards the reader of foreign bytes: whatever it does, a photo is still a photo.
func decodeTags(o imagemeta.Options) (c imagemeta.ImageConfig) {
	defer func() { _ = recover() }()
	r, err := imagemeta.Decode(o)
	if err != nil {
		return imagemeta.ImageConfig{}
	}
	return r.ImageConfig
}

func orientationOf(tags map[string]any) int {
	var n int
	switch v := tags["Orientation"].(type) {
	case uint16:
		n = int(v)
	case uint32:
		n = int(min(v, 9))
	case int:
		n = v
	}
	if n < 1 || n > 8 {
		return 0
	}
	return n
}

// takenOf puts the time and its offset together itself: EXIF keeps them in two tags, and the offset is often absent.
func takenOf(tags map[string]any, zone *time.Location) time.Time {
	for _, of := range []struct{ time, offset string }{
		{"DateTimeOriginal", "OffsetTimeOriginal"}, {"DateTimeDigitized", "OffsetTimeDigitized"},
	} {
		text, _ := tags[of.time].(string)
		offset, _ := tags[of.offset].(string)
		if offset == "" {
			offset, _ = tags["OffsetTime"].(string)
		}
		if t, ok := parseTaken(text, offset, zone); ok {
			return t
		}
	}
	return time.Time{}
}

func parseTaken(text, offset string, zone *time.Location) (time.Time, bool) {
	const layout = "2006:01:02 15:04:05"
	text, offset = strings.TrimSpace(text), strings.TrimSpace(offset)
	for _, l := range []string{"-07:00", "-0700", "Z07:00"} {
		if t, err := time.Parse(layout+l, text+offset); err == nil && offset != "" {
			return t, true
		}
	}
	t, err := time.ParseInLocation(layout, text, zone)
	return t, err == nil
}

// gpsOf wants both coordinates. 0,0 is what receivers write before they have found themselves.
func gpsOf(tags map[string]any) *geo.Point {
	lon, okLon := degrees(tags["GPSLongitude"], tags["GPSLongitudeRef"], "W")
	lat, okLat := degrees(tags["GPSLatitude"], tags["GPSLatitudeRef"], "S")
	p := geo.Point{Lon: lon, Lat: lat}
	if !okLon || !okLat || p.Valid() != nil || lon == 0 && lat == 0 {
		return nil
	}
	return &p
}

func degrees(value, ref any, negative string) (float64, bool) {
	d, ok := value.(float64)
	if !ok || math.IsNaN(d) || d < 0 {
		return 0, false
	}
	if s, _ := ref.(string); strings.HasPrefix(strings.ToUpper(strings.TrimSpace(s)), negative) {
		d = -d
	}
	return d, true
}

// boundedReader ends a walk that goes round in circles: boxes of a HEIF may point backwards.
type boundedReader struct {
	*bytes.Reader

	left int
}

// Read counts as a step.
func (b *boundedReader) Read(p []byte) (int, error) {
	b.step()
	return b.Reader.Read(p)
}

// Seek counts as a step.
func (b *boundedReader) Seek(offset int64, whence int) (int64, error) {
	b.step()
	return b.Reader.Seek(offset, whence)
}

// WriteTo is not offered, so that nobody reads past the count.
func (b *boundedReader) WriteTo(io.Writer) (int64, error) { panic(imagemeta.ErrStopWalking) }

// step panics, because the walker takes errors of a seek for the end of a box; Decode turns it into a quiet end.
func (b *boundedReader) step() {
	b.left--
	if b.left < 0 {
		panic(imagemeta.ErrStopWalking)
	}
}
