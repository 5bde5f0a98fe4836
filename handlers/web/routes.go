package web

import (
	"net/http"
	"slices"
)

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
	{"GET /cells/{code}", (*Site).cell},
	{"GET /measures", (*Site).measures},
	{"GET /measures/{item}", (*Site).measure},
	{"GET /publications", (*Site).publications},
	{"GET /publications/{id}", (*Site).publication},
	{"GET /publications/{id}/table.csv", (*Site).publicationTable},
	{"GET /publications/{id}/original.json", (*Site).publicationOriginal},
	{"GET /publications/{id}/sheet.pdf", (*Site).publicationSheet},
	{"GET /cards", (*Site).cards},
	{"GET /enterprises", (*Site).enterprises},
	{"GET /enterprises/{number}", (*Site).enterpriseOf},
	{"GET /notices", (*Site).notices},
	{"GET /notices/{id}", (*Site).notice},
	{"GET /consultations", (*Site).consultations},
	{"GET /consultations/{id}", (*Site).consultation},
	{"GET /consultations/{id}/files/{n}", (*Site).consultationFile},
	{"GET /hearings/{id}", (*Site).hearing},
	{"GET /sections", (*Site).sections},
	{"GET /sections/{id}", (*Site).section},
	{"GET /sections/{id}/readings.csv", (*Site).sectionReadings},
	{"GET /water/drinking", (*Site).drinking},
	{"GET /water/black-odorous", (*Site).black},
	{"GET /boards", (*Site).boards},
	{"GET /boards/{id}", (*Site).board},
	{"GET /boards/{id}/sheet", (*Site).boardSheet},
	{"GET /how", (*Site).how},
	{"GET /data", (*Site).openData},
	{"GET /about", (*Site).about},
}

// doorRoutes are the pages for whoever reports without an account, where the site takes reports.
var doorRoutes = []route{
	{"GET /report", (*Site).report},
	{"POST /report", (*Site).checkReport},
	{"GET /report/sent", (*Site).sent},
	{"POST /report/sent", (*Site).sendReport},
	{"GET /follow", (*Site).follow},
	{"POST /follow", (*Site).lookUp},
	{"POST /consultations/{id}", (*Site).vote},
	{"POST /hearings/{id}", (*Site).signUp},
}

// Pages lists the patterns of every page without the language, as net/http wants them, for whoever checks them all.
func Pages() []string {
	all := slices.Concat(routes, doorRoutes)
	out := make([]string, 0, len(all))
	for _, r := range all {
		out = append(out, r.pattern)
	}
	return out
}

// routes serves the pages in every language, and what they are made of.
func (s *Site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /static/{name}", s.assets)
	all := routes
	if s.o.Door != nil {
		mux.HandleFunc("GET /follow/picture/{sha}", s.picture)
		all = slices.Concat(routes, doorRoutes)
	}
	for _, r := range all {
		for lang, prefix := range prefixes {
			mux.Handle(localized(r.pattern, prefix), s.page(lang, r.show))
		}
	}
	for lang, prefix := range prefixes {
		mux.Handle(prefix+"/", s.page(lang, (*Site).lost))
	}
	return mux
}
