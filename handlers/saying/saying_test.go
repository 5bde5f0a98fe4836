package saying_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/saying"
)

// TestHTML keeps Telegram's marks and nothing else.
func TestHTML(t *testing.T) {
	for in, want := range map[string]string{
		"plain & simple":                      "plain &amp; simple",
		"<b>2026</b>\n<code>K7</code>":        "<strong>2026</strong><br>\n<code>K7</code>",
		"a &lt;script&gt; b":                  "a &lt;script&gt; b",
		"<script>alert(1)</script>":           "alert(1)",
		`<b onclick="x()">a</b>`:              "<strong>a</strong>",
		`<a href="https://t.me/x?a=1">x</a>`:  `<a rel="noopener noreferrer" href="https://t.me/x?a=1">x</a>`,
		`<a href="javascript:alert(1)">x</a>`: `<a rel="noopener noreferrer" href="#">x</a>`,
		"<b>left open":                        "<strong>left open</strong>",
		"closed</b> twice</i>":                "closed twice",
		"1 < 2":                               "1 &lt; 2",
	} {
		if got := string(saying.HTML(in)); got != want {
			t.Errorf("%q: %q, expected %q", in, got, want)
		}
	}
}

// tags are all that a page may be given.
var tags = regexp.MustCompile(`^(<br>|</?(strong|em|u|s|code|pre|blockquote|span)>|<a rel="noopener noreferrer" href="[^"<>]*">|</a>)$`)

// FuzzHTML: whatever a message says, a page gets known tags only, and all of them closed.
func FuzzHTML(f *testing.F) {
	for _, s := range []string{"<b>x</b>", `<a href="http://x">`, "<img src=x onerror=y>", "&#60;script&#62;", "<b<script>"} {
		f.Add(s)
	}
	whole := regexp.MustCompile(`<[^>]*>?`)
	f.Fuzz(func(t *testing.T, text string) {
		depth := 0
		for _, tag := range whole.FindAllString(string(saying.HTML(text)), -1) {
			switch {
			case !tags.MatchString(tag):
				t.Fatalf("%q becomes %s", text, tag)
			case tag == "<br>":
			case strings.HasPrefix(tag, "</"):
				depth--
			default:
				depth++
			}
		}
		if depth != 0 {
			t.Fatalf("%q leaves %d tags open", text, depth)
		}
	})
}

// TestOf leaves out what only Telegram has.
func TestOf(t *testing.T) {
	s := saying.Of(ledger.Message{
		Photos: []string{"tg:abc", "0123"}, Ask: [][]ledger.Key{{{Text: "here", Location: true}, {Text: "yes"}}},
	})
	if len(s.Pictures) != 1 || s.Pictures[0] != "0123" || len(s.Keys) != 1 || s.Keys[0] != "yes" {
		t.Errorf("%+v", s)
	}
}
