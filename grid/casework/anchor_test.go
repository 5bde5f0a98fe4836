package casework_test

import (
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// Anchors are one chain: an altered, dropped or moved one is found and named.
func TestAnchorsAreOneChain(t *testing.T) {
	lines := make([]string, 0, 4)
	last := ""
	for day := range 4 {
		a, err := casework.NextAnchor(last, []casework.Stand{{Case: "c", Number: "2026-00001", Events: day + 1, Head: "h"}}, monday.AddDate(0, 0, day))
		if err != nil {
			t.Fatal(err)
		}
		last = string(a.Line())
		lines = append(lines, last)
	}
	tests := []struct {
		name   string
		lines  []string
		broken int
	}{
		{"whole", lines, 0},
		{"none", nil, 0},
		{"first gone", lines[1:], 1},
		{"middle gone", []string{lines[0], lines[2], lines[3]}, 2},
		{"altered", []string{lines[0], strings.Replace(lines[1], "00001", "00002", 1), lines[2], lines[3]}, 3},
		{"moved", []string{lines[1], lines[0], lines[2], lines[3]}, 1},
		{"not JSON", []string{lines[0], "{"}, 2},
		{"last gone", lines[:3], 0}, // this only the hash on people's phones can tell
	}
	for _, tt := range tests {
		if good, broken := casework.VerifyAnchors(tt.lines); broken != tt.broken || broken > 0 && len(good) != broken-1 {
			t.Errorf("%s: broken at %d after %d, want %d", tt.name, broken, len(good), tt.broken)
		}
	}
}

// A history that was cut back together with its case, written anew, or numbered anew does not go through where it stood.
func TestStood(t *testing.T) {
	w := work(t)
	c, events := in(t, w, casework.Closed, monday)
	stand := casework.StandOf(c)
	if err := casework.Stood(c, events, stand); err != nil {
		t.Errorf("whole: %v", err)
	}
	young, some := in(t, w, casework.Handling, monday)
	if err := casework.Verify(young, some); err != nil {
		t.Fatal(err)
	}
	wantFault(t, casework.Stood(young, some, stand), len(some)+1, casework.Missing)
	other, anew := in(t, w, casework.Closed, monday.AddDate(0, 0, -1))
	wantFault(t, casework.Stood(other, anew, stand), len(events), casework.Altered)
	c.Number = "2026-09999"
	wantFault(t, casework.Stood(c, events, stand), len(events), casework.Document)
}
