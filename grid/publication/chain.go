package publication

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Chain is how far the publications of a district go: the number and hash of the last. Its history has every one of them, so that
// one that is taken out, put in or altered is found.
type Chain struct {
	Number int    `json:"number"`
	Hash   string `json:"hash"`
}

// Link is a line of the history of the chain.
type Link struct {
	Number int       `json:"number"`
	ID     string    `json:"id"`
	Hash   string    `json:"hash"`
	At     time.Time `json:"at"`
}

// Add makes a published issue the last of the chain.
func (c Chain) Add(i Issue) (Chain, Link) {
	c.Number, c.Hash = c.Number+1, i.Hash
	return c, Link{Number: c.Number, ID: i.ID, Hash: i.Hash, At: i.Out}
}

// What Verify and VerifyChain find.
var (
	ErrAltered   = errors.New("what was published is not what its hash says")
	ErrUnchained = errors.New("the chain of publications is broken")
)

// Verify checks a published issue against the link that says that it was: its bytes, its number and the one before it.
func Verify(i Issue, link Link, before string) error {
	s, err := i.Sheet()
	switch {
	case err != nil, Sum([]byte(i.Sealed)) != i.Hash, i.Hash != link.Hash:
		return ErrAltered
	case s.Number != link.Number, s.ID != i.ID, i.ID != link.ID, s.Before != before:
		return ErrUnchained
	}
	return nil
}

// ReadLinks reads the history of the chain. ErrUnchained when a number is missing or twice, or when the chain says that it ends
// elsewhere.
func ReadLinks(c Chain, lines [][]byte) ([]Link, error) {
	out := make([]Link, len(lines))
	for n, line := range lines {
		if err := json.Unmarshal(line, &out[n]); err != nil {
			return out[:n], fmt.Errorf("publication %d: %w", n+1, err)
		}
		if out[n].Number != n+1 {
			return out[:n], ErrUnchained
		}
	}
	last := Link{}
	if len(out) > 0 {
		last = out[len(out)-1]
	}
	if last.Number != c.Number || last.Hash != c.Hash {
		return out, ErrUnchained
	}
	return out, nil
}
