package main

import (
	"bytes"
	"context"
	"os"
	"regexp"
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

// TestReadmeShowsTheButtonsThereAre keeps the conversations of the READMEs to buttons and numbers of the golden one.
func TestReadmeShowsTheButtonsThereAre(t *testing.T) {
	golden, err := os.ReadFile("testdata/report_to_closed_case.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../README.md", "../README.zh-CN.md"} {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, talk, found := strings.Cut(string(raw), "寿乐镇土官口村有人把污水")
		talk, _, closed := strings.Cut(talk, "```")
		shown := regexp.MustCompile(`\[[^\]]+\]|\bA?2026-\d{5}\b|[0-9A-Z]{6}\b`).FindAllString(talk, -1)
		if !found || !closed || len(shown) < 8 {
			t.Errorf("%s: the conversation shows only %q", name, shown)
		}
		for _, what := range shown {
			if !bytes.Contains(golden, []byte(what)) {
				t.Errorf("%s: %q is not in the conversation as it goes now", name, what)
			}
		}
	}
}
