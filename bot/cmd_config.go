package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// configCmd prints how everything is set.
type configCmd struct{}

// Run prints a Markdown table of every flag of `serve` with its environment variable; the README carries it.
func (configCmd) Run(s streams) error {
	parser, err := newParser(s)
	if err != nil {
		return err
	}
	for _, node := range parser.Model.Children {
		if node.Name == "serve" {
			_, err = fmt.Fprint(s.out, flagTable(node))
		}
	}
	return err
}

// flagTable writes the flags of a command.
func flagTable(node *kong.Node) string {
	var b strings.Builder
	b.WriteString("| flag | environment | default | meaning |\n|---|---|---|---|\n")
	for _, f := range node.Flags {
		if f.Name == "help" {
			continue
		}
		env := ""
		if len(f.Envs) > 0 {
			env = "`" + f.Envs[0] + "`"
		}
		value := ""
		if f.HasDefault {
			value = "`" + f.Default + "`"
		}
		fmt.Fprintf(&b, "| `--%s` | %s | %s | %s |\n", f.Name, env, value, f.Help)
	}
	return b.String()
}
