// Package routing decides which cell of the grid a report belongs to, from a point, from words, or from both; and says
// so when it does not know, so that the citizen can be asked.
package routing

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Place is something people name that is not a cell: a river, a landmark, a monitored section, a side valley.
type Place struct {
	Name    string
	Aliases []string
	Kind    string          // river, valley, landmark, section
	Cells   []grid.CellCode // where it is; several for a river
	Point   *geo.Point      // where known
	Line    []geo.Point     // for a river, where known
	Approx  bool
}

// Neighbour is where a report belongs that lies outside the district.
type Neighbour struct {
	Name      string
	Aliases   []string
	Direction geo.Compass // seen from the district's centre
	Phone     string

	Downstream bool   // water that leaves the district reaches it
	Bureau     string // who is told of an incident there, and of what is handed over

	Shares  []string // rivers and valleys that both have a part of
	Contact string   // of the joint control over there (联防联控联系人)
}

// Rules are the numbers of routing; they come from the settings of the district.
type Rules struct {
	NearBoundary      float64 // metres: an approximate boundary nearer than this is not trusted
	NearGuessed       float64 // metres: the same where the cell's own place is a guess
	MaxAccuracy       float64 // metres: a fix worse than this is not used alone
	MaxOffered        int     // how many cells are offered as buttons
	OutsideTolerance  float64 // metres beyond the district's outline that still count as inside (datum errors)
	NeighbourWithin   float64 // metres beyond the outline in which the neighbour on that side is named; 0 for any distance
	MainlandDatumSlip bool    // a picked pin may be GCJ-02: offer the cell it would fall in as well
}

// Query is what is known of a report's place.
type Query struct {
	Text     string
	Point    *geo.Point
	Accuracy float64 // metres; 0 when not given
	Picked   bool    // chosen on a map and not measured: may be GCJ-02
}

// Candidate is a cell that a report may belong to.
type Candidate struct {
	Cell grid.CellCode
	Why  Reason
}

// Reason says what a candidate rests on.
type Reason string

// Reasons, strongest first.
const (
	ByVillage    Reason = "village"
	ByTownship   Reason = "township"
	ByPlace      Reason = "place"
	ByPoint      Reason = "point"
	ByBoundary   Reason = "boundary"   // near a boundary, or within the accuracy of the fix
	ByDatum      Reason = "datum"      // where the point lies if it was GCJ-02
	ByUnassigned Reason = "unassigned" // inside the district but in no cell
)

// Answer is the decision: one candidate and no question, or several to ask about, or out of area.
type Answer struct {
	Candidates []Candidate // best first; empty when nothing is known
	Ask        bool        // the person must choose among the candidates, or say more
	OutOfArea  bool
	Away       float64     // metres from the district's outline when out of area by point
	Direction  geo.Compass // in which the district lies, seen from the point
	Neighbour  string      // the neighbour that was named, or that lies there
	Conflict   bool        // words and point disagree
}
