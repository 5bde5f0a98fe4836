package jobs

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// TestEvidenceIsSealedOnce: what was fetched goes on record with its hash, what was given up or never came as lost, and
// what may still come waits; a second run adds nothing.
func TestEvidenceIsSealedOnce(t *testing.T) {
	s, d := world(t)
	now := at(3, 2, 10)
	s.file(t, "a", now)
	c := s.cases["a"]
	for _, f := range []string{"good", "bad", "late"} {
		e := casework.Evidence{File: f, Stage: casework.AsReported, Arrived: now}
		after, event, err := s.work.Apply(c, casework.Act{Action: casework.AddEvidence, Person: "ivan", Evidence: []casework.Evidence{e}}, s.roster, now)
		if err != nil {
			t.Fatal(err)
		}
		c, s.events["a"] = after, append(s.events["a"], event)
	}
	c.Version = 1
	s.cases["a"] = c
	s.files = map[string]ledger.File{
		"good": {Unique: "good", SHA256: "aa11", Size: 7, Type: "image/jpeg"}, "bad": {Unique: "bad", Fail: "file is of no accepted type"},
	}
	run := func(now time.Time, want int) {
		t.Helper()
		res, err := d.sealEvidence(t.Context(), now)
		if err != nil || res["files"] != want {
			t.Fatalf("%v, %v; want %d files", res, err, want)
		}
	}
	run(now, 2)
	run(now.Add(time.Minute), 0)
	run(now.Add(8*24*time.Hour), 1)
	want := map[string]casework.Evidence{"good": {SHA256: "aa11"}, "bad": {Lost: "not_kept"}, "late": {Lost: "never_fetched"}}
	for _, e := range s.cases["a"].Evidence {
		if w := want[e.File]; e.SHA256 != w.SHA256 || e.Lost != w.Lost {
			t.Errorf("%+v", e)
		}
	}
	if err := casework.Verify(s.cases["a"], s.events["a"]); err != nil {
		t.Error(err)
	}
	sealed := 0
	for _, e := range s.events["a"] {
		if e.Action == casework.SealEvidence && e.Note["files"] == "good" {
			sealed++
			if e.Note["sha256"] != "aa11" || e.Note["size"] != "7" || e.By != "system" || e.Via != "job/seal_evidence" {
				t.Errorf("%+v", e)
			}
		}
	}
	if sealed != 1 {
		t.Errorf("sealed %d times", sealed)
	}
}
