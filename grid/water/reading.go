package water

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Readings is the kind under which readings are kept, one for each section and day; All is the shelf of them all, and
// SectionShelf that of one section, by the day.
const (
	Readings ledger.DossierKind = "reading"
	All      ledger.Shelf       = "all"
)

// SectionShelf is the shelf of a section's readings.
func SectionShelf(id string) ledger.Shelf { return ledger.Shelf("section/" + id) }

// ReadingID names a reading: one for each section and day.
func ReadingID(section, day string) string { return section + "." + day }

// DayPlace is the place of a day on the shelves; a day that cannot be read stands at 0.
func DayPlace(day string) float64 {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return float64(t.Unix())
}

// Check is how many samples a laboratory tested, and how many of them passed.
type Check struct {
	Tested  int    `json:"tested"`
	Passed  int    `json:"passed"`
	Failing string `json:"failing,omitempty"` // which items did not, in words
}

// Given is what was measured, who entered it and from which report.
type Given struct {
	Values Sample         `json:"values,omitempty"`
	Check  *Check         `json:"check,omitempty"`
	Report string         `json:"report"` // number of the monitoring report, or where it comes from
	By     grid.OfficerID `json:"by"`
	At     time.Time      `json:"at"`
	Reason string         `json:"reason,omitempty"` // of a correction
}

// Reading is what one sampling of a section measured; what it said before stays.
type Reading struct {
	Section string  `json:"section"`
	Day     string  `json:"day"` // of the sampling, 2006-01-02
	Now     Given   `json:"now"`
	Past    []Given `json:"past,omitempty"` // before corrections, the oldest first
	Gone    bool    `json:"gone,omitempty"` // its entry was undone: it counts for nothing
}

// Corrected tells whether it said something else before.
func (r Reading) Corrected() bool { return len(r.Past) > 0 && !r.Gone }

// Event is an entry of a reading's history.
type Event struct {
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by"`
	Via   string         `json:"via,omitempty"`
	Did   string         `json:"did"`
	Given *Given         `json:"given,omitempty"` // what holds from then on
}

// What happens to a reading.
const (
	DidEnter   = "enter"
	DidCorrect = "correct"
	DidUndo    = "undo"
)

// Enter enters what was measured, or corrects what was entered before. Invalid: a correction without a reason; Conflict: nothing
// changes.
func (r Reading) Enter(section, day string, g Given) (Reading, Event, error) {
	did := DidEnter
	if r.Section != "" && !r.Gone {
		switch {
		case g.same(r.Now):
			return r, Event{}, grid.Fail(grid.Conflict, "error.water.same")
		case g.Reason == "":
			return r, Event{}, grid.Fail(grid.Invalid, "error.water.reason")
		}
		did = DidCorrect
		r.Past = append(slices.Clone(r.Past), r.Now)
	}
	r.Section, r.Day, r.Now, r.Gone = section, day, g, false
	return r, Event{At: g.At, By: g.By, Did: did, Given: &g}, nil
}

// Undo takes the last entry back: what it said before holds again, or nothing does. Conflict: there is nothing to undo.
func (r Reading) Undo(by grid.OfficerID, now time.Time) (Reading, Event, error) {
	if r.Section == "" || r.Gone {
		return r, Event{}, grid.Fail(grid.Conflict, "error.water.undone")
	}
	e := Event{At: now, By: by, Did: DidUndo}
	if n := len(r.Past); n > 0 {
		r.Now, r.Past = r.Past[n-1], slices.Clone(r.Past[:n-1])
		e.Given = &r.Now
		return r, e, nil
	}
	r.Gone = true
	return r, e, nil
}

// Says tells whether the reading says that already.
func (r Reading) Says(g Given) bool { return !r.Gone && r.Section != "" && g.same(r.Now) }

// same tells whether both say the same of the water.
func (g Given) same(h Given) bool {
	if len(g.Values) != len(h.Values) || (g.Check == nil) != (h.Check == nil) || g.Check != nil && *g.Check != *h.Check {
		return false
	}
	for code, v := range g.Values {
		if w, ok := h.Values[code]; !ok || w != v {
			return false
		}
	}
	return g.Report == h.Report
}

// Write makes the write of a reading. One whose entry was undone stands on no shelf.
func (r Reading) Write(read ledger.Dossier, events ...Event) (ledger.DossierWrite, error) {
	entries := make([]any, len(events))
	for i, e := range events {
		entries[i] = e
	}
	w, err := ledger.WriteDossier(read, r, entries...)
	w.Stand(!r.Gone, All, DayPlace(r.Day))
	w.Stand(!r.Gone, SectionShelf(r.Section), DayPlace(r.Day))
	return w, err
}
