package hearing

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Action is something that can be done to a hearing.
type Action string

// The actions.
const (
	Begin    Action = "begin"
	Set      Action = "set" // title, text, place, hour, seats, last hour to sign up
	Announce Action = "announce"
	SignUp   Action = "sign_up"
	Leave    Action = "leave"
	Forget   Action = "forget"   // what they are called, of whoever cannot leave any more
	CheckIn  Action = "check_in" // at the door, by code
	Open     Action = "open_list"
	Drop     Action = "drop"
	Minute   Action = "minute"
	Remind   Action = "remind"
	Chase    Action = "chase" // the minutes
	Clear    Action = "clear" // the names
)

// table says at which stages a hearing allows what.
var table = map[Action][]Stage{
	Set: {Drafting}, Announce: {Drafting},
	SignUp:  {Announced, Full},
	Leave:   {Announced, Full, Settled},
	Forget:  {Held, Minuted, Dropped},
	CheckIn: {Settled, Held, Announced, Full},
	Open:    {Announced, Full, Settled, Held, Minuted},
	Drop:    {Drafting, Announced, Full, Settled},
	Minute:  {Held},
}

// Rules are the numbers of hearings; settings of the district.
type Rules struct {
	Ahead    time.Duration  // before it begins, who comes is reminded
	Minutes  calendar.Limit // from its hour, to publish the minutes
	Again    time.Duration  // between two reminders of them
	Times    int
	Kept     time.Duration // after its hour, the names are removed
	Most     int           // who can sign up, seats and waiting list together
	Calendar *calendar.Calendar

	PerAddress int // who signs up on the web from one network in a day
}

// Field is what can be set about a hearing.
type Field string

// The fields.
const (
	FieldTitle  Field = "title"
	FieldText   Field = "text"
	FieldPlace  Field = "place"
	FieldWhen   Field = "when"
	FieldRoom   Field = "room"
	FieldCloses Field = "closes"
)

// Act is something that somebody wants to do. Whether an officer may is asked by whoever calls Apply.
type Act struct {
	Action Action
	By     grid.OfficerID
	Via    string
	Field  Field // Set
	Words  string
	At     time.Time // Set: an hour
	N      int       // Set: seats
	Seat   Seat      // SignUp
	Person grid.PersonID
	Code   string // CheckIn
}

// ErrNamed is the key of the error that somebody is told on the web whose name and telephone come already.
const ErrNamed = "error.hearing.named"

// Allows tells whether the hearing allows something at now.
func (h Hearing) Allows(a Action, now time.Time) bool { return slices.Contains(table[a], h.Stage(now)) }

// Apply does act to the hearing at now and returns it as it is then, with the event for its history. Conflict: not at this stage, or
// signed up already, or the list is full; Invalid: something is missing; NotFound: nobody has that code; Forbidden: nobody announces
// a draft of which they wrote any part.
func (h Hearing) Apply(a Act, r Rules, now time.Time) (Hearing, Event, error) {
	if !h.Allows(a.Action, now) {
		return h, Event{}, grid.Fail(grid.Conflict, "error.hearing.stage")
	}
	before := h
	h.Seats = slices.Clone(h.Seats)
	e := Event{At: now, By: a.By, Via: a.Via, Did: a.Action}
	var err error
	switch a.Action {
	case Set:
		e.Words = string(a.Field)
		err = h.set(a, now)
		if !slices.Contains(h.Writers, a.By) {
			h.Writers = append(slices.Clip(h.Writers), a.By)
		}
	case Announce:
		err = h.announce(a, now)
	case Drop:
		h.Dropped, h.Why, e.Words = &Mark{a.By, now}, a.Words, a.Words
		err = needs(a.Words)
	case Minute:
		h.Minuted, h.Minutes, h.Chased = &Mark{a.By, now}, a.Words, 0
		err = needs(a.Words)
	case Open:
		e.Words = a.Words
		err = needs(a.Words)
	default:
		e.At = time.Time{} // when somebody signed up could tell who it was
		err = h.list(a, r)
	}
	if err != nil {
		return before, Event{}, err
	}
	if a.Action == CheckIn {
		e.At = now
	}
	return h, e, nil
}

func needs(words string) error {
	if words == "" {
		return grid.Fail(grid.Invalid, "error.hearing.words")
	}
	return nil
}

