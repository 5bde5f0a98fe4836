package assess

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Seal closes a final assessment.
type Seal struct {
	At   time.Time      `json:"at"`
	By   grid.OfficerID `json:"by"`
	Hash string         `json:"hash"` // SHA-256 of Content, as sha256sum writes it
}

// Content is what is sealed, as one line of JSON in one fixed form: everything but the hash itself and what comes after the
// sealing, which is being published and proposals.
func (a Assessment) Content() []byte {
	a.Published, a.PublishedBy, a.Proposals = time.Time{}, "", nil
	if a.Seal != nil {
		a.Seal = &Seal{At: a.Seal.At, By: a.Seal.By}
	}
	line, err := json.Marshal(a)
	if err != nil {
		panic("assess: " + err.Error()) // there is nothing in it that JSON cannot hold
	}
	return line
}

// Sum is the SHA-256 of the content.
func (a Assessment) Sum() string {
	sum := sha256.Sum256(a.Content())
	return hex.EncodeToString(sum[:])
}

// What Verify finds.
var (
	ErrAltered  = errors.New("the assessment is not what was sealed")
	ErrUnsealed = errors.New("the seal is gone or another than the history says")
	ErrWrongSum = errors.New("a result does not follow from its figures")
)

// Verify checks that a sealed assessment is as it was sealed, that its history says so, and that every result still follows
// from what it was counted from. One that was never sealed is checked for the last only.
func Verify(a Assessment, history []Event) error {
	at := slices.IndexFunc(history, func(e Event) bool { return e.Did == Finish })
	switch {
	case at < 0 && a.Seal == nil && a.State != Final:
	case at < 0, a.Seal == nil, a.State != Final, a.Seal.Hash != history[at].Hash:
		return ErrUnsealed
	case a.Sum() != a.Seal.Hash:
		return ErrAltered
	}
	if !a.follows() {
		return ErrWrongSum
	}
	return nil
}

// follows tells whether counting and judging everything again comes to the same.
func (a Assessment) follows() bool {
	again := make([]Result, 0, len(a.Results))
	for _, r := range a.Results {
		figures := make([]Figure, 0, len(r.Marks))
		for _, m := range r.Marks {
			i, _ := a.Scheme.Indicator(m.Indicator)
			figures = append(figures, Count(m.Indicator, i.Measure, m.Refs).give(i.Measure, m.Given))
		}
		again = append(again, a.Scheme.Score(r.Unit, figures))
	}
	Rank(again)
	x, err1 := json.Marshal(again)
	y, err2 := json.Marshal(a.Results)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}
