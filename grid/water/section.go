package water

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Kind is what kind of place water is looked at in.
type Kind string

// The kinds: a section of a river or lake, and drinking water on its way from the source to the tap.
const (
	OfRiver Kind = "section"
	Source  Kind = "source" // 水源
	Plant   Kind = "plant"  // 供水厂出水
	Tap     Kind = "tap"    // 用户水龙头
)

// Kinds lists them in the order of the way.
func Kinds() []Kind { return []Kind{OfRiver, Source, Plant, Tap} }

// Drinking tells whether it is drinking water.
func (k Kind) Drinking() bool { return k != OfRiver }

// Level is who controls a section, or whom a source supplies.
type Level string

// The levels, of sections and of drinking water.
const (
	National   Level = "national"   // 国控
	Provincial Level = "provincial" // 省控
	Municipal  Level = "municipal"  // 市控
	County     Level = "county"     // 县控; 县级水源
	Township   Level = "township"   // 乡镇水源
)

// Levels lists those of a kind.
func (k Kind) Levels() []Level {
	if k.Drinking() {
		return []Level{County, Township}
	}
	return []Level{National, Provincial, Municipal, County}
}

// IDForm is what a section may be called: buttons carry it together with a day.
var IDForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,19}$`)

// Section is a place where water is looked at: a monitored section, or a point of the drinking water.
type Section struct {
	ID         string
	Names      map[string]string // by language tag
	Kind       Kind
	Level      Level
	River      string // as a place of the district is called; empty for drinking water that comes from none
	Body       Body
	Ground     bool  // a source of ground water: the laboratory says whether it passes
	Target     Class // of sections and sources
	Cell       grid.CellCode
	Department grid.Department // whose clerks enter readings, beside the bureau's own
	Point      *geo.Point
	Accuracy   int  // of Point, in metres
	Edge       bool // the river leaves or enters the district here, though Point is not known well enough to tell
	Origin     string
	Status     string // how far the origin can be trusted, as in settings
}

// Counted tells whether its readings are counts of samples that passed (by the laboratory's own standard) and not amounts.
func (s Section) Counted() bool { return s.Kind == Plant || s.Kind == Tap || s.Ground }

// Network is all sections of a district, with what they are judged by.
type Network struct {
	Sections []Section
	Rules    Rules
}

// Section finds one by its id. NotFound when there is none.
func (n Network) Section(id string) (Section, error) {
	i := slices.IndexFunc(n.Sections, func(s Section) bool { return s.ID == id })
	if i < 0 {
		return Section{}, grid.Fail(grid.NotFound, "error.water.section", "id", id)
	}
	return n.Sections[i], nil
}

// Of lists the sections of some kinds in the order of the district's file.
func (n Network) Of(kinds ...Kind) []Section {
	return slices.DeleteFunc(slices.Clone(n.Sections), func(s Section) bool { return !slices.Contains(kinds, s.Kind) })
}

// Named finds a section by its id or by its name in any language, full-width or half-width, with the word "section" behind it or
// without; false when there is none, or more than one.
func (n Network) Named(words string) (Section, bool) {
	for _, form := range []func(string) string{Folded, n.Rules.Standard.bare} {
		var found []Section
		for _, s := range n.Sections {
			if s.called(words, form) {
				found = append(found, s)
			}
		}
		if len(found) > 0 {
			return found[0], len(found) == 1
		}
	}
	return Section{}, false
}

// called tells whether the section has that id, or a name that is the same in that form.
func (s Section) called(words string, form func(string) string) bool {
	said := form(words)
	if said == Folded(s.ID) {
		return true
	}
	for _, name := range s.Names {
		if form(name) == said {
			return true
		}
	}
	return false
}

// bare is a folded name without the word that stands over a column of sections; that of the place for the name with it.
func (s Standard) bare(name string) string {
	folded := Folded(name)
	out := folded
	for _, word := range s.Headings[ColSection] {
		if rest, ok := strings.CutSuffix(folded, Folded(word)); ok && rest != "" && len(rest) < len(out) {
			out = rest
		}
	}
	return out
}
