// Package board is the register of public boards (公示牌): what has to be shown about a reach of a river and whoever answers for
// it, what was printed, and which boards say something that is no longer so. There are two forms: that of the plan's item 31
// (quality now, target, extent, duties, person) and that of the river chiefs (河长公示牌).
package board

import (
	"regexp"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// ID names a board, in its link, too: a river and a township, such as hs-103.
type ID string

// Form of a board.
type Form string

// The forms.
const (
	OfPlan  Form = "plan"  // 水质现状、水质目标、控制范围、责任内容、责任人 (plan, item 31)
	OfChief Form = "chief" // 河长姓名及职务、联系方式、监督电话、水域、长度、职责、整治目标、保护要求 (浙江省河长制规定 Art 12)
)

// Forms lists both.
func Forms() []Form { return []Form{OfPlan, OfChief} }

// ValidID is the form of an ID: it stands in a link that Telegram takes.
var ValidID = regexp.MustCompile(`^[a-z0-9-]{1,24}$`)

// Board is one board that has to stand somewhere, as the district's data has it.
type Board struct {
	ID      ID
	Form    Form
	River   string
	Cell    grid.CellCode // whose chief answers for it: the township's first administrative head
	Extent  string        // 控制范围
	Length  float64       // km; 0 when nobody measured it
	Target  string        // class that the water has to have: II, III, IV …
	Section string        // whose readings tell the quality now; empty when none is monitored there
	Title   string        // chief: the post of whoever is river chief, in the office's words (职务); empty when it is not known
	Phone   string        // chief: the office's telephone (联系方式), as its data has it and never taken from an officer; empty when there is none
	Duties  []string      // 责任内容, or the river chief's duties
	Goals   []string      // 整治目标
	Rules   []string      // 保护要求
}

// Water is what the last readings of the board's section say.
type Water struct {
	Class string              `json:"class,omitempty"` // I … V, or worse; empty when it cannot be judged
	Met   bool                `json:"met,omitempty"`   // the section's target
	Worst []map[string]string `json:"worst,omitempty"` // names of items, by language
	Asof  time.Time           `json:"asof,omitzero"`   // the end of the period that was measured; zero when there is none

	// Measured are the ends of all the periods that were measured, Asof the last of them: what a board does not show yet, and
	// since when. It is not kept with what was printed.
	Measured []time.Time `json:"-"`
}

// after is the end of the first measured period that is not in what shows the water as of a moment; false when nothing is newer.
func (w Water) after(shown time.Time) (time.Time, bool) {
	first, found := w.Asof, w.Asof.After(shown)
	for _, end := range w.Measured {
		if end.After(shown) && (!found || end.Before(first)) {
			first, found = end, true
		}
	}
	return first, found
}

// Face is what a board says on a day: what was printed, and what would be.
type Face struct {
	Officer grid.OfficerID `json:"officer,omitempty"`
	Person  string         `json:"person,omitempty"` // empty: nobody is appointed
	Since   time.Time      `json:"since,omitzero"`   // when the person took office
	Water   Water          `json:"water,omitzero"`
}

// FaceOf is what the board has to say at now. Whoever stands in for a while is not on it: a board names who was appointed.
func (b Board) FaceOf(roster *grid.Roster, water Water, now time.Time) Face {
	f := Face{Water: water}
	for _, s := range roster.Served(b.Cell, now, now.Add(time.Nanosecond), grid.Chief) {
		if f.Person == "" || s.Appointment.From.After(f.Since) {
			f.Officer, f.Person, f.Since = s.Officer.ID, s.Officer.Name, s.Appointment.From
		}
	}
	return f
}

// Kind is that of a board's dossier.
const Kind ledger.DossierKind = "board"

// Record is what became of one board: a dossier.
type Record struct {
	ID      ID             `json:"id"`
	Printed time.Time      `json:"printed,omitzero"`
	By      grid.OfficerID `json:"by,omitempty"`
	Face    Face           `json:"face,omitzero"` // as it was printed
	Up      time.Time      `json:"up,omitzero"`   // when it was put up, as an officer said; zero since the last printing
	Told    []Fault        `json:"told,omitempty"`
}

// Event is an entry of a board's history.
type Event struct {
	At   time.Time      `json:"at"`
	By   grid.OfficerID `json:"by,omitempty"`
	Via  string         `json:"via,omitempty"`
	Did  string         `json:"did"`
	Face *Face          `json:"face,omitempty"`
}

// What happens to a board.
const (
	DidPrint = "print"
	DidPutUp = "put_up"
	DidTell  = "tell" // that it is out of date
)

// Print notes that a sheet was made of what the board says now: from here on that is what it is held to.
func (r Record) Print(id ID, f Face, by grid.OfficerID, via string, now time.Time) (Record, Event) {
	return Record{ID: id, Printed: now, By: by, Face: f}, Event{At: now, By: by, Via: via, Did: DidPrint, Face: &f}
}

// PutUp notes that the sheet hangs where it has to. Conflict: nothing was printed, or it hangs already.
func (r Record) PutUp(by grid.OfficerID, via string, now time.Time) (Record, Event, error) {
	switch {
	case r.Printed.IsZero():
		return r, Event{}, grid.Fail(grid.Conflict, "error.board.not_printed")
	case !r.Up.IsZero():
		return r, Event{}, grid.Fail(grid.Conflict, "error.board.up")
	}
	r.Up = now
	return r, Event{At: now, By: by, Via: via, Did: DidPutUp}, nil
}

// Tell notes that people were told what is wrong with the board; false when they were told all of it before.
func (r Record) Tell(id ID, faults []Fault, now time.Time) (Record, Event, bool) {
	if !slices.ContainsFunc(faults, func(f Fault) bool { return !slices.Contains(r.Told, f) }) {
		return r, Event{}, false
	}
	r.ID, r.Told = id, slices.Clone(faults)
	return r, Event{At: now, Did: DidTell}, true
}
