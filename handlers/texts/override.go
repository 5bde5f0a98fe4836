package texts

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// What keeps a wording from being used. Ask with errors.Is.
var (
	ErrPlaces = errors.New("the places are not those of the original")
	ErrMarkup = errors.New("not what Telegram takes")
	ErrKey    = errors.New("not a text that an office words itself")
)

// longest is how long a wording may be, in characters: half a message of Telegram's is left for what is filled in.
const longest = 2048

// worded are the texts that an office may word itself: closing replies, what reporters are told on the way, and the
// notices of refusal, which are named after their reason alone. Everything else is the program's own talk.
var worded = regexp.MustCompile(`^(closing\.|notice\.reporter\.|notice\.[a-z_]+$)`)

// Overrides are wordings of an office's own, by language and key.
type Overrides map[Lang]map[string]string

// Templates lists the keys that an office may word itself, sorted.
func (c *Catalogue) Templates() []string {
	return slices.DeleteFunc(c.Keys(), func(key string) bool { return !isTemplate(key) })
}

func isTemplate(key string) bool { return worded.MatchString(key) }

// Check tells whether an office may use that wording: the same completeness as for the catalogue itself. ErrKey, ErrPlaces
// or ErrMarkup, with the detail behind it.
func (c *Catalogue) Check(lang Lang, key, text string) error {
	original, ok := c.langs[lang][key]
	if !ok || !isTemplate(key) {
		return fmt.Errorf("%w: %s", ErrKey, key)
	}
	_, err := wording(original, text)
	return err
}

// wording reads a text that takes the original's place.
func wording(original sentence, text string) (sentence, error) {
	s, err := parse(text)
	if err != nil {
		return s, fmt.Errorf("%w: %w", ErrPlaces, err)
	}
	if !maps.Equal(s.places(), original.places()) {
		return s, fmt.Errorf("%w: %v, the original has %v", ErrPlaces, sorted(s.places()), sorted(original.places()))
	}
	if n := utf8.RuneCountInString(text); n >= longest {
		return s, fmt.Errorf("%w: %d characters, fewer than %d", ErrMarkup, n, longest)
	}
	if err := validHTML(text); err != nil {
		return s, fmt.Errorf("%w: %w", ErrMarkup, err)
	}
	return s, nil
}

func sorted(places map[string]bool) []string { return slices.Sorted(maps.Keys(places)) }

// Override puts an office's own wordings in the place of the originals, all at once, for whoever uses the catalogue; nil
// restores the originals. One that is not sound is left out and is part of the error: a broken wording never keeps a
// sentence from being said.
func (c *Catalogue) Override(o Overrides) error {
	over := make(map[Lang]map[string]sentence, len(o))
	var faults []error
	for lang, texts := range o {
		over[lang] = make(map[string]sentence, len(texts))
		for key, text := range texts {
			if err := c.Check(lang, key, text); err != nil {
				faults = append(faults, fmt.Errorf("%s %s: %w", lang, key, err))
				continue
			}
			over[lang][key], _ = parse(text) // it was checked
		}
	}
	c.over.Store(&over)
	return errors.Join(faults...)
}

// Wording is the text of a key as it stands, its places not filled in: the office's own where there is one.
func (c *Catalogue) Wording(lang Lang, key string) string {
	s, _ := c.find(lang, key)
	return s.raw
}

// Original is the text of a key as the program brings it, its places not filled in.
func (c *Catalogue) Original(lang Lang, key string) string { return c.langs[lang][key].raw }

// Places lists the {places} of a key, sorted.
func (c *Catalogue) Places(key string) []string { return sorted(c.langs[Reference][key].places()) }

// find is the sentence of a key: the office's own, the language's, the reference's.
func (c *Catalogue) find(lang Lang, key string) (sentence, bool) {
	if over := c.over.Load(); over != nil {
		if s, ok := (*over)[lang][key]; ok {
			return s, true
		}
	}
	if s, ok := c.langs[lang][key]; ok {
		return s, true
	}
	s, ok := c.langs[Reference][key]
	return s, ok
}

// tags are those that Telegram knows, of what is used here.
var tags = map[string]bool{"b": true, "i": true, "u": true, "s": true, "code": true, "pre": true, "a": true, "blockquote": true}

// validHTML checks that a text is what Telegram takes: its tags only, closed in order, and no bare & or <.
func validHTML(s string) error {
	d := xml.NewDecoder(strings.NewReader("<x>" + s + "</x>"))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("no valid HTML: %w", err)
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local != "x" && !tags[e.Name.Local] {
			return fmt.Errorf("no tag that Telegram knows: <%s>", e.Name.Local)
		}
	}
}
