package ledger

import "time"

// Depth is how much waits in a line: the inbox, one of the outboxes.
type Depth struct {
	Waiting int64
	Oldest  time.Time // when the oldest of them arrived or was made; zero when none waits
}

// Aside is an inbox entry that failed too often and was put aside for a person to look at.
type Aside struct {
	ID      EntryID // in the line of what was put aside
	Update  int64
	Data    []byte
	Error   string // of the last attempt
	Tries   int
	Arrived time.Time
	At      time.Time // when it was put aside
}
