package seal_test

import (
	"bytes"
	"regexp"
	"testing"

	"pgregory.net/rapid"
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
