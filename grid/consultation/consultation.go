package consultation

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Kind is the kind of a consultation's dossier, AnswerKind that of an answer's.
const (
	Kind       ledger.DossierKind = "consultation"
	AnswerKind ledger.DossierKind = "answer"
)

// The shelves on which consultations stand, in milliseconds: All by when they were begun, Live likewise until it is told how they were
// used, Shown by their opening once they are approved, Due by when somebody is reminded next.
const (
	All   ledger.Shelf = "all"
	Live  ledger.Shelf = "live"
	Shown ledger.Shelf = "shown"
	Due   ledger.Shelf = "due"
)

// Stage is how far a consultation is at a moment. Opening and closing are moments: nobody has to press a button for them, and no
// answer comes in before the one or after the other.
type Stage string

// The stages.
const (
	Drafting Stage = "drafting"
	Waiting  Stage = "waiting" // approved, and its opening is still to come
	Open     Stage = "open"
	Closed   Stage = "closed"  // the answers are being sorted
	Results  Stage = "results" // published
	Used     Stage = "used"    // and how they were used is, too
	Dropped  Stage = "dropped"
)

// Form is how a question is answered.
type Form string

// The forms.
const (
	One  Form = "one"
	Many Form = "many"
	Free Form = "free" // in words
)

// Question is one thing that is asked. Options are none for Free.
type Question struct {
	Text    string   `json:"t"`
	Form    Form     `json:"f"`
	Options []string `json:"o,omitempty"`
}

// Group gathers free answers that say the same, and what the office answers to all of them.
type Group struct {
	Name   string `json:"n"`
	Answer string `json:"a,omitempty"`
}

// Mark is that somebody did something, and when.
type Mark struct {
	By grid.OfficerID `json:"by"`
	At time.Time      `json:"at"`
}

// File is a document that is put to the public with the question; it lies in the evidence store.
type File struct {
	Unique string `json:"u"`
	ID     string `json:"i"`
	Name   string `json:"n"`
}

// Consultation is one question or draft that is put to the public.
type Consultation struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	Text      string     `json:"text"`
	Files     []File     `json:"files,omitempty"`
	Questions []Question `json:"questions"`
	Opens     time.Time  `json:"opens,omitzero"` // zero: when it is approved
	Closes    time.Time  `json:"closes,omitzero"`

	Begun    Mark             `json:"begun"`
	Writers  []grid.OfficerID `json:"writers,omitempty"` // who wrote any part of the draft; none of them approves it
	Approved *Mark            `json:"approved,omitempty"`
	Dropped  *Mark            `json:"dropped,omitempty"`
	Groups   []Group          `json:"groups,omitempty"`
	Found    *Findings        `json:"found,omitempty"` // once the results are published
	Used     *Mark            `json:"used,omitempty"`
	Summary  string           `json:"summary,omitempty"` // how it was used as a whole

	ResultsBy time.Time `json:"results_by,omitzero"` // until when the results are expected; the first instant that is too late
	UseBy     time.Time `json:"use_by,omitzero"`
	Told      []Notice  `json:"told,omitempty"`   // what the office and the public were told
	Chased    int       `json:"chased,omitempty"` // reminders of what is overdue now
}

// Stage is how far it is at now.
func (c Consultation) Stage(now time.Time) Stage {
	switch {
	case c.Dropped != nil:
		return Dropped
	case c.Approved == nil:
		return Drafting
	case c.Used != nil:
		return Used
	case c.Found != nil:
		return Results
	case now.Before(c.Opens):
		return Waiting
	case now.Before(c.Closes):
		return Open
	}
	return Closed
}

// Days is for how many whole days answers are taken, as far as it is known.
func (c Consultation) Days(now time.Time) int {
	from := c.Opens
	if from.IsZero() {
		from = now
	}
	return int(c.Closes.Sub(from).Hours()+0.5) / 24
}

// clone copies what Apply may write to.
func (c Consultation) clone() Consultation {
	c.Files, c.Questions, c.Groups, c.Told = slices.Clone(c.Files), slices.Clone(c.Questions), slices.Clone(c.Groups), slices.Clone(c.Told)
	return c
}

// Event is an entry of a consultation's history.
type Event struct {
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by,omitempty"` // empty: the program
	Via   string         `json:"via,omitempty"`
	Did   Action         `json:"did"`
	Words string         `json:"words,omitempty"`
	N     int            `json:"n,omitempty"` // of the question or group, counted from 1
}
