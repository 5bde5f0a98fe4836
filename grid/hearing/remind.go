package hearing

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// next is what is to be done next, and when.
func (h Hearing) next(r Rules) (Action, time.Time, bool) {
	if h.Announced == nil || h.Cleared {
		return "", time.Time{}, false
	}
	clearAt := h.When.Add(r.Kept)
	switch {
	case h.Dropped != nil:
		return Clear, h.Dropped.At.Add(24 * time.Hour), true // whoever signed up is told first, and messages may wait
	case !h.Reminded:
		return Remind, h.When.Add(-r.Ahead), true
	}
	if h.Minuted == nil && h.Chased < r.Times {
		due := r.Calendar.Deadline(h.When, r.Minutes).At.Add(time.Duration(h.Chased) * r.Again)
		if due.Before(clearAt) {
			return Chase, due, true
		}
	}
	return Clear, clearAt, true
}

// Next is when something is to be done next; false when nothing is.
func (h Hearing) Next(r Rules) (time.Time, bool) {
	_, at, ok := h.next(r)
	return at, ok
}

// Run does what is due at now: Remind who comes, Chase the minutes, or Clear the names; empty when nothing is due. A reminder for what
// has begun is not given any more.
func (h Hearing) Run(r Rules, now time.Time) (Hearing, Action, Event) {
	for {
		what, at, ok := h.next(r)
		if !ok || now.Before(at) {
			return h, "", Event{}
		}
		switch what {
		case Remind:
			h.Reminded = true
			if !now.Before(h.When) {
				continue
			}
		case Chase:
			h.Chased++
		case Clear:
			h.Cleared, h.Seats = true, slices.Clone(h.Seats)
			for i := range h.Seats {
				h.Seats[i].Called = ""
			}
		default: // nothing else is due by itself
		}
		return h, what, Event{At: now, Did: what}
	}
}

// People are the names made for this hearing under which somebody's name lies sealed.
func (h Hearing) People() []grid.PersonID {
	var out []grid.PersonID
	for _, s := range h.Seats {
		if !slices.Contains(out, s.Person) {
			out = append(out, s.Person)
		}
	}
	return out
}

// Write makes the write of a hearing, with its events and its places.
func Write(read ledger.Dossier, h Hearing, r Rules, events ...any) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, h, events...)
	begun := float64(h.Begun.At.UnixMilli())
	w.Stand(true, All, begun)
	w.Stand(!h.Cleared && (h.Dropped == nil || h.Announced != nil), Live, begun)
	w.Stand(h.Announced != nil, Shown, float64(h.When.UnixMilli()))
	due, ok := h.Next(r)
	w.Stand(ok, Due, float64(due.UnixMilli()))
	return w, err
}

// Public is what everybody may see of a hearing: how many come, never who.
type Public struct {
	ID, Title, Text, Place string
	Form                   Form
	Stage                  Stage
	When, Closes           time.Time
	Room, Left, Queue      int
	Minutes, Why           string
}

// Public is the public part at now; false before it was announced.
func (h Hearing) Public(now time.Time) (Public, bool) {
	if h.Announced == nil {
		return Public{}, false
	}
	return Public{
		ID: h.ID, Form: h.Form, Title: h.Title, Text: h.Text, Place: h.Place, Stage: h.Stage(now), When: h.When, Closes: h.Closes, Room: h.Room,
		Left: max(h.Left(), 0), Queue: h.Queue(), Minutes: h.Minutes, Why: h.Why,
	}, true
}

// Open tells whether people may sign up, if only for the waiting list.
func (p Public) Open() bool { return p.Stage == Announced || p.Stage == Full }
