package routing

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"github.com/gridwarden/gridwarden/grid/category/words"
)

// What the language knows of names of places, the same for every district.
//
//go:embed language.csv
var languageCSV string

// language is language.csv parsed: lists of words, and sets of them by class.
type language struct {
	list map[string][]string
	set  map[string]map[string]bool
	city *words.Set[bool]
}

// has tells whether a word is of a class.
func (l *language) has(class, word string) bool { return l.set[class][word] }

// loadLanguage parses the embedded file once. It is part of the program: a fault in it panics in every test.
var loadLanguage = sync.OnceValue(func() *language {
	r := csv.NewReader(strings.NewReader(languageCSV))
	r.Comment, r.FieldsPerRecord, r.LazyQuotes = '#', -1, true
	rows, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("language.csv: %v", err))
	}
	l := &language{list: make(map[string][]string), set: make(map[string]map[string]bool), city: words.NewSet[bool]()}
	for _, row := range rows {
		class := row[0]
		l.set[class] = make(map[string]bool)
		for w := range strings.FieldsSeq(strings.Join(row[1:], " ")) {
			w = string(spell(w))
			l.list[class] = append(l.list[class], w)
			l.set[class][w] = true
		}
	}
	for _, w := range l.list["city"] {
		l.city.Add(w, func(bool) bool { return true })
	}
	return l
})

// spell folds a text and writes the Chinese figures one to nine as digits, as villages are numbered either way.
func spell(s string) []rune {
	out := words.Fold(s)
	for i, r := range out {
		out[i] = digit(r)
	}
	return out
}

func digit(r rune) rune {
	switch r {
	case 0x4E00:
		return '1'
	case 0x4E8C:
		return '2'
	case 0x4E09:
		return '3'
	case 0x56DB:
		return '4'
	case 0x4E94:
		return '5'
	case 0x516D:
		return '6'
	case 0x4E03:
		return '7'
	case 0x516B:
		return '8'
	case 0x4E5D:
		return '9'
	default:
		return r
	}
}

// strip takes the longest of the endings off a name, leaving one character at least.
func strip(name string, endings []string) (base string, found bool) {
	base = name
	for _, e := range endings {
		if b, ok := strings.CutSuffix(name, e); ok && b != "" && len(b) < len(base) {
			base, found = b, true
		}
	}
	return base, found
}

// inName tells whether r may be part of a name.
func inName(r rune) bool { return unicode.Is(unicode.Han, r) || r >= '0' && r <= '9' }
