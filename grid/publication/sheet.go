package publication

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// SheetForm is the form of what is published; another form has another name.
const SheetForm = "gridwarden-publication/1"

// Sheet is what is published and sealed: one line of JSON with its keys in this order and those of words sorted. Anybody who has
// the file can recompute its SHA-256 and finds the hash of the publication before in it.
type Sheet struct {
	Form      string    `json:"form"`
	Number    int       `json:"number"` // of all publications of the district, from 1
	ID        string    `json:"id"`
	Duty      string    `json:"duty"`
	Names     Words     `json:"names"` // of the duty
	Period    string    `json:"period"`
	From      string    `json:"from"` // first day
	To        string    `json:"to"`   // last day
	Due       string    `json:"due"`  // last day to publish
	Published time.Time `json:"published"`
	Late      int       `json:"late_days"`
	Corrects  string    `json:"corrects,omitempty"`
	Why       string    `json:"why,omitempty"`
	Before    string    `json:"before"`          // SHA-256 of the sheet with the number before; empty for the first
	Since     string    `json:"since,omitempty"` // the issue with which it is compared
	Content   Content   `json:"content"`
	Changes   *Changes  `json:"changes,omitempty"` // since that issue
}

// Bytes is the sheet in the one form that is sealed.
func (s Sheet) Bytes() []byte {
	line, err := json.Marshal(s)
	if err != nil {
		panic("publication: " + err.Error()) // there is nothing in it that JSON cannot hold
	}
	return line
}

// Sum is the SHA-256 of published bytes, as sha256sum writes it.
func Sum(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return hex.EncodeToString(sum[:])
}
