package handlers

import (
	"log/slog"

	"github.com/gridwarden/gridwarden/grid"
)

// personAttr names somebody in the log by the beginning of the pseudonym: enough to see that two lines are about the
// same person, not enough to look anybody up.
func personAttr(p grid.PersonID) slog.Attr { return slog.String("person", string(p[:min(6, len(p))])) }

// sizeAttr tells how long a text is that must not be logged.
func sizeAttr(text string) slog.Attr { return slog.Int("bytes", len(text)) }
