package media

import "bytes"

// film is a copy of an MP4 or MOV file on the way to being shown.
type film struct {
	data   []byte
	played []span // what pictures and sound are read from
	tracks int    // of pictures
}

// span is a stretch of bytes, end exclusive.
type span struct{ start, end int }

// What stays of a film, by container. Everything else is blanked where it stands, so that no offset moves: places, times,
// makers, thumbnails, and tracks of positions such as phones and drones record.
var kept = map[string]map[string]bool{
	"":     {"ftyp": true, "moov": true, "mdat": true},
	"moov": {"mvhd": true, "trak": true},
	"trak": {"tkhd": true, "edts": true, "mdia": true},
	"mdia": {"mdhd": true, "hdlr": true, "minf": true},
	"minf": {"vmhd": true, "smhd": true, "hdlr": true, "dinf": true, "stbl": true},
	"stbl": {
		"stsd": true, "stts": true, "ctts": true, "cslg": true, "stss": true, "stps": true, "sdtp": true, "sgpd": true,
		"sbgp": true, "stsc": true, "stsz": true, "stco": true, "co64": true,
	},
}

// stripFilm returns a copy without metadata: what is not needed to play pictures and sound is zeroed, in the boxes and
// among the samples alike. It gives up, with false, on anything unusual (fragments, compressed headers, outside
// references, boxes that do not fit): such a film is not shown.
func stripFilm(data []byte) ([]byte, bool) {
	f := &film{data: bytes.Clone(data)}
	top, err := boxes(f.data, 0, len(f.data))
	if err != nil {
		return nil, false
	}
	moov := 0
	for _, b := range top {
		switch b.kind {
		case "moof":
			return nil, false
		case "moov":
			moov++
			if !f.walk(b, "moov") {
				return nil, false
			}
		}
	}
	if moov != 1 || f.tracks == 0 {
		return nil, false
	}
	for _, b := range top {
		switch {
		case b.kind == "mdat":
			f.blankGaps(b)
		case !kept[""][b.kind]:
			f.blank(b)
		}
	}
	return f.data, true
}

// walk keeps what the container needs and blanks the rest.
func (f *film) walk(b box, container string) bool {
	inner, err := boxes(f.data, b.body, b.end)
	if err != nil {
		return false
	}
	if container == "trak" && !f.isPlayed(inner) {
		f.blank(b)
		return true
	}
	for _, c := range inner {
		switch {
		case c.kind == "mvex":
			return false
		case !kept[container][c.kind]:
			f.blank(c)
		case kept[c.kind] != nil:
			if !f.walk(c, c.kind) {
				return false
			}
		case !f.leaf(c):
			return false
		}
	}
	return container != "stbl" || f.addSamples(inner)
}

// leaf takes times and names out of the boxes that stay.
func (f *film) leaf(b box) bool {
	switch b.kind {
	case "mvhd", "tkhd", "mdhd": // version and flags, then the times of creation and change
		n := 8
		if b.body < b.end && f.data[b.body] == 1 {
			n = 16
		}
		if b.end-b.body < 4+n {
			return false
		}
		clear(f.data[b.body+4 : b.body+4+n])
	case "hdlr": // a name follows 24 bytes
		if b.end-b.body < 24 {
			return false
		}
		clear(f.data[b.body+24 : b.end])
	case "dinf": // one reference to the file itself is 28 bytes; a longer one points elsewhere or tells a path
		return b.end-b.body <= 28
	}
	return true
}

// isPlayed tells whether a track is of pictures or sound.
func (f *film) isPlayed(trak []box) bool {
	for _, mdia := range trak {
		if mdia.kind != "mdia" {
			continue
		}
		inner, err := boxes(f.data, mdia.body, mdia.end)
		if err != nil {
			return false
		}
		for _, b := range inner {
			if b.kind == "hdlr" && b.end-b.body >= 12 {
				handler := string(f.data[b.body+8 : b.body+12])
				if handler == "vide" {
					f.tracks++
				}
				return handler == "vide" || handler == "soun"
			}
		}
	}
	return false
}

// blank turns a box into free space.
func (f *film) blank(b box) {
	copy(f.data[b.start+4:], "free")
	clear(f.data[b.body:b.end])
}
