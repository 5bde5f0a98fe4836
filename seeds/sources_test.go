package seeds_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// oursAlone are folders that hold nothing but what was made here: words, goldens, scenes, descriptions of our own doors.
var oursAlone = []string{
	"bot/bench", "bot/testdata", "grid/bundle", "handlers/georeport", "handlers/phones", "handlers/texts",
}

// TestEveryDataFileHasASource: whatever is read as data says where it comes from and under which licence, in a SOURCES.md (or the
// font's NOTICE) that names it by its path from there.
func TestEveryDataFileHasASource(t *testing.T) {
	data := regexp.MustCompile(`\.(csv|tsv|jsonl?|geojson|yaml|txt|pdf|ttf)$`)
	named := regexp.MustCompile(`[\w./*-]+\.(csv|tsv|jsonl?|geojson|yaml|txt|pdf|ttf)\b`)
	var files, patterns []string
	repository := os.DirFS("..")
	err := fs.WalkDir(repository, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if slices.Contains(oursAlone, name) || strings.HasPrefix(name, ".") && name != "." {
				return fs.SkipDir
			}
		case d.Name() == "SOURCES.md", d.Name() == "NOTICE":
			raw, err := fs.ReadFile(repository, name)
			if err != nil {
				return err
			}
			for _, of := range named.FindAllString(string(raw), -1) {
				patterns = append(patterns, path.Join(path.Dir(name), strings.ReplaceAll(of, "YEAR", "*")))
			}
		case data.MatchString(name) && strings.Contains(name, "/"):
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 50 {
		t.Errorf("only %d files were looked at", len(files))
	}
	for _, name := range files {
		if !slices.ContainsFunc(patterns, func(p string) bool { ok, err := path.Match(p, name); return ok && err == nil }) {
			t.Errorf("no SOURCES.md names %s", name)
		}
	}
}
