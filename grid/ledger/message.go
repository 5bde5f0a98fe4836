package ledger

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Priority orders the outbox: what is more urgent overtakes.
type Priority int

// Priorities, most urgent first.
const (
	Emergency Priority = iota
	Reply
	Reminder
	Digest
)

// Message is something to be said on Telegram, rendered in the recipient's language. The recipient is a pseudonym: only
// the sender opens it.
type Message struct {
	Entry    EntryID         `json:"-"` // when read from the store
	To       grid.PersonID   `json:"to"`
	Lane     grid.PersonID   `json:"lane,omitempty"` // whose order and pace it keeps, when that is known by another name than To
	Chat     int64           `json:"chat,omitempty"` // a group; the person's private chat when 0
	Priority Priority        `json:"-"`
	Kind     string          `json:"kind"` // the catalogue key it was made from: for the log and the metrics
	Case     casework.CaseID `json:"case,omitempty"`

	Text   string     `json:"text,omitempty"`   // Telegram HTML
	Rows   [][]Button `json:"rows,omitempty"`   // inline keyboard
	Ask    [][]Key    `json:"ask,omitempty"`    // reply keyboard
	Hide   bool       `json:"hide,omitempty"`   // remove the reply keyboard
	Photos []string   `json:"photos,omitempty"` // SHA-256 of showing copies, or Telegram file ids with the prefix "tg:"
	Image  []byte     `json:"image,omitempty"`  // a picture made by us, PNG
	Point  *geo.Point `json:"point,omitempty"`  // a location to show
	Paper  *Paper     `json:"paper,omitempty"`  // a numbered document, drawn when it is sent

	Document *Document `json:"doc,omitempty"` // a file to bring, below which the text stands

	Edit  int  `json:"edit,omitempty"`  // the message to edit instead of sending a new one
	Shown bool `json:"shown,omitempty"` // the message to edit is a picture or a file: its caption is edited

	Secret    bool      `json:"sec,omitempty"`  // may not be passed on from the chat, and goes to no deputy
	Once      bool      `json:"once,omitempty"` // rather not at all than twice: reminders
	NotBefore time.Time `json:"nb,omitzero"`
	At        time.Time `json:"at"`

	Tallies []string `json:"ta,omitempty"` // in which it is counted: as queued, and by what became of it
}

// Paper is a numbered document (文书) in words. Its picture is drawn by the sender, for only what was committed has a number:
// until then its place holds a marker.
type Paper struct {
	Issuer string `json:"u"`
	No     string `json:"n"`
	Title  string `json:"t"`
	To     string `json:"to"`
	Text   string `json:"x"` // one paragraph a line
	Day    string `json:"d"`
	Copy   string `json:"c,omitempty"` // who else gets it
}

// Document is a file that a message brings. Its bytes lie in the evidence folder, sealed, as a parcel (media.KeepParcel):
// the outbox holds no files. Keep it before the change that names it is committed.
type Document struct {
	SHA256 string `json:"s"`
	Name   string `json:"n"` // as the recipient sees it, with its ending
}

// Button is an inline button; Data is at most 64 bytes. Copy instead makes it copy that text.
type Button struct {
	Text string `json:"t"`
	Data string `json:"d,omitempty"`
	Copy string `json:"c,omitempty"`
	URL  string `json:"u,omitempty"`
}

// Key is a key of the reply keyboard.
type Key struct {
	Text     string `json:"t"`
	Location bool   `json:"l,omitempty"`
	Contact  bool   `json:"c,omitempty"`
}

// Outcome of sending a message.
type Outcome string

// Outcomes.
const (
	Sent        Outcome = "sent"
	BlockedBot  Outcome = "blocked"     // 403: the person blocked the bot
	Undelivered Outcome = "undelivered" // refused for good: a bad request, a chat that is gone
	Kept        Outcome = "kept"        // for somebody without an account, who finds it by number and code
	Overtaken   Outcome = "overtaken"   // a later edit of the same message was waiting
	Uncertain   Outcome = "uncertain"   // begun before a crash; not repeated because of Once
)
