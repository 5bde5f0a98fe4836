package media

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// Info is what is known of a file. It is personal data: TakenAt and GPS tell where somebody stood, Name may be theirs.
type Info struct {
	SHA256   string    // of the original, 64 lowercase hex digits
	Size     int64     // of the original, in bytes
	Type     Type      // by content
	Kind     string    // what the sender declared: photo, video, voice, document; nothing is decided by it
	Name     string    // the file name that the sender gave, cleaned; nothing is decided by it
	Received time.Time // when it was first put, whatever the file claims
	Showable bool      // a copy without metadata exists

	Width, Height int        // in pixels as it is looked at, 0 when unknown
	TakenAt       time.Time  // claimed by EXIF, zero when it says nothing
	GPS           *geo.Point // claimed by EXIF, WGS-84, nil when it says nothing
	PHash         uint64     // see Distance
	HasPHash      bool       // false for what is no picture and for pictures too plain to compare
}
