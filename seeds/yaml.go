package seeds

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// node is one value of a YAML file, which knows where it stands.
type node struct {
	file   string
	at     *yaml.Node
	faults *faults
}

// readYAML reads the one document of a file; ok is false when it cannot be read at all, which is a fault.
func readYAML(file string, data []byte, fs *faults) (root node, ok bool) {
	dec := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, bom)))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil || len(doc.Content) == 0 {
		if err == nil || errors.Is(err, io.EOF) {
			err = errors.New("the file is empty")
		}
		fs.add(file, lineInText(err), "a YAML document", "%v", err)
		return node{}, false
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		line := more.Line
		if err != nil {
			line = lineInText(err)
		}
		fs.add(file, line, "one YAML document and nothing after it", "there is more")
		return node{}, false
	}
	return node{file: file, at: doc.Content[0], faults: fs}, true
}

var lineNumber = regexp.MustCompile(`line (\d+)`)

// lineInText finds the line in the text of a parser's error, when that has no other place for it.
func lineInText(err error) int {
	if m := lineNumber.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[1])
		return line
	}
	return 1
}

func (n node) fault(want, what string, args ...any) {
	n.faults.add(n.file, n.at.Line, want, what, args...)
}

func (n node) child(at *yaml.Node) node { return node{file: n.file, at: at, faults: n.faults} }

// kind is what people call the kind of value.
func (n node) kind() string {
	switch n.at.Kind {
	case yaml.MappingNode:
		return "a block of keys"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	default:
		if n.at.Tag == "!!null" {
			return "nothing"
		}
		return fmt.Sprintf("%.40q", n.at.Value)
	}
}

// text is a single value as it was written. Empty and missing values are faults.
func (n node) text() string {
	if n.at.Kind != yaml.ScalarNode || n.at.Tag == "!!null" || strings.TrimSpace(n.at.Value) == "" {
		n.fault("a text", "%s", n.kind())
		return ""
	}
	return strings.TrimSpace(n.at.Value)
}

// items lists the entries of a list.
func (n node) items() []node {
	if n.at.Kind != yaml.SequenceNode {
		n.fault("a list", "%s", n.kind())
		return nil
	}
	out := make([]node, len(n.at.Content))
	for i, at := range n.at.Content {
		out[i] = n.child(at)
	}
	return out
}

// texts is a list of texts, none of them twice. Each entry may hold several, separated by blanks.
func (n node) texts() []string { return n.entries(func(s string) []string { return []string{s} }) }

// words is a list of texts in which each entry may hold several, separated by blanks.
func (n node) words() []string { return n.entries(strings.Fields) }

func (n node) entries(split func(string) []string) []string {
	var out []string
	for _, item := range n.items() {
		for _, s := range split(item.text()) {
			if s == "" {
				continue
			}
			if slices.Contains(out, s) {
				item.fault("each once", "%q is there twice", s)
				continue
			}
			out = append(out, s)
		}
	}
	return out
}

// pair is a key of a block with its value.
type pair struct {
	key, value node
}

// pairs lists the keys of a block in their order; a key there twice is a fault and comes once.
func (n node) pairs() []pair {
	if n.at.Kind != yaml.MappingNode {
		n.fault("a block of keys", "%s", n.kind())
		return nil
	}
	var out []pair
	for i := 0; i+1 < len(n.at.Content); i += 2 {
		p := pair{n.child(n.at.Content[i]), n.child(n.at.Content[i+1])}
		if slices.ContainsFunc(out, func(q pair) bool { return q.key.at.Value == p.key.at.Value }) {
			p.key.fault("each key once", "%q is there twice", p.key.at.Value)
			continue
		}
		out = append(out, p)
	}
	return out
}
