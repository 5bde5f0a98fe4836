package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Ticket is one case in the lot of a week.
type Ticket struct {
	Number string
	Hash   string // SHA-256 of seed|week|number in hex: anybody can recompute it
	Drawn  bool
}

// Lot draws a share (in percent, rounded up) of the cases that were answered in a week, to be looked at again (回访). The seed is
// public. The tickets come in the order of their hashes, those that are drawn first; the order of numbers is of no matter.
func Lot(seed, week string, numbers []string, share int) []Ticket {
	out := make([]Ticket, 0, len(numbers))
	for _, n := range numbers {
		sum := sha256.Sum256([]byte(strings.Join([]string{seed, week, n}, "|")))
		out = append(out, Ticket{Number: n, Hash: hex.EncodeToString(sum[:])})
	}
	slices.SortFunc(out, func(a, b Ticket) int { return strings.Compare(a.Hash, b.Hash) })
	drawn := (len(out)*min(max(share, 0), 100) + 99) / 100
	for i := range drawn {
		out[i].Drawn = true
	}
	return out
}

// Week names the ISO week of a moment in a time zone: 2026-W45.
func Week(at time.Time, loc *time.Location) string {
	year, week := at.In(loc).ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}

// InLot tells whether the case takes part in the lot of the week: a citizen's, answered with a verdict in it. Those that are
// looked at anyway by now take part, too, so that the lot comes out the same whenever it is recomputed.
func (c *Case) InLot(week string, loc *time.Location) bool {
	return c.Source.Public() && c.Verdict != "" && !c.ClosedAt.IsZero() && Week(c.ClosedAt, loc) == week
}
