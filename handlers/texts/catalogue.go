// Package texts holds every word that a person reads: one folder of JSON files for each language, one file for each area
// of the program. Code names a sentence by its key and never spells it.
package texts

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"
	"sync/atomic"
)

//go:embed zh-CN/*.json en/*.json
var files embed.FS

// Catalogue is every sentence in every language. It is safe to share; what an office words itself comes and goes by
// Override.
type Catalogue struct {
	langs   map[Lang]map[string]sentence
	over    atomic.Pointer[map[Lang]map[string]sentence]
	matcher matcher
}

// New reads the embedded catalogue. The error names every file that is no catalogue and every key that is there twice.
func New() (*Catalogue, error) { return newCatalogue(embedded()) }

// embedded is read once, however many catalogues there are: what a catalogue has overridden is kept beside it.
var embedded = sync.OnceValues(func() (map[Lang]map[string]sentence, error) { return readAll(files) })

func read(fsys fs.FS) (*Catalogue, error) { return newCatalogue(readAll(fsys)) }

func newCatalogue(langs map[Lang]map[string]sentence, err error) (*Catalogue, error) {
	return &Catalogue{langs: langs, matcher: newMatcher()}, err
}

func readAll(fsys fs.FS) (map[Lang]map[string]sentence, error) {
	out := make(map[Lang]map[string]sentence)
	var faults []error
	for _, lang := range Langs() {
		sentences, err := readLang(fsys, lang)
		if err != nil {
			faults = append(faults, err)
		}
		out[lang] = sentences
	}
	return out, errors.Join(faults...)
}

func readLang(fsys fs.FS, lang Lang) (map[string]sentence, error) {
	out := make(map[string]sentence)
	where := make(map[string]string)
	names, err := fs.Glob(fsys, path.Join(string(lang), "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list texts of %s: %w", lang, err)
	}
	var faults []error
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read texts: %w", err)
		}
		var raw map[string]string
		if err := json.Unmarshal(data, &raw); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w, expected an object of strings", name, err))
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(raw)) {
			if first, twice := where[key]; twice {
				faults = append(faults, fmt.Errorf("%s: key %q is in %s already", name, key, first))
				continue
			}
			where[key] = name
			s, err := parse(raw[key])
			if err != nil {
				faults = append(faults, fmt.Errorf("%s: key %q: %w", name, key, err))
				continue
			}
			out[key] = s
		}
	}
	return out, errors.Join(faults...)
}

// T is the sentence of that key in that language, as Telegram HTML: what goes into its places is escaped, unless it is
// Raw. A key or an argument that is missing shows as ⟨its name⟩, so that it is seen and not silently left out.
func (c *Catalogue) T(lang Lang, key string, args Args) string {
	s, ok := c.find(lang, key)
	if !ok {
		return missing(key)
	}
	return s.fill(c, lang, args)
}

// Has tells whether there is a sentence of that key.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.langs[Reference][key]
	return ok
}

// Keys lists every key of the reference language, sorted.
func (c *Catalogue) Keys() []string { return slices.Sorted(maps.Keys(c.langs[Reference])) }

func missing(name string) string { return "⟨" + name + "⟩" }
