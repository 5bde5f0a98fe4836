package seeds

import (
	"slices"
	"testing"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// What closes a case of each category comes from the table of categories: every one of them asks for something, so that
// nothing is closed from a desk chair.
func TestCasework_EveryCategoryAsksForEvidence(t *testing.T) {
	d, err := Load(Ledu)
	if err != nil {
		t.Fatal(err)
	}
	rules := d.Casework()
	if got := rules.Evidence["water"]; !slices.Equal(got, []casework.Stage{casework.Before, casework.After}) {
		t.Errorf("water asks for %v", got)
	}
	for _, c := range d.Categories {
		if len(rules.Evidence[c.Code]) == 0 {
			t.Errorf("%s asks for nothing", c.Code)
		}
	}
}
