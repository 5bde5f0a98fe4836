package seal_test

import (
	"bytes"
	"errors"
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/seal"
)

func TestPseudonymSurvivesRotation(t *testing.T) {
	before, after := ring(t, key(1)), ring(t, key(2), key(1))
	if a, b := before.Pseudonym("tg", 42), after.Pseudonym("tg", 42); a != b {
		t.Fatalf("rotation changed %s to %s", a, b)
	}
	if !bytes.Equal(before.Derive("link"), after.Derive("link")) {
		t.Fatal("rotation changed a derived key")
	}
	if before.Pseudonym("tg", 42) == ring(t, key(2)).Pseudonym("tg", 42) {
		t.Fatal("another key gave the same name")
	}
	if bytes.Equal(before.Derive("link"), before.Derive("session")) {
		t.Fatal("two labels share a key")
	}
}

// TestNamesOutliveTheirKey: with the root that was kept, the first key can be dropped.
func TestNamesOutliveTheirKey(t *testing.T) {
	first := ring(t, key(1))
	later, err := ring(t, key(2)).WithRoot(first.Root())
	if err != nil {
		t.Fatal(err)
	}
	if first.Pseudonym("tg", 42) != later.Pseudonym("tg", 42) || !bytes.Equal(first.Derive("link"), later.Derive("link")) {
		t.Fatal("another name without the first key")
	}
	if later.ID() != ring(t, key(2)).ID() {
		t.Fatal("the root changed what is sealed with")
	}
	for _, bad := range [][]byte{nil, make([]byte, seal.KeySize)} {
		if _, err := first.WithRoot(bad); !errors.Is(err, seal.ErrRoot) {
			t.Errorf("a root of %d bytes: %v", len(bad), err)
		}
	}
}

// The known answer was computed apart from this package (Python's hmac and a hand-written HKDF): a change of label,
// encoding or key order would cut every stored name from its person.
func TestPseudonymIsForever(t *testing.T) {
	if got := ring(t, key(1)).Pseudonym("tg", 42); got != "pi2qw4sraruugq57" {
		t.Fatalf("got %s", got)
	}
}

func TestPseudonymsDiffer(t *testing.T) {
	r := ring(t, key(1))
	form := regexp.MustCompile(`^[a-z2-7]{16}$`)
	seen := map[string]struct {
		kind string
		id   int64
	}{}
	rapid.Check(t, func(t *rapid.T) {
		kind, id := rapid.String().Draw(t, "kind"), rapid.Int64().Draw(t, "id")
		name := r.Pseudonym(kind, id)
		if !form.MatchString(name) {
			t.Fatalf("%q is not 16 characters of base32", name)
		}
		if was, ok := seen[name]; ok && (was.kind != kind || was.id != id) {
			t.Fatalf("%q names both %v and %q %d", name, was, kind, id)
		}
		seen[name] = struct {
			kind string
			id   int64
		}{kind, id}
	})
}
