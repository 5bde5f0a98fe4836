package hearing_test

import (
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/hearing"
)

var nine = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

func rules() hearing.Rules {
	c, err := calendar.New(time.UTC)
	if err != nil {
		panic(err)
	}
	return hearing.Rules{Ahead: day, Minutes: calendar.Limit{N: 10, Unit: calendar.Day}, Again: 3 * day, Times: 2, Kept: 30 * day, Calendar: c}
}

func announced() hearing.Hearing {
	return hearing.Hearing{
		ID: "h", Title: "T", Text: "x", Place: "P", When: nine.Add(10 * day), Closes: nine.Add(8 * day), Room: 2,
		Begun: hearing.Mark{By: "li", At: nine}, Announced: &hearing.Mark{By: "wu", At: nine},
	}
}

func signUp(n int) hearing.Act {
	p := strconv.Itoa(n)
	return hearing.Act{Action: hearing.SignUp, Seat: hearing.Seat{Person: grid.PersonID(p), Code: "c" + p}}
}

// TestList: seats go in the order of signing up, the others wait, and whoever waits longest gets a seat that becomes free. Nobody
// signs up twice, and nobody after the last hour.
func TestList(t *testing.T) {
	h := announced()
	does := func(a hearing.Act, at time.Time, code grid.Code) {
		t.Helper()
		next, _, err := h.Apply(a, rules(), at)
		if grid.CodeOf(err) != code {
			t.Fatalf("%s: %v", a.Action, err)
		}
		h = next
	}
	for i := range 4 {
		does(signUp(i), nine, "")
	}
	if h.Stage(nine) != hearing.Full || h.Queue() != 2 || h.Waits(3) != 2 {
		t.Errorf("%+v", h)
	}
	does(signUp(1), nine, grid.Conflict)
	before := h
	does(hearing.Act{Action: hearing.Leave, Person: "0"}, nine, "")
	if up := hearing.MovedUp(before, h); len(up) != 1 || up[0].Person != "2" {
		t.Errorf("%+v", up)
	}
	does(signUp(9), nine.Add(8*day), grid.Conflict)
	does(hearing.Act{Action: hearing.CheckIn, Code: "c1"}, nine.Add(10*day), "")
	does(hearing.Act{Action: hearing.CheckIn, Code: "c1"}, nine.Add(10*day), grid.Conflict)
	does(hearing.Act{Action: hearing.CheckIn, Code: "c3"}, nine.Add(10*day), grid.Conflict)
	does(hearing.Act{Action: hearing.CheckIn, Code: "c0"}, nine.Add(10*day), grid.NotFound)
	if h.Came() != 1 {
		t.Errorf("%d came", h.Came())
	}
}

// TestOneSeatAName: on the web nobody signs up under a name and a telephone that come already, by whichever way; in chat an account does,
// whatever was written on the site. What was made of the name goes with it, when somebody does not come and when the names are removed.
func TestOneSeatAName(t *testing.T) {
	h := announced()
	h.Room = 9
	takes := func(person grid.PersonID, called grid.PersonID, web bool, want grid.Code) {
		t.Helper()
		next, _, err := h.Apply(hearing.Act{Action: hearing.SignUp, Seat: hearing.Seat{Person: person, Called: called, Web: web}}, rules(), nine)
		if grid.CodeOf(err) != want {
			t.Fatalf("%s: %v", person, err)
		}
		h = next
	}
	takes("a", "ma", true, "")
	takes("b", "ma", true, grid.Conflict)
	takes("c", "ma", false, "")
	takes("d", "yang", false, "")
	takes("e", "yang", true, grid.Conflict)
	takes("f", "", true, "")
	takes("g", "", true, "")
	h, _, err := h.Apply(hearing.Act{Action: hearing.Leave, Person: "d"}, rules(), nine)
	if err != nil {
		t.Fatal(err)
	}
	takes("h", "yang", true, "")
	h.Reminded, h.Chased = true, 9
	before := h
	h, what, _ := h.Run(rules(), h.When.Add(99*day))
	if what != hearing.Clear {
		t.Fatal(what)
	}
	for i, s := range h.Seats {
		if s.Called != "" {
			t.Errorf("%+v", s)
		}
		if s.Person == "a" && before.Seats[i].Called == "" {
			t.Error("what it was before has changed")
		}
	}
}

