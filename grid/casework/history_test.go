package casework_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// A history that was stored and read again verifies; whatever is altered in it is found.
func TestVerify(t *testing.T) {
	w := work(t)
	c, events := in(t, w, casework.Closed, monday)
	stored, err := json.Marshal(events)
	if err != nil {
		t.Fatal(err)
	}
	read := func() (out []casework.Event) {
		if err := json.Unmarshal(stored, &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	if err := casework.Verify(c, read()); err != nil {
		t.Fatalf("the history as it was stored: %v", err)
	}
	if err := casework.Verify(fresh(), nil); err != nil {
		t.Errorf("no history: %v", err)
	}
	tests := []struct {
		name   string
		tamper func(e []casework.Event) []casework.Event
		event  int
		what   casework.Damage
	}{
		{"actor", func(e []casework.Event) []casework.Event { e[1].By = "sven"; return e }, 2, casework.Altered},
		{"time", func(e []casework.Event) []casework.Event { e[1].At = e[1].At.Add(1); return e }, 2, casework.Altered},
		{"arrival", func(e []casework.Event) []casework.Event { e[0].Arrived = e[0].Arrived.Add(-1); return e }, 1, casework.Altered},
		{"way it came", func(e []casework.Event) []casework.Event { e[0].Via = "update/1"; return e }, 1, casework.Altered},
		{"note", func(e []casework.Event) []casework.Event { e[4].Note["finding"] = "nothing there"; return e }, 5, casework.Altered},
		{"state", func(e []casework.Event) []casework.Event { e[2].To = casework.Closed; return e }, 3, casework.Altered},
		{"case", func(e []casework.Event) []casework.Event { e[2].Case = "other"; return e }, 3, casework.Altered},
		{"first gone", func(e []casework.Event) []casework.Event { return e[1:] }, 1, casework.Altered},
		{"middle gone", func(e []casework.Event) []casework.Event { return slices.Delete(e, 1, 2) }, 2, casework.Altered},
		{"last gone", func(e []casework.Event) []casework.Event { return e[:len(e)-1] }, 7, casework.Missing},
		{"all gone", func([]casework.Event) []casework.Event { return nil }, 1, casework.Missing},
		{"order", func(e []casework.Event) []casework.Event { e[1], e[2] = e[2], e[1]; return e }, 2, casework.Altered},
		{"one doubled", func(e []casework.Event) []casework.Event { return append(e, e[len(e)-1]) }, 8, casework.Altered},
		{"hash", func(e []casework.Event) []casework.Event { e[4].Hash = e[3].Hash; return e }, 5, casework.Altered},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { wantFault(t, casework.Verify(c, tt.tamper(read())), tt.event, tt.what) })
	}
}

func wantFault(t *testing.T, err error, event int, what casework.Damage) {
	t.Helper()
	var f *casework.ChainError
	if !errors.As(err, &f) || f.Event != event || f.What != what {
		t.Errorf("found %v, want event %d %s", err, event, what)
	}
}

// A case that says something else than its history left is found, whatever of it was altered; what the store numbers and
// what follows the calendar is not part of the matter.
func TestVerifyFindsAnAlteredCase(t *testing.T) {
	w := work(t)
	c, events := in(t, w, casework.Closed, monday)
	tests := []struct {
		name   string
		tamper func(c *casework.Case)
		what   casework.Damage
	}{
		{"text", func(c *casework.Case) { c.Text = "nothing" }, casework.Document},
		{"place", func(c *casework.Case) { c.Point = &geo.Point{Lon: 1, Lat: 2} }, casework.Document},
		{"state", func(c *casework.Case) { c.State = casework.Refused }, casework.Document},
		{"reply", func(c *casework.Case) { c.Reply = "all is well" }, casework.Document},
		{"finding", func(c *casework.Case) { c.Finding = "" }, casework.Document},
		{"evidence", func(c *casework.Case) { c.Evidence = []casework.Evidence{{File: "x"}} }, casework.Document},
		{"reporter", func(c *casework.Case) { c.Reporter = "somebody" }, casework.Document},
		{"head", func(c *casework.Case) { c.Head = events[1].Hash }, casework.Tail},
		{"count", func(c *casework.Case) { c.Events-- }, casework.Extra},
		{"number", func(c *casework.Case) { c.Number = "2026-00009" }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			other := c
			tt.tamper(&other)
			err := casework.Verify(other, events)
			if tt.what == "" && err == nil {
				return
			}
			wantFault(t, err, len(events), tt.what)
		})
	}
}

// What is hashed can be shown: nobody of the public stands in it.
func TestMatterNamesNobody(t *testing.T) {
	c := casework.Case{ID: "x", Reporter: "p-reporter", Followers: []grid.PersonID{"p-follower"}, Code: "424242", Text: "smoke"}
	line := string(c.Matter())
	for _, secret := range []string{"p-reporter", "p-follower", "424242"} {
		if strings.Contains(line, secret) {
			t.Errorf("%s stands in %s", secret, line)
		}
	}
	if !strings.Contains(line, "smoke") {
		t.Error("the matter is not in it")
	}
}

// A rewritten history with hashes that fit each other does not fit the case.
func TestVerifyAgainstTheCase(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Closed, monday)
	_, forged := in(t, w, casework.Closed, monday.AddDate(0, 0, -1))
	if err := casework.Verify(c, forged); err == nil {
		t.Error("a whole forged chain was believed")
	}
}
