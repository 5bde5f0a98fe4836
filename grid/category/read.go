package category

import "github.com/gridwarden/gridwarden/grid/category/words"

// token is a word that was found and stands (was not denied).
type token struct {
	*sense

	start, end int
	clause     int
}

// reading is a text taken apart.
type reading struct {
	text    []rune
	tokens  []token
	clauses []classes // the classes in each clause
	all     classes
}

// claim is one reason for a category.
type claim struct {
	category, kind string
	tier, at       int
}

// read finds the words of a text and drops those that are denied: "no smell", "the noise is not bad".
func (c *Classifier) read(text string) *reading {
	r := &reading{text: words.Fold(text)}
	hits := c.set.Find(r.text)
	r.tokens = make([]token, 0, len(hits))
	clause, at := 0, 0
	denied := -1 // where a chain of denial ends, -1 outside one
	for i, h := range hits {
		for ; at < h.Start; at++ {
			if r.text[at] == words.Break {
				clause, denied = clause+1, -1
			}
		}
		s := h.Value
		linked := denied >= 0 && r.adjacent(denied, h.Start) && !s.class.none()
		if linked || s.class.meets(c.lang.negator) { // "no smell and noise" denies both
			denied = h.End
			continue
		}
		denied = -1
		if i+1 < len(hits) && hits[i+1].Value.class.meets(c.lang.slight) && r.adjacent(h.End, hits[i+1].Start) {
			continue
		}
		r.tokens = append(r.tokens, token{s, h.Start, h.End, clause})
	}
	r.clauses = make([]classes, clause+1)
	for _, t := range r.tokens {
		r.clauses[t.clause] = r.clauses[t.clause].or(t.class)
		r.all = r.all.or(t.class)
	}
	return r
}

// adjacent tells whether nothing but a space stands between two places.
func (r *reading) adjacent(end, start int) bool {
	return start <= end || start == end+1 && r.text[end] == ' '
}

// matter returns the first word of no pollution and where it stands.
func (r *reading) matter() (word string, at int) {
	for _, t := range r.tokens {
		if t.matter != "" {
			return t.matter, t.start
		}
	}
	return "", 0
}

// claims applies the rules and the district's own words.
func (c *Classifier) claims(r *reading) []claim {
	var out []claim
	for _, ru := range c.lang.rules {
		if ru.wholeText {
			if r.all.has(ru.need) && !r.all.meets(ru.without) {
				out = append(out, claim{ru.category, ru.kind, ru.tier, r.first(ru.need, -1)})
			}
			continue
		}
		for i, mask := range r.clauses {
			if mask.has(ru.need) && !mask.meets(ru.without) {
				out = append(out, claim{ru.category, ru.kind, ru.tier, r.first(ru.need, i)})
				break
			}
		}
	}
	for _, t := range r.tokens {
		switch {
		case t.own != "":
			out = append(out, claim{t.own, t.kind, t.tier, t.start})
		case t.kind != "":
			out = append(out, claim{c.kinds[t.kind], t.kind, guessed, t.start})
		}
	}
	return out
}

// first returns where the first word of any of the classes stands, in one clause or (-1) anywhere.
func (r *reading) first(need classes, clause int) int {
	for _, t := range r.tokens {
		if t.class.meets(need) && (clause < 0 || t.clause == clause) {
			return t.start
		}
	}
	return len(r.text)
}

// Explain lists the words on which a verdict rests, in the order of the text.
func (c *Classifier) Explain(text string) []string {
	var out []string
	_, tokens := c.judge(text)
	for _, t := range tokens {
		telling := !t.class.none() && !c.lang.grammar.has(t.class)
		if telling || t.own != "" || t.matter != "" || t.kind != "" {
			out = append(out, t.word)
		}
	}
	return out
}
