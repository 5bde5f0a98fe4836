// Package site is the register of what is inspected (点位): outfalls, enterprises, farms, restaurants, water sources and so on.
// It knows the kinds and how often each is due, when a site was looked at last, which cases lie at it, and where it is found in
// the store. It knows neither chat nor spreadsheet.
package site

import (
	"regexp"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Number is a site's own number (点位号), unique in the district: PW0012. It stands on the sticker at the spot.
type Number string

// numberForm is what fits a link of Telegram, callback data and a sticker.
var numberForm = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{1,23}$`)

// Valid tells whether the number has the form of one.
func (n Number) Valid() bool { return numberForm.MatchString(string(n)) }

// State is how a site stands.
type State string

// The states. A closed site keeps its history and is inspected no more; one that is taken off the register by a table is closed.
const (
	Active    State = "active"
	Suspended State = "suspended" // out of operation for now: it is not due
	Closed    State = "closed"
)

// Zone is the zoning that a site lies in, where that decides what may be there.
type Zone string

// The zones: those of livestock (plan item 6) and of drinking water (items 8 and 13).
const (
	BanZone    Zone = "ban"    // 禁养区: farms are to be closed or moved
	LimitZone  Zone = "limit"  // 限养区
	FitZone    Zone = "fit"    // 适养区
	SourceZone Zone = "source" // 饮用水水源保护区
)

// Zones lists the zones.
func Zones() []Zone { return []Zone{BanZone, LimitZone, FitZone, SourceZone} }

// Site is one entry of the register. Who is in charge of it is not kept here: those of its cell are, on any day.
type Site struct {
	Number  Number        `json:"no"`
	Kind    string        `json:"k"` // code of a Kind
	Name    string        `json:"n"`
	Cell    grid.CellCode `json:"g"`
	Point   *geo.Point    `json:"p,omitempty"`
	Address string        `json:"ad,omitempty"`
	Zone    Zone          `json:"z,omitempty"`
	State   State         `json:"s"`
	Note    string        `json:"nt,omitempty"`
	Sample  bool          `json:"sm,omitzero"` // invented, for the demo

	Barred []grid.OfficerID `json:"b,omitempty"` // who are kept from it (回避): their own, or their kin's

	Assigned *Assignment `json:"as,omitempty"` // a draw that sends somebody there

	Measures []int   `json:"m,omitempty"`  // items of the plan that it belongs to besides those of its kind
	Photos   []Photo `json:"ph,omitempty"` // of the spot
	Cases    []Link  `json:"c,omitempty"`  // what was reported of it, the newest last

	There *Presence `json:"th,omitempty"` // the last check-in at it

	Added     time.Time `json:"at"`          // when it came on the register; when it was opened again
	Inspected time.Time `json:"in,omitzero"` // when its last inspection was finished
	Visited   time.Time `json:"vi,omitzero"` // when an officer was on the spot last, inspecting or not
	Due       time.Time `json:"du,omitzero"` // the end of the day on which the next inspection is due; zero when none is
}

// Assignment is what a draw (双随机) decided of a site; it ends with the inspection.
type Assignment struct {
	Draw     string           `json:"d"`
	Officers []grid.OfficerID `json:"o"`
}

// Presence is a check-in at a site, near enough or not.
type Presence struct {
	Officer grid.OfficerID `json:"o"`
	At      time.Time      `json:"at"`
	Metres  float64        `json:"m"`
}

// presenceHolds is how long a check-in before an inspection tells that the officer was there.
const presenceHolds = 2 * time.Hour

// Present is how far the officer was when they checked in at the site shortly before; nil when they did not.
func (s Site) Present(o grid.OfficerID, at time.Time) *float64 {
	if s.There == nil || s.There.Officer != o || at.Sub(s.There.At) > presenceHolds {
		return nil
	}
	metres := s.There.Metres
	return &metres
}

// Drawn tells whether a draw sends the officer there.
func (s Site) Drawn(o grid.OfficerID) bool {
	return s.Assigned != nil && slices.Contains(s.Assigned.Officers, o)
}

// Photo is a picture of a site, as cases keep them.
type Photo struct {
	File string `json:"f"` // Telegram's unique id
	ID   string `json:"i"` // Telegram's id, to show it again
}

// Link is a case that lies at a site.
type Link struct {
	Case   casework.CaseID `json:"c"`
	Number string          `json:"n"`
	At     time.Time       `json:"at"`
	Over   time.Time       `json:"o,omitzero"` // when the case was found closed
}

// photosKept and linksKept are how many of the newest a site keeps; older ones stay in its history.
const (
	photosKept = 10
	linksKept  = 50
)

// Bars tells whether the officer is kept from the site.
func (s Site) Bars(o grid.OfficerID) bool { return slices.Contains(s.Barred, o) }

// Complained tells whether a case at the site is open.
func (s Site) Complained() bool {
	for _, l := range s.Cases {
		if l.Over.IsZero() {
			return true
		}
	}
	return false
}

// Open lists the cases at the site that were open when it was last looked.
func (s Site) Open() []casework.CaseID {
	var out []casework.CaseID
	for _, l := range s.Cases {
		if l.Over.IsZero() {
			out = append(out, l.Case)
		}
	}
	return out
}

// Link notes an open case at the site, or that one is open again; false when that changes nothing.
func (s *Site) Link(id casework.CaseID, number string, at time.Time) bool {
	for i, l := range s.Cases {
		if l.Case == id && l.Over.IsZero() {
			return false
		}
		if l.Case == id {
			s.Cases = slices.Clone(s.Cases)
			s.Cases[i].Over = time.Time{}
			return true
		}
	}
	s.Cases = append(s.Cases[:len(s.Cases):len(s.Cases)], Link{Case: id, Number: number, At: at})
	if n := len(s.Cases) - linksKept; n > 0 {
		s.Cases = s.Cases[n:]
	}
	return true
}

// Unlink notes that a case at the site is over; false when that changes nothing.
func (s *Site) Unlink(id casework.CaseID, at time.Time) bool {
	for i, l := range s.Cases {
		if l.Case == id && l.Over.IsZero() {
			s.Cases = slices.Clone(s.Cases)
			s.Cases[i].Over = at
			return true
		}
	}
	return false
}

// Visit notes that an officer was on the spot.
func (s *Site) Visit(at time.Time) {
	if at.After(s.Visited) {
		s.Visited = at
	}
}

// Inspect notes that an inspection was finished.
func (s *Site) Inspect(at time.Time) {
	s.Visit(at)
	if at.After(s.Inspected) {
		s.Inspected = at
	}
}

// Show adds a picture of the spot.
func (s *Site) Show(p Photo) {
	for _, q := range s.Photos {
		if q.File == p.File {
			return
		}
	}
	s.Photos = append(s.Photos[:len(s.Photos):len(s.Photos)], p)
	if n := len(s.Photos) - photosKept; n > 0 {
		s.Photos = s.Photos[n:]
	}
}
