package texts

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var keyForm = regexp.MustCompile(`^[a-z]+(\.[a-z0-9_-]+)*\.[a-z0-9_-]*$`)

var endForm = regexp.MustCompile(`^\.[a-z_]+$`)

// sources are where keys of the catalogue are written.
var sources = []string{"../../handlers", "../../jobs", "../../grid", "../../bot"}

// TestKeysInTheCode reads every string in the Go sources that has the form of a key and begins like one: it must be in
// the catalogue. A string that ends in a dot is the beginning of keys whose end is a value: "state." + state. What no
// string names is told, too: a sentence that nobody reads is a mistake.
func TestKeysInTheCode(t *testing.T) {
	c := load(t)
	areas := make(map[string]bool)
	for _, key := range c.Keys() {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
	}
	used, beginnings := make(map[string]bool), make(map[string]bool)
	var ends []string
	stringsOf(t, func(where token.Position, text string) {
		area, _, _ := strings.Cut(text, ".")
		switch {
		case endForm.MatchString(text):
			ends = append(ends, text)
		case !keyForm.MatchString(text) || !areas[area]:
		case strings.HasSuffix(text, "."):
			beginnings[text] = true
		case c.Has(text):
			used[text] = true
		case strings.HasSuffix(text, ".json"), strings.HasSuffix(text, ".jsonl"), strings.HasSuffix(text, ".py"):
		default:
			t.Errorf("%s: there is no text %q", where, text)
		}
	})
	if len(used) < 100 {
		t.Fatalf("only %d keys were found in the code", len(used))
	}
	for _, key := range c.Keys() {
		if !used[key] && !begins(beginnings, key) && !isName(key) && !extends(used, ends, key) {
			t.Errorf("the text %q is never said", key)
		}
	}
}

// extends tells whether the key is one that is said with an ending: title + ".empty".
func extends(used map[string]bool, ends []string, key string) bool {
	for _, end := range ends {
		if start, ok := strings.CutSuffix(key, end); ok && used[start] {
			return true
		}
	}
	return false
}

// isName tells names of closed sets, which are complete whether or not all are said: names.json.
func isName(key string) bool {
	area, _, _ := strings.Cut(key, ".")
	switch area {
	case "action", "clock", "compass", "disposition", "reason", "role", "stage", "state", "unit", "list":
		return true
	}
	return false
}

// nameCall reads name("state", code): the key is made of both.
func nameCall(n ast.Node) (string, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return "", false
	}
	if f, isName := call.Fun.(*ast.Ident); !isName || f.Name != "name" {
		return "", false
	}
	group, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	key, _ := strconv.Unquote(group.Value)
	key += "."
	if code, ok := call.Args[1].(*ast.BasicLit); ok {
		rest, _ := strconv.Unquote(code.Value)
		key += rest
	}
	return key, true
}

func begins(beginnings map[string]bool, key string) bool {
	for b := range beginnings {
		if strings.HasPrefix(key, b) {
			return true
		}
	}
	return false
}

// stringsOf calls visit with every string literal of the program's own Go files, tests left out.
func stringsOf(t *testing.T, visit func(token.Position, string)) {
	t.Helper()
	files := token.NewFileSet()
	for _, root := range sources {
		if _, err := os.Stat(root); os.IsNotExist(err) {
			continue
		}
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && filepath.Ext(path) == ".html" {
				return inTemplate(path, visit)
			}
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if text, ok := nameCall(n); ok {
					visit(files.Position(n.Pos()), text)
				}
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil {
						visit(files.Position(lit.Pos()), text)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// inTemplate calls visit with what a template says: {{t "web.home.title"}}; {{printf "web.stage.%s"}} is the beginning of keys.
func inTemplate(path string, visit func(token.Position, string)) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, found := range inQuotes.FindAllSubmatchIndex(raw, -1) {
		line := 1 + strings.Count(string(raw[:found[0]]), "\n")
		visit(token.Position{Filename: path, Line: line}, strings.TrimSuffix(string(raw[found[2]:found[3]]), "%s"))
	}
	return nil
}

var inQuotes = regexp.MustCompile(`\b(?:t|printf) "([^"]+)"`)
