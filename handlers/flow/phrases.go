package flow

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
)

//go:embed phrases.json
var phrasesFile []byte

// phrases are what people type for what a button does, and what is said without saying anything, by meaning: cancel,
// mine, status, work, checkin, back, help, unknown, thanks, hello, filler, worries; and what dates and absences are said with.
var phrases = readPhrases(phrasesFile)

func readPhrases(data []byte) map[string][]string {
	var out map[string][]string
	if err := json.Unmarshal(data, &out); err != nil {
		panic("phrases.json: " + err.Error()) // embedded: a test would have failed
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
	}
	return out
}

// Verb is the command that a text means when it is one in words: "work", "checkin", "patrol", "patrol_end", "away", "return", or "".
func Verb(text string) string {
	for _, verb := range []string{"work", "checkin", "patrol", "patrol_end", "away", "return"} {
		if means(text, verb) {
			return verb
		}
	}
	return ""
}

// means tells whether the whole text is one of the phrases of that meaning.
func means(text, meaning string) bool {
	return slices.Contains(phrases[meaning], bare(text))
}

// smalltalk is the meaning of a text that consists of nothing but courtesies: thanks, hello, filler, or "" when it says
// more.
func smalltalk(text string) string {
	rest := " " + bare(text) + " "
	found := ""
	for _, meaning := range []string{"thanks", "hello", "filler"} {
		for _, p := range phrases[meaning] {
			if !strings.Contains(rest, p) {
				continue
			}
			if isHan(p) {
				rest = strings.ReplaceAll(rest, p, " ")
			} else {
				rest = strings.ReplaceAll(rest, " "+p+" ", " ")
			}
			if found == "" {
				found = meaning
			}
		}
	}
	if strings.TrimSpace(rest) != "" {
		return ""
	}
	return found
}

// bare is the text in small letters, without punctuation and signs at its ends and with single spaces.
func bare(text string) string {
	f := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), f), " ")
}

func isHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// enough tells whether words can name an object and what happens: so many Chinese characters, not all the same, or so
// many words of another script.
func enough(text string, r Rules) bool {
	han, words := 0, 0
	differ := make(map[rune]bool)
	for field := range strings.FieldsSeq(bare(text)) {
		other := false
		for _, c := range field {
			if unicode.Is(unicode.Han, c) {
				han++
				differ[c] = true
			} else if unicode.IsLetter(c) {
				other = true
			}
		}
		if other && !means(field, "filler") && !means(field, "hello") {
			words++
		}
	}
	return han >= r.MinHan && len(differ)*2 > r.MinHan || words >= r.MinWords
}
