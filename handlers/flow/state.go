package flow

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/grid/site"
)

// version of the stored State. A state of another version is let go: a conversation lives a day.
const version = 1

// Story is a conversation that gathers what one action needs.
type Story string

// The stories. Idle is nothing under way.
const (
	Idle         Story = ""
	Report       Story = "report"
	Status       Story = "status"
	More         Story = "more" // the reporter says more about a case
	Checking     Story = "checkin"
	HandingIn    Story = "handin"
	Showing      Story = "evidence" // photos from the spot, without a result yet
	Objecting    Story = "notmine"
	Refusing     Story = "refuse"
	Closing      Story = "close"
	Returning    Story = "return"
	Reassigning  Story = "reassign"
	Asking       Story = "ask"    // an officer asks who reported
	Answering    Story = "answer" // who reported answers
	Assigning    Story = "assign" // who leads and who supports
	Replying     Story = "task"   // a supporting department answers
	Declining    Story = "decline"
	Dropping     Story = "drop"       // a department that was asked by mistake
	Grading      Story = "grade"      // the level of an incident
	Reporting    Story = "report_up"  // a report of an incident
	StandingDown Story = "stand_down" // it is no incident
	Telling      Story = "telling"    // a neighbour was told of an incident
	Leaving      Story = "away"       // an officer will be absent
	Naming       Story = "name"       // and leaves name and phone, sealed
	Unsealing    Story = "unseal"     // which an officer wants to read
	Drafting     Story = "notice"     // what the public would read
	Unsolved     Story = "object"     // the reporter says what is still wrong
	Passing      Story = "pass"       // a spot check found it right
	Reopening    Story = "reopen"     // or wrong
	Supervising  Story = "supervise"  // a supervisor presses by hand
	Rewarding    Story = "reward"     // a reward is proposed
	Mustering    Story = "muster"     // officers are called up
	Arriving     Story = "arrive"     // and one of them is there
	Excusing     Story = "excuse"     // or does not come
	Siting       Story = "site"       // a site is added in the field
	Noting       Story = "note"       // words and photos for a point of an inspection
	Wording      Story = "wording"    // a few words about what is not a case; Task.Reason says what is asked for
)

// StepName says where a story stands: what was asked last.
type StepName string

// State is a conversation of one person in one chat. The zero State is nothing under way. It is stored as JSON, sealed,
// because a draft holds what a reporter said.
type State struct {
	Version int      `json:"v"`
	Story   Story    `json:"s,omitempty"`
	Step    StepName `json:"p,omitempty"`
	Serial  int      `json:"n,omitempty"` // makes nonces of one second differ
	Draft   *Draft   `json:"d,omitempty"` // kept while other stories go on
	Task    *Task    `json:"t,omitempty"`

	Dropped *Draft          `json:"x,omitempty"` // a cancelled draft, until another begins
	Held    []Event         `json:"h,omitempty"` // what was said while it is not clear where it belongs
	Last    *Last           `json:"l,omitempty"` // what was submitted last
	Raised  casework.CaseID `json:"r,omitempty"` // the alarm of what is held
	Keys    bool            `json:"k,omitempty"` // a reply keyboard of ours is shown

	Seen      time.Time `json:"a,omitzero"` // the person's last event
	ExpiresAt time.Time `json:"e,omitzero"`
}

// Last is a report that was submitted a moment ago: late photos and second thoughts still belong to it.
type Last struct {
	Nonce    string          `json:"n"`
	Case     casework.CaseID `json:"c,omitempty"`
	Officer  bool            `json:"o,omitempty"`
	Album    bool            `json:"al,omitempty"` // only the rest of its albums belongs to it, nothing else
	Stage    casework.Stage  `json:"s,omitempty"`
	Groups   []string        `json:"g,omitempty"`
	Messages []int           `json:"m,omitempty"`
	Until    time.Time       `json:"u"`
}

