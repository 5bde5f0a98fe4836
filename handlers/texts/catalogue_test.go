package texts

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// Limits of Telegram: of a message, and of a button before it is cut off on a phone.
const (
	maxMessage = 4096
	maxButton  = 40
)

func load(t *testing.T) *Catalogue {
	t.Helper()
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryLanguageIsComplete(t *testing.T) {
	c := load(t)
	if len(c.Keys()) < 100 {
		t.Fatalf("only %d keys were read", len(c.Keys()))
	}
	for _, lang := range Langs() {
		for _, key := range c.Keys() {
			s, ok := c.langs[lang][key]
			if !ok {
				t.Errorf("%s lacks %q", lang, key)
				continue
			}
			if want, got := c.langs[Reference][key].places(), s.places(); !maps.Equal(want, got) {
				t.Errorf("%s %q has places %v, the reference has %v", lang, key, got, want)
			}
		}
		for key := range c.langs[lang] {
			if !c.Has(key) {
				t.Errorf("%s has %q, the reference has not", lang, key)
			}
		}
	}
}

func TestEverySentenceFitsTelegram(t *testing.T) {
	c := load(t)
	for _, lang := range Langs() {
		for key, s := range c.langs[lang] {
			n := utf8.RuneCountInString(s.raw)
			if n >= maxMessage/2 {
				t.Errorf("%s %q has %d characters and leaves no room for what is filled in", lang, key, n)
			}
			if strings.HasPrefix(key, "button.") && n > maxButton {
				t.Errorf("%s %q: a button of %d characters, at most %d", lang, key, n, maxButton)
			}
			if err := validHTML(s.raw); err != nil {
				t.Errorf("%s %q: %v", lang, key, err)
			}
			if strings.HasPrefix(key, "button.") && strings.ContainsAny(s.raw, "<&") {
				t.Errorf("%s %q: a button knows no HTML", lang, key)
			}
		}
	}
}

// TestQuotationMarksAreThoseOfTheMainland: what is quoted stands in “ ”, as GB/T 15834 has it, and never in corner brackets.
func TestQuotationMarksAreThoseOfTheMainland(t *testing.T) {
	for key, s := range load(t).langs[Chinese] {
		if strings.ContainsAny(s.raw, "「」『』") {
			t.Errorf("%q quotes in corner brackets: %s", key, s.raw)
		}
	}
}

// TestNoSentenceNamesAHotline: which number people call is a setting of the district.
func TestNoSentenceNamesAHotline(t *testing.T) {
	c := load(t)
	for _, lang := range Langs() {
		for key, s := range c.langs[lang] {
			if strings.Contains(s.raw, "12345") || strings.Contains(s.raw, "12369") {
				t.Errorf("%s %q names a number: %s", lang, key, s.raw)
			}
		}
	}
}

func TestPlacesAreFilledAndEscaped(t *testing.T) {
	c, err := read(fstest.MapFS{
		"zh-CN/a.json": {Data: []byte(`{"hi":"好 {who}","n":"{n}份","list.separator":"、","in":"在{x}里"}`)},
		"en/a.json":    {Data: []byte(`{"hi":"hi {who}","n":"{n} {n|report|reports}","list.separator":", ","in":"in {x}"}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	names := Names{"zh-CN": "水", "en": "water"}
	for _, tc := range []struct {
		lang Lang
		key  string
		args Args
		want string
	}{
		{English, "hi", Args{"who": "<b>&you"}, "hi &lt;b&gt;&amp;you"},
		{English, "hi", Args{"who": Raw("<b>you</b>")}, "hi <b>you</b>"},
		{English, "hi", nil, "hi ⟨who⟩"},
		{English, "nothing", nil, "⟨nothing⟩"},
		{English, "hi", Args{"who": struct{}{}}, "hi ⟨?⟩"},
		{English, "n", Args{"n": 1}, "1 report"},
		{English, "n", Args{"n": int64(21)}, "21 reports"},
		{English, "n", Args{"n": "1"}, "1 report"},
		{Chinese, "n", Args{"n": 1}, "1份"},
		{English, "hi", Args{"who": names}, "hi water"},
		{Chinese, "hi", Args{"who": names}, "好 水"},
		{English, "hi", Args{"who": Name("寿乐镇")}, "hi 寿乐镇"},
		{English, "in", Args{"x": Text{Key: "hi", Args: Args{"who": "<"}}}, "in hi &lt;"},
		{English, "in", Args{"x": Text{}}, "in "},
		{English, "in", Args{"x": List{"a", names, 3}}, "in a, water, 3"},
		{Chinese, "in", Args{"x": List{"a", names}}, "在a、水里"},
		{English, "in", Args{"x": Lines{"<", Text{Key: "hi", Args: Args{"who": 1}}}}, "in &lt;\nhi 1"},
		{"fr", "hi", Args{"who": "x"}, "好 x"},
	} {
		if got := c.T(tc.lang, tc.key, tc.args); got != tc.want {
			t.Errorf("T(%s, %s, %v) = %q, want %q", tc.lang, tc.key, tc.args, got, tc.want)
		}
	}
	if got := c.Plain(English, "hi", Args{"who": "A&B"}); got != "hi A&B" {
		t.Errorf("Plain = %q", got)
	}
}

func TestBrokenFilesAreNamed(t *testing.T) {
	for name, tc := range map[string]struct{ data, want string }{
		"twice":     {`{"a":"x"}`, `key "a" is in zh-CN/a.json already`},
		"not json":  {`{`, "zh-CN/b.json"},
		"empty":     {`{"b":" "}`, "empty"},
		"open":      {`{"b":"{x"}`, "without }"},
		"bad place": {`{"b":"{X y}"}`, "neither"},
		"half":      {`{"b":"{n|one}"}`, "neither"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(fstest.MapFS{"zh-CN/a.json": {Data: []byte(`{"a":"x"}`)}, "zh-CN/b.json": {Data: []byte(tc.data)}})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want an error with %q", err, tc.want)
			}
		})
	}
}

func TestMatch(t *testing.T) {
	c := load(t)
	for tag, want := range map[string]Lang{
		"": Chinese, "zh": Chinese, "zh-hans": Chinese, "zh_CN": Chinese, "zh-TW": Chinese, "zh-Hant-HK": Chinese, "yue": Chinese,
		"bo": Chinese, "bo-CN": Chinese, "ug": Chinese, "mn": Chinese, "en": English, "en-GB": English, "en_US": English, "EN": English,
		"de": Chinese, "x": Chinese, "not a tag": Chinese, "🙂": Chinese,
	} {
		if got := c.Match(tag); got != want {
			t.Errorf("Match(%q) = %s, want %s", tag, got, want)
		}
	}
}

func TestWhatPeopleWriteNeverBecomesMarkup(t *testing.T) {
	c := load(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.String().Draw(t, "words")
		lang := rapid.SampledFrom(Langs()).Draw(t, "lang")
		if got := c.T(lang, "report.ask_more", Args{"said": words}); strings.Contains(got, "⟨") && !strings.Contains(words, "⟨") ||
			strings.Count(got, "<") != 0 {
			t.Fatalf("%q became %q", words, got)
		}
	})
}
