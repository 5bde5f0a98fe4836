package casework

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
)

// Naming are the words by which a report names the people of its own cells. They come from the district.
type Naming struct {
	Titles  []Title  // of a unit, or of a role
	Honours []string // that follow a surname
	Kin     []string // that follow whoever is named
	Places  []string // that follow where a title only tells a place: the gate of the village office
	Told    []string // before a title: whoever was told of it is not accused of it
	Common  []string // names that are everyday words: they count beside a title only
}

// Title are words for whoever holds an office in one of the cells above a report.
type Title struct {
	Words []string
	Level int       // of the unit that is meant: 2 the township, 3 the village
	Role  grid.Role // instead of it: those who have that role nearest to the report
}

// reasons of an exclusion.
const (
	byName = "named"
	byUnit = "unit"
	byKin  = "kin"
	bySelf = "self" // an officer said so
)

// Named finds who of the cells that a case lies in is named in the words of a report: by name, by title, or by kin of
// theirs. A title that only tells a place, or whom the matter was told, names nobody.
func (w *Work) Named(c Case, words string, roster *grid.Roster, at time.Time) []Exclusion {
	n := w.Rules.Naming
	var out []Exclusion
	add := func(found []Exclusion, reason string) {
		for _, x := range found {
			x.Reason = reason
			same := func(y Exclusion) bool { return y.Officer == x.Officer && y.Unit == x.Unit }
			if !slices.ContainsFunc(out, same) && !slices.ContainsFunc(c.Barred, same) {
				out = append(out, x)
			}
		}
	}
	var names []string
	for _, o := range w.Overseers(c, roster, at) {
		if name := ownName(o); utf8.RuneCountInString(name) > 1 {
			names = append(names, name)
		}
		if reason := n.calls(words, n.forms(o), n.Places, byName); reason != "" {
			add([]Exclusion{{Officer: o.ID}}, reason)
		}
	}
	elsewhere := slices.Concat(names, n.Places) // a title before a name means whoever has that name
	for _, t := range n.Titles {
		reason := byUnit
		if t.Role != "" {
			reason = byName
		}
		if reason = n.calls(words, t.Words, elsewhere, reason); reason != "" {
			add(w.holders(c, t, roster, at), reason)
		}
	}
	return out
}

// Overseers are the officers who are appointed in any of the case's cells.
func (w *Work) Overseers(c Case, roster *grid.Roster, at time.Time) []grid.Officer {
	return slices.DeleteFunc(slices.Clone(roster.Officers()), func(o grid.Officer) bool {
		return !slices.ContainsFunc(o.Appointments, func(a grid.Appointment) bool { return a.Active(at) && w.Tree.Within(c.Cell, a.Cell) })
	})
}

// holders are whom a title means: a unit on the way up from the case, never the district itself, or the nearest with a role.
func (w *Work) holders(c Case, t Title, roster *grid.Roster, at time.Time) []Exclusion {
	path := w.Tree.Path(c.Cell)
	for _, cell := range slices.Backward(path) {
		if t.Role == "" {
			if cell.Level == t.Level && cell.Parent != "" {
				return []Exclusion{{Unit: cell.Code}}
			}
			continue
		}
		var out []Exclusion
		for _, o := range roster.Officers() {
			if o.Holds(t.Role, cell.Code, at) {
				out = append(out, Exclusion{Officer: o.ID})
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// ownName is the officer's name without the mark of a sample before it.
func ownName(o grid.Officer) string {
	if i := strings.LastIndex(o.Name, "·"); i >= 0 {
		return o.Name[i+len("·"):]
	}
	return o.Name
}

// forms are how words name an officer: by name, and by surname or name with an honour or a title.
func (n Naming) forms(o grid.Officer) []string {
	name := ownName(o)
	if utf8.RuneCountInString(name) < 2 {
		return nil
	}
	forms := make([]string, 0, 1+3*len(n.Honours))
	if !slices.Contains(n.Common, name) {
		forms = append(forms, name)
	}
	_, size := utf8.DecodeRuneInString(name)
	for _, h := range n.Honours {
		forms = append(forms, name[:size]+h, name+h, h+name)
	}
	for _, t := range n.Titles {
		for _, word := range t.Words {
			forms = append(forms, word+name)
		}
	}
	return forms
}

// calls tells why the words mean one of the forms: as they are, or by kin; empty when no mention of it does, for one that is
// followed by a place, or comes after whoever was told, means nobody. Of forms that begin together the longest counts.
func (n Naming) calls(words string, forms, places []string, reason string) string {
	for from := range words {
		form := ""
		for _, f := range forms {
			if len(f) > len(form) && strings.HasPrefix(words[from:], f) {
				form = f
			}
		}
		rest := words[from+len(form):]
		switch {
		case form == "":
		case begins(rest, n.Kin):
			return byKin
		case !begins(rest, places) && !ends(words[:from], n.Told):
			return reason
		}
	}
	return ""
}

func begins(text string, with []string) bool {
	return slices.ContainsFunc(with, func(s string) bool { return strings.HasPrefix(text, s) })
}

func ends(text string, with []string) bool {
	return slices.ContainsFunc(with, func(s string) bool { return strings.HasSuffix(text, s) })
}
