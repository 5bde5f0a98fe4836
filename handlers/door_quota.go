package handlers

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// DoorRules are the numbers of the doors; they come from the settings of the district.
type DoorRules struct {
	PerVisitor int // reports a day from one network
	PerDoor    int // reports a day by one door
	InAll      int // reports a day by all doors
}

// doors counts what comes in by the doors on one day. Who came is kept in memory alone, as a hash with a random salt that is
// thrown away with the day: no address is ever written down, and none can be found again. A restart costs one more quota.
// How many came in all stands in the store, as a figure of the day.
type doors struct {
	mu    sync.Mutex
	day   string
	salt  []byte
	filed map[string]int
	files map[string]int
	wrong map[string]int
	taken map[string]int // of what is counted by a name of its own: answers of new browsers, seats
}

// Visitor names a network for quotas: an address, of which IPv6 networks have so many that the first 64 bits count.
func Visitor(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}

// admit takes one report of today's quotas, or says which of them is used up. What it returns settles it: told false, the
// report was not made, and counts for nothing.
func (x *doors) admit(ctx context.Context, d *Desk, r DoorReport, now time.Time) (func(made bool), error) {
	day, rules := now.In(d.Rules.Location).Format(time.DateOnly), d.Rules.Door
	figures, err := d.Store.Counts(ctx, day)
	if err != nil {
		return nil, err
	}
	here, all := doorFigures(figures, r.Source)
	x.mu.Lock()
	defer x.mu.Unlock()
	who := x.name(day, r.Visitor)
	switch {
	case here >= rules.PerDoor, all >= rules.InAll:
		return nil, grid.Fail(grid.Conflict, "error.door.full", "hotline", d.Book.Rules().Hotline)
	case r.Visitor != "" && x.filed[who] >= rules.PerVisitor:
		return nil, grid.Fail(grid.Conflict, "error.door.quota", "hotline", d.Book.Rules().Hotline)
	}
	x.filed[who]++
	return func(made bool) {
		x.mu.Lock()
		defer x.mu.Unlock()
		if !made && x.filed[who] > 0 {
			x.filed[who]--
		}
	}, nil
}

// carries takes files of today's quota of a visitor, and tells whether there was room for them.
func (x *doors) carries(day, visitor string, n, most int) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	who := x.name(day, visitor)
	if x.files[who]+n > most {
		return false
	}
	x.files[who] += n
	return true
}

// tries counts a try of a code as a wrong one, and tells false when the visitor was wrong too often today. What it returns
// settles it: a try that was not wrong is given back. Counted afterwards, many tries at once would all be let through.
func (x *doors) tries(day, visitor string, most int) (settle func(wrong bool), ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	who := x.name(day, visitor)
	if x.wrong[who] >= most {
		return nil, false
	}
	x.wrong[who]++
	return func(wrong bool) {
		x.mu.Lock()
		defer x.mu.Unlock()
		if !wrong && x.wrong[who] > 0 {
			x.wrong[who]--
		}
	}, true
}

// takes takes one of a visitor's quota of today of something, and tells false when it is used up. What it returns settles it: told
// false, nothing was made of it, and it counts for nothing.
func (x *doors) takes(what, day, visitor string, most int) (settle func(made bool), ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	who := what + "/" + x.name(day, visitor)
	if x.taken[who] >= most {
		return nil, false
	}
	x.taken[who]++
	return func(made bool) {
		x.mu.Lock()
		defer x.mu.Unlock()
		if !made && x.taken[who] > 0 {
			x.taken[who]--
		}
	}, true
}

// name hides who a visitor is behind the salt of the day.
func (x *doors) name(day, visitor string) string {
	if x.day != day {
		x.day, x.salt = day, make([]byte, sha256.Size)
		_, _ = rand.Read(x.salt) // never fails
		x.filed, x.files, x.wrong, x.taken = make(map[string]int), make(map[string]int), make(map[string]int), make(map[string]int)
	}
	mac := hmac.New(sha256.New, x.salt)
	mac.Write([]byte(visitor))
	return string(mac.Sum(nil)[:16])
}

// doorFigures are how many reports came today by that door, and by all of them.
func doorFigures(figures map[string]int64, door casework.Source) (here, all int) {
	for field, n := range figures {
		what, _, _ := strings.Cut(field, "/")
		source, ok := strings.CutPrefix(what, "door_")
		if !ok {
			continue
		}
		all += int(n)
		if source == string(door) {
			here += int(n)
		}
	}
	return here, all
}
