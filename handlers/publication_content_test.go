package handlers

import (
	"os"
	"regexp"
	"testing"
)

// Every duty of the district names a content that somebody draws up, and nobody draws up what no duty asks for.
func TestEveryDutyIsDrawnUp(t *testing.T) {
	raw, err := os.ReadFile("../seeds/ledu/publications.yaml")
	if err != nil {
		t.Fatal(err)
	}
	asked := make(map[string]bool)
	for _, m := range regexp.MustCompile(`(?m)^ +content: *(\S+)`).FindAllStringSubmatch(string(raw), -1) {
		asked[m[1]] = true
		if publicationContents()[m[1]] == nil {
			t.Errorf("nobody draws up %s", m[1])
		}
	}
	for name := range publicationContents() {
		if !asked[name] {
			t.Errorf("no duty asks for %s", name)
		}
	}
}
