package main

import (
	"go/ast"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// links are those of Markdown, in words and in pictures.
var links = regexp.MustCompile(`\]\(([^)\s]+)(?:\s+"[^"]*")?\)`)

// TestLinksInTheDocsLead reads every Markdown file: what a relative link points to is there, and so is the heading it names.
func TestLinksInTheDocsLead(t *testing.T) {
	seen := 0
	eachDoc(t, func(name, text string) {
		for _, m := range links.FindAllStringSubmatch(text, -1) {
			to, err := url.Parse(m[1])
			if err != nil {
				t.Errorf("%s: %q is no link", name, m[1])
				continue
			}
			if to.IsAbs() {
				continue
			}
			seen++
			file := name
			if to.Path != "" {
				file = filepath.Join(filepath.Dir(name), filepath.FromSlash(to.Path))
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: %s leads nowhere", name, m[1])
				continue
			}
			if to.Fragment != "" && !hasHeading(t, file, to.Fragment) {
				t.Errorf("%s: %s names no heading of %s", name, m[1], file)
			}
		}
	})
	if seen < 40 {
		t.Errorf("only %d links were looked at", seen)
	}
}

// hasHeading tells whether a heading of the file gives that anchor.
func hasHeading(t *testing.T, file, anchor string) bool {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^#+ +(.+)$`).FindAllStringSubmatch(string(raw), -1) {
		plain := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		if strings.ReplaceAll(strings.TrimSpace(plain), " ", "-") == anchor {
			return true
		}
	}
	return false
}

// TestArchitectureNamesEveryPackage holds the tree in docs/architecture.md to the folders that there are.
func TestArchitectureNamesEveryPackage(t *testing.T) {
	raw, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, tree, _ := strings.Cut(string(raw), "## Where things live\n\n```\n")
	tree, _, closed := strings.Cut(tree, "```")
	if !closed {
		t.Fatal("no tree in docs/architecture.md")
	}
	named := make(map[string]bool)
	var above []string
	for _, m := range regexp.MustCompile(`(?m)^( *)([a-z0-9]+)/ `).FindAllStringSubmatch(tree, -1) {
		above = append(above[:len(m[1])/2], m[2])
		named[path.Join(above...)] = true
	}
	there := make(map[string]bool)
	eachFile(t, func(dir string, _ *ast.File, _ bool) { there[dir] = true })
	for dir := range there {
		if !named[dir] {
			t.Errorf("docs/architecture.md does not name %s", dir)
		}
	}
	for dir := range named {
		if !there[dir] {
			t.Errorf("docs/architecture.md names %s, which is no package", dir)
		}
	}
}

// TestDocsNameCommandsThereAre: what the docs call `gridwarden X` or `go run ./bot X` is a command of the program, and each --flag
// beside it is one that the command takes.
func TestDocsNameCommandsThereAre(t *testing.T) {
	parser, err := newParser(streams{})
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	eachDoc(t, func(name, text string) {
		for _, m := range regexp.MustCompile("(?m)(?:^|`|\\| )(?:gridwarden|go run \\./bot) +([a-z][^`|#\n]*)").FindAllStringSubmatch(text, -1) {
			calls++
			node := parser.Model.Node
			for word := range strings.FieldsSeq(m[1]) {
				flag, isFlag := strings.CutPrefix(word, "--")
				i := slices.IndexFunc(node.Children, func(n *kong.Node) bool { return n.Name == word })
				switch {
				case isFlag:
					if !takes(node, flag) {
						t.Errorf("%s: `gridwarden %s`: %s takes no --%s", name, m[1], node.Name, flag)
					}
				case i >= 0:
					node = node.Children[i]
				case node.DefaultCmd != nil: // the command's own argument: export roster
					node = node.DefaultCmd
				case node.Type == kong.ApplicationNode:
					t.Errorf("%s: `gridwarden %s` is no command", name, m[1])
				}
			}
		}
	})
	if calls < 15 {
		t.Errorf("only %d commands were looked at", calls)
	}
}

// takes tells whether a command has the flag, itself or by a command above it.
func takes(node *kong.Node, flag string) bool {
	for _, group := range node.AllFlags(false) {
		if slices.ContainsFunc(group, func(f *kong.Flag) bool { return f.Name == flag }) {
			return true
		}
	}
	return false
}

// TestReadmesNameCommandsOfTheChat: each `/command` of the READMEs is one that the chat knows.
func TestReadmesNameCommandsOfTheChat(t *testing.T) {
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../README.md", "../README.zh-CN.md"} {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile("`/([a-z]+)[ `]").FindAllStringSubmatch(string(raw), -1)
		for _, m := range found {
			if !words.Has("command." + m[1]) {
				t.Errorf("%s: there is no /%s", name, m[1])
			}
		}
		if len(found) < 15 {
			t.Errorf("%s: only %d commands were looked at", name, len(found))
		}
	}
}

func eachDoc(t *testing.T, see func(name, text string)) {
	t.Helper()
	walkFiles(t, ".md", func(name string) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		see(name, string(raw))
	})
}
