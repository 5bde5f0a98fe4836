package handlers

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/site"
)

// mostNear is how many sites of a township are looked through for the one that a report is about.
const mostNear = 2000

// about is the site that a new case is about: the one that its draft began at, or else the nearest one of which such reports
// are made, if it is near enough. Empty for none.
func (s *scene) about(c casework.Case) (string, error) {
	if c.Site != "" || c.Point == nil || len(s.Sites.Rules.Kinds) == 0 {
		return c.Site, nil
	}
	shelf := site.CellShelf(s.Sites.Tree.Township(c.Cell))
	ids, err := s.Store.Shelf(s.ctx, site.Dossier, shelf, site.First, site.Last, mostNear)
	if err != nil || len(ids) == 0 {
		return "", err
	}
	docs, err := s.Store.Dossiers(s.ctx, site.Dossier, ids)
	if err != nil {
		return "", err
	}
	nearest, best := s.Sites.Rules.Near, ""
	for _, d := range docs {
		x, err := site.Read(d)
		if err != nil {
			return "", err
		}
		k, _ := s.Sites.Rules.Kind(x.Kind)
		if x.Point == nil || !k.Covered(c.Categories, c.Kinds) {
			continue
		}
		if m := geo.Distance(*x.Point, *c.Point); m <= nearest {
			nearest, best = m, string(x.Number)
		}
	}
	return best, nil
}

// settleSites notes at their sites which of the cases of this turn are open now and which are over: a site under complaint is
// due sooner.
func (s *scene) settleSites() error {
	for _, w := range s.change.Cases {
		c := w.After
		if c.Site == "" || w.Before.Version > 0 && w.Before.State.Underway() == c.State.Underway() {
			continue
		}
		x, d, err := s.site(site.Number(c.Site))
		if err != nil {
			return err
		}
		if err := s.reportProven(c); err != nil {
			return err
		}
		e := site.Event{At: s.now, Did: site.Linked, Case: string(c.ID)} // by nobody: an officer may have reported as a citizen
		changed := c.State.Underway() && x.Link(c.ID, c.Shown(), s.now)
		if !c.State.Underway() {
			e.Did, changed = site.Unlinked, x.Unlink(c.ID, s.now)
		}
		if !changed {
			continue
		}
		if err := s.shelve(s.Sites.Write(d, x, s.now, e)); err != nil {
			return err
		}
	}
	return nil
}