// TestForgottenAfterTheHour: who was there stays counted, and nothing says any more what they are called.
func TestForgottenAfterTheHour(t *testing.T) {
	h := announced()
	h, _, err := h.Apply(hearing.Act{Action: hearing.SignUp, Seat: hearing.Seat{Person: "a", Called: "ma"}}, rules(), nine)
	if err != nil {
		t.Fatal(err)
	}
	act := hearing.Act{Action: hearing.Forget, Person: "a"}
	if _, _, early := h.Apply(act, rules(), nine); grid.CodeOf(early) != grid.Conflict {
		t.Errorf("before the hour one leaves: %v", early)
	}
	after, event, err := h.Apply(act, rules(), h.When)
	if err != nil || after.Taken() != 1 || after.Seats[0].Called != "" || h.Seats[0].Called == "" || !event.At.IsZero() {
		t.Errorf("%+v, %+v, %v", after.Seats, event, err)
	}
}

// TestListNeverOverflows: whatever people do in whatever order, no more are seated than there is room, and nobody waits while a seat
// is free.
func TestListNeverOverflows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := announced()
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			n := rapid.IntRange(0, 6).Draw(t, "who")
			a := signUp(n)
			if rapid.Bool().Draw(t, "leaves") {
				a = hearing.Act{Action: hearing.Leave, Person: grid.PersonID(strconv.Itoa(n))}
			}
			if next, _, err := h.Apply(a, rules(), nine); err == nil {
				h = next
			}
			if h.Left() < 0 || h.Left() > 0 && h.Queue() > 0 {
				t.Fatalf("%d free, %d wait: %+v", h.Left(), h.Queue(), h.Seats)
			}
		}
	})
}

// TestRun: who comes is reminded, the minutes are asked for as often as set, and the names are removed in the end; after a call-off at
// once.
func TestRun(t *testing.T) {
	h := announced()
	for _, s := range []struct {
		after time.Duration
		want  hearing.Action
	}{
		{8 * day, ""},
		{9 * day, hearing.Remind},
		{9 * day, ""},
		{22 * day, hearing.Chase},
		{22 * day, ""},
		{25 * day, hearing.Chase},
		{39 * day, ""},
		{40 * day, hearing.Clear},
		{99 * day, ""},
	} {
		var got hearing.Action
		if h, got, _ = h.Run(rules(), nine.Add(s.after)); got != s.want {
			t.Errorf("after %v: %q", s.after, got)
		}
	}
	off, _, err := announced().Apply(hearing.Act{Action: hearing.Drop, Words: "storm"}, rules(), nine)
	if err != nil {
		t.Fatal(err)
	}
	if _, what, _ := off.Run(rules(), nine.Add(day)); what != hearing.Clear {
		t.Errorf("%q", what)
	}
	late := announced()
	if _, what, _ := late.Run(rules(), nine.Add(11*day)); what != "" {
		t.Errorf("after it began: %q", what)
	}
}

// TestWhoWroteAnyPartDoesNotAnnounce: neither who began a draft nor whoever set anything of it.
func TestWhoWroteAnyPartDoesNotAnnounce(t *testing.T) {
	h := announced()
	h.Announced = nil
	h, _, err := h.Apply(hearing.Act{Action: hearing.Set, Field: hearing.FieldRoom, N: 3, By: "wu"}, rules(), nine)
	if err != nil {
		t.Fatal(err)
	}
	for by, want := range map[grid.OfficerID]grid.Code{"li": grid.Forbidden, "wu": grid.Forbidden, "zhao": ""} {
		if _, _, err := h.Apply(hearing.Act{Action: hearing.Announce, By: by}, rules(), nine); grid.CodeOf(err) != want {
			t.Errorf("%s announces: %v", by, err)
		}
	}
}
