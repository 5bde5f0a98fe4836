package publication

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// State is where an issue stands.
type State string

// The states, in their order.
const (
	Open      State = ""          // nobody has drawn it up
	Drafted   State = "drafted"   // its content is frozen for somebody to look at
	Approved  State = "approved"  // by another person than who drew it up
	Published State = "published" // sealed; nothing can be done to it any more
)

// Action is what is done to an issue.
type Action string

// The actions.
const (
	Draft   Action = "draft"   // its content is drawn up from what is on record, again if need be
	Approve Action = "approve" // by whom the duty names, and never by who drew it up
	Return  Action = "return"  // it has to be drawn up anew
	Publish Action = "publish"
	Remind  Action = "remind" // by the calendar
)

// Party is who does something.
type Party string

// The parties.
const (
	Drafter   Party = "drafter"  // the post that drafts, and who publishes for the district
	Approver  Party = "approver" // the post that approves
	Releaser  Party = "releaser" // who publishes for the district, and the post that approves
	TheSystem Party = "the_system"
)

// Rule is a row of the table.
type Rule struct {
	Action Action
	By     Party
	From   []State
	To     State
}

// ActionTable says what may be done in which state, and by whom. Nothing else may; nothing at all to what is published.
func ActionTable() []Rule {
	return []Rule{
		{Draft, Drafter, []State{Open, Drafted}, Drafted},
		{Approve, Approver, []State{Drafted}, Approved},
		{Return, Approver, []State{Drafted, Approved}, Open},
		{Publish, Releaser, []State{Approved}, Published},
	}
}

// RuleOf is the row of an action.
func RuleOf(a Action) (Rule, bool) {
	table := ActionTable()
	i := slices.IndexFunc(table, func(r Rule) bool { return r.Action == a })
	if i < 0 {
		return Rule{}, false
	}
	return table[i], true
}

// Issue is one publication: the first of an occasion, or a correction of one that is out. Of people it holds officers only, and
// they are no part of what is sealed.
type Issue struct {
	ID    string    `json:"id"` // duty.period; of corrections duty.period.2, duty.period.3 …
	State State     `json:"state,omitempty"`
	Due   time.Time `json:"due,omitzero"` // of its occasion
	Told  []string  `json:"told,omitempty"`

	Content Content        `json:"content,omitzero"` // until it is published
	By      grid.OfficerID `json:"by,omitempty"`     // drew it up
	At      time.Time      `json:"at,omitzero"`
	OkBy    grid.OfficerID `json:"ok_by,omitempty"` // approved it
	OkAt    time.Time      `json:"ok_at,omitzero"`
	Back    string         `json:"back,omitempty"` // why it was returned the last time

	Corrects string `json:"corrects,omitempty"` // the issue that was wrong
	Why      string `json:"why,omitempty"`      // and what was wrong with it

	Sealed string         `json:"sealed,omitempty"` // the very bytes that were published: a Sheet
	Hash   string         `json:"hash,omitempty"`   // SHA-256 of them, as sha256sum writes it
	Out    time.Time      `json:"out,omitzero"`
	OutBy  grid.OfficerID `json:"out_by,omitempty"`
}

// ErrSealed says that what should be a published sheet is none.
var ErrSealed = errors.New("publication: not a sheet")

// Sheet reads what was published. ErrSealed when nothing was.
func (i Issue) Sheet() (Sheet, error) {
	var s Sheet
	if i.State != Published {
		return s, ErrSealed
	}
	if err := json.Unmarshal([]byte(i.Sealed), &s); err != nil {
		return s, errors.Join(ErrSealed, err)
	}
	return s, nil
}

// Base is the id of the occasion that an issue belongs to, and its number there: 1 for the first, more for corrections. Number 0
// says that it is no id of an issue.
func Base(id string) (occasion string, n int) {
	parts := strings.Split(id, ".")
	switch len(parts) {
	case 2:
		return id, 1
	case 3:
		n, err := strconv.Atoi(parts[2])
		if err == nil && n > 1 && strconv.Itoa(n) == parts[2] {
			return parts[0] + "." + parts[1], n
		}
	}
	return id, 0
}

// Correction is the id of the n-th issue of an occasion.
func Correction(base string, n int) string {
	if n <= 1 {
		return base
	}
	return base + "." + strconv.Itoa(n)
}

// Event is a line of the history of an issue.
type Event struct {
	At   time.Time      `json:"at"`
	By   grid.OfficerID `json:"by,omitempty"`
	Via  string         `json:"via,omitempty"` // update/123, job/publications
	Did  Action         `json:"did"`
	To   State          `json:"to,omitempty"`
	Of   string         `json:"of,omitempty"`  // the stage of a reminder
	Why  string         `json:"why,omitempty"` // it was returned or corrected
	Hash string         `json:"hash,omitempty"`
}
