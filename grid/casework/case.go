// Package casework moves a report through its states: one table says which action leads from which state to which, who
// may do it, and which legal clocks it starts and stops. It is pure: cases go in, cases and events come out.
package casework

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// CaseID names a case inside the program. People see the numbers, never the ID.
type CaseID string

// Source tells who brought a report.
type Source string

// Sources.
const (
	FromCitizen   Source = "citizen"
	FromInspector Source = "inspector"
)

// Case is a report and, once it was accepted, the case made of it. Who reported is a pseudonym here; handlers see the
// matter, not the person. JSON names are short because a million of these are kept.
type Case struct {
	ID       CaseID        `json:"i"`
	Number   string        `json:"n"`           // 登记号: every contact has one
	CaseNo   string        `json:"cn,omitzero"` // 举报件号: only accepted ones have one
	Code     string        `json:"q"`           // query code, known to the reporter
	State    State         `json:"s"`
	Source   Source        `json:"src"`
	Reporter grid.PersonID `json:"p"`

	Categories []string      `json:"c,omitempty"` // main one first
	Kinds      []string      `json:"k,omitempty"`
	Text       string        `json:"t"`
	Place      string        `json:"pl,omitzero"` // the place in words
	Point      *geo.Point    `json:"pt,omitempty"`
	Cell       grid.CellCode `json:"g"`
	Away       string        `json:"away,omitzero"` // out of area: whose land it probably is

	Handler   grid.OfficerID  `json:"h,omitzero"`
	Dispute   *Dispute        `json:"d,omitempty"`
	Followers []grid.PersonID `json:"f,omitempty"`
	Evidence  []Evidence      `json:"e,omitempty"`

	Disposition Disposition `json:"dis,omitzero"`
	Finding     string      `json:"fi,omitzero"` // internal: what was found and done
	Reply       string      `json:"re,omitzero"` // what the reporter is told

	Urgent    bool      `json:"u,omitzero"` // emergencies are not held back by quiet hours
	Clocks    []Clock   `json:"cl,omitempty"`
	CreatedAt time.Time `json:"at"`
	ClosedAt  time.Time `json:"ct,omitzero"`

	Version int64  `json:"-"`            // of the stored document; 0 when it is not stored yet
	Events  int    `json:"ev,omitzero"`  // how many events the history holds
	Head    string `json:"hd,omitempty"` // hash of the last event: the history is a chain
}

// Evidence is one file that belongs to a case.
type Evidence struct {
	File    string         `json:"f"` // Telegram's unique file id: the key of the evidence store
	ID      string         `json:"i"` // Telegram's file id, to send it again
	Kind    string         `json:"k"` // photo, video, voice, document
	Stage   Stage          `json:"s"`
	By      grid.OfficerID `json:"b,omitzero"` // empty: the reporter
	At      time.Time      `json:"a"`          // when the message was written
	Arrived time.Time      `json:"r"`          // when it reached us
	SHA256  string         `json:"h,omitzero"` // of what was received, in hex; once it was fetched and the history says so
	Lost    string         `json:"x,omitzero"` // why it could not be kept: not_kept, never_fetched
}

// Stage of the work that a piece of evidence shows.
type Stage string

// Stages of evidence.
const (
	AsReported Stage = "report"
	Before     Stage = "before"
	After      Stage = "after"
)

// Dispute is an open objection: "not my cell". The clocks go on meanwhile.
type Dispute struct {
	By     grid.OfficerID `json:"b"`
	Reason string         `json:"r"` // a code: boundary, not_found, other_level, other_department
	Target grid.CellCode  `json:"t"` // whose it is instead
	At     time.Time      `json:"a"`
}

// Disposition is the decision on a report (受理决定): accepted, or one of the kinds of refusal, each with its own onward
// notice (环保部令15号 Art 8).
type Disposition string

// Dispositions.
const (
	AcceptIt       Disposition = "accept"
	NotEnvironment Disposition = "not_environment" // another authority's matter: say whose
	InCourt        Disposition = "in_court"        // litigation, arbitration or review: go to that organ
	SameMatter     Disposition = "same_matter"     // same person, same matter: status and how to query
	AfterReply     Disposition = "after_reply"     // same facts after a reply: review
	TooUnclear     Disposition = "unclear"         // the clue does not suffice
	OtherArea      Disposition = "other_area"      // not in this district: where to report instead
)

// Refusals lists the kinds of refusal in the order in which the desk is shown them.
func Refusals() []Disposition {
	return []Disposition{NotEnvironment, InCourt, SameMatter, AfterReply, TooUnclear, OtherArea}
}

// Event is one entry of a case's history. Hash covers the event, Prev, which is the hash of the event before it, and Doc,
// the hash of the case, so that neither can be altered unseen.
type Event struct {
	Case    CaseID            `json:"c"`
	Seq     int               `json:"n"`
	At      time.Time         `json:"a"` // of the act: when the person's message was written
	Arrived time.Time         `json:"r"` // when it reached us
	Action  Action            `json:"x"`
	By      string            `json:"b"` // an officer's ID, "reporter", "follower" or "system"
	From    State             `json:"f,omitzero"`
	To      State             `json:"t"`
	Via     string            `json:"v,omitzero"` // the way it came: update/123 of Telegram's, job/deadlines; never a person
	Note    map[string]string `json:"m,omitempty"`
	Doc     string            `json:"d"` // Sum of the case's Matter as the event left it
	Prev    string            `json:"p,omitzero"`
	Hash    string            `json:"h,omitzero"`
}

// Shown is the number that people are told: the case's, or the report's while it is not accepted.
func (c *Case) Shown() string {
	if c.CaseNo != "" {
		return c.CaseNo
	}
	return c.Number
}
