package casework

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// record gives the event its place in the case's history and links it to the one before.
func (c *Case) record(e *Event) {
	c.Events++
	e.Case, e.Seq, e.Prev = c.ID, c.Events, c.Head
	e.Hash = e.digest()
	c.Head = e.Hash
}

// digest hashes everything in the event but the hash itself.
func (e *Event) digest() string {
	bare := *e
	bare.Hash = ""
	b, err := json.Marshal(bare)
	if err != nil { // an Event holds only strings, numbers and times within year 9999
		panic(err)
	}
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// Verify checks that the events are the whole history of the case, in order and unaltered. The error names the first
// entry that is wrong.
func Verify(c Case, events []Event) error {
	if len(events) != c.Events {
		return fmt.Errorf("case %s: %d events, the case counts %d", c.ID, len(events), c.Events)
	}
	prev := ""
	for i, e := range events {
		if e.Seq != i+1 || e.Prev != prev || e.Hash != e.digest() {
			return fmt.Errorf("case %s: event %d was altered or is out of order", c.ID, i+1)
		}
		prev = e.Hash
	}
	if prev != c.Head {
		return fmt.Errorf("case %s: the last event is not the one the case names", c.ID)
	}
	return nil
}
