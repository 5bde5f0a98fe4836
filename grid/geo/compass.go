package geo

import "math"

// Compass is one of the eight directions that people use. Their names are in the catalogue of texts.
type Compass uint8

// The directions, clockwise.
const (
	North Compass = iota
	NorthEast
	East
	SouthEast
	South
	SouthWest
	West
	NorthWest
)

// String is the direction's short name (n, ne, e …): for the log and for the key of its text.
func (c Compass) String() string {
	names := [...]string{"n", "ne", "e", "se", "s", "sw", "w", "nw"}
	return names[c%8]
}

// Direction is the sector of 45° in which to lies as seen from from.
func Direction(from, to Point) Compass {
	return Compass(uint8(math.Round(Bearing(from, to)/45)) % 8)
}
