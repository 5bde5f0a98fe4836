package read

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

//go:embed grammar.json
var grammarFile []byte

// rule is a pattern that means something.
type rule struct {
	Means    string
	Pattern  string
	Style    string
	Role     role
	Relation string
	re       *regexp.Regexp
}

// grammar is grammar.json, compiled.
type grammar struct {
	Parts                                    map[string]string
	Numbers, Labels, Verbs, Dates, Relations []rule
	Columns, Periods                         map[string]string
	Unclear                                  []string
	Numerals                                 map[string]int // of Chinese
	Ends                                     map[string]int // the month in which a part of a year ends
	Plain                                    map[string]string
	words                                    map[string]*regexp.Regexp
	columns, periods                         map[string]*regexp.Regexp
	unclear                                  []*regexp.Regexp
	anyLabel                                 *regexp.Regexp
	figure                                   *regexp.Regexp
}

// words of the genre; the file is embedded and every test reads it.
var genre = readGrammar(grammarFile)

func readGrammar(data []byte) *grammar {
	g := &grammar{words: make(map[string]*regexp.Regexp), columns: make(map[string]*regexp.Regexp), periods: make(map[string]*regexp.Regexp)}
	var all map[string]any
	for _, err := range []error{json.Unmarshal(data, g), json.Unmarshal(data, &all)} {
		if err != nil {
			panic("grammar.json: " + err.Error())
		}
	}
	for _, list := range [][]rule{g.Numbers, g.Labels, g.Verbs, g.Dates, g.Relations} {
		for i := range list {
			list[i].re = g.compile(list[i].Pattern)
		}
	}
	for name, v := range all {
		if s, ok := v.(string); ok && name != "//" {
			g.words[name] = g.compile(s)
		}
	}
	for name, s := range g.Columns {
		g.columns[name] = g.compile(s)
	}
	for name, s := range g.Periods {
		g.periods[name] = g.compile(s)
	}
	for _, s := range g.Unclear {
		g.unclear = append(g.unclear, g.compile(s))
	}
	patterns := make([]string, 0, len(g.Labels))
	for _, r := range g.Labels {
		patterns = append(patterns, r.Pattern)
	}
	g.anyLabel = g.compile(strings.Join(patterns, "|"))
	number, _ := all["numeral"].(string)
	units, _ := all["units"].(string)
	g.figure = g.compile("(" + number + ")(?:(?:-|~)(" + number + "))?((?:" + units + ")(?:/[^,;:()\u3002\u3001]{1,8})?)")
	return g
}

func (g *grammar) compile(pattern string) *regexp.Regexp {
	for range 3 { // parts may hold parts
		for name, p := range g.Parts {
			pattern = strings.ReplaceAll(pattern, "{"+name+"}", p)
		}
	}
	return regexp.MustCompile(pattern)
}

// is tells whether the words of that name are in the text.
func (g *grammar) is(name, text string) bool { return g.words[name].MatchString(text) }

// match is where the words of that name stand.
func (g *grammar) match(name, text string) []int { return g.words[name].FindStringIndex(text) }

// roleOf is the role that a label gives, and where the label stands.
func (g *grammar) roleOf(text string) (r role, at []int) {
	at = g.anyLabel.FindStringIndex(text)
	if at == nil {
		return "", nil
	}
	label := text[at[0]:at[1]]
	i := slices.IndexFunc(g.Labels, func(r rule) bool {
		return r.re.FindString(label) == label
	})
	return g.Labels[i].Role, at
}

// first tells whether a match stands at the beginning.
func first(at []int) bool { return len(at) > 0 && at[0] == 0 }
