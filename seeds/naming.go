package seeds

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

const namingFile = "naming.yaml"

// loadNaming reads by which words a report names the people of its own cells. A district without the file has none: then
// nobody is kept from a case but by hand.
func (l *loader) loadNaming() {
	if !l.exists(namingFile) {
		return
	}
	f, ok := l.open(namingFile, "titles", "honours", "kin", "places", "told", "common")
	if !ok {
		return
	}
	n := &l.d.Naming
	n.Honours, n.Kin, n.Places = f.words("honours"), f.words("kin"), f.words("places")
	n.Told, n.Common = f.words("told"), f.words("common")
	for _, item := range f.items("titles") {
		e := item.fields([]string{"words"}, "level", "role")
		t := casework.Title{Words: e.words("words")}
		if e.has("level") {
			t.Level = e.byKey["level"].count()
		}
		if e.has("role") {
			role, err := grid.ParseRole(e.text("role"))
			if err != nil {
				e.byKey["role"].fault("a role of the roster", "role %q", e.text("role"))
			}
			t.Role = role
		}
		if e.has("level") == e.has("role") || e.has("level") && !slices.Contains([]int{2, 3}, t.Level) {
			e.fault("either level, 2 or 3, or role", "title %v", t.Words)
		}
		n.Titles = append(n.Titles, t)
	}
}
