package media_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/handlers/media"
)

const day = 24 * time.Hour

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	s := open(t, func(o *media.Options) { o.Dir = dir })
	needed := put(t, s, jpegOf(t, scene(100, 80), 80))
	orphan := put(t, s, jpegOf(t, scene(120, 80), 80))
	again := put(t, s, jpegOf(t, scene(140, 80), 80))
	half := put(t, s, jpegOf(t, scene(160, 80), 80))
	sent := noon.Add(10 * day)
	young, err := s.Put(t.Context(), "photo", "", jpegOf(t, scene(180, 80), 80), sent)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = s.Put(t.Context(), "photo", "", jpegOf(t, scene(140, 80), 80), sent); err != nil {
		t.Fatal(err)
	}
	crash(t, dir, half.SHA256)
	foreign := filepath.Join(dir, half.SHA256[:2], "notes.txt")
	if err = os.WriteFile(foreign, []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	keep := func(sha string) bool { return sha == needed.SHA256 }

	rehearsed, err := s.Sweep(t.Context(), keep, 2*day, sent, true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = s.Info(t.Context(), orphan.SHA256); err != nil {
		t.Fatalf("a rehearsal removed something: %v", err)
	}
	done, err := s.Sweep(t.Context(), keep, 2*day, sent, false)
	if err != nil || done != rehearsed {
		t.Fatalf("did %+v, announced %+v, %v", done, rehearsed, err)
	}
	if done.Kept != 3 || done.Orphans != 1 || done.Halves != 2 || done.Temps != 1 || done.Bytes == 0 {
		t.Errorf("counts: %+v", done)
	}
	for _, i := range []media.Info{needed, young, again} {
		if _, err = s.Show(t.Context(), i.SHA256); err != nil {
			t.Errorf("lost: %v", err)
		}
	}
	if _, err = s.Original(t.Context(), orphan.SHA256); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("orphan: %v", err)
	}
	left, _ := filepath.Glob(dir + "/*/*" + strings.Repeat("?", 64) + "*")
	if len(left) != 9 {
		t.Errorf("%d parts left", len(left))
	}
	if _, err = os.Stat(foreign); err != nil {
		t.Errorf("a foreign file was removed: %v", err)
	}
	once, err := s.Sweep(t.Context(), keep, 2*day, sent, false)
	if err != nil || once != (media.Swept{Kept: 3}) {
		t.Errorf("a second time: %+v, %v", once, err)
	}
}

// crash leaves behind what a crash before the info was written leaves: two parts and an unfinished one.
func crash(tb testing.TB, dir, sha string) {
	tb.Helper()
	unfinished := filepath.Join(dir, "tmp", "UNFINISHED")
	err := errors.Join(
		os.Remove(filepath.Join(dir, sha[:2], sha+".info")),
		os.WriteFile(unfinished, []byte("half a file"), 0o600),
		os.Chtimes(unfinished, noon, noon),
	)
	if err != nil {
		tb.Fatal(err)
	}
}

func TestPutAfterACrash(t *testing.T) {
	dir := t.TempDir()
	s := open(t, func(o *media.Options) { o.Dir = dir })
	data := jpegOf(t, scene(160, 80), 80)
	info := put(t, s, data)
	crash(t, dir, info.SHA256)
	if _, err := s.Original(t.Context(), info.SHA256); !errors.Is(err, media.ErrNotFound) {
		t.Fatalf("half a file was opened: %v", err)
	}
	if again := put(t, s, data); again.PHash != info.PHash {
		t.Fatalf("put again: %+v", again)
	}
	if _, err := s.Show(t.Context(), info.SHA256); err != nil {
		t.Fatal(err)
	}
}

func TestSwappedFilesAreNotShown(t *testing.T) {
	dir := t.TempDir()
	s := open(t, func(o *media.Options) { o.Dir = dir })
	a, b := put(t, s, jpegOf(t, scene(100, 80), 80)), put(t, s, jpegOf(t, scene(120, 80), 80))
	path := func(i media.Info) string { return filepath.Join(dir, i.SHA256[:2], i.SHA256+".shown") }
	if err := os.Rename(path(a), path(b)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Show(t.Context(), b.SHA256); err == nil {
		t.Fatal("another file was shown in its place")
	}
}

// TestReseal: after it the old key can be dropped; a file's age, its bytes and its copy are what they were.
func TestReseal(t *testing.T) {
	dir := t.TempDir()
	with := func(list string) *media.Store {
		keys, err := seal.ParseKeys(list)
		if err != nil {
			t.Fatal(err)
		}
		return open(t, func(o *media.Options) { o.Dir, o.Keys = dir, keys })
	}
	first, second := strings.Repeat("ab", 16)+strings.Repeat("cd", 16), strings.Repeat("12", 16)+strings.Repeat("34", 16)
	old := with(first)
	data := jpegOf(t, scene(100, 80), 80)
	a, b := put(t, old, data), put(t, old, jpegOf(t, scene(120, 80), 80))
	both := with(second + "," + first)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := both.Reseal(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("broken off: %v", err)
	}
	n, err := both.Reseal(t.Context())
	if err != nil || n.Moved != 6 || n.Lost != 0 {
		t.Fatalf("%+v, %v", n, err)
	}
	if n, err = both.Reseal(t.Context()); err != nil || n.Moved != 0 || n.Current != 6 {
		t.Errorf("again: %+v, %v", n, err)
	}
	alone := with(second)
	if got, wrong := alone.Original(t.Context(), a.SHA256); wrong != nil || !bytes.Equal(got, data) {
		t.Errorf("the original: %v", wrong)
	}
	if _, err = alone.Show(t.Context(), b.SHA256); err != nil {
		t.Errorf("the copy: %v", err)
	}
	swept, err := alone.Sweep(t.Context(), func(string) bool { return false }, day, noon.Add(2*day), true)
	if err != nil || swept.Orphans != 2 {
		t.Errorf("as old as before: %+v, %v", swept, err)
	}
	if n, err = old.Reseal(t.Context()); err != nil || n.Lost != 6 {
		t.Errorf("without the new key: %+v, %v", n, err)
	}
}
