package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Evidence is one file that belongs to a case.
type Evidence struct {
	File    string         `json:"f"` // Telegram's unique file id: the key of the evidence store
	ID      string         `json:"i"` // Telegram's file id, to send it again
	Kind    string         `json:"k"` // photo, video, voice, document
	Stage   Stage          `json:"s"`
	By      grid.OfficerID `json:"b,omitzero"` // empty: the reporter
	At      time.Time      `json:"a"`          // when the message was written
	Arrived time.Time      `json:"r"`          // when it reached us
	Removed time.Time      `json:"g,omitzero"` // kept no longer; the SHA-256 stays
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
	OnSite     Stage = "onsite" // an officer was there
)

// addEvidence adds what is not there yet: a file sent twice counts once.
func (c *Case) addEvidence(more []Evidence) {
	for _, e := range more {
		if !slices.ContainsFunc(c.Evidence, func(x Evidence) bool { return x.File == e.File && x.Stage == e.Stage }) {
			c.Evidence = append(c.Evidence, e)
		}
	}
}

// sentBy marks evidence with the officer who sent it; nobody marks that of the public.
func sentBy(files []Evidence, o grid.OfficerID) []Evidence {
	out := slices.Clone(files)
	for i := range out {
		out[i].By = o
	}
	return out
}
