package web

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/publication"
)

// openDataData fills pages/data.html.
type openDataData struct {
	Townships  []grid.Cell
	Categories []Named
	Duties     []publication.Duty // each has a feed of what is published of it
}

// openData tells where machines read what the pages show. The addresses themselves belong to package georeport, which is served
// beside the site; the walk through all pages holds them against what is answered.
func (s *Site) openData(v *visit) (page, error) {
	d := openDataData{Categories: s.o.Categories, Duties: s.o.Publications.Duties}
	for _, c := range s.o.Tree.Level(2) {
		if c.Code != s.o.Tree.Unassigned().Code {
			d.Townships = append(d.Townships, c)
		}
	}
	return page{name: "data", title: v.t("web.data.title"), data: d}, nil
}
