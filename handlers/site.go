package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// site reads a site as this turn has left it so far. NotFound when there is none of that number.
func (s *scene) site(n site.Number) (site.Site, ledger.Dossier, error) {
	d, err := s.dossier(site.Dossier, string(n))
	if err == nil && len(d.Body) == 0 {
		err = grid.Fail(grid.NotFound, "error.site.unknown", "number", string(n))
	}
	if err != nil {
		return site.Site{}, d, err
	}
	x, err := site.Read(d)
	return x, d, err
}

// putSite makes a changed site part of the change, with what was done to it.
func (s *scene) putSite(read ledger.Dossier, x site.Site, events ...site.Event) error {
	for i := range events {
		events[i].At, events[i].By, events[i].Via = s.now, s.officer.ID, s.via()
	}
	w, err := s.Sites.Write(read, x, s.now, events...)
	return s.shelve(w, err)
}

// seen reads a site for an officer who may see it; to anybody else there is none.
func (s *scene) seen(n site.Number) (site.Site, ledger.Dossier, error) {
	x, d, err := s.site(n)
	if err == nil && !s.maySeeSite(x) {
		err = grid.Fail(grid.NotFound, "error.site.unknown", "number", string(n))
	}
	return x, d, err
}

// maySeeSite tells whether the person has any role in the site's cell or above it.
func (s *scene) maySeeSite(x site.Site) bool {
	return s.roster.Can(s.Sites.Tree, s.me, x.Cell, s.now, grid.Roles()...) || x.Drawn(s.officer.ID)
}

// mayInspect tells whether the person may look at the site officially: who is kept from it may not.
func (s *scene) mayInspect(x site.Site) bool {
	return x.State == site.Active && !x.Bars(s.officer.ID) &&
		(s.roster.Can(s.Sites.Tree, s.me, x.Cell, s.now, grid.Inspector, grid.Chief) || x.Drawn(s.officer.ID))
}

// mayKeep tells whether the person may change how the site stands.
func (s *scene) mayKeep(x site.Site) bool {
	return s.roster.Can(s.Sites.Tree, s.me, x.Cell, s.now, grid.Chief, grid.Supervisor, grid.Admin)
}

// siteData is what a button about a site carries.
func siteData(verb string, n site.Number) string { return "s:" + verb + ":" + string(n) }

// pressSite does what a button about a site says.
func (s *scene) pressSite(verb, arg string) error {
	do := map[string]func(site.Number) error{
		"open": s.openSiteCard, "visit": s.visitSite, "map": s.showSitePoint, "photos": s.showSitePhotos, "history": s.showSiteHistory,
		"suspend": s.setSite(site.Suspended), "resume": s.setSite(site.Active), "close": s.askCloseSite, "close_yes": s.setSite(site.Closed),
		"reopen": s.setSite(site.Active), "inspect": s.inspect, "sticker": s.showSticker,
	}[verb]
	switch {
	case verb == "page" || verb == "sheets":
		n, err := strconv.Atoi(arg)
		switch {
		case err != nil || n < 0:
			return s.forged(s.msg.Data)
		case verb == "sheets":
			return s.showSheets(n)
		}
		return s.listSites(n)
	case do != nil && site.Number(arg).Valid():
		return do(site.Number(arg))
	}
	return s.forged(s.msg.Data)
}

// siteCommands are the commands about sites.
func (s *scene) siteCommands() map[string]func() error {
	return map[string]func() error{"sites": s.sites, "site": s.sites, "inspections": s.listInspections, "draw": s.draw}
}

// siteAreas are the cells whose sites the person looks after: those of an inspector or chief, or the whole district.
func (s *scene) siteAreas() []grid.CellCode {
	root := s.Sites.Tree.Root().Code
	if s.roster.Can(s.Sites.Tree, s.me, root, s.now, grid.Desk, grid.Supervisor, grid.Admin) {
		return []grid.CellCode{root}
	}
	return s.roster.Areas(s.officer.ID, s.now, grid.Inspector, grid.Chief)
}

// sites lists the sites of my cells, the most overdue first: /sites; /sites PW0012 shows one; /site add adds one.
func (s *scene) sites() error {
	words := strings.Fields(s.msg.Args)
	switch {
	case len(words) == 0:
		return s.listSites(0)
	case strings.EqualFold(words[0], "add"):
		return s.beginSite()
	case strings.EqualFold(words[0], "stickers"):
		return s.showSheets(0)
	case site.Number(strings.ToUpper(words[0])).Valid():
		return s.openSiteCard(site.Number(strings.ToUpper(words[0])))
	}
	return grid.Fail(grid.Invalid, "error.site.usage")
}

