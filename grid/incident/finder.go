package incident

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid/category/words"
)

// Finder finds what raises an alarm in what people write. It learns nothing, so the same text always gives the same
// alarm. It is safe for many goroutines.
type Finder struct {
	data  Words
	set   *words.Set[*mark]
	marks map[string]*mark // of the folded words
}

// mark is everything that a word is in the data.
type mark struct {
	hides, denies, unreal bool

	cases []Sensitive
	alone []int  // triggers that it raises
	parts []part // of triggers that need more than it
}

// part is one list of a trigger's Together.
type part struct{ trigger, list int }

// NewFinder makes a finder of a district's words.
func NewFinder(data Words) *Finder {
	f := &Finder{data: data, set: words.NewSet[*mark](), marks: make(map[string]*mark)}
	f.add(data.Harmless, func(m *mark) { m.hides = true })
	f.add(data.Denying, func(m *mark) { m.denies = true })
	f.add(data.Unreal, func(m *mark) { m.unreal = true })
	for _, s := range data.Sensitive {
		f.add(s.Words, func(m *mark) { m.cases = append(m.cases, s.Case) })
	}
	for i, t := range data.Triggers {
		f.add(t.Words, func(m *mark) { m.alone = append(m.alone, i) })
		for k, list := range t.Together {
			f.add(list, func(m *mark) { m.parts = append(m.parts, part{i, k}) })
		}
	}
	f.nest()
	return f
}

// nest lets a telling word say what the words within it say: it hides them, as the longer one counts.
func (f *Finder) nest() {
	plain := make(map[string]mark, len(f.marks))
	for w, m := range f.marks {
		plain[w] = *m
	}
	for w, m := range f.marks {
		if m.hides || m.denies || m.unreal {
			continue
		}
		runes := []rune(w)
		for i := range runes {
			for k := i + 1; k <= len(runes); k++ {
				if in := plain[string(runes[i:k])]; k-i < len(runes) {
					m.cases = append(m.cases, in.cases...)
					m.alone = append(m.alone, in.alone...)
					m.parts = append(m.parts, in.parts...)
				}
			}
		}
	}
}

func (f *Finder) add(list []string, change func(*mark)) {
	for _, w := range list {
		f.set.Add(w, func(m *mark) *mark {
			if m == nil {
				m = &mark{}
				f.marks[string(words.Fold(w))] = m
			}
			change(m)
			return m
		})
	}
}

// token is a word that was found and stands: it is not denied, and its clause tells of something that happened.
type token struct {
	*mark

	start, end, clause int
}

// Find tells what the text hits, written by somebody whose report is of these kinds of pollution.
func (f *Finder) Find(text string, kinds []string) Alarm {
	tokens := f.read(text)
	var a Alarm
	hit := make(map[Sensitive]bool)
	for i, t := range f.data.Triggers {
		if !f.raises(i, tokens) && !slices.ContainsFunc(t.Kinds, func(k string) bool { return slices.Contains(kinds, k) }) {
			continue
		}
		a.Triggers = append(a.Triggers, t.Code)
		a.Calls = a.Calls || t.Calls
		for _, c := range t.Cases {
			hit[c] = true
		}
	}
	if !a.Hit() {
		return a
	}
	for _, t := range tokens {
		for _, c := range t.cases {
			hit[c] = true
		}
	}
	a.Cases = slices.DeleteFunc(SensitiveCases(), func(c Sensitive) bool { return !hit[c] })
	return a
}

// read finds the words that stand.
func (f *Finder) read(text string) []token {
	folded := words.Fold(text)
	hits := f.set.Find(folded)
	tokens := make([]token, 0, len(hits))
	unreal := make(map[int]bool)
	clause, at, denied := 0, 0, -1
	for _, h := range hits {
		for ; at < h.Start; at++ {
			if folded[at] == words.Break {
				clause++
			}
		}
		unreal[clause] = unreal[clause] || h.Value.unreal
		adjacent := denied == h.Start || denied >= 0 && denied+1 == h.Start && folded[denied] == ' '
		if h.Value.denies || adjacent {
			denied = h.End
			continue
		}
		tokens = append(tokens, token{h.Value, h.Start, h.End, clause})
	}
	return slices.DeleteFunc(tokens, func(t token) bool { return unreal[t.clause] })
}

// raises tells whether the words raise the trigger.
func (f *Finder) raises(trigger int, tokens []token) bool {
	lists := len(f.data.Triggers[trigger].Together)
	return slices.ContainsFunc(tokens, func(t token) bool {
		if slices.Contains(t.alone, trigger) {
			return true
		}
		if lists == 0 || !slices.Contains(t.parts, part{trigger, 0}) {
			return false
		}
		for list := 1; list < lists; list++ {
			if !slices.ContainsFunc(tokens, func(u token) bool {
				return slices.Contains(u.parts, part{trigger, list}) && f.near(t, u)
			}) {
				return false
			}
		}
		return true
	})
}

// near tells whether two words tell of one thing: in one clause or in neighbouring ones, and not far apart.
func (f *Finder) near(a, b token) bool {
	if a.start > b.start {
		a, b = b, a
	}
	return b.clause-a.clause <= 1 && b.start-a.end <= f.data.Within
}
