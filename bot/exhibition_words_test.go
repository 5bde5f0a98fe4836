package main

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// wordings are the sentences of the catalogue that one language has and the other has not, by themselves.
type wordings struct{ chinese, english map[string]bool }

func sayings(t *testing.T) wordings {
	t.Helper()
	c, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	w := wordings{make(map[string]bool), make(map[string]bool)}
	for _, key := range c.Keys() {
		zh, en := c.Original(texts.Chinese, key), c.Original(texts.English, key)
		if zh != en && !strings.ContainsAny(zh+en, "{<") {
			w.chinese[zh], w.english[en] = true, true
		}
	}
	return w
}

// spoken is what a page says: between its tags, and to whoever hears it read.
var spoken = regexp.MustCompile(`>([^<>]+)<|(?:alt|aria-label|placeholder|title)="([^"]+)"`)

// on lists what an English page says in Chinese, or a Chinese one in English, of what is the program's own words and nobody's name; and
// the codes of periods, which nobody speaks.
func (w wordings) on(page string, english bool) []string {
	other, least := w.english, 4
	if english {
		other, least = w.chinese, 3
	}
	var out []string
	for _, m := range spoken.FindAllStringSubmatch(page, -1) {
		said := strings.TrimSpace(html.UnescapeString(m[1] + m[2]))
		if utf8.RuneCountInString(said) >= least && other[said] || periodCode.MatchString(said) {
			out = append(out, said)
		}
	}
	return out
}

// The check of languages finds what it is for, and lets names and figures be.
func TestForeignWordsAreFound(t *testing.T) {
	w := sayings(t)
	page := `<p>系统出了问题，请稍后再试。</p><a title="Something went wrong on our side. Please try again later.">寿乐镇</a> <td>COD</td>`
	if zh, en := w.on(page, true), w.on(page, false); len(zh) != 1 || len(en) != 1 || zh[0] == en[0] {
		t.Errorf("found %q and %q", zh, en)
	}
}
