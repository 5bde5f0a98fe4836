package read

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Whatever a document says, reading it ends; every character of an item is in its number, title, text or marks; and every promise
// is in the words of its item.
func FuzzDocument(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range append(files, "../../../seeds/ledu/plan.txt") {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Add("1.(牵头部门:((\n2.牵头部门:。责任单位\n(列第一位者为牵头\n１、２０１７年１３月底前")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<13 || !utf8.ValidString(text) {
			return
		}
		known := Known{Names: []string{"乐都区"}, Bodies: []Body{{Name: "区水务局", Aliases: []string{"水务局"}}}}
		r := Document(Lines(text), known)
		last := 0
		for i, m := range r.Plan.Measures {
			if m.Item <= last || len(r.Lines) != len(r.Plan.Measures) || r.Lines[i] < 1 {
				t.Errorf("item %d after %d, line %d", m.Item, last, r.Lines[i])
			}
			last = m.Item
			at, words := 0, m.Title+"\n"+m.Text
			for _, x := range m.Milestones {
				found := strings.Index(words[at:], x.Words)
				if found < 0 || x.Words == "" {
					t.Fatalf("%q is not in what remains of %q", x.Words, words[at:])
				}
				at += found
				if x.By == (calendar.Date{}) && x.From == (calendar.Date{}) && x.Every == "" && x.Target == nil {
					t.Errorf("%s promises nothing: %q", x.ID, x.Words)
				}
			}
		}
		whole(t, text)
	})
}

// whole holds the pieces of a document against the document.
func whole(t *testing.T, text string) {
	t.Helper()
	head, _ := parts(Lines(text))
	f := &finder{}
	g := newNames(Known{}, f)
	all := blocks(head, f)
	var said, kept strings.Builder
	for _, l := range head {
		if s := spell(l.Text, 0); !furniture(s) && (len(s) > 3 || !genre.is("bare_number", s.folded().string)) {
			said.WriteString(bareOf(s))
		}
	}
	for _, b := range all {
		if b.style != "bare" {
			kept.WriteString(bareOf(spell(b.printed, 0)))
		}
		kept.WriteString(bareOf(b.body))
		accounted(t, g, b.body)
	}
	bodies := 0
	for _, l := range head { // page numbers that did not begin anything are told, and in no body
		if s := spell(l.Text, 0); len(s) > 0 && len(s) <= 3 && genre.is("bare_number", s.folded().string) {
			bodies++
		}
	}
	if got, want := kept.String(), said.String(); bodies == 0 && got != want {
		t.Errorf("the blocks hold\n%q\nand the document\n%q", got, want)
	}
}

func bareOf(s signs) string {
	return strings.Map(func(r rune) rune {
		if blank(r) {
			return -1
		}
		return r
	}, s.printed())
}

// accounted holds the text of an item and its marks against the item.
func accounted(t *testing.T, g *names, body signs) {
	t.Helper()
	at := 0
	var outside signs
	for _, m := range g.spans(body) {
		if m.from < at || m.to > len(body) || m.from >= m.to {
			t.Fatalf("marks overlap or lie outside: %d-%d after %d of %d", m.from, m.to, at, len(body))
		}
		outside = append(outside, body[at:m.from]...)
		at = m.to
	}
	outside = append(outside, body[at:]...)
	rest, _ := g.take(body)
	i := 0
	for _, c := range rest {
		if i < len(outside) && c.as == outside[i].as {
			i++
		}
	}
	if i < len(outside) {
		t.Errorf("%q is lost of %q", outside[i:].printed(), body.printed())
	}
	title, text := titled(rest)
	both := slices.Concat(title, text)
	drop := func(c sign) bool { return strings.ContainsRune(":\u3002", c.is) }
	same := func(a, b sign) bool { return a.as == b.as }
	if a, b := slices.DeleteFunc(both, drop), slices.DeleteFunc(slices.Clone(rest), drop); !slices.EqualFunc(a, b, same) {
		t.Errorf("title and text hold %q of %q", a.printed(), b.printed())
	}
}

// A document is read in a moment, however long it is and whatever its brackets do.
func BenchmarkDocument(b *testing.B) {
	raw, err := os.ReadFile("../../../seeds/ledu/plan.txt")
	if err != nil {
		b.Fatal(err)
	}
	for name, text := range map[string]string{
		"plan": string(raw), "brackets": strings.Repeat("(", 20000), "labels": "1.a。" + strings.Repeat("牵头部门:区水务局、", 1000),
		"figures": "1.a。" + strings.Repeat("2017年达到90%、", 1000),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Document(Lines(text), Known{})
			}
		})
	}
}
