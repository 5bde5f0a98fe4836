package seeds

import (
	"regexp"
	"slices"

	"github.com/gridwarden/gridwarden/grid/site"
)

const checklistsFile = "checklists.yaml"

// pointCode is what fits callback data behind the ID of an inspection.
var pointCode = regexp.MustCompile(`^[a-z_]{1,16}$`)

// loadChecklists reads what is asked at sites of each kind; every kind of site has to have a list.
func (l *loader) loadChecklists() {
	if len(l.d.SiteKinds) == 0 {
		return
	}
	f, ok := l.open(checklistsFile, "checklists")
	if !ok {
		return
	}
	l.d.Checklists = make(map[string][]site.Point)
	for _, n := range f.items("checklists") {
		e := n.fields([]string{"kind", "source", "status", "points"})
		kind := e.text("kind")
		l.sourced(e, kind)
		known := slices.ContainsFunc(l.d.SiteKinds, func(k site.Kind) bool { return k.Code == kind })
		if _, twice := l.d.Checklists[kind]; e.has("kind") && (!known || twice) {
			e.byKey["kind"].fault("a kind of "+sitesFile+", each once", "kind %q", kind)
		}
		codes := words{}
		for _, p := range e.items("points") {
			l.d.Checklists[kind] = append(l.d.Checklists[kind], l.point(p, codes))
		}
	}
	for _, k := range l.d.SiteKinds {
		if len(l.d.Checklists[k.Code]) == 0 {
			f.fault("a list for each kind of "+sitesFile, "kind %q has none", k.Code)
		}
	}
}

func (l *loader) point(n node, codes words) site.Point {
	e := n.fields([]string{"code", "names", "found", "matter"})
	p := site.Point{Code: e.text("code"), Names: e.names(), Found: e.text("found")}
	if e.has("code") {
		codes.claim(e.byKey["code"], []string{p.Code})
		if !pointCode.MatchString(p.Code) {
			e.byKey["code"].fault("1 to 16 small letters and underscores", "code %q", p.Code)
		}
	}
	matter := e.text("matter")
	for _, c := range l.d.Categories {
		if c.Code == matter {
			p.Category = matter
		}
		for _, k := range c.Kinds {
			if k.Code == matter {
				p.Category, p.Kind = c.Code, matter
			}
		}
	}
	if e.has("matter") && p.Category == "" {
		e.byKey["matter"].fault("a category or kind in "+categoriesFile, "%q", matter)
	}
	return p
}
