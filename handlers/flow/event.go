package flow

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Kind of an event.
type Kind string

// The kinds. Message covers everything a person sends, in any combination: what it brings is told by the fields.
const (
	Message      Kind = "message"
	Button       Kind = "button"        // an inline button was pressed: Data
	Begin        Kind = "begin"         // the handlers begin an officer's story: Task
	SimilarFound Kind = "similar_found" // the answer to FindSimilar: Similar
	Sent         Kind = "sent"          // the answer to Submit and FileReport: Case
	Raised       Kind = "raised"        // the answer to RaiseAlarm: Case
	MusterCount  Kind = "counted"       // the answer to CountMuster: Counted
	SiteGiven    Kind = "site_given"    // the answer to OpenSite: Site
	Fetched      Kind = "fetched"       // a file was fetched and its metadata read: File, Point
)

// Event is one thing that happened, freed of everything that is Telegram's.
type Event struct {
	Kind    Kind      `json:"k"`
	ID      int       `json:"id,omitempty"` // of the message; of the message with the button
	At      time.Time `json:"at,omitzero"`  // when it was written
	Arrived time.Time `json:"in,omitzero"`  // when it reached us

	Text    string `json:"t,omitempty"` // text, caption or command
	Edited  bool   `json:"ed,omitempty"`
	Forward bool   `json:"fw,omitempty"` // written by somebody else, or at another time
	Files   []File `json:"f,omitempty"`
	Contact *Phone `json:"c,omitempty"`

	Point    *geo.Point `json:"pt,omitempty"`
	Accuracy float64    `json:"ac,omitempty"` // metres; 0 when not given
	Live     bool       `json:"lv,omitempty"` // a live location; with Edited: its update
	Picked   bool       `json:"pk,omitempty"` // chosen on a map and not measured
	Venue    string     `json:"vn,omitempty"` // name and address of a venue

	Field   bool `json:"fi,omitempty"` // the sender may file from the field: inspector, chief
	Officer bool `json:"of,omitempty"` // the sender has duties of any kind

	Answers casework.CaseID `json:"an,omitempty"` // it replies to a question about this case
	Adds    casework.CaseID `json:"ad,omitempty"` // it replies to a message that asks for more about this case
	Data    string          `json:"d,omitempty"`
	Task    *Task           `json:"b,omitempty"`
	Site    *SitePlace      `json:"st,omitempty"`
	Similar []Similar       `json:"sm,omitempty"`
	Case    casework.CaseID `json:"cs,omitempty"`
	Counted *Counted        `json:"ct,omitempty"`
	File    string          `json:"u,omitempty"` // Fetched: the unique id
}

// File is a file that Telegram holds.
type File struct {
	ID     string         `json:"i"` // to fetch and to send it
	Unique string         `json:"u"` // the same for the same file, whoever sends it
	Kind   string         `json:"k"` // photo, video, voice, document
	Size   int64          `json:"z,omitempty"`
	Group  string         `json:"g,omitempty"` // of an album
	Stage  casework.Stage `json:"s,omitempty"`

	Message int       `json:"m,omitempty"`
	At      time.Time `json:"at,omitzero"`
	Arrived time.Time `json:"in,omitzero"`
}

// Phone is a shared contact.
type Phone struct {
	Number string `json:"n"`
	Own    bool   `json:"o"` // the sender's own, as Telegram vouches
}

// Similar is an open case that a draft may be about. It tells nothing that its reporter said.
type Similar struct {
	Case       casework.CaseID `json:"c"`
	Categories []string        `json:"cat"`
	Cell       grid.CellCode   `json:"g"`
	State      casework.State  `json:"s"`
	At         time.Time       `json:"at"`
	Metres     float64         `json:"m,omitempty"`
	Number     string          `json:"n,omitempty"`
	Own        string          `json:"o,omitempty"` // its number, when it is the person's own
	Photo      string          `json:"p,omitempty"` // SHA-256 of the showing copy, as ledger.Message takes it
}
