package ledger

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// CheckIn is an inspector's proof of presence (打卡). Where it was done and when the message was written are kept as they
// are, inside the own cell or not, late or not: hiding nothing is what makes it worth something.
type CheckIn struct {
	Officer  grid.OfficerID `json:"o"`
	Point    geo.Point      `json:"p"`
	Accuracy float64        `json:"ac,omitzero"` // metres; 0 when not given
	Live     bool           `json:"l,omitzero"`
	Cell     grid.CellCode  `json:"g"`   // in which it lies
	Own      bool           `json:"own"` // inside a cell of the officer's
	At       time.Time      `json:"a"`   // when the message was written
	Arrived  time.Time      `json:"r"`
}
