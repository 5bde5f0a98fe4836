package handlers

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// WebSeat is somebody who wants to come to a hearing and signs up on the site.
type WebSeat struct {
	Hearing string
	Visitor string     // as in DoorReport; never kept
	Once    string     // as in DoorReport: sent again, it is the same sign-up
	Lang    texts.Lang // of the page
	Name    string
	Phone   string
}

// WebCode is somebody who comes back with the code that they were given.
type WebCode struct {
	Hearing string
	Visitor string
	Code    string
	Leave   bool // they do not come
}

// WebSeated is how somebody who signed up on the site stands.
type WebSeated struct {
	Code     string // the way back; its first characters are what is shown at the door
	Door     string
	Standing hearing.Standing
	Waits    int  // place on the waiting list, from 1
	MayLeave bool // it is not too late to give the seat up
}

// SignUpOnWeb takes a seat, or a place on the waiting list, for somebody without an account: what is asked and promised is what the
// chat asks and promises, but that nobody can be written to. NotFound: there is no such hearing; Invalid: that is not a name and a
// telephone; Conflict: nobody can sign up any more, the list is full, whoever is called so comes already, or the network's quota is used
// up. To be told that somebody comes takes their name and their telephone, and no network is told so more often than it may be wrong
// about codes.
func (d *Desk) SignUpOnWeb(ctx context.Context, w WebSeat) (WebSeated, error) {
	d.Gate.RLock()
	defer d.Gate.RUnlock()
	now, code := d.Clock(), d.codeOf(w.Once)
	h, err := d.hearing(ctx, w.Hearing)
	if err != nil {
		return WebSeated{}, err
	}
	who, words := d.webSeat(h, code), strings.TrimSpace(w.Name)+" "+strings.TrimSpace(w.Phone)
	switch {
	case slices.ContainsFunc(h.Seats, func(x hearing.Seat) bool { return x.Person == who }): // the same form, once more
		return seated(h, who, code, now)
	case !callable.MatchString(words):
		return WebSeated{}, grid.Fail(grid.Invalid, "error.hearing.fields")
	}
	counts, ok := d.takes(seatQuota, w.Visitor, d.Rules.Hearing.PerAddress, now)
	if !ok {
		return WebSeated{}, grid.Fail(grid.Conflict, "error.hearing.quota")
	}
	tells, ok := d.takes(namedQuota, w.Visitor, d.Rules.WrongCodes, now)
	if !ok {
		counts(false)
		return WebSeated{}, grid.Fail(grid.Conflict, "error.hearing.quota")
	}
	_, err = d.turn(ctx, seatMessage(w.Lang, now), func(s *scene) error {
		read, wrong := holdOf[hearing.Hearing](s, hearing.Kind, w.Hearing)
		if wrong != nil {
			return wrong
		}
		h, wrong = s.seat(read, words, hearing.Seat{Person: who, Code: doorCodeOf(code), Web: true}, ledger.Person{
			User: doorUser(code), Lang: string(w.Lang), LastSeen: s.now.UTC().Truncate(24 * time.Hour),
		})
		return wrong
	}, nil)
	counts(err == nil)
	var refused *grid.Error
	tells(errors.As(err, &refused) && refused.Key == hearing.ErrNamed)
	if err != nil {
		return WebSeated{}, err
	}
	return seated(h, who, code, now)
}

// hearing reads a hearing.
func (d *Desk) hearing(ctx context.Context, id string) (hearing.Hearing, error) {
	read, err := d.Store.Dossier(ctx, hearing.Kind, id)
	var h hearing.Hearing
	if err == nil {
		err = read.Into(&h)
	}
	return h, err
}

// SeatOnWeb tells whoever has the code how they stand, or gives their seat up. NotFound: nobody has that code there; Conflict: somebody
// was wrong too often today, or it is too late.
func (d *Desk) SeatOnWeb(ctx context.Context, w WebCode) (out WebSeated, err error) {
	d.Gate.RLock()
	defer d.Gate.RUnlock()
	now := d.Clock()
	settle, ok := d.takes(wrongQuota, w.Visitor, d.Rules.WrongCodes, now) // before it is looked up: many tries at once are no more
	if !ok {
		return out, grid.Fail(grid.Conflict, "error.hearing.wait")
	}
	defer func() { settle(grid.CodeOf(err) == grid.NotFound) }()
	h, err := d.hearing(ctx, w.Hearing)
	if err != nil {
		return out, err
	}
	code := strings.ToUpper(plainCode(w.Code))
	who := d.webSeat(h, code)
	if out, err = seated(h, who, code, now); err != nil || !w.Leave {
		return out, err
	}
	_, err = d.turn(ctx, seatMessage("", now), func(s *scene) error {
		before, wrong := holdOf[hearing.Hearing](s, hearing.Kind, w.Hearing)
		if wrong != nil {
			return wrong
		}
		after, wrong := s.unseat(before, who)
		if wrong != nil {
			return wrong
		}
		return s.tellMovedUp(before.it, after)
	}, nil)
	return WebSeated{Standing: hearing.Gone}, err
}

// seatMessage is a turn in nobody's name: of whoever signs up at the door no more is known than what lies with the hearing.
func seatMessage(lang texts.Lang, now time.Time) Message {
	return Message{Door: casework.FromSite, Kind: Nothing, Lang: string(lang), At: now, Arrived: now}
}

// webSeat is the name in a hearing of whoever has the code.
func (d *Desk) webSeat(h hearing.Hearing, code string) grid.PersonID {
	return d.Alias("hearing/"+h.ID, doorUser(code))
}

// seated tells how somebody stands. NotFound: they did not sign up, or do not come.
func seated(h hearing.Hearing, who grid.PersonID, code string, now time.Time) (WebSeated, error) {
	i := h.SeatOf(who)
	if i < 0 {
		return WebSeated{}, grid.Fail(grid.NotFound, "error.hearing.no_seat")
	}
	x := h.Seats[i]
	return WebSeated{Code: code, Door: strings.ToUpper(x.Code), Standing: x.Standing, Waits: h.Waits(i), MayLeave: h.Allows(hearing.Leave, now)}, nil
}

// plainCode is a code as it was given, however it was typed.
func plainCode(words string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == '-' || r == '\n' }), ""))
}

// doorCodeOf is what is checked at the door: of a code of the site its first half.
func doorCodeOf(words string) string {
	code := plainCode(words)
	if len(code) == doorCode {
		return code[:seatCode]
	}
	return code
}
