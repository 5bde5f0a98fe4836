package handlers

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// patrolVisits notes what a patrol that was judged has visited: its cell and the rivers that it came near to, if it counts, and
// every site that it came by, whether it counts or not: who was at a site was there.
func (s *scene) patrolVisits(p *patrolling) error {
	used := p.Result.Used
	if len(used) == 0 {
		return nil
	}
	passed, err := s.passedSites(p)
	if err != nil {
		return err
	}
	p.Sites = passed
	if p.Result.Valid {
		last := used[len(used)-1]
		passed = append(passed, patrol.Passed{Object: coverage.CellID(p.Cell), At: last.At})
		for _, r := range s.passedRivers(p) {
			p.Sites, passed = append(p.Sites, r), append(passed, r)
		}
	}
	for _, x := range passed {
		v := coverage.Visit{At: x.At, By: p.Officer, Patrol: p.ID}
		fresh, err := s.visited(x.Object, v)
		if err == nil && fresh && x.Site != "" {
			err = s.cameBy(site.Number(x.Site), v.At)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// cameBy notes on the register that somebody was on the spot.
func (s *scene) cameBy(n site.Number, at time.Time) error {
	x, d, err := s.site(n)
	if err != nil {
		return err
	}
	x.Visit(at)
	return s.putSite(d, x, site.Event{Did: site.Visited})
}

// visited notes a visit, and tells whether it was news; one of which we hear long after it is marked.
func (s *scene) visited(object string, v coverage.Visit) (fresh bool, err error) {
	if s.now.Sub(v.At) > s.Patrols.PatrolNumbers().Backdated {
		v.Arrived = s.now
	}
	d, err := s.dossier(coverage.Dossier, object)
	if err != nil {
		return false, err
	}
	r := coverage.Round{Object: object}
	if err := d.Into(&r); err != nil || !r.Visit(v) {
		return false, err
	}
	return true, s.shelve(ledger.WriteDossier(d, r, coverage.Event{At: s.now, By: v.By, Via: s.via(), Did: "visited", Visit: &v}))
}

// passedSites lists the sites that the patrol came by.
func (s *scene) passedSites(p *patrolling) ([]patrol.Passed, error) {
	sites, err := s.sitesAround(p.Cell)
	var out []patrol.Passed
	for _, x := range sites {
		for _, f := range p.Result.Used {
			if s.atSpot(x, f.Point, f.Accuracy) {
				out = append(out, patrol.Passed{Object: coverage.SiteID(x.Number), Site: string(x.Number), Name: x.Name, Point: x.Point, At: f.At})
				break
			}
		}
	}
	return out, err
}

// passedRivers lists the reaches of the patrol's township that it came near to.
func (s *scene) passedRivers(p *patrolling) []patrol.Passed {
	n := s.Patrols.PatrolNumbers()
	var out []patrol.Passed
	for _, r := range s.Patrols.Coverage().Reaches {
		if r.Cell != p.Cell {
			continue
		}
		near := n.RiverNear
		if r.Approx {
			near = n.RiverSlip
		}
		land := s.ground(r.Cell)
		i := slices.IndexFunc(p.Result.Used, func(f patrol.Fix) bool {
			return land.Holds(f.Point) && r.Line.Distance(f.Point) <= near
		})
		if i >= 0 {
			out = append(out, patrol.Passed{Object: r.ID(), Name: r.River, At: p.Result.Used[i].At})
		}
	}
	return out
}

// visitedHere notes the sites at which somebody checked in; the one that they chose knows already.
func (s *scene) visitedHere(in ledger.CheckIn, chosen site.Number) error {
	if in.Cell == "" || s.msg.Picked {
		return nil
	}
	sites, err := s.sitesAround(in.Cell)
	if err != nil {
		return err
	}
	for _, x := range sites {
		if s.atSpot(x, in.Point, in.Accuracy) {
			fresh, err := s.visited(coverage.SiteID(x.Number), coverage.Visit{At: in.At, By: in.Officer})
			if err == nil && fresh && x.Number != chosen {
				err = s.cameBy(x.Number, in.At)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

const vague = 100 // metres; a vaguer fix does not stretch the circle around a site further

// atSpot tells whether a fix is so near to a site that whoever sent it was there.
func (s *scene) atSpot(x site.Site, p geo.Point, accuracy float64) bool {
	return x.Point != nil && x.State != site.Closed && geo.Distance(*x.Point, p) <= s.Patrols.Coverage().Sites.Near+min(accuracy, vague)
}

// sitesAround reads the sites of the cell's township.
func (s *scene) sitesAround(cell grid.CellCode) ([]site.Site, error) {
	return s.sitesOn(site.CellShelf(s.Work.Tree.Township(cell)))
}

func (s *scene) sitesOn(shelf ledger.Shelf) ([]site.Site, error) {
	const most = 20_000
	ids, err := s.Store.Shelf(s.ctx, site.Dossier, shelf, site.First, site.Last, most)
	if err != nil {
		return nil, err
	}
	found, err := s.Store.Dossiers(s.ctx, site.Dossier, ids)
	if err != nil {
		return nil, err
	}
	out := make([]site.Site, 0, len(found))
	for _, d := range found {
		x, err := site.Read(d)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

func (s *scene) siteNames(passed []patrol.Passed) texts.List {
	const most = 5
	var out texts.List
	for _, x := range passed[:min(most, len(passed))] {
		out = append(out, x.Name)
	}
	return out
}
