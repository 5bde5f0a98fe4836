package geo

import (
	"errors"
	"fmt"
	"math"
)

// What Point.Valid and everything that reads coordinates refuses.
var (
	// ErrNotFinite means that a coordinate is NaN or infinite.
	ErrNotFinite = errors.New("coordinate is not a finite number")
	// ErrOutOfRange means that a longitude lies beyond ±180 or a latitude beyond ±90.
	ErrOutOfRange = errors.New("coordinate is out of range")
)

// Point is a place in degrees, WGS-84 unless it is said otherwise.
type Point struct {
	Lon, Lat float64
}

// Valid returns nil for a place on earth, else an error that wraps ErrNotFinite or ErrOutOfRange and says what was
// expected. Nothing else in this package checks again: a NaN must be refused where it comes in.
func (p Point) Valid() error {
	switch {
	case !finite(p.Lon):
		return fmt.Errorf("longitude %v: %w", p.Lon, ErrNotFinite)
	case !finite(p.Lat):
		return fmt.Errorf("latitude %v: %w", p.Lat, ErrNotFinite)
	case math.Abs(p.Lon) > 180:
		return fmt.Errorf("longitude %v: %w, expected -180 to 180", p.Lon, ErrOutOfRange)
	case math.Abs(p.Lat) > 90 && math.Abs(p.Lon) <= 90:
		return fmt.Errorf("latitude %v: %w, expected -90 to 90 (longitude comes first)", p.Lat, ErrOutOfRange)
	case math.Abs(p.Lat) > 90:
		return fmt.Errorf("latitude %v: %w, expected -90 to 90", p.Lat, ErrOutOfRange)
	}
	return nil
}

func finite(v float64) bool {
	return !math.IsNaN(v) && !math.IsInf(v, 0)
}

// snapped replaces a coordinate that is as good as zero by zero. It keeps products of differences clear of underflow,
// which is all that the exact orientation test asks of its input.
func (p Point) snapped() Point {
	const nothing = 1e-100
	if math.Abs(p.Lon) < nothing {
		p.Lon = 0
	}
	if math.Abs(p.Lat) < nothing {
		p.Lat = 0
	}
	return p
}
