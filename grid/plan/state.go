package plan

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// State is how far an occurrence of a milestone is.
type State string

// The states. Nothing is stored of an Untouched one until somebody or the clock does something.
const (
	Untouched State = ""         // nobody reported on it
	Underway  State = "underway" // the lead reported progress, or what it reported as done was returned
	Reported  State = "reported" // the lead says that it is done; a supervisor decides
	Accepted  State = "accepted" // a supervisor found it done
)

// States lists them in the order in which a milestone goes through them.
func States() []State { return []State{Untouched, Underway, Reported, Accepted} }

// Done tells whether the lead says, or a supervisor found, that it is done.
func (s State) Done() bool { return s == Reported || s == Accepted }

// Progress is the document of an occurrence: what was reported, by whom, and how it was chased. It is stored as a dossier of
// kind "measure" under Occurrence.ID.
type Progress struct {
	State   State          `json:"s,omitempty"`
	Percent int            `json:"p,omitempty"` // as the lead reported it last, 0 to 100
	Words   string         `json:"w,omitempty"`
	Files   []File         `json:"f,omitempty"` // all that the lead sent
	By      grid.OfficerID `json:"b,omitempty"`
	At      time.Time      `json:"a,omitzero"`
	Claimed time.Time      `json:"c,omitzero"` // when it was reported as done, the last time
	Shares  []Share        `json:"h,omitempty"`
	Returns string         `json:"r,omitempty"` // why it was returned the last time
	Ruled   time.Time      `json:"ra,omitzero"` // when it was accepted or returned, and by whom
	RuledBy grid.OfficerID `json:"rb,omitempty"`

	Told    []string          `json:"t,omitempty"` // stages that are over: names of Stage
	Ladder  []casework.Step   `json:"l,omitempty"` // how the lead was pressed
	Letters []casework.Letter `json:"d,omitempty"`
}

// Share is what a supporting department said last of its part.
type Share struct {
	Department grid.Department `json:"d"`
	Words      string          `json:"w"`
	Files      []File          `json:"f,omitempty"` // all that it sent
	By         grid.OfficerID  `json:"b"`
	At         time.Time       `json:"a"`
}

// File is a file that backs a report. Its hash is known once it lies in the evidence store.
type File struct {
	Unique string `json:"u"` // Telegram's unique id
	ID     string `json:"i"` // to show it again
	Kind   string `json:"k"` // photo, video, document …
	SHA256 string `json:"s,omitempty"`
}

// Event is a line of an occurrence's history; nobody ever alters one.
type Event struct {
	At         time.Time       `json:"at"`
	By         grid.OfficerID  `json:"by,omitempty"`  // empty: the program
	For        grid.OfficerID  `json:"for,omitempty"` // the absent officer for whom they stood in
	Via        string          `json:"via,omitempty"`
	Did        Action          `json:"did"`
	State      State           `json:"state,omitempty"` // after it
	Department grid.Department `json:"dept,omitempty"`
	Percent    int             `json:"pct,omitempty"`
	Words      string          `json:"w,omitempty"`
	Files      []File          `json:"f,omitempty"`
	Stage      string          `json:"stage,omitempty"`
	Cases      int             `json:"cases,omitempty"` // open ones that spoke against it when it was accepted
}

// share finds what a department said.
func (p *Progress) share(d grid.Department) int {
	return slices.IndexFunc(p.Shares, func(s Share) bool { return s.Department == d })
}

// Owes lists the places in the ladder of what the officer was told and has not acknowledged.
func (p *Progress) Owes(o grid.OfficerID) []int {
	var out []int
	for i, s := range p.Ladder {
		if slices.Contains(s.Unacknowledged(), o) {
			out = append(out, i)
		}
	}
	return out
}

// Touched tells whether anything is on record.
func (p *Progress) Touched() bool {
	return p.State != Untouched || len(p.Told) > 0 || len(p.Shares) > 0
}

// AllFiles are the files of the lead and of all who support.
func (p *Progress) AllFiles() []File {
	out := slices.Clone(p.Files)
	for _, s := range p.Shares {
		out = append(out, s.Files...)
	}
	return out
}

// clone copies everything that Apply may write to.
func (p Progress) clone() Progress {
	p.Files, p.Told, p.Letters = slices.Clone(p.Files), slices.Clone(p.Told), slices.Clone(p.Letters)
	p.Shares = slices.Clone(p.Shares)
	for i := range p.Shares {
		p.Shares[i].Files = slices.Clone(p.Shares[i].Files)
	}
	p.Ladder = slices.Clone(p.Ladder)
	for i := range p.Ladder {
		p.Ladder[i].Acks = slices.Clone(p.Ladder[i].Acks)
	}
	return p
}
