// Package casework moves a report through its states: one table says which action leads from which state to which, who
// may do it, and which legal clocks it starts and stops. It is pure: cases go in, cases and events come out.
package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/incident"
)

// CaseID names a case inside the program. People see the numbers, never the ID.
type CaseID string

// Source tells who brought a report.
type Source string

// Sources.
const (
	FromCitizen   Source = "citizen"
	FromInspector Source = "inspector"
	FromSite      Source = "site"    // the public's, without an account, by the district's web site
	FromOpen311   Source = "open311" // the same, by another program that speaks GeoReport
)

// Public tells whether one of the public brought the report, by whichever door.
func (s Source) Public() bool { return s == FromCitizen || s.Door() }

// Door tells whether it came from somebody without a Telegram account, who looks the answer up by number and code.
func (s Source) Door() bool { return s == FromSite || s == FromOpen311 }

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
	Site       string        `json:"si,omitzero"`   // number of the site that it is about
	Away       string        `json:"away,omitzero"` // out of area: whose land it probably is

	Handler   grid.OfficerID  `json:"h,omitzero"`
	Raised    grid.CellCode   `json:"up,omitzero"` // whose people act on it, when it went above its cell
	Barred    []Exclusion     `json:"ba,omitempty"`
	Dispute   *Dispute        `json:"d,omitempty"`
	Bounces   int             `json:"bo,omitzero"` // how often it was moved because somebody objected
	Came      time.Time       `json:"cm,omitzero"` // when it reached those who have it now: from then on they may object
	Decided   bool            `json:"ad,omitzero"` // the common superior decided whose it is: nobody may object any more
	Asked     time.Time       `json:"as,omitzero"` // when the reporter was asked for what is missing
	Followers []grid.PersonID `json:"f,omitempty"`
	RealName  bool            `json:"rn,omitzero"` // the reporter left a name with it, sealed elsewhere
	Phone     bool            `json:"ph,omitzero"` // and, or instead, a phone number
	Evidence  []Evidence      `json:"e,omitempty"`

	Lead      grid.Department `json:"ld,omitzero"`
	Tasks     []Task          `json:"ta,omitempty"` // of supporting departments
	Extension *Extension      `json:"x,omitempty"`  // asked for and not decided
	Ladder    []Step          `json:"la,omitempty"` // who was pressed how

	Parent   CaseID   `json:"pa,omitzero"` // the case of the same matter that it goes with
	Was      State    `json:"w,omitzero"`  // before it was merged
	Children []CaseID `json:"ch,omitempty"`

	Gathered time.Time `json:"ga,omitzero"` // many reported it in a short time (集中举报): since when that is known

	Letters []Letter `json:"le,omitempty"` // numbered documents that left the office

	Disposition   Disposition      `json:"dis,omitzero"`
	Onward        string           `json:"on,omitzero"` // another authority to which the matter was moved, or the number of the same matter
	Verdict       Verdict          `json:"v,omitzero"`
	Violation     bool             `json:"vi,omitzero"` // needs certified officers
	Investigators []grid.OfficerID `json:"in,omitempty"`
	Finding       string           `json:"fi,omitzero"` // internal: what was found and done
	HandedBy      grid.OfficerID   `json:"hb,omitzero"` // who handed the result in: not always who began
	FindingBy     grid.OfficerID   `json:"fb,omitzero"` // who approved it
	Reply         string           `json:"re,omitzero"` // what the reporter is told
	Notice        *Notice          `json:"no,omitempty"`

	ClosedBy grid.OfficerID `json:"cb,omitzero"` // who approved the reply last
	Reopened int            `json:"ro,omitzero"` // how often it was found wrong after its answer
	Anew     time.Time      `json:"an,omitzero"` // since when the work goes on that followed the last time
	Score    int            `json:"sc,omitzero"` // the reporter's satisfaction, 1 to 5; 0 without
	Drawn    bool           `json:"dr,omitzero"` // the lot fell on it
	Reviews  []Review       `json:"rv,omitempty"`

	Reward     *Reward `json:"rw,omitempty"`
	RewardWith CaseID  `json:"rx,omitzero"` // the case of the same act or target with whose reward this one goes

	Abuse    *Abuse             `json:"ab,omitempty"`
	Incident *incident.Incident `json:"inc,omitempty"` // from an alarm on, or once an officer found it to be one

	Urgent    bool      `json:"u,omitzero"` // emergencies are not held back by quiet hours
	Clocks    []Clock   `json:"cl,omitempty"`
	CreatedAt time.Time `json:"at"`
	ClosedAt  time.Time `json:"ct,omitzero"` // when it was answered, refused or withdrawn last
	Told      time.Time `json:"td,omitzero"` // when something was done last that the public is told of; see Action.Told

	Version int64  `json:"-"`            // of the stored document; 0 when it is not stored yet
	Events  int    `json:"ev,omitzero"`  // how many events the history holds
	Head    string `json:"hd,omitempty"` // hash of the last event: the history is a chain
}

// Undecided tells whether the desk has not decided about it.
func (c *Case) Undecided() bool {
	return slices.Contains([]State{Registered, OutOfArea, Asked}, c.State)
}

// Shown is the number that people are told: the case's, or the report's while it is not accepted.
func (c *Case) Shown() string {
	if c.CaseNo != "" {
		return c.CaseNo
	}
	return c.Number
}

// clone copies everything that an action may write to.
func (c Case) clone() Case {
	c.Clocks, c.Evidence, c.Followers = slices.Clone(c.Clocks), slices.Clone(c.Evidence), slices.Clone(c.Followers)
	c.Barred, c.Tasks, c.Ladder = slices.Clone(c.Barred), slices.Clone(c.Tasks), slices.Clone(c.Ladder)
	for i := range c.Ladder {
		s := &c.Ladder[i]
		s.Acks, s.To, s.Copy = slices.Clone(s.Acks), slices.Clone(s.To), slices.Clone(s.Copy)
	}
	c.Incident, c.Reward = c.Incident.Clone(), c.Reward.clone()
	c.Children, c.Investigators, c.Reviews = slices.Clone(c.Children), slices.Clone(c.Investigators), slices.Clone(c.Reviews)
	c.Letters = slices.Clone(c.Letters)
	if c.Notice != nil {
		n := *c.Notice
		c.Notice = &n
	}
	if c.Dispute != nil {
		d := *c.Dispute
		c.Dispute = &d
	}
	return c
}
