// Package ledger describes, as one value, everything that one update from Telegram, one due clock or one run of a job
// causes: what it uses up, what it read, what it writes and what it says. The store commits a Change in one script, so
// that all of it happens or none, and never twice (docs/architecture.md, "How a message travels").
package ledger

import (
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// EntryID names an entry of the inbox or the outbox.
type EntryID string

// Change is one unit of work. The zero Change does nothing.
type Change struct {
	At   time.Time // now, of whoever made the change
	Done EntryID   // the inbox entry that is dealt with; committing it again changes nothing

	Cases    []CaseWrite
	Relies   []casework.Case // that were read and have to be still as they were, though they are not written
	Talks    []TalkWrite
	People   []Person
	Gone     []grid.PersonID // of whom nothing is kept any more
	Drop     []EntryID       // what was put aside of theirs
	Roster   *RosterWrite
	Invites  []InviteWrite
	Books    []BookWrite
	Imports  []ImportWrite
	Files    []FileWrite
	Fetch    []Fetch
	Numbers  []Number
	Counts   []Count
	Marks    []Mark
	CheckIns []CheckIn
	Dossiers []DossierWrite
	Follows  []FollowsWrite
	Outbox   []Message
	Anchor   *AnchorWrite
}

// CaseWrite replaces a case. The commit is refused as a conflict when the stored version is not Before.Version (0: it
// must not exist yet).
type CaseWrite struct {
	Before casework.Case // zero for a new one
	After  casework.Case
	Events []casework.Event
}

// TalkKey names a conversation: one per chat and person.
type TalkKey string

// TalkWrite replaces the state of a conversation; the version is checked like that of a case. Data nil ends it.
type TalkWrite struct {
	Key     TalkKey
	Version int64 // as it was read; 0: there was none
	Data    []byte
	Expires time.Time // of the state; the store removes it some time after that
}

// Person is what is known of somebody on Telegram. It is sealed at rest; the pseudonym is the key.
type Person struct {
	ID       grid.PersonID `json:"-"`
	User     int64         `json:"u"`           // Telegram's number; negative: see AtDoor
	Chat     int64         `json:"c"`           // the private chat
	Lang     string        `json:"l,omitempty"` // chosen or Telegram's
	Chosen   bool          `json:"lc,omitempty"`
	Phone    string        `json:"ph,omitempty"`
	Name     string        `json:"nm,omitempty"` // the real one, if they left it
	Named    time.Time     `json:"na,omitzero"`  // when they did: their consent
	Blocked  bool          `json:"b,omitempty"`  // the person blocked the bot
	Reporter bool          `json:"r,omitempty"`  // reported or follows something: known by the reporter's pseudonym, too
	Wrong    int           `json:"w,omitempty"`  // wrong query codes on WrongDay
	WrongDay string        `json:"wd,omitempty"` // 2006-01-02, local
	Files    int           `json:"f,omitempty"`  // that were sent on the day FilesDay
	FilesDay string        `json:"fd,omitempty"` // 2006-01-02, local
	LastSeen time.Time     `json:"s,omitzero"`   // the day, not the hour
}

// AtDoor tells whether the person has no account with Telegram: a negative number stands in the place of Telegram's, which
// are positive. Nothing can be sent to them; they come and look.
func (p *Person) AtDoor() bool { return p.User < 0 }

// RosterWrite replaces the roster if it is still at Version.
type RosterWrite struct {
	Version  int64
	Officers []grid.Officer // the changed ones only
}

// Invite is a one-time link that makes a person an officer. Its code is stored hashed.
type Invite struct {
	Hash    string         `json:"h"`
	Officer grid.Officer   `json:"o"` // who the person becomes; the appointments are added to those that an existing ID has
	By      grid.OfficerID `json:"b"` // the admin who made it; empty for the link that makes the first admin
	Expires time.Time      `json:"e"`
	Made    time.Time      `json:"m"`

	Replaces grid.PersonID `json:"r,omitempty"` // whose place is taken, when the officer has an account already
}

// LeftMark names the mark under which it is told that an officer's last post ended at that time.
func LeftMark(id grid.OfficerID, at time.Time) string {
	return "left/" + string(id) + "/" + strconv.FormatInt(at.Unix(), 10)
}

// InviteWrite makes an invitation, or takes one away: taking one that is gone is a conflict.
type InviteWrite struct {
	Invite Invite
	Take   bool
}

// File is what is known of a file that was fetched from Telegram, by Telegram's unique file id.
type File struct {
	Unique string    `json:"u"`
	SHA256 string    `json:"s"`
	Size   int64     `json:"z"`
	Type   string    `json:"t"`
	Name   string    `json:"n,omitempty"`
	PHash  uint64    `json:"h,omitempty"`
	Show   bool      `json:"v,omitempty"` // a copy without metadata exists, which may be shown
	Fail   string    `json:"f,omitempty"` // why it could not be kept
	At     time.Time `json:"a"`
}

// Unsealed is a file whose content the history of its case does not know yet.
type Unsealed struct {
	Case  casework.CaseID
	File  string // Telegram's unique file id
	Since time.Time
}

// AnchorWrite puts the next anchor (casework.Anchor) at the end of its chain. It needs a mark: two of one day would fork it.
type AnchorWrite struct {
	Line  []byte
	Until time.Time // the cases that changed up to then are in it
}

// FileWrite records a fetched file; Fetched names the fetch entry that is dealt with.
type FileWrite struct {
	File    File
	Fetched EntryID
}

// Fetch asks for a file to be fetched.
type Fetch struct {
	Entry  EntryID       `json:"-"` // when read from the store
	File   string        `json:"f"` // Telegram's file id
	Unique string        `json:"u"`
	Kind   string        `json:"k"`
	Person grid.PersonID `json:"p,omitempty"` // whose draft wants to hear of its GPS, if any
	Patrol string        `json:"r,omitempty"` // the patrol that wants to hear of it, whatever it holds
	Tries  int           `json:"n,omitempty"`
}

// Number claims the next number of a yearly series. Every occurrence of Marker in the cases, events and messages of the
// change is replaced by it in the script, so that numbers have no gaps and nothing is said before it is true.
type Number struct {
	Series string // report, case, letter/ and the series of a letter
	Year   int
	Format string // for string.format in the script: 2026-%05d
	Marker string
}

// Markers of numbers: private-use characters that the door strips from what people write.
const (
	ReportMarker = "\uE000R\uE001"
	CaseMarker   = "\uE000C\uE001"
)

// LetterNumber claims the next number of a series of letters for the marker, in the form that the district gives it:
// text with {year} and {n}.
func LetterNumber(s casework.Series, form, marker string, year int) Number {
	form = strings.ReplaceAll(form, "%", "%%")
	form = strings.ReplaceAll(form, "{year}", strconv.Itoa(year))
	return Number{Series: "letter/" + string(s), Year: year, Format: strings.ReplaceAll(form, "{n}", "%d"), Marker: marker}
}

// LetterMarker is the marker of the number of a letter. A change that brings several letters of a series needs a marker for
// each: that of the second is LetterMarker(s + "/2").
func LetterMarker(s casework.Series) string { return "\uE000L" + string(s) + "\uE001" }

// Count adds to one figure of one local day: new, closed, refused … by township. What a day could lead to somebody with, as
// a payment does, is counted by the year.
type Count struct {
	Day   string // 2006-01-02, local; 2006 for a whole year
	Field string // new/630202102
	N     int64
}

// Mark sets a named mark that must not be set yet, for whatever may happen once only: a run of a job. A mark that is
// there already makes the commit a no-op reported as done.
type Mark struct {
	Name string
	Keep time.Duration // how long it has to be remembered
}
