package web

import (
	"strings"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// navigation lists what every page leads to, in the order in which people look for it: whoever has something to report first.
var navigation = []entry{
	{"/report", "web.nav.report"},
	{"/follow", "web.nav.follow"},
	{"/how", "web.nav.how"},
	{"/cases", "web.nav.cases"},
	{"/sections", "web.nav.sections"},
	{"/boards", "web.nav.boards"},
	{"/publications", "web.nav.publications"},
	{"/cards", "web.nav.cards"},
	{"/notices", "web.nav.notices"},
	{"/consultations", "web.consult.title"},
	{"/measures", "web.nav.measures"},
	{"/about", "web.nav.about"},
}

// entry is a line of the navigation.
type entry struct {
	path string // without the language
	key  string // of its words
}

// place is a line of the navigation as a page shows it.
type place struct {
	URL     string
	Words   string
	Current string // aria-current: "page" on that very page, "true" below it, else empty
}

func (s *Site) navigation(f frame) []place {
	out := make([]place, 0, len(navigation))
	for _, e := range navigation {
		if s.o.Door == nil && (e.path == "/report" || e.path == "/follow") {
			continue // the site only shows
		}
		out = append(out, place{URL: prefixes[f.Lang] + e.path, Words: s.words(f.Lang, e.key), Current: current(f.Path, e.path)})
	}
	return out
}

func (s *Site) words(lang texts.Lang, key string) string { return s.o.Words.Plain(lang, key, nil) }

// current tells how a page stands to a line of the navigation.
func current(at, path string) string {
	switch {
	case at == path:
		return "page"
	case strings.HasPrefix(at, path+"/"):
		return "true"
	}
	return ""
}
