package flow

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// What officers ask for when some are called up.
type (
	// CountMuster asks whom a muster would reach. It is answered by an Event of kind MusterCount in the same turn.
	CountMuster struct {
		Cell  grid.CellCode
		Roles []grid.Role
	}

	// CallUp calls them.
	CallUp struct {
		Cell  grid.CellCode
		Roles []grid.Role
		Words string
		Place string     // in words; may be empty when there is a point
		Point *geo.Point // may be nil
		When  time.Time  // until when to be there; zero: at once
	}

	// Arrive says that somebody who was called is there. Point is nil when they sent no location.
	Arrive struct {
		Muster string
		Point  *geo.Point
	}

	// StayAway says that they do not come, and why: a code, or their words.
	StayAway struct {
		Muster string
		Reason string
		Words  string
	}
)

func (CountMuster) command() {}
func (CallUp) command()      {}
func (Arrive) command()      {}
func (StayAway) command()    {}
