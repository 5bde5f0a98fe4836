package seeds

import (
	"regexp"
	"slices"
	"strconv"
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
type words map[string]string

func (w words) claim(at node, found []string) {
	for _, s := range found {
		if place, twice := w[s]; twice {
			at.fault("each in one place only", "%q is in %s already", s, place)
			continue
		}
		w[s] = at.file + ":" + strconv.Itoa(at.at.Line)
	}
}

// A code stands in keys, in counts and in the names of texts.
var plainCode = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

// code reads the key code, which no other entry has.
func (f fields) code(taken words) string {
	n, ok := f.byKey["code"]
	if !ok {
		return "" // a fault already
	}
	code := n.text()
	if !plainCode.MatchString(code) {
		n.fault("small letters, digits and _, at most 32", "code %q", code)
	}
	taken.claim(n, []string{code})
	return code
}

// loadCategories reads the kinds of pollution with their everyday words and the department that leads.
func (l *loader) loadCategories() {
	f, ok := l.open(categoriesFile, "categories")
	if !ok {
		return
	}
	codes := words{}
	for _, n := range f.items("categories") {
		e := n.fields([]string{"code", "names", "lead", "evidence"}, "words", "kinds")
		c := category.Category{
			Code: e.code(codes), Names: e.names(), Lead: l.department(e, "lead"),
			Words: e.claimed("words", l.words), Evidence: e.texts("evidence"),
		}
		if e.has("code") && !slices.Contains(categoryCodes, c.Code) {
			e.byKey["code"].fault("one of "+strings.Join(categoryCodes, ", "), "category %q", c.Code)
		}
		for _, kind := range c.Evidence {
			if !slices.Contains(evidenceKinds, kind) {
				e.byKey["evidence"].fault("some of "+strings.Join(evidenceKinds, ", "), "evidence %q", kind)
			}
		}
		for _, k := range e.items("kinds") {
			c.Kinds = append(c.Kinds, l.kind(k, codes))
		}
		l.d.Categories = append(l.d.Categories, c)
	}
}

func (l *loader) kind(n node, codes words) category.Kind {
	e := n.fields([]string{"code", "names"}, "lead", "words")
	return category.Kind{
		Code: e.code(codes), Names: e.names(), Lead: l.department(e, "lead"), Words: e.claimed("words", l.words),
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
	codes := words{}
	for _, n := range f.items("matters") {
		e := n.fields([]string{"code", "names", "authority", "phone"}, "words")
		l.d.Matters = append(l.d.Matters, category.Matter{
			Code: e.code(codes), Names: e.names(), Words: e.claimed("words", l.words),
			Authority: e.text("authority"), Phone: e.text("phone"),
		})
	}
}
