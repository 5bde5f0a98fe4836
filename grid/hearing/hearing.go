package hearing

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Kind is the kind of a hearing's dossier.
const Kind ledger.DossierKind = "hearing"

// The shelves on which hearings stand, in milliseconds: All by when they were begun, Live likewise until the names are removed, Shown by
// their hour once they were announced, Due by what is to be done next.
const (
	All   ledger.Shelf = "all"
	Live  ledger.Shelf = "live"
	Shown ledger.Shelf = "shown"
	Due   ledger.Shelf = "due"
)

// Form is what kind of hearing it is.
type Form string

// The forms.
const (
	Formal Form = "formal" // 听证会
	Forum  Form = "forum"  // 座谈会
)

// Stage is how far a hearing is at a moment.
type Stage string

// The stages.
const (
	Drafting  Stage = "drafting"
	Announced Stage = "announced" // one can sign up
	Full      Stage = "full"      // the waiting list is open
	Settled   Stage = "settled"   // the time to sign up is over
	Held      Stage = "held"      // it was to begin; the minutes are missing
	Minuted   Stage = "minuted"
	Dropped   Stage = "dropped"
)

// Hearing is one hearing.
type Hearing struct {
	ID     string    `json:"id"`
	Form   Form      `json:"form"`
	Title  string    `json:"title"`
	Text   string    `json:"text"` // what it is about
	Place  string    `json:"place"`
	When   time.Time `json:"when,omitzero"`
	Room   int       `json:"room"`            // seats for the public
	Closes time.Time `json:"closes,omitzero"` // the first instant at which nobody can sign up any more

	Begun     Mark             `json:"begun"`
	Writers   []grid.OfficerID `json:"writers,omitempty"`   // who wrote any part of the draft; none of them announces it
	Announced *Mark            `json:"announced,omitempty"` // by somebody else
	Dropped   *Mark            `json:"dropped,omitempty"`
	Why       string           `json:"why,omitempty"` // it was dropped
	Minutes   string           `json:"minutes,omitempty"`
	Minuted   *Mark            `json:"minuted,omitempty"`
	Seats     []Seat           `json:"seats,omitempty"` // in the order in which they signed up
	Reminded  bool             `json:"reminded,omitempty"`
	Chased    int              `json:"chased,omitempty"`  // reminders of the minutes
	Cleared   bool             `json:"cleared,omitempty"` // the names were removed
}

// Mark is that somebody did something, and when.
type Mark struct {
	By grid.OfficerID `json:"by"`
	At time.Time      `json:"at"`
}

// Standing is how somebody who signed up stands.
type Standing string

// The standings.
const (
	Seated  Standing = "seated"
	Queued  Standing = "queued" // on the waiting list
	Gone    Standing = "gone"   // they do not come
	Present Standing = "present"
)

// Seat is one who signed up. Person is a name made for this hearing, under which name and telephone lie sealed; Code is what is shown at
// the door.
type Seat struct {
	Person   grid.PersonID `json:"p"`
	Code     string        `json:"c"`
	Standing Standing      `json:"s"`
	Web      bool          `json:"w,omitempty"` // signed up there: nobody can be written to
	Called   grid.PersonID `json:"k,omitempty"` // made of what they are called, for this hearing; gone with their name
}

// Stage is how far it is at now.
func (h Hearing) Stage(now time.Time) Stage {
	switch {
	case h.Dropped != nil:
		return Dropped
	case h.Announced == nil:
		return Drafting
	case h.Minuted != nil:
		return Minuted
	case !now.Before(h.When):
		return Held
	case !now.Before(h.Closes):
		return Settled
	case h.Left() <= 0:
		return Full
	}
	return Announced
}

// Left is how many seats are free.
func (h Hearing) Left() int { return h.Room - h.count(Seated) - h.count(Present) }

// Queue is how many wait for a seat.
func (h Hearing) Queue() int { return h.count(Queued) }

// Taken is how many have a seat.
func (h Hearing) Taken() int { return h.count(Seated) + h.count(Present) }

// Came is how many were seen at the door.
func (h Hearing) Came() int { return h.count(Present) }

func (h Hearing) count(s Standing) int {
	n := 0
	for _, x := range h.Seats {
		if x.Standing == s {
			n++
		}
	}
	return n
}

// SeatOf finds the seat of somebody by their name here; -1 when they did not sign up, or do not come.
func (h Hearing) SeatOf(p grid.PersonID) int {
	return slices.IndexFunc(h.Seats, func(s Seat) bool { return s.Person == p && s.Standing != Gone })
}

// Waits is the place on the waiting list, from 1; 0 for who has a seat.
func (h Hearing) Waits(i int) int {
	if h.Seats[i].Standing != Queued {
		return 0
	}
	n := 0
	for _, s := range h.Seats[:i+1] {
		if s.Standing == Queued {
			n++
		}
	}
	return n
}

// Event is an entry of a hearing's history. It never says who signed up.
type Event struct {
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by,omitempty"`
	Via   string         `json:"via,omitempty"`
	Did   Action         `json:"did"`
	Words string         `json:"words,omitempty"`
}
