package casework

import (
	"encoding/json"
	"fmt"
	"time"
)

// Anchor fixes, once a day, where the histories of all cases that changed since the last one stand, in one chain of the
// district: a case that is dropped whole, or cut back together with its document, no longer fits it. Each line's Sum
// goes out to people's phones with the daily digest, where nobody in the office can change it.
type Anchor struct {
	Seq   int       `json:"n"`
	At    time.Time `json:"a"`
	Prev  string    `json:"p,omitzero"` // Sum of the line before
	Cases []Stand   `json:"c,omitempty"`
}

// Stand is how far one case's history went.
type Stand struct {
	Case   CaseID `json:"i"`
	Number string `json:"n"`
	CaseNo string `json:"cn,omitzero"`
	Events int    `json:"e"`
	Head   string `json:"h"`
}

// StandOf is where the case stands.
func StandOf(c Case) Stand {
	return Stand{Case: c.ID, Number: c.Number, CaseNo: c.CaseNo, Events: c.Events, Head: c.Head}
}

// Line is the anchor as one line of JSON: the very bytes whose Sum the next anchor names.
func (a Anchor) Line() []byte { return mustJSON(a) }

// NextAnchor is the anchor that comes after the line of the last one; after "" comes the first.
func NextAnchor(last string, stands []Stand, at time.Time) (Anchor, error) {
	a := Anchor{Seq: 1, At: at, Cases: stands}
	if last != "" {
		before, err := ParseAnchor(last)
		if err != nil {
			return a, err
		}
		a.Seq, a.Prev = before.Seq+1, Sum([]byte(last))
	}
	return a, nil
}

// ParseAnchor reads the line of an anchor.
func ParseAnchor(line string) (Anchor, error) {
	var a Anchor
	if err := json.Unmarshal([]byte(line), &a); err != nil {
		return a, fmt.Errorf("anchor: %w", err)
	}
	return a, nil
}

// VerifyAnchors checks that the lines are one chain, and returns its anchors as far as they are in order; the number of
// the first that is not, or 0.
func VerifyAnchors(lines []string) (good []Anchor, broken int) {
	prev := ""
	for i, line := range lines {
		a, err := ParseAnchor(line)
		if err != nil || a.Seq != i+1 || a.Prev != prev {
			return good, i + 1
		}
		good, prev = append(good, a), Sum([]byte(line))
	}
	return good, 0
}

// around is how far from the moment of an anchor an event must be for the anchor to tell of it: the anchor leaves out what changed
// in its last minutes, and with it the whole case, which the next one holds.
const around = time.Hour

// Unanchored is the first event that the last anchor, made at that moment, or one before it should hold and none does: somebody took
// the case out of what is anchored. 0 when there is none.
func Unanchored(events []Event, stands []Stand, last time.Time) int {
	held := 0
	for _, s := range stands {
		held = max(held, s.Events)
	}
	if last.IsZero() || held >= len(events) || !events[held].Arrived.Before(last.Add(-around)) {
		return 0
	}
	for _, e := range events[held:] {
		if d := e.Arrived.Sub(last); -around <= d && d <= around {
			return 0
		}
	}
	return held + 1
}

// Stood checks that the case, with its history, went through where an anchor found it: that history has not been cut
// back or written anew since, and its numbers are the same. Document means that a number is another.
func Stood(c Case, events []Event, s Stand) error {
	switch {
	case len(events) < s.Events:
		return &ChainError{Case: s.Case, Event: len(events) + 1, What: Missing}
	case s.Events > 0 && events[s.Events-1].Hash != s.Head:
		return &ChainError{Case: s.Case, Event: s.Events, What: Altered}
	case c.Number != s.Number, s.CaseNo != "" && c.CaseNo != s.CaseNo:
		return &ChainError{Case: s.Case, Event: s.Events, What: Document}
	}
	return nil
}
