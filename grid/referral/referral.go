package referral

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Kind is the kind of a referral's dossier.
const Kind ledger.DossierKind = "referral"

// Series is that of the numbers of letters that hand a case over (案件移送函).
const Series casework.Series = "referral"

// The shelves on which referrals stand, in milliseconds: All by when they were proposed, Open likewise until they are over, Due by
// when somebody is reminded next.
const (
	All  ledger.Shelf = "all"
	Open ledger.Shelf = "open"
	Due  ledger.Shelf = "due"
)

// Of is the shelf of the referrals of one case.
func Of(id casework.CaseID) ledger.Shelf { return ledger.Shelf("case/" + string(id)) }

// Ground is why a case is handed over, and so to whom.
type Ground string

// The grounds.
const (
	Crime      Ground = "crime"      // 涉嫌犯罪: to the police
	Detention  Ground = "detention"  // 适用行政拘留 (环境保护法 Art 63): to the police
	Litigation Ground = "litigation" // 公益诉讼线索: to the prosecutors
)

// Grounds lists them as they are offered.
func Grounds() []Ground { return []Ground{Crime, Detention, Litigation} }

// Receiver is to whom cases are handed.
type Receiver string

// The receivers.
const (
	Police      Receiver = "police"
	Prosecutors Receiver = "prosecutors"
)

// To is to whom a case goes on that ground.
func (g Ground) To() Receiver {
	if g == Litigation {
		return Prosecutors
	}
	return Police
}

// State is how far a referral is.
type State string

// The states.
const (
	Proposed State = "proposed"
	Approved State = "approved"
	Handed   State = "handed"
	Received State = "received"
	Accepted State = "accepted"
	Declined State = "declined" // with reasons, against which the office may object
	Objected State = "objected" // 复议
	Filed    State = "filed"    // 立案
	Ended    State = "ended"    // the result is known
	Dropped  State = "dropped"  // it was not approved, or not objected to
)

// Referral is one case that is handed over, step by step.
type Referral struct {
	ID     string          `json:"id"`
	Case   casework.CaseID `json:"case"`
	Number string          `json:"number"`
	Ground Ground          `json:"ground"`
	State  State           `json:"state"`
	Steps  []Step          `json:"steps"`
	Letter casework.Letter `json:"letter,omitzero"`
	Bundle Bundle          `json:"bundle,omitzero"`
	Due    time.Time       `json:"due,omitzero"`     // until when the next step is expected; the first instant that is too late
	Chased int             `json:"chased,omitempty"` // reminders that went out for it
}

// Bundle is the file that went with the letter: the verifiable export of the case, without whoever reported it.
type Bundle struct {
	SHA256 string   `json:"sha256,omitzero"`
	Files  []string `json:"files,omitempty"` // what is in it, by name
}

// Step is something that happened: the day on which it did, as the clerk entered it, and when it was entered.
type Step struct {
	Did   Action         `json:"did"`
	Day   calendar.Date  `json:"day"`
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by"`
	Words string         `json:"words,omitempty"` // reasons, who received it, the result
}

// Of tells the last step of that action; false when there is none.
func (r Referral) Of(a Action) (Step, bool) {
	for i := len(r.Steps) - 1; i >= 0; i-- {
		if r.Steps[i].Did == a {
			return r.Steps[i], true
		}
	}
	return Step{}, false
}

// Running tells whether another step is to come.
func (r Referral) Running() bool { return r.State != Ended && r.State != Dropped }

// Event is an entry of a referral's history.
type Event struct {
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by,omitempty"` // empty: the program
	Via   string         `json:"via,omitempty"`
	Did   Action         `json:"did"`
	Day   *calendar.Date `json:"day,omitempty"`
	Words string         `json:"words,omitempty"`
	Hash  string         `json:"hash,omitempty"` // of the bundle
}
