package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
)

// TestConfigTable keeps the READMEs' table of flags and environment variables equal to what the program takes.
func TestConfigTable(t *testing.T) {
	var out bytes.Buffer
	if code := run(context.Background(), []string{"config"}, streams{out: &out, err: &out}); code != 0 {
		t.Fatal(out.String())
	}
	for _, name := range []string{"../README.md", "../README.zh-CN.md"} {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(raw), "<!-- config -->\n")
		got, _, found := strings.Cut(rest, "<!-- /config -->")
		if !found || got != out.String() {
			t.Errorf("%s: the table is not that of `gridwarden config`:\n%s", name, out.String())
		}
	}
}
