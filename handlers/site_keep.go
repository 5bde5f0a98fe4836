package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// beginSite begins the adding of a site in the field: /site add.
func (s *scene) beginSite() error {
	if !s.mayFile() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	return s.begin(flow.Task{Story: flow.Siting})
}

// addSite puts what an inspector found in the field on the register. It lies in the cell that its point belongs to, which has to
// be one of theirs.
func (s *scene) addSite(a flow.AddSite) error {
	kind, ok := s.Sites.Rules.Kind(a.Site.Kind)
	if !ok || a.Site.Pin == nil {
		return grid.Fail(grid.Invalid, "error.site.usage")
	}
	cell, err := s.ownCell(*a.Site.Pin)
	if err != nil {
		return err
	}
	number, err := s.nextNumber(kind)
	if err != nil {
		return err
	}
	point := a.Site.Pin.Point
	x := site.Site{
		Number: number, Kind: kind.Code, Name: a.Site.Name, Cell: cell, Point: &point, Zone: a.Site.Zone, State: site.Active,
		Added: s.now, Visited: a.At,
	}
	for _, f := range a.Files {
		x.Show(site.Photo{File: f.Unique, ID: f.ID})
		s.kept = append(s.kept, f.Unique)
	}
	read, err := s.dossier(site.Dossier, string(number))
	if err != nil {
		return err
	}
	if err := s.putSite(read, x, site.Event{Did: site.Added}); err != nil {
		return err
	}
	x.Due = s.Sites.Due(x)
	s.count("site_added", cell)
	return s.siteCard("site.added", x)
}

// ownCell is the cell that a place in the field belongs to, one of the person's own where several are possible.
func (s *scene) ownCell(p flow.Pin) (grid.CellCode, error) {
	answer := s.Book.Route(routing.Query{Point: &p.Point, Accuracy: p.Accuracy, Picked: p.Picked})
	for _, c := range answer.Candidates {
		if s.roster.Can(s.Sites.Tree, s.me, c.Cell, s.now, grid.Inspector, grid.Chief) {
			return c.Cell, nil
		}
	}
	where := s.Texts.Plain(s.lang, "checkin.no_cell", nil)
	if len(answer.Candidates) > 0 {
		where = s.Sites.Tree.PathName(answer.Candidates[0].Cell)
	}
	return "", grid.Fail(grid.Forbidden, "error.site.not_yours", "cell", where)
}

// nextNumber gives the next number of a kind.
func (s *scene) nextNumber(k site.Kind) (site.Number, error) {
	read, err := s.dossier(site.Register, k.Prefix)
	if err != nil {
		return "", err
	}
	var c site.Counter
	if err := read.Into(&c); err != nil {
		return "", err
	}
	for {
		n := c.Next(k.Prefix)
		taken, err := s.dossier(site.Dossier, string(n))
		if err != nil {
			return "", err
		}
		if len(taken.Body) == 0 {
			return n, s.shelve(c.Write(read))
		}
	}
}

// visitSite asks for a location at the site, as proof of presence.
func (s *scene) visitSite(n site.Number) error {
	x, _, err := s.seen(n)
	if err == nil && !s.mayInspect(x) {
		err = grid.Fail(grid.Forbidden, "error.site.kept")
	}
	if err != nil {
		return err
	}
	return s.begin(flow.Task{Story: flow.Checking, At: n})
}

// atSite notes that an officer checked in at a site, and in an inspection of it under way how far off that was. Farther than
// it counts as being there, the site was not visited; nothing is refused.
func (s *scene) atSite(c flow.CheckIn) error {
	x, d, err := s.seen(c.Site)
	if err != nil {
		return err
	}
	if x.Point == nil {
		s.say(flow.Reply{Key: "site.visited", Args: s.siteArgs(x)})
		x.Visit(c.At)
		return s.putSite(d, x, site.Event{Did: site.Visited})
	}
	metres := geo.Distance(*x.Point, c.Point)
	if !s.msg.Picked {
		if err := s.presence(c.Site, metres); err != nil {
			return err
		}
	}
	args := s.siteArgs(x)
	args["metres"] = int(metres + 0.5)
	if !s.msg.Picked {
		x.There = &site.Presence{Officer: s.officer.ID, At: c.At, Metres: metres}
	}
	if s.msg.Picked || metres > s.Sites.Rules.Near+min(c.Accuracy, vague) { // a place picked on the map is nobody's presence
		s.say(flow.Reply{Key: "site.far", Args: args})
		return s.putSite(d, x)
	}
	x.Visit(c.At)
	s.say(flow.Reply{Key: "site.visited_near", Args: args})
	return s.putSite(d, x, site.Event{Did: site.Visited})
}

// setSite returns a button's verb that suspends a site, opens it again, or closes it.
func (s *scene) setSite(to site.State) func(site.Number) error {
	return func(n site.Number) error {
		x, d, err := s.seen(n)
		switch {
		case err != nil:
			return err
		case !s.mayKeep(x):
			return grid.Fail(grid.Forbidden, "error.role")
		case x.State == to:
			return s.siteCard("site.card", x)
		}
		did := map[site.State]site.Deed{site.Suspended: site.Suspend, site.Active: site.Resume, site.Closed: site.Close}[to]
		if x.State == site.Closed {
			did, x.Added = site.Reopen, s.now
		}
		x.State = to
		if err := s.putSite(d, x, site.Event{Did: did}); err != nil {
			return err
		}
		x.Due = s.Sites.Due(x)
		return s.siteCard("site.card", x)
	}
}

// askCloseSite asks once more: a closed site is inspected no more.
func (s *scene) askCloseSite(n site.Number) error {
	x, _, err := s.seen(n)
	if err == nil && !s.mayKeep(x) {
		err = grid.Fail(grid.Forbidden, "error.role")
	}
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "site.ask_close", Args: s.siteArgs(x), Rows: [][]flow.Choice{{
		{Key: "button.site_close_yes", Data: siteData("close_yes", n)}, {Key: "button.site_close_no", Data: siteData("open", n)},
	}}})
	return nil
}

// openSite follows the link on a sticker: who may see the site gets its card, anybody else begins a report there.
func (s *scene) openSite(n site.Number) (*flow.Event, error) {
	x, _, err := s.site(n)
	if err == nil && x.State == site.Closed && !s.maySeeSite(x) {
		err = grid.Fail(grid.NotFound, "error.site.unknown", "number", string(n))
	}
	if err != nil {
		return nil, err
	}
	if s.officer.ID != "" && s.maySeeSite(x) {
		return nil, s.siteCard("site.card", x)
	}
	return &flow.Event{Kind: flow.SiteGiven, At: s.msg.At, Arrived: s.msg.Arrived, Field: s.mayFile(), Site: &flow.SitePlace{
		Number: n, Name: x.Name, Names: s.kindName(x.Kind), Cell: x.Cell, Point: x.Point,
	}}, nil
}
