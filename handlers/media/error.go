package media

import (
	"errors"

	"github.com/gridwarden/gridwarden/grid"
)

// What can be wrong with a file. Each comes wrapped in a grid.Error with a key for the person: media.too_large,
// media.too_many_pixels, media.type, media.damaged, media.no_space, media.not_found, media.hidden, media.gone.
var (
	ErrTooLarge = errors.New("file is larger than allowed")
	ErrType     = errors.New("file is of no accepted type")
	ErrDamaged  = errors.New("file is damaged")
	ErrNoSpace  = errors.New("disk is nearly full")
	ErrNotFound = errors.New("no such file")
	ErrHidden   = errors.New("file has no copy that may be shown")
	ErrGone     = errors.New("file can no longer be fetched")
)

func refuse(code grid.Code, key string, err error, pairs ...string) error {
	e := grid.Fail(code, key, pairs...)
	e.Err = err
	return e
}
