package handlers

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/doorway"
)

// DoorRules are the numbers of the doors; they come from the settings of the district.
type DoorRules struct {
	PerVisitor int          // reports a day from one network
	PerDoor    int          // reports a day by one door
	InAll      int          // reports a day by all doors
	Alarms     int          // reports a day that call the officers on duty and come in beyond those
	Wide       doorway.Wide // how much more wider networks may
	WrongCodes int          // wrong codes a day for one number; beyond them each network has one try
}

// doors counts what comes in by the doors on one day. Who came is kept in memory alone, as a hash with a random salt that is
// thrown away with the day: no address is ever written down, and none can be found again. A restart costs one more quota.
// How many came in all stands in the store, as a figure of the day.
type doors struct {
	mu     sync.Mutex
	day    string
	salt   []byte
	counts map[counted]int
}

// counted is one figure of a day: of what, and by whom, hidden behind the salt of the day.
type counted struct {
	what quota
	who  string
}

// quota is something of which there is so much a day.
type quota string

const (
	reportQuota quota = "report"
	alarmQuota  quota = "alarm" // reports that could not wait, beyond the other quotas
	fileQuota   quota = "file"
	wrongQuota  quota = "wrong"  // codes, by visitor
	voteQuota   quota = "vote"   // new browsers that answered a consultation
	seatQuota   quota = "seat"   // seats at hearings
	namedQuota  quota = "named"  // refusals of a seat that tell that somebody has one
	numberQuota quota = "number" // wrong codes, by number of a report
	singleQuota quota = "single" // tries of a number of which codes were wrong too often, by visitor and number
	openedQuota quota = "opened" // numbers that were opened rightly, by visitor and number
)

// admission is a report's place in the quotas of the day.
type admission struct {
	urgent bool   // it came in beyond them, because it cannot wait
	back   func() // gives the place back: the report was not made
}

// admit takes one report of today's quotas. What is sent again, because no answer to it arrived, is a part of none: its report is there,
// and may be the one that used a quota up.
func (d *Desk) admit(ctx context.Context, r DoorReport, code string, now time.Time) (admission, error) {
	if r.Once != "" {
		before, err := d.Store.ByPerson(ctx, d.Reporter(doorUser(code)))
		if err != nil {
			return admission{}, err
		}
		if len(before) > 0 {
			return admission{back: func() {}}, nil
		}
	}
	return d.doors.admit(ctx, d, r, now)
}

// admit takes one report of today's quotas, or says which of them is used up. What cannot wait comes in all the same, up to a quota
// of its own: whoever sees a leak does not have to know that the door is full.
func (x *doors) admit(ctx context.Context, d *Desk, r DoorReport, now time.Time) (admission, error) {
	day, rules := d.dayOf(now), d.Rules.Door
	all, err := d.Store.Counts(ctx, day)
	if err != nil {
		return admission{}, err
	}
	figures, nets := doorFigures(all, r.Source), rules.Wide.Nets(r.Visitor)
	full := figures.here >= rules.PerDoor || figures.all >= rules.InAll
	if !full {
		if back, ok := x.take(day, reportQuota, nets, 1, rules.PerVisitor); ok {
			return admission{back: back}, nil
		}
	}
	if figures.urgent < rules.Alarms {
		urgent, err := d.urgent(ctx, r, now)
		if err != nil {
			return admission{}, err
		}
		if urgent {
			if back, ok := x.take(day, alarmQuota, nets, 1, rules.PerVisitor); ok {
				return admission{back: back, urgent: true}, nil
			}
		}
	}
	key := "error.door.quota"
	if full {
		key = "error.door.full"
	}
	return admission{}, grid.Fail(grid.Conflict, key, "hotline", d.Book.Rules().Hotline)
}

// carries takes files of today's quota of a visitor, and tells whether there was room for them.
func (x *doors) carries(day, visitor string, n int, rules Rules) bool {
	_, ok := x.take(day, fileQuota, rules.Door.Wide.Nets(visitor), n, rules.FilesPerDay)
	return ok
}

// takes takes one of a visitor's quota of today of something, and tells false when it is used up. What it returns settles it: told
// false, nothing was made of it, and it counts for nothing.
func (d *Desk) takes(what quota, visitor string, most int, now time.Time) (settle func(made bool), ok bool) {
	back, ok := d.doors.take(d.dayOf(now), what, d.Rules.Door.Wide.Nets(visitor), 1, most)
	return func(made bool) {
		if !made {
			back()
		}
	}, ok
}

// take counts n for each of a visitor's networks, or nothing and false when one of them has no room. What it returns gives it back.
func (x *doors) take(day string, what quota, nets []doorway.Net, n, most int) (back func(), ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	keys := make([]counted, len(nets))
	for i, net := range nets {
		keys[i] = counted{what, x.name(day, net.Name)}
		if x.counts[keys[i]]+n > most*net.Times {
			return nil, false
		}
	}
	for _, k := range keys {
		x.counts[k] += n
	}
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		for _, k := range keys {
			if x.counts[k] -= n; x.counts[k] <= 0 { // on another day there is none of that name
				delete(x.counts, k)
			}
		}
	}, true
}

// name hides who a visitor is behind the salt of the day.
func (x *doors) name(day, visitor string) string {
	if x.day != day {
		x.day, x.salt, x.counts = day, make([]byte, sha256.Size), make(map[counted]int)
		_, _ = rand.Read(x.salt) // never fails
	}
	mac := hmac.New(sha256.New, x.salt)
	mac.Write([]byte(visitor))
	return string(mac.Sum(nil)[:16])
}

// figuresOfDoors are how many reports came today by a door and by all of them, and how many of those beyond the quotas.
type figuresOfDoors struct{ here, all, urgent int }

// urgentCount is the figure of the day for what came in beyond the quotas.
const urgentCount = "urgent_door"

func doorFigures(figures map[string]int64, door casework.Source) (out figuresOfDoors) {
	for field, n := range figures {
		what, _, _ := strings.Cut(field, "/")
		source, ok := strings.CutPrefix(what, "door_")
		switch {
		case what == urgentCount:
			out.urgent += int(n)
		case ok:
			out.all += int(n)
			if source == string(door) {
				out.here += int(n)
			}
		}
	}
	return out
}
