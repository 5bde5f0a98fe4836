package ledger

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

// Book is what an office has made of a kind's table: the edits that lead from what the program or the district's folder
// brings to what is in force. The roster has none: it is kept as itself.
type Book struct {
	Kind    sheet.Kind   `json:"-"`
	Version int64        `json:"-"` // 0: nothing was ever changed
	Edits   []sheet.Edit `json:"e"`
	At      time.Time    `json:"t"`
}

// BookWrite replaces a book if it is still at Version.
type BookWrite struct {
	Version int64
	Book    Book
}

// Import is a change of a table by an administrator: proposed, then made or not, and on record for ever once it was made.
type Import struct {
	ID      string         `json:"-"`
	Version int64          `json:"-"` // of this document
	Kind    sheet.Kind     `json:"k"`
	By      grid.OfficerID `json:"b"` // empty for somebody at the machine itself
	Name    string         `json:"n"` // of the officer at that time
	File    string         `json:"f,omitempty"`
	Edits   []sheet.Edit   `json:"e"`
	Made    time.Time      `json:"m"`
	Applied time.Time      `json:"a,omitzero"`
	Dropped bool           `json:"d,omitempty"` // cancelled before it was made
	Undoes  string         `json:"u,omitempty"` // the import that this one takes back
	Undone  string         `json:"x,omitempty"` // the import that took this one back
}

// ImportWrite replaces an import if it is still at Version (0: it must not exist). One that was not applied is forgotten
// after Keep; one that was is kept for ever and listed.
type ImportWrite struct {
	Version int64
	Import  Import
	Keep    time.Duration
}
