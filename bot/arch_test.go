package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/gridwarden/gridwarden"

// The folders and what they may import of ours. Everybody may import grid; grid imports nothing of ours but itself;
// siblings meet only in bot; nobody imports bot.
var mayImport = map[string][]string{
	"bot":             {"*"},
	"grid":            {"grid"},
	"grid/redisstore": {"grid"},
	"handlers":        {"grid", "handlers"},
	"jobs":            {"grid"},
	"seeds":           {"grid"},
}

// mayNot names what a folder must keep away from although its rule would let it: the public site is given what the public may
// know, and cannot read a case by itself.
var mayNot = map[string][]string{
	"handlers/web":       {"grid/casework", "handlers"},
	"handlers/georeport": {"grid/casework", "handlers"},
}

// Who may import a library: each speaks in one place only.
var speaks = map[string][]string{
	"github.com/go-telegram/bot":  {"handlers", "bot"},
	"github.com/redis/go-redis":   {"grid/redisstore", "bot"},
	"github.com/robfig/cron":      {"jobs", "bot"},
	"github.com/xuri/excelize":    {"handlers/workbook", "bot"},
	"github.com/signintech/gopdf": {"handlers/paper"},
}

// TestImports holds the import rule: see docs/architecture.md.
func TestImports(t *testing.T) {
	eachFile(t, func(dir string, file *ast.File, test bool) {
		if test {
			return
		}
		room := roomOf(dir)
		for _, spec := range file.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			if ours, ok := strings.CutPrefix(imported, module+"/"); ok && !allowed(room, ours) {
				t.Errorf("%s imports %s: %s may import %v only", dir, ours, room, mayImport[room])
			}
			if strings.HasPrefix(dir, "grid") && !strings.HasPrefix(dir, "grid/redisstore") && strings.Contains(imported, ".") &&
				!strings.HasPrefix(imported, module) {
				t.Errorf("%s imports %s: grid imports the standard library only", dir, imported)
			}
			for _, never := range mayNot[dir] {
				if imported == module+"/"+never {
					t.Errorf("%s imports %s, from which it is to be kept away", dir, imported)
				}
			}
			for library, where := range speaks {
				if strings.HasPrefix(imported, library) && !inside(dir, where) {
					t.Errorf("%s imports %s: only %v may", dir, imported, where)
				}
			}
		}
	})
}

func allowed(room, ours string) bool {
	target := roomOf(ours)
	for _, p := range mayImport[room] {
		if p == "*" || target == p || p == "handlers" && strings.HasPrefix(ours, "handlers/") {
			return true
		}
	}
	return target == room
}

// roomOf is the folder of the table that dir lies in.
func roomOf(dir string) string {
	best := ""
	for room := range mayImport {
		if (dir == room || strings.HasPrefix(dir, room+"/")) && len(room) > len(best) {
			best = room
		}
	}
	return best
}

func inside(dir string, rooms []string) bool {
	for _, r := range rooms {
		if dir == r || strings.HasPrefix(dir, r+"/") {
			return true
		}
	}
	return false
}

// TestPackageComments wants every package to say what it is.
func TestPackageComments(t *testing.T) {
	described := make(map[string]bool)
	eachFile(t, func(dir string, file *ast.File, test bool) {
		if !test {
			described[dir] = described[dir] || file.Doc != nil && len(file.Doc.Text()) > 20
		}
	})
	for dir, ok := range described {
		if !ok {
			t.Errorf("%s has no package comment", dir)
		}
	}
	if len(described) < 10 {
		t.Errorf("only %d packages were looked at", len(described))
	}
}

// TestFileLength keeps files short enough to be read: when one grows past the bar, it is split by verb.
func TestFileLength(t *testing.T) {
	walkFiles(t, ".go", func(name string) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		limit := 400
		if strings.HasSuffix(name, "_test.go") {
			limit = 600
		}
		if n := strings.Count(string(raw), "\n"); n > limit {
			t.Errorf("%s has %d lines, more than %d", name, n, limit)
		}
	})
}

func eachFile(t *testing.T, see func(dir string, file *ast.File, test bool)) {
	t.Helper()
	walkFiles(t, ".go", func(name string) {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel("..", filepath.Dir(name))
		if err != nil {
			t.Fatal(err)
		}
		see(path.Clean(filepath.ToSlash(rel)), file, strings.HasSuffix(name, "_test.go"))
	})
}

// walkFiles goes through the files of the tree whose names end so.
func walkFiles(t *testing.T, ending string, see func(name string)) {
	t.Helper()
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".." {
			return filepath.SkipDir
		}
		if strings.HasSuffix(name, ending) {
			see(name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
