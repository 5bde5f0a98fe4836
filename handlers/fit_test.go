package handlers

import (
	"html"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"
)

func TestFit(t *testing.T) {
	for _, tc := range []struct {
		text  string
		limit int
		want  string
	}{
		{"", 3, ""},
		{"水污染", 3, "水污染"},
		{"水污染了", 3, "水污…"},
		{"<b>水污</b>染", 3, "<b>水污</b>染"},
		{"<b>水污染了</b>", 3, "<b>水污…</b>"},
		{`<b><a href="x">水污染了</a></b>`, 3, `<b><a href="x">水污…</a></b>`},
		{"<b>水</b>污染了", 3, "<b>水</b>污…"},
		{"&lt;&amp;&#34;", 3, "&lt;&amp;&#34;"},
		{"&lt;&amp;&#34;x", 3, "&lt;&amp;…"},
		{"😀😀", 4, "😀😀"},
		{"😀😀😀", 4, "😀…"}, // two units each
		{"a & b < c", 5, "a & …"},
	} {
		if got := fit(tc.text, tc.limit); got != tc.want {
			t.Errorf("fit(%q, %d) = %q, want %q", tc.text, tc.limit, got, tc.want)
		}
	}
}

// Whatever people write into a sentence of ours, it fits, its tags are closed, and only the end is lost.
func TestWhateverIsFitted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringN(0, 80, -1).Draw(t, "words")
		limit := rapid.IntRange(4, 60).Draw(t, "limit")
		whole := "<b>" + html.EscapeString(words) + "</b> <code>" + html.EscapeString(words) + "</code>"
		got := fit(whole, limit)
		plain := strings.NewReplacer("<b>", "", "</b>", "", "<code>", "", "</code>", "").Replace(got)
		if strings.ContainsAny(plain, "<>") || strings.Count(got, "<b>") != strings.Count(got, "</b>") ||
			strings.Count(got, "<code>") != strings.Count(got, "</code>") {
			t.Fatalf("broken: %q", got)
		}
		shown := html.UnescapeString(plain)
		if n := len(utf16.Encode([]rune(shown))); n > limit {
			t.Fatalf("%d units, at most %d: %q", n, limit, got)
		}
		if got != whole && !strings.HasPrefix(words+" "+words, strings.TrimSuffix(shown, "…")) {
			t.Fatalf("%q is no beginning of %q", shown, words)
		}
	})
}

func FuzzFit(f *testing.F) {
	for _, s := range []string{"<b>水", "&", "&lt", "<", ">", "&#128512;", "</b></b>", "\xff\xfe"} {
		f.Add(s, 2)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit = 1 + (limit&0xfff)%5000
		if got := fit(text, limit); seen(got) > limit {
			t.Errorf("%d units, at most %d: %q", seen(got), limit, got)
		}
	})
}