// listSites shows one page of them.
func (s *scene) listSites(offset int) error {
	areas := s.siteAreas()
	if len(areas) == 0 {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	page, all, late, err := s.sitesOf(areas, offset, s.Rules.PageSize)
	if err != nil {
		return err
	}
	add := flow.Choice{Key: "button.site_add", Data: flow.Press{Verb: flow.PressSite}.Data()}
	if all == 0 {
		s.say(flow.Reply{Key: "sites.title.empty", Rows: [][]flow.Choice{{add}}})
		return nil
	}
	lines, buttons := make([]string, 0, len(page)), make([]flow.Choice, 0, len(page))
	for i, x := range page {
		args := s.siteArgs(x)
		args["i"] = offset + i + 1
		lines = append(lines, s.Texts.T(s.lang, "sites.line", args))
		buttons = append(buttons, flow.Choice{Label: texts.Name(string(x.Number)), Data: siteData("open", x.Number)})
	}
	rows := inRows(4, buttons)
	if next := offset + len(page); next < all {
		rows = append(rows, []flow.Choice{{Key: "button.more", Data: siteData("page", site.Number(strconv.Itoa(next)))}})
	}
	if s.mayFile() {
		rows = append(rows, []flow.Choice{add})
	}
	s.say(flow.Reply{
		Key: "sites.title", Args: texts.Args{"n": all, "late": late, "lines": texts.Raw(strings.Join(lines, "\n"))},
		Rows: rows, Edit: s.msg.Kind == Button && offset > 0,
	})
	return nil
}

// mostSites is how many are looked through for one list.
const mostSites = 20000

// sitesOf reads one page of the sites in the areas, how many there are, and how many of them are late.
func (s *scene) sitesOf(areas []grid.CellCode, offset, each int) (page []site.Site, all, late int, err error) {
	var first []site.Number
	seen := make(map[site.Number]bool)
	for _, area := range areas {
		ids, shelfErr := s.Store.Shelf(s.ctx, site.Dossier, site.CellShelf(area), site.First, site.Last, mostSites)
		if shelfErr != nil {
			return nil, 0, 0, shelfErr
		}
		over, shelfErr := s.Store.Shelf(s.ctx, site.Dossier, site.CellShelf(area), site.First, site.Place(s.now), mostSites)
		if shelfErr != nil {
			return nil, 0, 0, shelfErr
		}
		for i, id := range ids {
			n := site.Number(id)
			if seen[n] {
				continue // an area within another
			}
			seen[n] = true
			if i < len(over) {
				late++
			}
			if i < offset+each {
				first = append(first, n)
			}
		}
	}
	found, err := s.readSites(first)
	if err != nil {
		return nil, 0, 0, err
	}
	slices.SortStableFunc(found, func(a, b site.Site) int {
		return cmp.Or(cmp.Compare(site.Place(a.Due), site.Place(b.Due)), cmp.Compare(a.Number, b.Number))
	})
	offset = min(offset, len(found))
	return found[offset:min(offset+each, len(found))], len(seen), late, nil
}

func (s *scene) readSites(numbers []site.Number) ([]site.Site, error) {
	ids := make([]string, len(numbers))
	for i, n := range numbers {
		ids[i] = string(n)
	}
	docs, err := s.Store.Dossiers(s.ctx, site.Dossier, ids)
	if err != nil {
		return nil, err
	}
	out := make([]site.Site, len(docs))
	for i, d := range docs {
		if out[i], err = site.Read(d); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// siteDue tells when a site is due, and whether that is over.
func (s *scene) siteDue(x site.Site) texts.Text {
	switch {
	case x.State != site.Active:
		return texts.Text{Key: "site.state." + string(x.State)}
	case x.Due.IsZero():
		return texts.Text{Key: "site.not_due"}
	case !s.now.Before(x.Due):
		days := int(s.now.Sub(x.Due).Hours()/24) + 1
		return texts.Text{Key: "site.late", Args: texts.Args{"days": days, "day": s.lastDay(x.Due)}}
	}
	return texts.Text{Key: "site.due", Args: texts.Args{"day": s.lastDay(x.Due)}}
}

func (s *scene) kindName(code string) texts.Names {
	if k, ok := s.Sites.Rules.Kind(code); ok {
		return k.Names
	}
	if code == enterprise.LiftedKind {
		out := make(texts.Names)
		for _, lang := range texts.Langs() {
			out[string(lang)] = s.Texts.Plain(lang, "draw.kind_lifted", nil)
		}
		return out
	}
	return texts.Name(code)
}

// dayOf writes a day, or a dash for none.
func (s *scene) dayOf(t time.Time) string {
	if t.IsZero() {
		return orDash("")
	}
	return t.In(s.Rules.Location).Format(time.DateOnly)
}
