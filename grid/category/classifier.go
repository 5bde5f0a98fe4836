package category

import (
	"cmp"
	"slices"

	"github.com/gridwarden/gridwarden/grid/category/words"
)

// How sure a rule is (rules.csv).
const (
	guessed = 1 // counts only for want of anything better
	implied = 2
	said    = 3
)

// Classifier sorts texts by the words in them: the everyday words of the language (lexicon.csv, rules.csv) and the
// words of the district. It learns nothing, so the same text always gets the same verdict, and Explain shows why. It is
// safe for many goroutines.
type Classifier struct {
	lang  *language
	set   *words.Set[*sense]
	kinds map[string]string // declared kinds and the category of each
	known map[string]bool   // declared matters
}

// sense is what a word may mean.
type sense struct {
	word   string
	class  classes
	own    string // a category the district says the word means
	tier   int    // how sure the district's word is
	kind   string // a kind the district says the word means
	matter string // a matter code with its prefix
}

// NewClassifier builds a classifier for a district's categories and matters. names are words that mean nothing here and
// hide what they contain: names of places, so that a village called after its sheepfold is no livestock farm. Where the
// language knows a word better than a district's list (a word that tells nothing alone), the language wins, and the
// district's word only adds its kind.
func NewClassifier(cats []Category, matters []Matter, names ...string) *Classifier {
	c := &Classifier{
		lang:  loadLanguage(),
		set:   words.NewSet[*sense](),
		kinds: make(map[string]string),
		known: make(map[string]bool),
	}
	for _, lex := range c.lang.words {
		c.add(lex.word, func(s *sense) {
			s.class = s.class.or(lex.class)
			s.matter = cmp.Or(s.matter, lex.matter)
		})
	}
	for _, cat := range cats {
		for _, w := range cat.Words {
			c.addOwn(w, cat.Code, "")
		}
		for _, k := range cat.Kinds {
			c.kinds[k.Code] = cat.Code
			for _, w := range k.Words {
				c.addOwn(w, cat.Code, k.Code)
			}
		}
	}
	for _, m := range matters {
		c.known[m.Code] = true
		for _, w := range m.Words {
			c.add(w, func(s *sense) {
				if s.class.none() && s.own == "" {
					s.matter = matterPrefix + m.Code
				}
			})
		}
	}
	for _, n := range names {
		if len(words.Fold(n)) > 1 {
			c.add(n, func(s *sense) { *s = sense{word: n} })
		}
	}
	return c
}

func (c *Classifier) add(word string, change func(*sense)) {
	c.set.Add(word, func(s *sense) *sense {
		if s == nil {
			s = &sense{word: word}
		}
		change(s)
		return s
	})
}

// addOwn adds a district's word. One character alone is a guess, as too much contains it, and so is what says only that
// it is some environmental matter.
func (c *Classifier) addOwn(word, category, kind string) {
	tier := said
	if len(words.Fold(word)) < 2 || category == Other && kind == "" {
		tier = guessed
	}
	c.add(word, func(s *sense) {
		if s.class.none() && s.matter == "" {
			s.own, s.tier = category, tier
		}
		s.kind = cmp.Or(kind, s.kind)
	})
}

// Classify says what the words of a complaint are about. The main category comes first: what is said outright before
// what is inferred, and of these what is named first. Guesses count only when there is nothing else. Other without a
// kind means an environmental matter of unknown kind.
func (c *Classifier) Classify(text string) Verdict {
	v, _ := c.judge(text)
	return v
}

// judge is Classify with the words that were read.
func (c *Classifier) judge(text string) (Verdict, []token) {
	r := c.read(text)
	claims := c.claims(r)
	best, first := 0, len(r.text)
	for _, cl := range claims {
		if cl.tier > best || cl.tier == best && cl.at < first {
			best, first = cl.tier, cl.at
		}
	}
	if m, at := r.matter(); m != "" && (best <= guessed || best == implied && at < first) {
		v := Verdict{Scope: Elsewhere}
		if code := m[len(matterPrefix):]; c.known[code] {
			v.Matter = code
		}
		return v, r.tokens
	}
	if len(claims) == 0 {
		return Verdict{Scope: Unclear}, r.tokens
	}
	return c.verdict(claims, best), r.tokens
}

// verdict orders the claims and keeps those that count.
func (c *Classifier) verdict(claims []claim, best int) Verdict {
	slices.SortStableFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.tier, a.tier), cmp.Compare(a.at, b.at))
	})
	v := Verdict{Scope: Environment}
	for _, cl := range claims {
		if (cl.tier > guessed || best == guessed) && !slices.Contains(v.Categories, cl.category) {
			v.Categories = append(v.Categories, cl.category)
		}
	}
	for _, cl := range claims {
		_, declared := c.kinds[cl.kind]
		if declared && slices.Contains(v.Categories, cl.category) && !slices.Contains(v.Kinds, cl.kind) {
			v.Kinds = append(v.Kinds, cl.kind)
		}
	}
	return v
}
