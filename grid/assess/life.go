package assess

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// State is where an assessment stands.
type State string

// The states, in their order.
const (
	None       State = ""           // not computed yet
	Draft      State = "draft"      // computed; only supervisors see it
	Commenting State = "commenting" // those assessed see their own figures and may object
	Final      State = "final"      // sealed
)

// Action is what is done to an assessment.
type Action string

// The actions.
const (
	Compute Action = "compute" // from all that is on record; again, as long as it is a draft
	Enter   Action = "enter"   // a figure by hand, with its document
	Ask     Action = "ask"     // those assessed for their comments
	Comment Action = "comment" // by a unit, on its own figures
	Answer  Action = "answer"  // a comment, without a change
	Correct Action = "correct" // a figure, with the reason; the original is kept
	Finish  Action = "finish"  // it is sealed
	Publish Action = "publish"
	Propose Action = "propose" // a measure against a unit that did not pass; others decide
)

// Party is who does something.
type Party string

// The parties.
const (
	Office Party = "office" // a supervisor of the district
	Judged Party = "judged" // the chiefs of a township, the clerks of a department
)

// Rule is a row of the table.
type Rule struct {
	Action Action
	By     Party
	From   []State
	To     State // where it stands then; empty: where it stood
}

// Table says what may be done in which state, and by whom. Nothing else may.
func Table() []Rule {
	return []Rule{
		{Compute, Office, []State{None, Draft}, Draft},
		{Enter, Office, []State{Draft}, ""},
		{Ask, Office, []State{Draft}, Commenting},
		{Comment, Judged, []State{Commenting}, ""},
		{Answer, Office, []State{Commenting}, ""},
		{Correct, Office, []State{Commenting}, ""},
		{Finish, Office, []State{Commenting}, Final},
		{Publish, Office, []State{Final}, ""},
		{Propose, Office, []State{Final}, ""},
	}
}

// RuleOf is the row of an action.
func RuleOf(a Action) (Rule, bool) {
	table := Table()
	i := slices.IndexFunc(table, func(r Rule) bool { return r.Action == a })
	if i < 0 {
		return Rule{}, false
	}
	return table[i], true
}

// Assessment is the document of one period.
type Assessment struct {
	Period   string    `json:"period"` // 2017-Q3, 2017
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
	State    State     `json:"state"`
	Computed time.Time `json:"computed"` // when all that is on record was counted
	Scheme   Scheme    `json:"scheme"`
	Results  []Result  `json:"results"`
	Entries  []Entry   `json:"entries,omitempty"` // by hand, while it was a draft

	Until       time.Time    `json:"until,omitzero"` // comments, before that moment
	Comments    []Remark     `json:"comments,omitempty"`
	Corrections []Correction `json:"corrections,omitempty"`

	Seal        *Seal          `json:"seal,omitempty"`
	Published   time.Time      `json:"published,omitzero"`
	PublishedBy grid.OfficerID `json:"published_by,omitempty"`
	Proposals   []Proposal     `json:"proposals,omitempty"`
}

// Entry is a figure that was entered by hand. Unit is its key.
type Entry struct {
	Unit      string `json:"u"`
	Indicator string `json:"i"`
	Given     Given  `json:"g"`
}

// Remark is what a unit has to say about its figures, and what became of it. Unit is its key; N counts from 1.
type Remark struct {
	N     int            `json:"n"`
	Unit  string         `json:"u"`
	By    grid.OfficerID `json:"b"`
	Words string         `json:"w"`
	Files []plan.File    `json:"f,omitempty"`
	At    time.Time      `json:"a"`

	Answer     string         `json:"r,omitempty"`
	AnsweredBy grid.OfficerID `json:"rb,omitempty"`
	Answered   time.Time      `json:"ra,omitzero"`
}

// Correction is a figure that was put right: what it was, what it is, and why.
type Correction struct {
	Unit   string         `json:"u"`
	Was    Figure         `json:"f"`
	Now    Amount         `json:"v"`
	Reason string         `json:"r"`
	By     grid.OfficerID `json:"b"`
	At     time.Time      `json:"a"`
}

// Remedy is what the district may propose about a unit that did not pass, and not order (rules: 水污染防治法 Art 20 and the rule
// on suspended approvals of 2015, Art 2: the province or the ministry does).
type Remedy string

// The remedies.
const (
	Talk    Remedy = "summon"   // 约谈
	Suspend Remedy = "restrict" // 限批
)

// Remedies lists them, the milder first.
func Remedies() []Remedy { return []Remedy{Talk, Suspend} }

// Proposal is a numbered document that proposes a remedy. No holds a marker until the store gives the number.
type Proposal struct {
	Unit   string         `json:"u"`
	Remedy Remedy         `json:"m"`
	No     string         `json:"n"`
	To     string         `json:"t"`
	Text   string         `json:"x"`
	By     grid.OfficerID `json:"b"`
	At     time.Time      `json:"a"`
}

// Result finds how a unit stands, by its key.
func (a Assessment) Result(unit string) (Result, bool) {
	for _, r := range a.Results {
		if r.Unit.Key() == unit {
			return r, true
		}
	}
	return Result{}, false
}

// Unanswered lists the comments that have no answer yet.
func (a Assessment) Unanswered() []Remark {
	return slices.DeleteFunc(slices.Clone(a.Comments), func(r Remark) bool { return !r.Answered.IsZero() })
}

// Proposed tells whether that remedy was proposed for the unit already.
func (a Assessment) Proposed(unit string, m Remedy) bool {
	return slices.ContainsFunc(a.Proposals, func(p Proposal) bool { return p.Unit == unit && p.Remedy == m })
}

// Event is a line of the history of an assessment.
type Event struct {
	At   time.Time      `json:"at"`
	By   grid.OfficerID `json:"by"`
	Via  string         `json:"via,omitempty"` // update/123
	Did  Action         `json:"did"`
	To   State          `json:"to"`
	Unit string         `json:"unit,omitempty"`
	Of   string         `json:"of,omitempty"`   // the indicator, the number of a comment, the remedy
	Was  string         `json:"was,omitempty"`  // of a corrected figure
	Now  string         `json:"now,omitempty"`  // likewise
	Why  string         `json:"why,omitempty"`  // reason, source
	Hash string         `json:"hash,omitempty"` // of the seal
}
