package seeds_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gridwarden/gridwarden/seeds"
)

// copyOf reads a folder into memory, where a test may break it.
func copyOf(tb testing.TB, fsys fs.FS) fstest.MapFS {
	tb.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func tiny(tb testing.TB) fstest.MapFS {
	tb.Helper()
	return copyOf(tb, os.DirFS("testdata/tiny"))
}

// replace changes the first occurrence of a text in a file; it must be there.
func replace(tb testing.TB, fsys fstest.MapFS, file, before, after string) {
	tb.Helper()
	text := string(fsys[file].Data)
	if !strings.Contains(text, before) {
		tb.Fatalf("%s does not contain %q", file, before)
	}
	fsys[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, before, after, 1))}
}

// faultsOf takes an error of Load apart.
func faultsOf(tb testing.TB, err error) []*seeds.Fault {
	tb.Helper()
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		tb.Fatalf("%v is no joined error", err)
	}
	parts := joined.Unwrap()
	out := make([]*seeds.Fault, 0, len(parts))
	for _, e := range parts {
		var f *seeds.Fault
		if !errors.As(e, &f) {
			tb.Fatalf("%v is no Fault", e)
		}
		out = append(out, f)
	}
	return out
}

func mustLedu(tb testing.TB) *seeds.District {
	tb.Helper()
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}
