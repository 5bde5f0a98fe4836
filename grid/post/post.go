// Package post is what the office tells the public of its own accord: notices, advice on what to do, typical cases (典型案例). A post
// is a draft, is approved by another person, goes out at its time, and can be taken back; states are one table.
package post

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Kind is the kind of the dossiers of posts.
const Kind ledger.DossierKind = "post"

// The shelves on which posts stand: All by when they were begun; Open, while they are not over; Due, until everybody was told, by
// when they go out; Shown, what the public may read, by when it went out. In milliseconds.
const (
	All   ledger.Shelf = "all"
	Open  ledger.Shelf = "open"
	Due   ledger.Shelf = "due"
	Shown ledger.Shelf = "shown"
)

// State is how far a post is.
type State string

// The states.
const (
	Draft    State = "draft"
	Asked    State = "asked"    // waits for somebody else's approval
	Approved State = "approved" // waits for its time
	Sending  State = "sending"  // urgent: those whom it reaches are being told
	Sent     State = "sent"     // published; followers find it in their digests
	Recalled State = "recalled"
)

// Action is what somebody does to a post.
type Action string

// The actions.
const (
	Write   Action = "write"   // words, whom it reaches, when it goes out
	Ask     Action = "ask"     // for approval
	Return  Action = "return"  // it needs other words, for a reason
	Approve Action = "approve" // never one's own
	Start   Action = "start"   // its time has come
	Finish  Action = "finish"  // everybody was told
	Recall  Action = "recall"  // for a reason; nobody else is told, and the public reads it no more
)

// rules is the one table: what an action leads from and to.
var rules = []struct {
	action Action
	from   []State
	to     State
}{
	{Write, []State{Draft}, Draft},
	{Ask, []State{Draft}, Asked},
	{Return, []State{Asked}, Draft},
	{Approve, []State{Asked}, Approved},
	{Start, []State{Approved}, Sending},
	{Finish, []State{Sending}, Sent},
	{Recall, []State{Draft, Asked, Approved, Sending, Sent}, Recalled},
}

// NoNotice is why the program takes an exposure back: the case's notice is not public any more, or says something else.
const NoNotice = "no_notice"

// Post is one of them.
type Post struct {
	ID     string            `json:"id"`
	Title  map[string]string `json:"ti"` // by language; one is enough
	Text   map[string]string `json:"te"`
	Sample string            `json:"sa,omitempty"` // the ready text that it began with
	Case   casework.CaseID   `json:"c,omitempty"`  // whose approved notice it exposes, in those very words
	Reach  follow.Reach      `json:"re"`
	Urgent bool              `json:"u,omitempty"` // told at once, at night as well; otherwise in the digests
	When   time.Time         `json:"w,omitzero"`  // zero: as soon as it is approved
	Until  time.Time         `json:"un,omitzero"` // how long the public finds it

	State    State            `json:"st"`
	By       grid.OfficerID   `json:"by"`           // who wrote it last
	Writers  []grid.OfficerID `json:"ws,omitempty"` // who wrote any part of it: words, whom it reaches, when, how urgent
	Begun    time.Time        `json:"b"`
	Approver grid.OfficerID   `json:"ap,omitempty"`
	Out      time.Time        `json:"o,omitzero"` // when it went out
	Place    float64          `json:"p,omitempty"`
	Told     bool             `json:"t,omitempty"` // the channel was told
	Reason   string           `json:"r,omitempty"` // why it was returned or recalled
}

// Event is one line of a post's history.
type Event struct {
	At     time.Time      `json:"at"`
	By     grid.OfficerID `json:"by,omitempty"` // empty: the program
	Via    string         `json:"via,omitempty"`
	Did    Action         `json:"did"`
	Reason string         `json:"reason,omitempty"`
}

// May tells whether the action is possible in the post's state.
func (p Post) May(a Action) bool { return p.rule(a) >= 0 }

func (p Post) rule(a Action) int {
	for i, r := range rules {
		if r.action == a && slices.Contains(r.from, p.State) {
			return i
		}
	}
	return -1
}

// Do does it. Conflict "error.post.state" when the post is too far or not far enough; Invalid "error.post.words" and
// "error.post.reach" when approval is asked for what says nothing or reaches nobody, "error.post.reason" without a reason where one
// is needed; Forbidden "error.post.own" for approving what one wrote
// any part of.
func (p Post) Do(e Event) (Post, error) {
	i := p.rule(e.Did)
	if i < 0 {
		return p, grid.Fail(grid.Conflict, "error.post.state", "poststate", string(p.State))
	}
	switch e.Did {
	case Write:
		p.By, p.Writers = e.By, with(with(p.Writers, p.By), e.By)
	case Ask:
		if len(p.Title) == 0 || len(p.Text) == 0 {
			return p, grid.Fail(grid.Invalid, "error.post.words")
		}
		if p.Reach.Empty() {
			return p, grid.Fail(grid.Invalid, "error.post.reach")
		}
		p.Reason = ""
	case Approve:
		if p.Wrote(e.By) {
			return p, grid.Fail(grid.Forbidden, "error.post.own")
		}
		p.Approver = e.By
	case Return, Recall:
		if e.Reason == "" {
			return p, grid.Fail(grid.Invalid, "error.post.reason")
		}
		p.Reason = e.Reason
	case Start:
		p.Out = e.At
	case Finish:
	}
	p.State = rules[i].to
	return p, nil
}

// Wrote tells whether the officer wrote any part of the post: then somebody else approves it.
func (p Post) Wrote(o grid.OfficerID) bool { return o == p.By || slices.Contains(p.Writers, o) }

// with is the list with the officer in it, once.
func with(list []grid.OfficerID, o grid.OfficerID) []grid.OfficerID {
	if slices.Contains(list, o) {
		return list
	}
	return append(slices.Clip(list), o)
}

// DueAt is when the post has to be dealt with next by the program; false when it waits for people or is over.
func (p Post) DueAt() (time.Time, bool) {
	switch p.State {
	case Approved:
		return p.When, true
	case Sending:
		return p.Out, true
	case Draft, Asked, Sent, Recalled:
	}
	return time.Time{}, false
}

// Tally is the name under which the messages of the post are counted.
func Tally(id string) string { return "post/" + id }

// Write makes the post, as it is now, the next version of its dossier.
func (p Post) Write(read ledger.Dossier, events ...any) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, p, events...)
	w.Stand(true, All, float64(p.Begun.UnixMilli()))
	w.Stand(p.State != Sent && p.State != Recalled, Open, float64(p.Begun.UnixMilli()))
	at, due := p.DueAt()
	w.Stand(due, Due, float64(max(at.UnixMilli(), 0)))
	_, shown := p.Public()
	w.Stand(shown, Shown, float64(max(p.Out.UnixMilli(), 0)))
	return w, err
}

// Public is a post as everybody may read it.
type Public struct {
	ID     string
	Title  map[string]string // by language
	Text   map[string]string
	Reach  follow.Reach
	Urgent bool
	Case   bool // a typical case
	Out    time.Time
	Until  time.Time
}

// Public is what everybody may read; false unless it went out and was not taken back.
func (p Post) Public() (Public, bool) {
	if p.State != Sending && p.State != Sent {
		return Public{}, false
	}
	return Public{ID: p.ID, Title: p.Title, Text: p.Text, Reach: p.Reach, Urgent: p.Urgent, Case: p.Case != "", Out: p.Out, Until: p.Until}, true
}

// Item is the post as followers find it in their digests.
func (p Post) Item() follow.Item {
	return follow.Item{Source: follow.OfPost, Ref: p.ID, At: p.Out, Reach: p.Reach}
}