// Task is what an officer's story gathers about one case. The handlers give it to begin the story, with everything down
// to Lead filled where it is known.
type Task struct {
	Story      Story            `json:"s"`
	Case       casework.CaseID  `json:"c,omitempty"`
	Number     string           `json:"no,omitempty"`
	Cell       grid.CellCode    `json:"g,omitempty"`
	Categories []string         `json:"cat,omitempty"`
	Needs      []casework.Stage `json:"need,omitempty"` // stages that must be shown by a photo
	Visited    bool             `json:"vis,omitempty"`  // somebody of the office was on the spot already
	Phone      string           `json:"ph,omitempty"`
	Away       string           `json:"aw,omitempty"` // in whose area it probably lies
	Wanted     grid.CellCode    `json:"wa,omitempty"` // where an objection that is to be decided wants the case
	Kinds      []string         `json:"ki,omitempty"`
	Lead       grid.Department  `json:"ld,omitempty"` // that has the case

	Options []category.Option `json:"op,omitempty"` // whose matter it may be instead, the likeliest first
	Earlier []Earlier         `json:"ea,omitempty"` // what the same person reported before, the likeliest first
	Until   string            `json:"un,omitempty"` // the day until which what is asked for may be answered
	Left    int               `json:"lf,omitempty"` // days that may be granted

	Nonce       string               `json:"n,omitempty"`
	Words       []Words              `json:"w,omitempty"`
	Files       []File               `json:"f,omitempty"`
	Stage       casework.Stage       `json:"st,omitempty"` // of the next files
	Reason      string               `json:"r,omitempty"`
	Disposition casework.Disposition `json:"di,omitempty"`
	Verdict     casework.Verdict     `json:"ve,omitempty"`
	Violation   string               `json:"vi,omitempty"` // yes or no; empty while it is not answered
	Offered     []grid.CellCode      `json:"of,omitempty"`
	Likely      []grid.Department    `json:"lk,omitempty"` // that are offered
	Chosen      []grid.Department    `json:"ch,omitempty"` // that support
	Led         bool                 `json:"le,omitempty"` // it is decided who leads: Lead, or nobody
	Lacking     []string             `json:"la,omitempty"` // codes of what is missing
	Authority   *category.Option     `json:"au,omitempty"` // whose matter it is
	Insists     bool                 `json:"in,omitempty"` // that it is not ours, though it is environmental
	Same        *Earlier             `json:"sa,omitempty"` // the report that it repeats
	Days        int                  `json:"da,omitempty"` // of an extension
	Askable     bool                 `json:"ak,omitempty"` // the reporter was not asked yet for what is missing

	Count      map[incident.Measure]int `json:"ct,omitempty"` // of an incident's consequences
	Report     *incident.Report         `json:"rp,omitempty"` // what is known of it is filled in
	Signers    []string                 `json:"sg,omitempty"` // who may sign it
	Field      incident.Field           `json:"fl,omitempty"` // that was asked for
	Tiers      []casework.Tier          `json:"ti,omitempty"` // of rewards, given by the handlers
	Others     []string                 `json:"ot,omitempty"` // numbers of reports of the same act
	Matched    bool                     `json:"ma,omitempty"` // it was said which there are
	Milestone  string                   `json:"ms,omitempty"` // of the plan
	Matter     string                   `json:"mt,omitempty"` // what it promises, in short
	Percent    string                   `json:"pc,omitempty"` // how far it is; empty while it is not answered
	Leave      *Leave                   `json:"lv,omitempty"`
	Site       *NewSite                 `json:"ns,omitempty"`
	At         site.Number              `json:"sn,omitempty"` // the site at which an officer checks in
	Inspection string                   `json:"ii,omitempty"`
	Point      string                   `json:"ip,omitempty"` // of its checklist: the code,
	Asked      string                   `json:"iq,omitempty"` // and the words, given by the handlers
	Colleagues []Colleague              `json:"co,omitempty"` // who may stand in, given by the handlers

	Ref    string     `json:"rf,omitempty"` // the ID of what is not a case: of a muster
	Muster *Gathering `json:"mu,omitempty"`
	Assess *Assessed  `json:"as,omitempty"`
}

// Earlier is a report that the same person made before; the desk sees its number and never who. Day is the last of its next
// limit, or of the time to ask for a review; Next says which.
type Earlier struct {
	Case   casework.CaseID `json:"c"`
	Number string          `json:"n"`
	State  casework.State  `json:"s"`
	Next   string          `json:"x,omitempty"` // name of a clock; or what can be asked for: object, review, rereview
	Day    string          `json:"d,omitempty"`
}

