package casework_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/gridwarden/gridwarden/grid/casework"
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
	}{
		{"actor", func(e []casework.Event) []casework.Event { e[1].By = "sven"; return e }},
		{"time", func(e []casework.Event) []casework.Event { e[1].At = e[1].At.Add(1); return e }},
		{"arrival", func(e []casework.Event) []casework.Event { e[0].Arrived = e[0].Arrived.Add(-1); return e }},
		{"note", func(e []casework.Event) []casework.Event { e[3].Note["finding"] = "nothing there"; return e }},
		{"state", func(e []casework.Event) []casework.Event { e[2].To = casework.Closed; return e }},
		{"case", func(e []casework.Event) []casework.Event { e[2].Case = "other"; return e }},
		{"first gone", func(e []casework.Event) []casework.Event { return e[1:] }},
		{"middle gone", func(e []casework.Event) []casework.Event { return slices.Delete(e, 1, 2) }},
		{"last gone", func(e []casework.Event) []casework.Event { return e[:len(e)-1] }},
		{"all gone", func([]casework.Event) []casework.Event { return nil }},
		{"order", func(e []casework.Event) []casework.Event { e[1], e[2] = e[2], e[1]; return e }},
		{"one doubled", func(e []casework.Event) []casework.Event { return append(e, e[len(e)-1]) }},
		{"hash", func(e []casework.Event) []casework.Event { e[4].Hash = e[3].Hash; return e }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := casework.Verify(c, tt.tamper(read())); err == nil {
				t.Error("not found")
			}
		})
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
