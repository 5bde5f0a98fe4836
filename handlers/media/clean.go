package media

import (
	"bytes"
	"errors"
	"image/jpeg"

	"github.com/gridwarden/gridwarden/grid"
)

// clean fills in what the content says and returns the copy for showing, nil when none can be made without risk. Sound
// has none: a voice is as good as a name. Documents have none either: their authors are written all over them.
func (s *Store) clean(data []byte, info *Info) ([]byte, error) {
	switch info.Type {
	case JPEG, PNG, WebP:
		return s.cleanPicture(data, info)
	case HEIF:
		if !soundHEIF(data) {
			return nil, refuse(grid.Invalid, "media.damaged", ErrDamaged)
		}
		c := readClaims(data, info.Type, s.zone)
		info.TakenAt, info.GPS, info.Width, info.Height = c.taken, c.gps, c.width, c.height
		return nil, nil
	case MP4, QuickTime:
		copied, ok := stripFilm(data)
		if !ok {
			return nil, nil
		}
		return copied, nil
	default:
		return nil, nil
	}
}

func (s *Store) cleanPicture(data []byte, info *Info) ([]byte, error) {
	s.decoding <- struct{}{} // one at a time: a large photo takes hundreds of megabytes while it is open
	defer func() { <-s.decoding }()
	c := readClaims(data, info.Type, s.zone)
	info.TakenAt, info.GPS = c.taken, c.gps
	m, err := decode(data, info.Type, s.maxPixels)
	if errors.Is(err, errForeign) {
		info.Width, info.Height = c.width, c.height
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	info.Width, info.Height = m.Bounds().Dx(), m.Bounds().Dy()
	if c.orientation >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	shown := upright(shrink(m, s.maxSide), c.orientation)
	info.PHash, info.HasPHash = dHash(shown)
	var out bytes.Buffer
	err = jpeg.Encode(&out, shown, &jpeg.Options{Quality: s.quality})
	return out.Bytes(), err
}
