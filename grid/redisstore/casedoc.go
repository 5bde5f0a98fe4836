package redisstore

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// A million cases are kept: what the place of something says is not stored in it. The key has the case's ID, and an
// event's place in the list its number and, with the event before it, its link. A history in which an event was altered,
// moved or taken out still does not verify, because the hash of each covers all of that.
type (
	bareCase struct {
		*casework.Case
		ID struct{} `json:"i,omitzero"` // hides the ID
	}
	bareEvent struct {
		*casework.Event
		Case struct{} `json:"c,omitzero"`
		Seq  struct{} `json:"n,omitzero"`
		Prev struct{} `json:"p,omitzero"`
	}
)

func packCase(c *casework.Case) ([]byte, error) { return json.Marshal(bareCase{Case: c}) }

func packEvent(e *casework.Event) ([]byte, error) { return json.Marshal(bareEvent{Event: e}) }

// ErrUnreadable means that what is stored of a case is no case: nothing of ours wrote it.
var ErrUnreadable = errors.New("not readable")

// parseCase reads the first element of a case's list.
func parseCase(id casework.CaseID, doc string) (casework.Case, error) {
	var c casework.Case
	version, body, err := split(doc)
	if err == nil {
		err = json.Unmarshal([]byte(body), &c)
	}
	if err != nil {
		return casework.Case{}, fmt.Errorf("case: %w: %w", ErrUnreadable, err)
	}
	c.ID, c.Version = id, version
	return c, nil
}

// parseEvents reads the other elements.
func parseEvents(id casework.CaseID, list []string) ([]casework.Event, error) {
	out := make([]casework.Event, len(list))
	prev := ""
	for i, b := range list {
		e := &out[i]
		if err := json.Unmarshal([]byte(b), e); err != nil {
			return nil, fmt.Errorf("event %d of case %s: %w: %w", i+1, id, ErrUnreadable, err)
		}
		e.Case, e.Seq, e.Prev = id, i+1, prev
		prev = e.Hash
	}
	return out, nil
}
