package web

import "net/http"

// route is one page: where it is and what makes it.
type route struct {
	pattern string // as net/http wants it, without the language
	show    func(*Site, *visit) (page, error)
}

// routes lists every page of the site. Each is there once for every language.
var routes = []route{
	{"GET /{$}", (*Site).home},
	{"GET /cases", (*Site).cases},
	{"GET /cases/{number}", (*Site).caseOf},
	{"GET /boards", (*Site).boards},
	{"GET /boards/{id}", (*Site).board},
	{"GET /boards/{id}/sheet", (*Site).boardSheet},
}

// routes serves the pages in every language, and what they are made of.
func (s *Site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /static/{name}", s.assets)
	for _, r := range routes {
		for lang, prefix := range prefixes {
			mux.Handle(localized(r.pattern, prefix), s.page(lang, r.show))
		}
	}
	for lang, prefix := range prefixes {
		mux.Handle(prefix+"/", s.page(lang, (*Site).lost))
	}
	return mux
}
