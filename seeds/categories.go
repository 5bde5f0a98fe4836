package seeds

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/category"
)

const (
	categoriesFile = "categories.yaml"
	mattersFile    = "matters.yaml"
)

var (
	categoryCodes = []string{
		category.Air, category.Water, category.Noise, category.SolidWaste, category.Soil, category.Ecology, category.Radiation, category.Other,
	}
	evidenceKinds = []string{"before", "after", "onsite"}
)

// words remembers where each word stands: one that stands twice means two things, and so nothing.
type words map[string]int

func (w words) claim(list node, found []string) {
	for _, s := range found {
		if line, twice := w[s]; twice {
			list.fault("each word in one place only", "%q is in the list of line %d already", s, line)
			continue
		}
		w[s] = list.at.Line
	}
}

// loadCategories reads the kinds of pollution with their everyday words and the department that leads.
func (l *loader) loadCategories() {
	f, ok := l.open(categoriesFile, "categories")
	if !ok {
		return
	}
	seen, codes := words{}, words{}
	for _, n := range f.items("categories") {
		e := n.fields([]string{"code", "names", "lead", "evidence"}, "words", "kinds")
		c := category.Category{
			Code: e.text("code"), Names: e.names(), Lead: l.department(e, "lead"),
			Words: e.claimed("words", seen), Evidence: e.texts("evidence"),
		}
		if e.has("code") && !slices.Contains(categoryCodes, c.Code) {
			e.byKey["code"].fault("one of "+strings.Join(categoryCodes, ", "), "category %q", c.Code)
		}
		codes.claim(n, []string{c.Code})
		for _, kind := range c.Evidence {
			if !slices.Contains(evidenceKinds, kind) {
				e.byKey["evidence"].fault("some of "+strings.Join(evidenceKinds, ", "), "evidence %q", kind)
			}
		}
		for _, k := range e.items("kinds") {
			c.Kinds = append(c.Kinds, l.kind(k, seen, codes))
		}
		l.d.Categories = append(l.d.Categories, c)
	}
}

func (l *loader) kind(n node, seen, codes words) category.Kind {
	e := n.fields([]string{"code", "names"}, "lead", "words")
	codes.claim(n, []string{e.text("code")})
	return category.Kind{
		Code: e.text("code"), Names: e.names(), Lead: l.department(e, "lead"), Words: e.claimed("words", seen),
	}
}

// claimed reads words of which none stands anywhere else.
func (f fields) claimed(key string, seen words) []string {
	found := f.words(key)
	if n, ok := f.byKey[key]; ok {
		seen.claim(n, found)
	}
	return found
}

// loadMatters reads what people report that is no environmental matter, and who is in charge of it.
func (l *loader) loadMatters() {
	f, ok := l.open(mattersFile, "matters")
	if !ok {
		return
	}
	seen, codes := words{}, words{}
	for _, n := range f.items("matters") {
		e := n.fields([]string{"code", "names", "authority", "phone"}, "words")
		codes.claim(n, []string{e.text("code")})
		l.d.Matters = append(l.d.Matters, category.Matter{
			Code: e.text("code"), Names: e.names(), Words: e.claimed("words", seen),
			Authority: e.text("authority"), Phone: e.text("phone"),
		})
	}
}
