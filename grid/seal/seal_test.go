package seal_test

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/seal"
)

func key(b byte) (k seal.Key) {
	for i := range k {
		k[i] = b + byte(i)
	}
	return k
}

func ring(tb testing.TB, keys ...seal.Key) *seal.Keyring {
	tb.Helper()
	r, err := seal.New(keys...)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func TestRotation(t *testing.T) {
	old := ring(t, key(1))
	both := ring(t, key(2), key(1))
	fresh := ring(t, key(2))
	aad := []byte("report:7")
	sealed := old.Seal([]byte("18997000000"), aad)

	plain, err := both.Open(sealed, aad)
	if err != nil || string(plain) != "18997000000" {
		t.Fatalf("an old key must still open: %q, %v", plain, err)
	}
	if _, err = fresh.Open(sealed, aad); !errors.Is(err, seal.ErrUnknownKey) {
		t.Fatalf("a dropped key: got %v", err)
	}
	moved, changed, err := both.Reseal(sealed, aad)
	if err != nil || !changed {
		t.Fatalf("reseal: %v, %v", changed, err)
	}
	if plain, err = fresh.Open(moved, aad); err != nil || string(plain) != "18997000000" {
		t.Fatalf("resealed text must open under the new key alone: %v", err)
	}
	again, changed, err := both.Reseal(moved, aad)
	if err != nil || changed || !bytes.Equal(again, moved) {
		t.Fatalf("reseal of the newest must change nothing: %v, %v", changed, err)
	}
	if _, _, err = both.Reseal(moved, []byte("report:8")); !errors.Is(err, seal.ErrTampered) {
		t.Fatalf("reseal out of place: got %v", err)
	}
}

func TestOpenRefusesEveryChangedBit(t *testing.T) {
	r := ring(t, key(1))
	aad := []byte("here")
	sealed := r.Seal([]byte("matter"), aad)
	for i := range sealed {
		for bit := range 8 {
			bad := bytes.Clone(sealed)
			bad[i] ^= 1 << bit
			if plain, err := r.Open(bad, aad); err == nil {
				t.Fatalf("byte %d bit %d changed, still opened: %q", i, bit, plain)
			}
		}
	}
	for n := range sealed {
		if _, err := r.Open(sealed[:n], aad); err == nil {
			t.Fatalf("cut to %d bytes, still opened", n)
		}
	}
	if _, err := r.Open(sealed, []byte("there")); !errors.Is(err, seal.ErrTampered) {
		t.Fatalf("wrong aad: got %v", err)
	}
}

func TestSealIsFreshEachTime(t *testing.T) {
	r := ring(t, key(1))
	if bytes.Equal(r.Seal([]byte("x"), nil), r.Seal([]byte("x"), nil)) {
		t.Fatal("two seals of the same text must differ, or equal reporters could be told")
	}
}

func TestSealRoundTrip(t *testing.T) {
	r := ring(t, key(1))
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		aad := rapid.SliceOf(rapid.Byte()).Draw(t, "aad")
		sealed := r.Seal(plain, aad)
		if len(sealed) != len(plain)+seal.Overhead {
			t.Fatalf("overhead is %d", len(sealed)-len(plain))
		}
		if len(plain) >= 8 && bytes.Contains(sealed, plain) {
			t.Fatal("plain text shows")
		}
		got, err := r.Open(sealed, aad)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("got %x, %v", got, err)
		}
	})
}

func FuzzOpen(f *testing.F) {
	r := ring(f, key(2), key(1))
	f.Add([]byte{}, []byte{})
	f.Add([]byte{1, 0, 0, 0, 0}, []byte("aad"))
	f.Add(make([]byte, seal.Overhead), []byte{})
	good := r.Seal([]byte("known"), []byte("aad"))
	f.Add(good[:len(good)-1], []byte("aad"))
	f.Fuzz(func(t *testing.T, sealed, aad []byte) {
		plain, err := r.Open(sealed, aad)
		if err == nil {
			t.Fatalf("opened %q, which nobody sealed here", plain)
		}
		if !errors.Is(err, seal.ErrTampered) && !errors.Is(err, seal.ErrUnknownKey) {
			t.Fatalf("an error outside the promise: %v", err)
		}
	})
}
