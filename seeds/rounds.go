package seeds

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/site"
)

// loadRounds reads how often cells and rivers are visited.
func (l *loader) loadRounds(f fields) {
	for _, n := range f.items("rounds") {
		e := n.fields([]string{"of", "warm", "source", "status"}, "cold", "complained", "from", "until", "note")
		r := coverage.Rhythm{
			Of: coverage.Kind(e.text("of")), Warm: e.integers("warm"), Cold: e.integers("cold"), Complained: e.integers("complained"),
			Season: site.Season{From: e.yearDay("from"), Until: e.yearDay("until")},
		}
		l.sourced(e, "round "+string(r.Of))
		if e.has("of") && r.Of != coverage.Cell && r.Of != coverage.River {
			e.byKey["of"].fault("cell or river; sites have theirs in "+sitesFile, "%q", string(r.Of))
		}
		if slices.ContainsFunc(l.d.Rounds, func(x coverage.Rhythm) bool { return x.Of == r.Of }) {
			e.fault("each once", "%s is there twice", r.Of)
		}
		l.siteDays(e, "warm", r.Warm, 0)
		l.siteDays(e, "cold", r.Cold, 0)
		l.siteDays(e, "complained", r.Complained, 0)
		if (len(r.Cold) > 0) != (e.has("from") && e.has("until")) {
			e.fault("from and until together with cold", "a season without days, or days without a season")
		}
		l.d.Rounds = append(l.d.Rounds, r)
	}
}

// yearDay reads a day of every year.
func (f fields) yearDay(key string) site.Day {
	if !f.has(key) {
		return site.Day{}
	}
	d, err := site.ParseDay(f.text(key))
	if err != nil {
		f.byKey[key].fault("month and day, such as 11-16", "%q", f.text(key))
	}
	return d
}

// Coverage makes the duties of the district.
func (d *District) Coverage() coverage.Book {
	b := coverage.Book{Tree: d.Tree, Rhythms: d.Rounds, Sites: d.Sites(), Location: d.Settings.TimeZone}
	for _, p := range d.Places {
		if p.Kind != "river" || len(p.Line) == 0 {
			continue
		}
		towns := make(map[grid.CellCode]bool)
		for _, c := range p.Cells {
			if town := d.Tree.Township(c); !towns[town] {
				towns[town] = true
				b.Reaches = append(b.Reaches, coverage.Reach{River: p.Name, Cell: town, Line: geo.Line(p.Line), Approx: p.Approx})
			}
		}
	}
	return b
}
