package border

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Kind is the kind of a handover's dossier.
const Kind ledger.DossierKind = "handover"

// The shelves on which handovers stand, in milliseconds: All by when they were sent, Open likewise until they are answered, Due by
// when somebody is reminded next.
const (
	All  ledger.Shelf = "all"
	Open ledger.Shelf = "open"
	Due  ledger.Shelf = "due"
)

// About is the shelf of everything that was handed over about one case or section.
func About(s Subject) ledger.Shelf { return ledger.Shelf("about/" + string(s.Kind) + "/" + s.ID) }

// SubjectKind is what a handover is about.
type SubjectKind string

// What can be handed over.
const (
	Case    SubjectKind = "case"
	Section SubjectKind = "section" // of a river, whose water does not meet its target
)

// Subject is what a handover is about. Name and Matter go into the letter: never who reported it.
type Subject struct {
	Kind   SubjectKind `json:"kind"`
	ID     string      `json:"id"`
	Name   string      `json:"name"`             // a case's number, a section's name
	Matter string      `json:"matter,omitempty"` // what is wrong, in the reference language
	Place  string      `json:"place,omitempty"`  // where, likewise
}

// State is how far a handover is.
type State string

// The states. An answer says by itself that the letter arrived.
const (
	Sent     State = "sent"
	Received State = "received"
	Answered State = "answered"
)

// Handover is one letter to a neighbour and what came back.
type Handover struct {
	ID      string          `json:"id"`
	Subject Subject         `json:"subject"`
	To      string          `json:"to"` // the neighbour by name
	Letter  casework.Letter `json:"letter"`
	Until   Until           `json:"until"`
	Receipt *Word           `json:"receipt,omitempty"`
	Answer  *Word           `json:"answer,omitempty"`
	Chased  int             `json:"chased,omitempty"` // reminders that went out for what is missing now
}

// Until is when receipt and answer are expected: the first instants that are too late.
type Until struct {
	Receipt time.Time `json:"receipt"`
	Answer  time.Time `json:"answer"`
}

// Word is what the neighbour said, as an officer of ours entered it.
type Word struct {
	Who  string         `json:"who,omitempty"` // over there
	Text string         `json:"text,omitempty"`
	At   time.Time      `json:"at"` // when it was entered
	By   grid.OfficerID `json:"by"`
}

// Rules are the numbers by which neighbours are reminded; settings of the district.
type Rules struct {
	Receipt calendar.Limit // within which a neighbour should say that a letter arrived
	Answer  calendar.Limit // and answer it
	Again   time.Duration  // between two reminders
	Times   int            // and how many there are of each
	Edge    float64        // metres from the district's line, within which a case may be handed over
}

// Event is an entry of a handover's history.
type Event struct {
	At   time.Time      `json:"at"`
	By   grid.OfficerID `json:"by,omitempty"` // empty: the program
	Via  string         `json:"via,omitempty"`
	Did  string         `json:"did"`
	Who  string         `json:"who,omitempty"`
	Text string         `json:"text,omitempty"`
}

// What can happen to a handover.
const (
	DidSend    = "send"
	DidReceive = "receive"
	DidAnswer  = "answer"
	DidChase   = "chase"
)

// Send begins a handover: its letter leaves now.
func Send(id string, about Subject, to string, letter casework.Letter, r Rules, c *calendar.Calendar, now time.Time) (Handover, Event) {
	h := Handover{
		ID: id, Subject: about, To: to, Letter: letter,
		Until: Until{Receipt: c.Deadline(now, r.Receipt).At, Answer: c.Deadline(now, r.Answer).At},
	}
	return h, Event{At: now, By: letter.By, Did: DidSend}
}

// State is how far it is.
func (h Handover) State() State {
	switch {
	case h.Answer != nil:
		return Answered
	case h.Receipt != nil:
		return Received
	}
	return Sent
}

// Open tells whether an answer is still missing.
func (h Handover) Open() bool { return h.Answer == nil }

// Take keeps what the neighbour said: that the letter arrived, or the answer. Conflict when it was kept before; Invalid when nobody
// is named for a receipt, or the answer has no words.
func (h Handover) Take(did string, w Word, now time.Time) (Handover, Event, error) {
	w.At = now
	e := Event{At: now, By: w.By, Did: did, Who: w.Who, Text: w.Text}
	switch {
	case did == DidReceive && h.State() != Sent:
		return h, Event{}, grid.Fail(grid.Conflict, "error.border.received")
	case did == DidAnswer && !h.Open():
		return h, Event{}, grid.Fail(grid.Conflict, "error.border.answered")
	case did == DidReceive && w.Who == "":
		return h, Event{}, grid.Fail(grid.Invalid, "error.border.who")
	case did == DidAnswer && w.Text == "":
		return h, Event{}, grid.Fail(grid.Invalid, "error.border.words")
	}
	h.Chased = 0
	if did == DidReceive {
		h.Receipt = &w
	} else {
		h.Answer = &w
	}
	return h, e, nil
}
