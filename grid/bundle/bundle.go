package bundle

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// Audience is whom a bundle is for.
type Audience string

// The audiences.
const (
	Court      Audience = "court"       // whoever may read the whole file: courts, discipline inspection
	Authority  Audience = "authority"   // police and prosecutors: what officers did and found, and nothing by which somebody reported it
	ThirdParty Audience = "third-party" // anybody else
)

// Case is what a bundle is made of.
type Case struct {
	Case    casework.Case
	Events  []casework.Event
	Anchors []string // lines of the daily anchors in which the case stands
	Place   string   // the cell in words

	For       Audience
	Originals bool // the files as they were received, metadata and all; courts only
	At        time.Time
}

// Files gives the files of evidence by their SHA-256; media.Store does.
type Files interface {
	// Show returns the copy without metadata.
	Show(ctx context.Context, sha256 string) ([]byte, error)
	// Original returns what was received.
	Original(ctx context.Context, sha256 string) ([]byte, error)
}

// Names of the files in a bundle.
const (
	readmeName   = "README.txt"
	scriptName   = "verify.py"
	manifestName = "MANIFEST"
	headName     = "head.json"
	summaryName  = "summary.json"
	caseName     = "case.json"
	eventsName   = "events.jsonl"
	anchorsName  = "anchors.jsonl"
	evidenceName = "evidence.jsonl"
	evidenceDir  = "evidence/"
)

// head says what the bundle claims: which history, how long, and how it ends.
type head struct {
	Case     casework.CaseID `json:"case"`
	Number   string          `json:"number"`
	CaseNo   string          `json:"case_number,omitzero"`
	Events   int             `json:"events"`
	Head     string          `json:"head"`
	For      Audience        `json:"for"`
	Exported time.Time       `json:"exported"`
}

// summary tells of the case in what everybody may know.
type summary struct {
	Number      string               `json:"number"`
	CaseNo      string               `json:"case_number,omitzero"`
	State       casework.State       `json:"state"`
	Categories  []string             `json:"categories,omitempty"`
	Cell        string               `json:"cell"`
	Place       string               `json:"place"`
	Created     time.Time            `json:"created"`
	Closed      time.Time            `json:"closed,omitzero"`
	Disposition casework.Disposition `json:"disposition,omitzero"`
	Reply       string               `json:"reply,omitzero"`
	Verdict     casework.Verdict     `json:"verdict,omitzero"` // for authorities
	Finding     string               `json:"finding,omitzero"` // likewise
}

// withheld stands for an event whose words are not for this audience: its place in the chain, without what it says.
type withheld struct {
	Withheld bool            `json:"withheld"`
	Seq      int             `json:"n"`
	At       time.Time       `json:"a"`
	Action   casework.Action `json:"x"`
	Hash     string          `json:"h"`
}

// exhibit is one file of evidence: what the history says of it, and where it lies in the bundle.
type exhibit struct {
	File     string         `json:"file"` // as the history calls it
	Stage    casework.Stage `json:"stage"`
	Kind     string         `json:"kind"`
	SHA256   string         `json:"sha256,omitzero"` // of what was received
	Lost     string         `json:"lost,omitzero"`
	Shown    string         `json:"shown,omitzero"`    // the copy without metadata
	Original string         `json:"original,omitzero"` // what was received
}

// Note is what the event of an export says: for whom, and whether the originals went with it.
func Note(who Audience, originals bool) map[string]string {
	note := map[string]string{"for": string(who)}
	if originals {
		note["originals"] = "1"
	}
	return note
}
