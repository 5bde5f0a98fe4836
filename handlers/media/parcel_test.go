package media_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/gridwarden/gridwarden/handlers/media"
)

// TestParcelIsKeptSealedUntilOld: anything may be sent, even what is no evidence; kept again it is young again, and the
// same bytes as evidence stay.
func TestParcelIsKeptSealedUntilOld(t *testing.T) {
	dir := t.TempDir()
	s := open(t, func(o *media.Options) { o.Dir = dir })
	table, photo := []byte("a table for one department"), jpegOf(t, scene(100, 80), 80)
	sha, err := s.KeepParcel(t.Context(), table, noon)
	if err != nil {
		t.Fatal(err)
	}
	evidence := put(t, s, photo)
	twin, err := s.KeepParcel(t.Context(), photo, noon)
	if err != nil || twin != evidence.SHA256 {
		t.Fatalf("%s, %v", twin, err)
	}
	got, err := s.Parcel(t.Context(), sha)
	if err != nil || !bytes.Equal(got, table) {
		t.Fatalf("%q, %v", got, err)
	}
	for _, name := range glob(t, filepath.Join(dir, "*", "*.parcel")) {
		if bytes.Contains(readFile(t, name), []byte("table")) {
			t.Error("a parcel lies open on the disk")
		}
	}
	if _, err = s.Info(t.Context(), sha); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("a parcel passes for evidence: %v", err)
	}
	all := func(string) bool { return true }
	if _, err = s.KeepParcel(t.Context(), table, noon.Add(6*day)); err != nil {
		t.Fatal(err)
	}
	swept, err := s.Sweep(t.Context(), all, 7*day, noon.Add(8*day), false)
	if err != nil || swept.Parcels != 1 || swept.Kept != 1 {
		t.Errorf("%+v, %v", swept, err)
	}
	if _, err = s.Parcel(t.Context(), sha); err != nil {
		t.Errorf("a young parcel was swept: %v", err)
	}
	if _, err = s.Original(t.Context(), evidence.SHA256); err != nil {
		t.Errorf("the evidence went with its parcel: %v", err)
	}
	if swept, err = s.Sweep(t.Context(), all, 7*day, noon.Add(14*day), false); err != nil || swept.Parcels != 1 {
		t.Errorf("%+v, %v", swept, err)
	}
	if _, err = s.Parcel(t.Context(), sha); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("an old parcel: %v", err)
	}
}

func TestParcelThatTelegramWouldRefuse(t *testing.T) {
	s := open(t, nil)
	if _, err := s.KeepParcel(t.Context(), make([]byte, media.MaxParcel+1), noon); !errors.Is(err, media.ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	if _, err := s.KeepParcel(t.Context(), nil, noon); !errors.Is(err, media.ErrDamaged) {
		t.Errorf("empty: %v", err)
	}
	if _, err := s.Parcel(t.Context(), "../../etc/passwd"); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("not a hash: %v", err)
	}
}

func glob(tb testing.TB, pattern string) []string {
	tb.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		tb.Fatalf("nothing at %s: %v", pattern, err)
	}
	return names
}

func readFile(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}
