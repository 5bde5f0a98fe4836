package routing

import (
	"slices"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/category/words"
)

// grade is how much a spelling of a name says by itself.
type grade int

const (
	exact    grade = iota // the name itself, with an ending of its own kind
	full                  // with an ending of the other kind: a village that is now a community
	bare                  // without its ending
	short                 // two characters without an ending: enough only in company
	common                // with its ending, but an everyday word too: only together with its township
	ordinary              // without, and an everyday word too: only right after a name of ours
)

// ref is what a spelling may mean.
type ref struct {
	cells []grid.CellCode
	why   Reason
	grade grade
	place int // index of the Place + 1
	side  side
}

// side tells names that are not cells or places.
type side int

const (
	ours     side = iota // a cell or a place
	district             // the district itself
	above                // what contains the district
	foreign              // a neighbour; ref.place is its index + 1
)

// index is the set of all spellings.
type index struct {
	set  *words.Set[[]ref]
	lang *language
	tree *grid.Tree
}

func newIndex(b *Book) index {
	x := index{set: words.NewSet[[]ref](), lang: loadLanguage(), tree: b.tree}
	townships := make(map[string]bool)
	for _, c := range b.tree.Level(townshipLevel) {
		if c.Kind == grid.UnassignedKind {
			continue
		}
		x.addTownship(c)
		n := string(spell(c.Name))
		base, _ := strip(n, x.lang.list["township_suffix"])
		townships[n], townships[base] = true, true
	}
	for _, c := range b.tree.Level(villageLevel) {
		x.addVillage(c, townships)
	}
	for i, p := range b.places {
		x.addPlace(p, i)
	}
	for i, n := range b.neighbours {
		x.addNeighbour(n, i)
	}
	x.addDistrict(b.tree.Root())
	return x
}

func (x *index) add(name string, r ref) {
	x.set.Add(string(spell(name)), func(refs []ref) []ref {
		for i, old := range refs {
			if old.why == r.why && old.side == r.side && old.place == r.place && slices.Equal(old.cells, r.cells) {
				refs[i].grade = min(old.grade, r.grade)
				return refs
			}
			if old.side != foreign && old.why == r.why && old.why == ByTownship && old.grade == r.grade && r.place == 0 {
				refs[i].cells = append(slices.Clone(old.cells), r.cells...)
				return refs
			}
		}
		return append(refs, r)
	})
}

// addDistrict adds the district's names: with and without its ending, and those of what contains it, which its full
// name begins with (province, prefecture, district).
func (x *index) addDistrict(root grid.Cell) {
	r := ref{cells: []grid.CellCode{root.Code}, side: district}
	for _, n := range append([]string{root.Name}, root.Former...) {
		x.add(n, r)
		if b, ok := strip(string(spell(n)), x.lang.list["district_suffix"]); ok && utf8.RuneCountInString(b) > 1 {
			x.add(b, r)
		}
	}
	rest := spell(root.FullName)
	for start, i := 0, 1; i < len(rest); i++ {
		if i-start < 2 || !x.lang.has("region_suffix", string(rest[i])) {
			continue
		}
		x.add(string(rest[start:i+1]), ref{side: above})
		x.add(string(rest[start:i]), ref{side: above})
		start = i + 1
	}
}

// addTownship adds a township's names, former ones included, with and without their endings.
func (x *index) addTownship(c grid.Cell) {
	r := ref{cells: []grid.CellCode{c.Code}, why: ByTownship}
	names := []string{c.Name}
	if c.FullName != "" {
		names = append(names, c.FullName)
	}
	for _, n := range names {
		x.add(n, r)
		b, ok := strip(string(spell(n)), x.lang.list["township_suffix"])
		if !ok || utf8.RuneCountInString(b) < 2 {
			continue
		}
		r.grade = bare
		if x.lang.has("ordinary", b) {
			r.grade = ordinary
		}
		x.add(b, r)
		r.grade = exact
	}
	for _, n := range c.Former {
		x.add(n, r)
	}
}

// addVillage adds a village's or community's names with every ending that people put to it, and without.
func (x *index) addVillage(c grid.Cell, townships map[string]bool) {
	r := ref{cells: []grid.CellCode{c.Code}, why: ByVillage}
	for i, n := range append([]string{c.Name, c.FullName}, c.Former...) {
		best := exact
		if i > 1 {
			best = full // what one is called now goes before what another was called
		}
		n = string(spell(n))
		for ending := n != ""; ending; {
			var base string
			base, ending = x.strip(n)
			x.addForms(r, best, n, base, townships)
			n = base
		}
	}
}

// strip takes a village's or community's ending off.
func (x *index) strip(name string) (base string, found bool) {
	return strip(name, append(slices.Clone(x.lang.list["village_suffix"]), x.lang.list["community_suffix"]...))
}

// addForms adds a name, and its base with every ending and with none.
func (x *index) addForms(r ref, best grade, name, base string, townships map[string]bool) {
	long := utf8.RuneCountInString(base)
	_, community := strip(name, x.lang.list["community_suffix"])
	form := func(s string, g grade, safe bool) {
		if r.grade = g; !safe || x.lang.has("ordinary", s) {
			r.grade = common
		}
		x.add(s, r)
	}
	if base != name {
		form(name, best, long > 1)
	}
	for _, class := range []string{"village_suffix", "community_suffix"} {
		g := full
		if base != name && community == (class == "community_suffix") {
			g = best
		}
		for _, e := range x.lang.list[class] {
			form(base+e, g, long > 1 || utf8.RuneCountInString(e) > 2)
		}
	}
	switch {
	case long < 2:
		return
	case x.lang.has("ordinary", base) || townships[base]:
		r.grade = ordinary
	case long == 2:
		r.grade = short
	default:
		r.grade = bare
	}
	x.add(base, r)
}

// addPlace adds a river, landmark or section.
func (x *index) addPlace(p Place, i int) {
	for _, n := range append([]string{p.Name}, p.Aliases...) {
		g := exact
		if x.lang.has("ordinary", string(spell(n))) {
			g = ordinary
		}
		x.add(n, ref{cells: x.lowest(p.Cells), why: ByPlace, place: i + 1, grade: g})
	}
}

// lowest drops the cells that contain another of the list: a place in a village is not also just in its township.
func (x *index) lowest(cells []grid.CellCode) []grid.CellCode {
	return slices.DeleteFunc(slices.Clone(cells), func(c grid.CellCode) bool {
		return slices.ContainsFunc(cells, func(d grid.CellCode) bool { return d != c && x.tree.Within(d, c) })
	})
}

// addNeighbour adds a neighbour's names.
func (x *index) addNeighbour(n Neighbour, i int) {
	for _, name := range append([]string{n.Name}, n.Aliases...) {
		x.add(name, ref{side: foreign, place: i + 1})
	}
}
