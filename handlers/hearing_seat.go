package handlers

import (
	"math"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// noCase is the case of a letter that is about none.
var noCase casework.Case

// seatName is the person's name in a hearing: it leads to nothing else of theirs, and what they are called lies sealed under it.
func (s *scene) seatName(h hearing.Hearing) grid.PersonID {
	return s.Alias("hearing/"+h.ID, s.person.User)
}

// askSeat asks whoever wants to come for name and telephone, if there is a place or a waiting list.
func (s *scene) askSeat(h hearing.Hearing) error {
	if _, _, err := h.Apply(hearing.Act{Action: hearing.SignUp, Seat: hearing.Seat{Person: s.seatName(h)}}, s.Rules.Hearing, s.now); err != nil {
		return err
	}
	return s.askAnybody("hearing_name", h.ID)
}

// callable is a name of at least two characters and then a telephone number.
var callable = regexp.MustCompile(`^(\p{L}[\p{L}·.' -]{1,39}?)[\s,，、:：]*(\+?\d[\d -]{6,15}\d)$`)

// takeSeat signs the person up.
func (s *scene) takeSeat(n flow.Worded) error {
	d, err := holdOf[hearing.Hearing](s, hearing.Kind, n.Ref)
	if err != nil {
		return err
	}
	p := s.person
	h, err := s.seat(d, n.Words, hearing.Seat{Person: s.seatName(d.it)}, ledger.Person{
		User: p.User, Chat: p.Chat, Lang: p.Lang, Chosen: p.Chosen, LastSeen: p.LastSeen,
	})
	if err != nil {
		return err
	}
	r := flow.Reply{Key: "hearing.signed_up", Args: s.hearingArgs(h), Hide: true}
	r.Args["mine"] = s.seatText(h, h.SeatOf(s.seatName(h)))
	s.say(r)
	return nil
}

// seatCode is how long the code for the door is.
const seatCode = 5

// seat signs somebody up with what they wrote of themselves: their name and telephone are sealed under a name made for this hearing.
// Invalid: that is not a name and a telephone; the others as hearing.Apply has them.
func (s *scene) seat(d opened[hearing.Hearing], words string, seat hearing.Seat, p ledger.Person) (hearing.Hearing, error) {
	m := callable.FindStringSubmatch(strings.TrimSpace(words))
	if m == nil {
		return d.it, grid.Fail(grid.Invalid, "error.hearing.name")
	}
	if seat.Code == "" {
		seat.Code = s.code(seatCode)
	}
	seat.Called = s.Alias("hearing/"+d.it.ID+"/"+sameName(m[1], m[2]), 0)
	h, event, err := d.it.Apply(hearing.Act{Action: hearing.SignUp, Seat: seat}, s.Rules.Hearing, s.now)
	if err != nil {
		return h, err
	}
	p.ID, p.Name, p.Phone, p.Named = seat.Person, strings.TrimSpace(m[1]), m[2], s.now.UTC().Truncate(time.Second)
	s.change.People = append(s.change.People, p)
	return h, s.keepHearing(d.read, h, event)
}

// sameName is a name with a telephone, however they were typed.
func sameName(name, phone string) string {
	letters := func(want func(rune) bool) func(rune) rune {
		return func(r rune) rune {
			if want(r) {
				return unicode.ToLower(r)
			}
			return -1
		}
	}
	return strings.Map(letters(unicode.IsLetter), name) + "/" + strings.Map(letters(unicode.IsDigit), phone)
}

// leaveHearing takes the person off the list; whoever waited longest gets the seat and hears so.
func (s *scene) leaveHearing(d opened[hearing.Hearing]) error {
	h, err := s.unseat(d, s.seatName(d.it))
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "hearing.left", Args: s.hearingArgs(h), Edit: true})
	return s.tellMovedUp(d.it, h)
}

// unseat takes somebody off the list, and what they wrote of themselves out of the store; who moves up is not told yet.
func (s *scene) unseat(d opened[hearing.Hearing], who grid.PersonID) (hearing.Hearing, error) {
	h, event, err := d.it.Apply(hearing.Act{Action: hearing.Leave, Person: who}, s.Rules.Hearing, s.now)
	if err != nil {
		return h, err
	}
	if err := s.keepHearing(d.read, h, event); err != nil {
		return h, err
	}
	s.change.Gone = append(s.change.Gone, who)
	return h, nil
}

// tellMovedUp tells whoever got a seat.
func (s *scene) tellMovedUp(before, after hearing.Hearing) error {
	for _, x := range hearing.MovedUp(before, after) {
		if x.Web {
			continue
		}
		r := flow.Reply{Key: "hearing.moved_up", Args: s.hearingArgs(after), Rows: [][]flow.Choice{{{Key: "button.hearing_leave", Data: hearingData("leave", after.ID)}}}}
		r.Args["mine"] = s.seatText(after, after.SeatOf(x.Person))
		if err := s.tellSigned(x, r); err != nil {
			return err
		}
	}
	return nil
}

// forgetSeats takes somebody who is to be forgotten off the lists of hearings, and their answers out of consultations whose results are
// not published. It tells under which names they were known there.
func (s *scene) forgetSeats() ([]grid.PersonID, error) {
	all, err := onShelf[hearing.Hearing](s, hearing.Kind, hearing.Live, 0, math.MaxInt64, 1000)
	if err != nil {
		return nil, err
	}
	gone := make([]grid.PersonID, 0, len(all))
	for _, d := range all {
		me := s.seatName(d.it)
		if d.it.SeatOf(me) < 0 {
			continue
		}
		gone = append(gone, me)
		act := hearing.Act{Action: hearing.Leave, Person: me}
		if !d.it.Allows(act.Action, s.now) { // it was held, or does not take place: the seat stays, and says nothing of who had it
			act.Action = hearing.Forget
		}
		h, event, err := d.it.Apply(act, s.Rules.Hearing, s.now)
		if err != nil {
			return nil, err
		}
		if err := s.keepHearing(d.read, h, event); err != nil {
			return nil, err
		}
		if err := s.tellMovedUp(d.it, h); err != nil {
			return nil, err
		}
	}
	return gone, s.forgetAnswers()
}

// forgetAnswers empties the person's answers that are not counted yet.
func (s *scene) forgetAnswers() error {
	all, err := onShelf[consultation.Consultation](s, consultation.Kind, consultation.Live, 0, math.MaxInt64, 1000)
	if err != nil {
		return err
	}
	for _, c := range all {
		d, err := s.ownAnswer(c.it)
		if err != nil {
			return err
		}
		if d.read.Version == 0 || c.it.Found != nil {
			continue
		}
		a := d.it
		a.Choices, a.Words, a.Sorted = nil, nil, nil
		if err := s.keepAnswer(d, a); err != nil {
			return err
		}
	}
	return nil
}
