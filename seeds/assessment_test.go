package seeds_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/seeds"
)

func TestLedu_TheSchemeJudgesEveryKindByAHundred(t *testing.T) {
	d := mustLedu(t)
	if faults := d.Assessment.Check(); len(faults) != 0 {
		t.Fatal(faults)
	}
	for _, k := range assess.Kinds() {
		if n := d.Assessment.Weights(k); n != 100 {
			t.Errorf("the weights for a %s sum up to %d", k, n)
		}
	}
	if g := d.Assessment.Grade(89_99); g.Names["zh-CN"] != "良好" {
		t.Errorf("89.99 is called %q", g.Names["zh-CN"])
	}
	if !slices.Contains(d.Unverified, "assessment.yaml pass") {
		t.Errorf("nobody is told to look up the line to pass: %v", d.Unverified)
	}
}

// A district may assess nobody.
func TestTiny_AssessesNobody(t *testing.T) {
	d, err := seeds.Load(tiny(t))
	if err != nil || len(d.Assessment.Indicators) != 0 {
		t.Errorf("%+v, %v", d.Assessment, err)
	}
}

func TestFaults_OfTheAssessmentNameTheirLine(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"weight: 30", "weight: 31", "sum up to 101"},
		{"measure: coverage", "measure: luck", `measure "luck"`},
		{"zero: 60", "zero: sixty", "a number such as 95"},
		{"for: [township]", "for: [village]", "township or department"},
		{"{at: 4, points: 80}", "{at: 4, points: 180}", "steps out of order"},
		{"full: 95", "steps: [{at: 1, points: 1}]", "either zero and full, or steps"},
		{"status: ours", "status: sure", `status "sure"`},
		{"code: town_start", "code: town_finish", "town_finish"},
	} {
		f := copyOf(t, seeds.Ledu)
		replace(t, f, "assessment.yaml", c.before, c.after)
		_, err := seeds.Load(f)
		found := faultsOf(t, err)
		if !slices.ContainsFunc(found, func(x *seeds.Fault) bool {
			return x.File == "assessment.yaml" && x.Line > 0 && strings.Contains(x.Error(), c.want)
		}) {
			t.Errorf("%s: found %v, want %s", c.after, err, c.want)
		}
	}
}
