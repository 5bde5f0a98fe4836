package read_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/plan/read"
)

var update = flag.Bool("update", false, "accept what is read as what is wanted")

// Plans are written in many ways: each excerpt is read as it says in the file beside it.
func TestVariety(t *testing.T) {
	k, _ := known(t)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, golden := shown(read.Document(read.Lines(string(raw)), k)), strings.TrimSuffix(file, ".txt")+".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || string(want) != got {
			t.Errorf("%s is read as\n%s", file, got)
		}
	}
}

// shown is what was read, for people to check.
func shown(r read.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s | %s | %s\n", r.Plan.Title, r.Plan.Number, r.Plan.Issued)
	for _, m := range r.Plan.Measures {
		fmt.Fprintf(&b, "%d %s [%s] %s\n   lead %s %v; supports %v; others %v; responsible %v\n   %s\n",
			m.Item, m.Label, m.Chapter, m.Title, m.Lead, m.Joint, m.Supports, m.Others, m.Responsible, m.Text)
		for _, x := range m.Milestones {
			fmt.Fprintf(&b, "   - %s%s\n", x.Words, terms(x))
		}
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "! %d %s (%d) %s\n", f.Line, f.Code, f.Item, f.Words)
	}
	return b.String()
}

func terms(x plan.Milestone) string {
	out := ""
	if x.From != (calendar.Date{}) {
		out += " from " + x.From.String()
	}
	if x.By != (calendar.Date{}) {
		out += " by " + x.By.String()
	}
	if x.Every != "" {
		out += " every " + string(x.Every)
	}
	if t := x.Target; t != nil {
		out += fmt.Sprintf(" %s %g %s", t.Relation, t.Value, t.Unit)
		if t.Against > 0 {
			out += fmt.Sprintf(" against %d", t.Against)
		}
	}
	return " ⟨" + strings.TrimSpace(out) + "⟩"
}
