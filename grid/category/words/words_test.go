package words_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/category/words"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"樂都區壽樂鎮", "乐都区寿乐镇"},
		{"ABC123", "abc123"},
		{" 寿 乐 镇 ", "寿乐镇"},
		{"黑烟!!!还有“臭味”。", "黑烟,还有臭味,"},
		{"Black  SMOKE\nfrom a factory", "black smoke,from a factory"},
		{"寿乐镇-土官口村(河边)", "寿乐镇土官口村,河边,"},
		{"\xff\xfe污水", "污水"},
		{"བཙོག་ཆུ", "བཙོག་ཆུ"},
		{"臭\u200b味", "臭味"},
		{"", ""},
	} {
		if got := string(words.Fold(c.in)); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFoldTwiceIsFoldOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := string(words.Fold(rapid.String().Draw(t, "text")))
		if twice := string(words.Fold(once)); twice != once {
			t.Fatalf("%q folds again to %q", once, twice)
		}
	})
}

func set(list ...string) *words.Set[string] {
	s := words.NewSet[string]()
	for _, w := range list {
		s.Add(w, func(string) string { return w })
	}
	return s
}

func found(s *words.Set[string], text string) string {
	hits := s.Find(words.Fold(text))
	out := make([]string, 0, len(hits))
	for _, h := range hits {
		out = append(out, h.Value)
	}
	return strings.Join(out, " ")
}

func TestFind(t *testing.T) {
	s := set("李家", "李家台", "污水", "排污", "smoke", "响", "影响")
	for _, c := range []struct{ in, want string }{
		{"李家台有人", "李家台"},
		{"李家有人", "李家"},
		{"往外排污水", "排污 污水"},
		{"影响很大,夜里响", "影响 响"},
		{"a Smoker and mesmoke", "smoke"},
		{"", ""},
	} {
		if got := found(s, c.in); got != c.want {
			t.Errorf("Find(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	if !s.Has("李家臺") || s.Has("李") || s.Has("李家台村") {
		t.Error("Has must know exactly the words that were added")
	}
}

// TestFindAgainstNaive compares with a search that tries every word at every place.
func TestFindAgainstNaive(t *testing.T) {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙")), 1, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(word, 1, 8).Draw(t, "words")
		text := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙丁")), 0, 30, -1).Draw(t, "text")
		var want []string
		runes, covered := []rune(text), 0
		for i := range runes {
			best := ""
			for _, w := range list {
				if strings.HasPrefix(string(runes[i:]), w) && len(w) > len(best) {
					best = w
				}
			}
			if end := i + utf8.RuneCountInString(best); best != "" && end > covered {
				want, covered = append(want, best), end
			}
		}
		if got := found(set(list...), text); got != strings.Join(want, " ") {
			t.Fatalf("found %q, want %q", got, want)
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"樂都", "\xff", "a b c", "。。", "བཙོག"} {
		f.Add(s)
	}
	s := set("乐都", "a")
	f.Fuzz(func(t *testing.T, text string) {
		folded := words.Fold(text)
		if !utf8.ValidString(string(folded)) {
			t.Fatalf("%q folds to invalid UTF-8", text)
		}
		for _, h := range s.Find(folded) {
			if h.Start >= h.End || h.End > len(folded) {
				t.Fatalf("hit %d to %d in %d characters", h.Start, h.End, len(folded))
			}
		}
	})
}
