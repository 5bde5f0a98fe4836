package ledger_test

import (
	"errors"
	"testing"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// TestRemembered_ReadsEachVersionOnce: what stays at its version is read once, another version anew, a failure is not remembered, and nil
// remembers nothing.
func TestRemembered_ReadsEachVersionOnce(t *testing.T) {
	reads := 0
	read := func(d ledger.Dossier) (string, error) {
		reads++
		if string(d.Body) == "bad" {
			return "", errors.New("bad")
		}
		return string(d.Body), nil
	}
	r := new(ledger.Remembered[string])
	for _, step := range []struct {
		d     ledger.Dossier
		want  string
		reads int
	}{
		{ledger.Dossier{ID: "a", Version: 1, Body: []byte("one")}, "one", 1},
		{ledger.Dossier{ID: "a", Version: 1, Body: []byte("one")}, "one", 1},
		{ledger.Dossier{ID: "b", Version: 1, Body: []byte("other")}, "other", 2},
		{ledger.Dossier{ID: "a", Version: 2, Body: []byte("two")}, "two", 3},
		{ledger.Dossier{ID: "a", Version: 3, Body: []byte("bad")}, "", 4},
		{ledger.Dossier{ID: "a", Version: 3, Body: []byte("three")}, "three", 5},
	} {
		if got, err := r.Read(step.d, read); got != step.want || (err != nil) != (step.want == "") || reads != step.reads {
			t.Errorf("version %d of %s says %q (%v) after %d readings", step.d.Version, step.d.ID, got, err, reads)
		}
	}
	for range 2 {
		if _, err := (*ledger.Remembered[string])(nil).Read(ledger.Dossier{ID: "a", Version: 3}, read); err != nil {
			t.Error(err)
		}
	}
	if reads != 7 {
		t.Errorf("nil remembers: %d readings", reads)
	}
}