// set sets one thing of the draft.
func (h *Hearing) set(a Act, now time.Time) error {
	switch a.Field {
	case FieldTitle:
		h.Title = a.Words
	case FieldText:
		h.Text = a.Words
	case FieldPlace:
		h.Place = a.Words
	case FieldRoom:
		if a.N < 1 {
			return grid.Fail(grid.Invalid, "error.hearing.room")
		}
		h.Room = a.N
	case FieldWhen, FieldCloses:
		if !a.At.After(now) {
			return grid.Fail(grid.Invalid, "moment.past")
		}
		if a.Field == FieldWhen {
			h.When = a.At
		} else {
			h.Closes = a.At
		}
		if !h.When.IsZero() && h.Closes.After(h.When) {
			return grid.Fail(grid.Invalid, "error.hearing.order")
		}
	}
	return nil
}

// announce opens the list; it is done by another than those who wrote any part of the draft.
func (h *Hearing) announce(a Act, now time.Time) error {
	switch {
	case a.By == h.Begun.By || slices.Contains(h.Writers, a.By):
		return grid.Fail(grid.Forbidden, "error.case.own")
	case h.Title == "" || h.Text == "" || h.Place == "" || h.Room < 1:
		return grid.Fail(grid.Invalid, "error.hearing.incomplete")
	case !h.When.After(now):
		return grid.Fail(grid.Invalid, "error.hearing.no_when")
	}
	if h.Closes.IsZero() {
		h.Closes = h.When
	}
	h.Announced = &Mark{a.By, now}
	return nil
}

// list is the effect of what concerns who comes.
func (h *Hearing) list(a Act, r Rules) error {
	switch a.Action {
	case SignUp:
		return h.signUp(a.Seat, r)
	case Leave:
		i := h.SeatOf(a.Person)
		if i < 0 {
			return grid.Fail(grid.NotFound, "error.hearing.not_signed_up")
		}
		h.Seats[i].Standing, h.Seats[i].Called = Gone, ""
		h.moveUp()
	case Forget:
		if i := h.SeatOf(a.Person); i >= 0 {
			h.Seats[i].Called = ""
		}
	case CheckIn:
		i := slices.IndexFunc(h.Seats, func(s Seat) bool { return s.Code == a.Code && s.Standing != Gone })
		switch {
		case i < 0:
			return grid.Fail(grid.NotFound, "error.hearing.code")
		case h.Seats[i].Standing == Queued && h.Left() <= 0:
			return grid.Fail(grid.Conflict, "error.hearing.queued")
		case h.Seats[i].Standing == Present:
			return grid.Fail(grid.Conflict, "error.hearing.present")
		}
		h.Seats[i].Standing = Present
	default: // nothing else concerns the list
	}
	return nil
}

// signUp gives a seat, or the last place on the waiting list.
func (h *Hearing) signUp(s Seat, r Rules) error {
	switch {
	case h.SeatOf(s.Person) >= 0:
		return grid.Fail(grid.Conflict, "error.hearing.signed_up")
	case s.Web && h.calls(s.Called):
		return grid.Fail(grid.Conflict, ErrNamed)
	case r.Most > 0 && h.Taken()+h.Queue() >= r.Most:
		return grid.Fail(grid.Conflict, "error.hearing.most")
	}
	s.Standing = Queued
	if h.Left() > 0 {
		s.Standing = Seated
	}
	h.Seats = append(h.Seats, s)
	return nil
}

// calls tells whether somebody who is called so comes already, by whichever way they signed up. Only the web asks: an account in chat is
// somebody, and nobody keeps them out by writing their name on the site first.
func (h Hearing) calls(called grid.PersonID) bool {
	return called != "" && slices.ContainsFunc(h.Seats, func(s Seat) bool { return s.Called == called })
}

// moveUp gives free seats to those who wait longest.
func (h *Hearing) moveUp() {
	for i := range h.Seats {
		if h.Left() <= 0 {
			return
		}
		if h.Seats[i].Standing == Queued {
			h.Seats[i].Standing = Seated
		}
	}
}

// MovedUp lists who has a seat now and had none before.
func MovedUp(before, after Hearing) []Seat {
	var out []Seat
	for i, s := range before.Seats {
		if s.Standing == Queued && after.Seats[i].Standing == Seated {
			out = append(out, after.Seats[i])
		}
	}
	return out
}
