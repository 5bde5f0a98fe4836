package words

// Set is a set of words to be found in texts, each with a value. Build it with Add, then only read it: reading is safe
// from many goroutines.
type Set[V any] struct {
	next   map[edge]int32 // the tree of all words' characters; node 0 is the root
	values []V
	ends   []int32 // by node: 1 + index of the value of the word that ends there, 0 for none
}

type edge struct {
	node int32
	r    rune
}

// Hit is a word found: text[Start:End] in the folded text.
type Hit[V any] struct {
	Start, End int
	Value      V
}

// NewSet returns an empty set.
func NewSet[V any]() *Set[V] {
	return &Set[V]{next: make(map[edge]int32), ends: make([]int32, 1)}
}

// Add puts a word into the set; merge makes the new value from the present one (the zero value for a new word). A word
// that folds to nothing is not added.
func (s *Set[V]) Add(word string, merge func(V) V) {
	at := int32(0)
	for _, r := range Fold(word) {
		to, ok := s.next[edge{at, r}]
		if !ok {
			to = int32(len(s.ends)) //nolint:gosec // a word list has far fewer than 2^31 characters
			s.next[edge{at, r}] = to
			s.ends = append(s.ends, 0)
		}
		at = to
	}
	if at == 0 {
		return
	}
	if s.ends[at] == 0 {
		var none V
		s.values = append(s.values, none)
		s.ends[at] = int32(len(s.values)) //nolint:gosec // as above
	}
	v := &s.values[s.ends[at]-1]
	*v = merge(*v)
}

// Has tells whether the very word is in the set.
func (s *Set[V]) Has(word string) bool {
	text := Fold(word)
	end, _ := s.longest(text, 0)
	return end > 0 && end == len(text)
}

// Find lists the words in a folded text from left to right. At every place the longest word counts, and a word that
// lies within a longer one is not there; words that overlap in part both are. Latin words begin where a word begins.
func (s *Set[V]) Find(text []rune) []Hit[V] {
	hits := make([]Hit[V], 0, 16)
	covered := 0
	for i, r := range text {
		if i > 0 && IsLatin(r) && IsLatin(text[i-1]) {
			continue
		}
		end, v := s.longest(text, i)
		if end <= covered {
			continue
		}
		covered = end
		hits = append(hits, Hit[V]{i, end, s.values[v-1]})
	}
	return hits
}

// longest returns where the longest word that begins at start ends, and 1 + the index of its value; 0 for none.
func (s *Set[V]) longest(text []rune, start int) (end int, value int32) {
	at := int32(0)
	for i := start; i < len(text); i++ {
		to, ok := s.next[edge{at, text[i]}]
		if !ok {
			break
		}
		at = to
		if v := s.ends[at]; v > 0 {
			end, value = i+1, v
		}
	}
	return end, value
}
