package ledger

import "time"

// Entry is an update that was received and not dealt with yet.
type Entry struct {
	ID      EntryID
	Update  int64 // Telegram's update id; 0 for what the program tells itself
	Data    []byte
	Arrived time.Time
	Tries   int // how often it failed
}
