package water

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Supervisions is the kind under which the public supervision (挂牌督办) of failing sections is kept. AllListed is the shelf of them
// all by when they were proposed; Open those that are proposed or listed, by the day until which the water has to be mended.
const (
	Supervisions ledger.DossierKind = "supervision"
	AllListed    ledger.Shelf       = "all"
	Open         ledger.Shelf       = "open"
)

// ListState is where a supervision stands.
type ListState string

// The states.
const (
	Proposed ListState = "proposed"
	Listed   ListState = "listed"
	Lifted   ListState = "lifted"
	Declined ListState = "declined" // not listed after all
)

// ListAction is what somebody does about one.
type ListAction string

// The actions.
const (
	List       ListAction = "list"        // a supervisor puts the section under supervision
	Decline    ListAction = "decline"     // or does not
	Report     ListAction = "report"      // the unit says how far it is
	AskExtend  ListAction = "ask_extend"  // the unit asks for more time
	Extend     ListAction = "extend"      // a supervisor gives it
	DenyExtend ListAction = "deny_extend" // or does not
	Lift       ListAction = "lift"        // a supervisor ends it
	didPropose ListAction = "propose"     // by the program
	DidRemind  ListAction = "remind"      // the unit was reminded or chased
)

// listTable says what may be done in which state.
var listTable = map[ListState][]ListAction{
	Proposed: {List, Decline},
	Listed:   {Report, AskExtend, Extend, DenyExtend, Lift},
}

// ListRules are the numbers of supervision.
type ListRules struct {
	After     int // periods in a row that a section misses its target, for a proposal
	Limit     int // days until its end at most
	Extension int // days by which it may be extended, once
	Ask       int // days before the end at the latest an extension is asked for
	Remind    []int
	Silence   int // days without progress, after which the unit is chased
	Location  *time.Location
}

// Supervision is a failing section under public supervision, or a proposal to put it there.
type Supervision struct {
	ID       string          `json:"id"`
	Section  string          `json:"section"`
	Periods  []string        `json:"periods"` // in which it missed its target
	Items    []string        `json:"items"`   // that missed it in the last of them, the worst first
	State    ListState       `json:"state"`
	Proposed time.Time       `json:"proposed"`
	Listed   time.Time       `json:"listed,omitzero"`
	Due      time.Time       `json:"due,omitzero"` // the first instant that is too late
	Unit     grid.Department `json:"unit,omitempty"`
	Words    string          `json:"words,omitempty"` // what has to be done
	Reports  []ListReport    `json:"reports,omitempty"`
	Asked    *Extension      `json:"asked,omitempty"` // that waits for a decision
	Given    *Extension      `json:"given,omitempty"`
	Ended    time.Time       `json:"ended,omitzero"`
	Why      string          `json:"why,omitempty"` // it was lifted or declined
	Reminded Reminded        `json:"reminded,omitempty"`
}

// ListReport is how far the unit says it is.
type ListReport struct {
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by"`
	Words string         `json:"words"`
}

// Extension is more time that was asked for.
type Extension struct {
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by"`
	Days  int            `json:"days"`
	Words string         `json:"words"`
}

// ListAct is an action with what it needs.
type ListAct struct {
	Action ListAction
	By     grid.OfficerID
	Via    string
	Days   int             // List, AskExtend
	Unit   grid.Department // List
	Words  string
}

// ListEvent is an entry of a supervision's history.
type ListEvent struct {
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by,omitempty"`
	Via   string         `json:"via,omitempty"`
	Did   ListAction     `json:"did"`
	Days  int            `json:"days,omitempty"`
	Words string         `json:"words,omitempty"`
}

// Propose makes the proposal to put a section under supervision that missed its target in these periods, the oldest first.
func Propose(id string, failed []Judged, now time.Time) (Supervision, ListEvent) {
	last := failed[len(failed)-1]
	x := Supervision{ID: id, Section: last.Section.ID, State: Proposed, Proposed: now}
	for _, j := range failed {
		x.Periods = append(x.Periods, j.Period.Name)
	}
	for _, f := range last.Verdict.Failing(last.Section.Target) {
		x.Items = append(x.Items, f.Code)
	}
	return x, ListEvent{At: now, Did: didPropose}
}

// Is tells whether it is still proposed or listed.
func (x Supervision) Is() bool { return x.State == Proposed || x.State == Listed }

// Late tells whether the day until which the water had to be mended is over.
func (x Supervision) Late(now time.Time) bool { return x.State == Listed && !now.Before(x.Due) }

// Last is the last day in time.
func (x Supervision) Last(loc *time.Location) string {
	if x.Due.IsZero() {
		return ""
	}
	return x.Due.Add(-time.Nanosecond).In(loc).Format(time.DateOnly)
}

