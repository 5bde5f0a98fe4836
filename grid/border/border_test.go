package border_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/border"
	"github.com/gridwarden/gridwarden/grid/casework"
)

var (
	nine  = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	rules = border.Rules{Again: 24 * time.Hour, Times: 2}
)

func sent() border.Handover {
	return border.Handover{
		ID: "h", Subject: border.Subject{Kind: border.Section, ID: "s1"}, To: "N", Letter: casework.Letter{At: nine},
		Until: border.Until{Receipt: nine.Add(48 * time.Hour), Answer: nine.Add(240 * time.Hour)},
	}
}

// TestChase: the office is reminded when the receipt is late, as often as set and not again; after the receipt the answer counts anew.
func TestChase(t *testing.T) {
	h := sent()
	if _, _, due := h.Chase(rules, nine.Add(47*time.Hour)); due {
		t.Error("reminded before the day")
	}
	for i, want := range []bool{true, true, false} {
		var due bool
		if h, _, due = h.Chase(rules, nine.Add(time.Duration(48+24*i)*time.Hour)); due != want {
			t.Errorf("reminder %d: %v", i+1, due)
		}
	}
	h, _, err := h.Take(border.DidReceive, border.Word{Who: "W", By: "desk"}, nine.Add(100*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if next, ok := h.Next(rules); !ok || !next.Equal(h.Until.Answer) {
		t.Errorf("next %v %v", next, ok)
	}
	if h, _, _ = h.Chase(rules, nine.Add(2400*time.Hour)); h.Chased != rules.Times {
		t.Errorf("after a long pause %d reminders are left to come", rules.Times-h.Chased)
	}
}

// TestTake: a receipt names somebody, an answer says something, each counts once, and an answer needs no receipt before it.
func TestTake(t *testing.T) {
	h := sent()
	fails := func(did string, w border.Word, code grid.Code) {
		t.Helper()
		if _, _, err := h.Take(did, w, nine); grid.CodeOf(err) != code {
			t.Errorf("%s %+v: %v", did, w, err)
		}
	}
	fails(border.DidReceive, border.Word{}, grid.Invalid)
	fails(border.DidAnswer, border.Word{}, grid.Invalid)
	h, _, _ = h.Take(border.DidAnswer, border.Word{Text: "closed"}, nine)
	if h.State() != border.Answered || h.Open() {
		t.Errorf("%+v", h)
	}
	fails(border.DidAnswer, border.Word{Text: "again"}, grid.Conflict)
	fails(border.DidReceive, border.Word{Who: "W"}, grid.Conflict)
}

// TestCount: late is what was answered after its day, and what is not answered though its day is over.
func TestCount(t *testing.T) {
	late, open := sent(), sent()
	late.Answer = &border.Word{At: late.Until.Answer}
	open.Subject.Kind = border.Case
	in := func(after time.Duration) border.Year {
		return border.Count([]border.Handover{late, open}, nine.Add(after))
	}
	if got, want := in(time.Hour), (border.Year{Sent: 2, Received: 1, Answered: 1, Late: 1, Cases: 1, Sections: 1}); got != want {
		t.Errorf("%+v", got)
	}
	if got := in(1000 * time.Hour); got.Late != 2 {
		t.Errorf("%+v", got)
	}
}