// Answered tells whether the earlier report has its answer: what is said about it again is against that.
func (e Earlier) Answered() bool {
	return slices.Contains([]casework.State{casework.Answered, casework.SpotCheck, casework.Closed}, e.State)
}

// Leave is what is known so far of an absence: the first and the last day as 2006-01-02, and whether it was said who
// stands in, which may be nobody.
type Leave struct {
	From   string         `json:"f,omitempty"`
	Until  string         `json:"u,omitempty"`
	Named  bool           `json:"n,omitempty"`
	Deputy grid.OfficerID `json:"d,omitempty"`
}

// Colleague is somebody who may stand in.
type Colleague struct {
	ID   grid.OfficerID `json:"i"`
	Name string         `json:"n"`
}

// Decode reads a stored state. A state of another version, or one that is past its time at now, is the zero State.
func Decode(data []byte, now time.Time) (State, error) {
	if len(data) == 0 {
		return State{}, nil
	}
	var s State
	if err := json.Unmarshal(data, &s); err != nil {
		return State{}, fmt.Errorf("conversation: %w", err)
	}
	if s.Version != version || s.expired(now) {
		return State{}, nil
	}
	return s, nil
}

// Encode writes a state to be stored; nil for the zero State. One that is too large loses what is kept only for looking
// back; when that does not suffice it is an error.
func (s State) Encode() ([]byte, error) {
	if s.Empty() {
		return nil, nil
	}
	data, err := json.Marshal(s)
	for _, give := range shed {
		if err != nil || len(data) <= maxState {
			break
		}
		s = s.clone()
		give(&s)
		data, err = json.Marshal(s)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("conversation: %w", err)
	case len(data) > maxState:
		return nil, fmt.Errorf("conversation of %d bytes, at most %d are stored", len(data), maxState)
	}
	return data, nil
}

// Empty tells whether there is nothing to keep.
func (s State) Empty() bool {
	return s.Story == Idle && s.Draft == nil && s.Task == nil && s.Dropped == nil && len(s.Held) == 0 && s.Last == nil &&
		!s.Keys && s.Raised == ""
}

func (s State) expired(now time.Time) bool { return !s.ExpiresAt.IsZero() && !now.Before(s.ExpiresAt) }

// sound tells whether a story that is under way has what it works on.
func (s State) sound() bool {
	switch s.Story {
	case Idle:
		return s.Task == nil
	case Report:
		return s.Draft != nil && s.Task == nil
	default:
		return s.Task != nil && s.Task.Story == s.Story
	}
}

// clone copies everything that Step may write to, so that the caller's state stays as it was.
func (s State) clone() State {
	s.Draft, s.Dropped = s.Draft.clone(), s.Dropped.clone()
	s.Held = slices.Clone(s.Held)
	if s.Task != nil {
		t := *s.Task
		t.Words, t.Files, t.Offered, t.Likely = slices.Clone(t.Words), slices.Clone(t.Files), slices.Clone(t.Offered), slices.Clone(t.Likely)
		t.Chosen = slices.Clone(t.Chosen)
		t.Lacking = slices.Clone(t.Lacking)
		if t.Leave != nil {
			l := *t.Leave
			t.Leave = &l
		}
		t.Muster = t.Muster.clone()
		if t.Site != nil {
			n := *t.Site
			t.Site = &n
		}
		t.Assess = t.Assess.clone()
		t.Count = maps.Clone(t.Count)
		if t.Report != nil {
			r := *t.Report
			r.Says = maps.Clone(r.Says)
			if r.Says == nil {
				r.Says = make(map[incident.Field]string)
			}
			t.Report = &r
		}
		s.Task = &t
	}
	if s.Last != nil {
		l := *s.Last
		l.Groups, l.Messages = slices.Clone(l.Groups), slices.Clone(l.Messages)
		s.Last = &l
	}
	return s
}

// Files are all files that the conversation holds.
func (s State) Files() []File {
	var out []File
	for _, d := range []*Draft{s.Draft, s.Dropped} {
		if d != nil {
			out = append(out, d.Files...)
		}
	}
	if s.Task != nil {
		out = append(out, s.Task.Files...)
	}
	for _, e := range s.Held {
		out = append(out, e.Files...)
	}
	return out
}
