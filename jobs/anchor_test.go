package jobs

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// TestAnchorsChainTheDays: each day's anchor holds what changed since the one before, once, and the digest shows its hash.
func TestAnchorsChainTheDays(t *testing.T) {
	s, d := world(t)
	s.file(t, "a", at(3, 1, 12))
	s.file(t, "b", at(3, 2, 0).Add(5*time.Minute)) // too young at ten past midnight
	s.file(t, "c", at(3, 2, 12))
	for day, want := range []int{1, 2, 0} {
		now := at(3, 2+day, 0).Add(10 * time.Minute)
		res, err := d.anchor(t.Context(), now)
		if err != nil || res["cases"] != want {
			t.Fatalf("day %d: %v, %v; want %d cases", day, res, err, want)
		}
		if _, err = d.anchor(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
	good, broken := casework.VerifyAnchors(s.anchors)
	if len(good) != 3 || broken != 0 {
		t.Fatalf("%d anchors, broken at %d: %v", len(good), broken, s.anchors)
	}
	if _, err := d.dailyDigest(t.Context(), at(3, 4, 8)); err != nil {
		t.Fatal(err)
	}
	if text := s.sent[0].Text; !strings.Contains(text, casework.Sum([]byte(s.anchors[2]))) || !strings.Contains(text, "n=3") {
		t.Errorf("the digest does not tell of the anchor: %s", text)
	}
}
