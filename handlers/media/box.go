package media

import (
	"encoding/binary"
	"errors"
	"slices"
)

var errBox = errors.New("box does not fit")

// box is a box of an ISO/IEC 14496-12 file (MP4, MOV, HEIF) by its places in the file.
type box struct {
	kind             string
	start, body, end int
}

// maxBoxes in one container: an honest film has a few dozen.
const maxBoxes = 4096

// boxes lists the boxes that lie between from and to, each wholly inside. errBox, with those before it, if one does not
// fit.
func boxes(data []byte, from, to int) ([]box, error) {
	var list []box
	for at := from; at < to; {
		b, err := boxAt(data, at, to)
		if err != nil {
			return list, err
		}
		if list = append(list, b); len(list) > maxBoxes {
			return list, errBox
		}
		at = b.end
	}
	return list, nil
}

func boxAt(data []byte, at, to int) (box, error) {
	if to-at < 8 {
		return box{}, errBox
	}
	b := box{kind: string(data[at+4 : at+8]), start: at, body: at + 8}
	size := uint64(binary.BigEndian.Uint32(data[at:]))
	switch size {
	case 0: // to the end of what holds it
		size = uint64(to - at) //nolint:gosec // positive, see above
	case 1:
		if to-at < 16 {
			return box{}, errBox
		}
		size = binary.BigEndian.Uint64(data[at+8:])
		b.body += 8
	}
	if size < uint64(b.body-at) || size > uint64(to-at) { //nolint:gosec // both differences are positive
		return box{}, errBox
	}
	b.end = at + int(size) //nolint:gosec // no larger than the file, see above
	return b, nil
}

// soundHEIF tells whether a HEIF holds a picture at all: only then is it worth keeping. What follows the description may
// be odd, since makers append things of their own.
func soundHEIF(data []byte) bool {
	list, _ := boxes(data, 0, len(data))
	return slices.ContainsFunc(list, func(b box) bool { return b.kind == "meta" || b.kind == "moov" })
}