// Do does something about a supervision. Conflict: its state does not allow that, or it is too late to ask; Invalid: days or words
// that the rules do not allow.
func (r ListRules) Do(x Supervision, a ListAct, now time.Time) (Supervision, ListEvent, error) {
	e := ListEvent{At: now, By: a.By, Via: a.Via, Did: a.Action, Days: a.Days, Words: a.Words}
	if !x.State.Allows(a.Action) {
		return x, e, grid.Fail(grid.Conflict, "error.supervision.state")
	}
	if a.Words == "" && a.Action != Extend {
		return x, e, grid.Fail(grid.Invalid, "error.supervision.words")
	}
	var err error
	switch a.Action {
	case List:
		err = r.list(&x, a, now)
	case Decline, Lift:
		x.State, x.Ended, x.Why, x.Asked = map[ListAction]ListState{Decline: Declined, Lift: Lifted}[a.Action], now, a.Words, nil
	case Report:
		x.Reports = append(slices.Clone(x.Reports), ListReport{At: now, By: a.By, Words: a.Words})
	case AskExtend:
		err = r.ask(&x, a, now)
	case Extend, DenyExtend:
		err = x.decide(a)
	case didPropose, DidRemind: // the program's own: no state allows them to anybody
	}
	return x, e, err
}

func (r ListRules) list(x *Supervision, a ListAct, now time.Time) error {
	if a.Days < 1 || a.Days > r.Limit {
		return grid.Fail(grid.Invalid, "error.supervision.days", "most", strconv.Itoa(r.Limit))
	}
	if a.Unit == "" {
		return grid.Fail(grid.Invalid, "error.supervision.unit")
	}
	local := now.In(r.Location)
	x.State, x.Listed, x.Unit, x.Words = Listed, now, a.Unit, a.Words
	x.Due = time.Date(local.Year(), local.Month(), local.Day()+a.Days+1, 0, 0, 0, 0, r.Location)
	return nil
}

func (r ListRules) ask(x *Supervision, a ListAct, now time.Time) error {
	switch {
	case x.Given != nil || x.Asked != nil:
		return grid.Fail(grid.Conflict, "error.supervision.extended")
	case now.After(x.Due.AddDate(0, 0, -r.Ask)):
		return grid.Fail(grid.Conflict, "error.supervision.ask_late", "days", strconv.Itoa(r.Ask))
	case a.Days < 1 || a.Days > r.Extension:
		return grid.Fail(grid.Invalid, "error.supervision.days", "most", strconv.Itoa(r.Extension))
	}
	x.Asked = &Extension{At: now, By: a.By, Days: a.Days, Words: a.Words}
	return nil
}

// decide gives the time that was asked for, or does not.
func (x *Supervision) decide(a ListAct) error {
	if x.Asked == nil {
		return grid.Fail(grid.Conflict, "error.supervision.not_asked")
	}
	if a.Action == Extend {
		x.Given, x.Due = x.Asked, x.Due.AddDate(0, 0, x.Asked.Days)
	}
	x.Asked = nil
	return nil
}

// Reminder is what the unit is reminded of now: the days that are left or "late", with the last day, so that a new day is a new
// reminder; or Silent, with the day of the last report. Nothing when there is nothing, or it was said already.
func (r ListRules) Reminder(x Supervision, now time.Time) string {
	if x.State != Listed {
		return ""
	}
	if of := ofLastDay(x.Last(r.Location), x.Due, r.Remind, now); of != "" && !x.Reminded[of] {
		return of
	}
	heard := x.Listed
	if n := len(x.Reports); n > 0 {
		heard = x.Reports[n-1].At
	}
	of := Silent + "/" + heard.In(r.Location).Format(time.DateOnly)
	if now.After(heard.AddDate(0, 0, r.Silence)) && !x.Reminded[of] {
		return of
	}
	return ""
}

// Silent begins a reminder of somebody who has not reported for long.
const Silent = "silent"

// Remind notes that the unit was reminded.
func (x Supervision) Remind(of string, now time.Time) (Supervision, ListEvent) {
	x.Reminded = x.Reminded.with(of)
	return x, ListEvent{At: now, Did: DidRemind, Words: of}
}

// Write makes the write of a supervision.
func (x Supervision) Write(read ledger.Dossier, e ListEvent) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, x, e)
	w.Stand(true, AllListed, float64(x.Proposed.Unix()))
	w.Stand(x.Is(), Open, float64(max(x.Due.Unix(), 0)))
	return w, err
}

// PublicListing is what anybody may see of a supervision.
type PublicListing struct {
	ID       string
	Section  string
	Periods  []string
	Items    []string
	Listed   time.Time
	Due      time.Time
	Extended bool
	Unit     grid.Department
	Words    string
	Reports  []PublicReport
	Lifted   time.Time
	Why      string
}

// PublicReport is how far the unit said it was, without who said it.
type PublicReport struct {
	At    time.Time
	Words string
}

// Public is the public part of a supervision that is listed or was; false for a proposal.
func (x Supervision) Public() (PublicListing, bool) {
	if x.State != Listed && x.State != Lifted {
		return PublicListing{}, false
	}
	p := PublicListing{
		ID: x.ID, Section: x.Section, Periods: x.Periods, Items: x.Items, Listed: x.Listed, Due: x.Due, Extended: x.Given != nil,
		Unit: x.Unit, Words: x.Words, Lifted: x.Ended, Why: x.Why,
	}
	for _, r := range x.Reports {
		p.Reports = append(p.Reports, PublicReport{At: r.At, Words: r.Words})
	}
	return p, true
}

// Allows tells whether that may be done in the state.
func (s ListState) Allows(a ListAction) bool { return slices.Contains(listTable[s], a) }
