package casework_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/seeds"
)

var update = flag.Bool("update", false, "rewrite golden files")

// docs/casework.md says what the program does.
func TestDocument(t *testing.T) {
	const path = "../../docs/casework.md"
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err = casework.WriteDocument(&got, d.Settings.Casework()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err = os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s is out of date: run make golden and read the diff", path)
	}
}
