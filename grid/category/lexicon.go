package category

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// The words and rules of the language, the same for every district. A district's own words come from its seeds.
//
//go:embed lexicon.csv
var lexiconCSV string

//go:embed rules.csv
var rulesCSV string

// classes is a set of word classes, one bit each.
type classes [2]uint64

const maxClasses = 128

// or is the union.
func (c classes) or(d classes) classes { return classes{c[0] | d[0], c[1] | d[1]} }

// has tells whether all of d are in c.
func (c classes) has(d classes) bool { return c[0]&d[0] == d[0] && c[1]&d[1] == d[1] }

// meets tells whether any of d is in c.
func (c classes) meets(d classes) bool { return c[0]&d[0] != 0 || c[1]&d[1] != 0 }

// none tells whether the set is empty.
func (c classes) none() bool { return c == classes{} }

// The classes that the code itself knows; all others mean what rules.csv says.
const (
	classNeutral = "neutral" // no bit: the word only hides what it contains
	classNegator = "no"
	classFiller  = "filler" // passes a denial on: no such smell
	classAnd     = "and"    // passes a denial on: no smell and noise
	classSlight  = "slight" // denies what stands before it
	matterPrefix = "matter:"
)

// rule is a row of rules.csv.
type rule struct {
	need, without classes
	wholeText     bool
	category      string
	tier          int
	kind          string
}

// language is the parsed lexicon and rules.
type language struct {
	bit     map[string]classes
	words   []lexeme
	rules   []rule
	negator classes
	slight  classes
	grammar classes // words that say nothing of a matter by themselves
}

// lexeme is a word with its classes or its matter.
type lexeme struct {
	word   string
	class  classes
	matter string // "matter:code" for a word of no pollution
}

// loadLanguage parses the embedded files once. They are part of the program: a fault in them is a programming error
// that every test of the package shows, so it panics.
var loadLanguage = sync.OnceValue(func() *language {
	l := &language{bit: make(map[string]classes)}
	for _, row := range mustRead("lexicon.csv", lexiconCSV, 2) {
		for word := range strings.FieldsSeq(row[1]) {
			lex := lexeme{word: strings.ReplaceAll(word, "_", " ")}
			if strings.HasPrefix(row[0], matterPrefix) {
				lex.matter = row[0]
			} else {
				lex.class = l.class(row[0])
			}
			l.words = append(l.words, lex)
		}
	}
	known := len(l.bit)
	for _, row := range mustRead("rules.csv", rulesCSV, 6)[1:] {
		tier, err := strconv.Atoi(row[4])
		if err != nil || tier < guessed || tier > said {
			panic(fmt.Sprintf("rules.csv: tier %q, expected %d to %d", row[4], guessed, said))
		}
		l.rules = append(l.rules, rule{
			need: l.union(row[0], "+"), without: l.union(row[1], "|"), wholeText: row[2] == "text",
			category: row[3], tier: tier, kind: row[5],
		})
	}
	l.negator, l.slight = l.class(classNegator), l.class(classSlight)
	l.grammar = l.negator.or(l.slight).or(l.class(classFiller)).or(l.class(classAnd))
	if len(l.bit) != known {
		panic("rules.csv names a class of which lexicon.csv has no words")
	}
	return l
})

// class returns the bit of a class, a new one for a name not met before.
func (l *language) class(name string) classes {
	if name == classNeutral {
		return classes{}
	}
	if _, ok := l.bit[name]; !ok {
		n := len(l.bit)
		if n == maxClasses {
			panic(fmt.Sprintf("lexicon.csv: more than %d classes", maxClasses))
		}
		var c classes
		c[n/64] = 1 << (n % 64)
		l.bit[name] = c
	}
	return l.bit[name]
}

func (l *language) union(names, separator string) (all classes) {
	for name := range strings.SplitSeq(names, separator) {
		if name != "" {
			all = all.or(l.class(name))
		}
	}
	return all
}

func mustRead(name, text string, fields int) [][]string {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	r.FieldsPerRecord = fields
	rows, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("%s: %v", name, err))
	}
	return rows
}
