package handlers

import (
	"context"
	"errors"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Receiver stores updates before Telegram is told that they arrived. Storing one a second time changes nothing.
type Receiver interface {
	Receive(ctx context.Context, updates []ledger.Entry, now time.Time) error
}

// Inbox is what the lanes read: everything that arrived and is not dealt with.
type Inbox interface {
	// ReadInbox returns up to n entries after the given one, oldest first.
	ReadInbox(ctx context.Context, after ledger.EntryID, n int) ([]ledger.Entry, error)
	// Fail records a failed attempt and returns how many there were.
	Fail(ctx context.Context, id ledger.EntryID, reason string, now time.Time) (int, error)
	// SetAside takes the entry out of the way, to be shown to the admin.
	SetAside(ctx context.Context, id ledger.EntryID, reason string, now time.Time) error
}

// errStore wraps an error of the store: it is not the update's fault, so the update is tried again for as long as it
// takes.
var errStore = errors.New("store unavailable")
