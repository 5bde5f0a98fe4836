package seeds_test

import (
	"io/fs"
	"os"
	"regexp"
	"testing"
)

// TestReadmeNamesEveryFile: README.md describes each file that a district's folder holds, and none that the folder cannot hold.
func TestReadmeNamesEveryFile(t *testing.T) {
	raw, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	described := make(map[string]bool)
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)`").FindAllSubmatch(raw, -1) {
		described[string(m[1])] = true
	}
	there := map[string]bool{"holidays/YEAR.json": true, "standards/gb3838-2002.yaml": true} // built in for every district
	err = fs.WalkDir(os.DirFS("ledu"), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			there[name] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range there {
		if !described[name] {
			t.Errorf("README.md does not describe %s", name)
		}
	}
	for name := range described {
		if !there[name] {
			t.Errorf("README.md describes %s, and ledu has none", name)
		}
	}
}
