package bundle_test

import (
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/bundle"
)

// TestAuthority: police and prosecutors get a file that checks, without what the public wrote and sent and without the case as a whole.
func TestAuthority(t *testing.T) {
	c, v := file(t)
	c.For, c.Case.Finding, c.Case.Verdict = bundle.Authority, "a hidden pipe", "proven"
	data := pack(t, c, v)
	if r := check(t, data); len(r.Faults) > 0 || r.Withheld == 0 || r.Matter || r.Copies != 0 {
		t.Errorf("%+v", r)
	}
	secretsOf(t, data, "p-secret", "old Ma", "my neighbour", "424242", "102.4321")
	if !strings.Contains(unzip(t, data)["summary.json"], "a hidden pipe") {
		t.Error("it does not tell what was found")
	}
}
