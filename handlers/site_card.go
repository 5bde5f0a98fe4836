package handlers

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const siteHistoryShown = 15 // of a site's events, the newest

// siteArgs are what a sentence about a site may name.
func (s *scene) siteArgs(x site.Site) texts.Args {
	args := texts.Args{
		"number": string(x.Number), "name": x.Name, "kind": s.kindName(x.Kind), "cell": s.Sites.Tree.PathName(x.Cell),
		"due": s.siteDue(x), "address": orDash(x.Address), "inspected": s.dayOf(x.Inspected), "visited": s.dayOf(x.Visited),
		"zone": texts.Text{}, "sample": texts.Text{}, "complained": texts.Text{}, "note": texts.Text{}, "kept": texts.Text{},
	}
	if x.Zone != "" {
		args["zone"] = texts.Text{Key: "site.zone", Args: texts.Args{"zone": name("zone", string(x.Zone))}}
	}
	if x.Sample {
		args["sample"] = texts.Text{Key: "site.sample"}
	}
	if n := len(x.Open()); n > 0 {
		args["complained"] = texts.Text{Key: "site.complained", Args: texts.Args{"n": n}}
	}
	if x.Note != "" {
		args["note"] = texts.Text{Key: "site.note", Args: texts.Args{"note": x.Note}}
	}
	if x.Bars(s.officer.ID) {
		args["kept"] = texts.Text{Key: "site.kept"}
	}
	return args
}

// openSiteCard shows a site with everything that this person may do there.
func (s *scene) openSiteCard(n site.Number) error {
	x, _, err := s.seen(n)
	if err != nil {
		return err
	}
	return s.siteCard("site.card", x)
}

func (s *scene) siteCard(key string, x site.Site) error {
	args := s.siteArgs(x)
	args["people"] = s.inCharge(x)
	args["items"] = s.siteItems(x)
	cases, err := s.siteCases(x)
	if err != nil {
		return err
	}
	args["cases"] = texts.Raw(cases)
	rows, err := s.siteButtons(x)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: key, Args: args, Rows: rows, Hide: true})
	return nil
}

// inCharge names who are in charge of the site today: those of its cell, or of the nearest cell above it.
func (s *scene) inCharge(x site.Site) any {
	officers, _ := s.roster.Responsible(s.Sites.Tree, x.Cell, s.now, grid.Inspector, grid.Chief)
	var out texts.List
	for _, o := range officers {
		if !x.Bars(o.ID) {
			out = append(out, texts.Name(o.Name))
		}
	}
	if len(out) == 0 {
		return orDash("")
	}
	return out
}

// siteItems are the items of the plan that the site belongs to: those of its kind, and its own.
func (s *scene) siteItems(x site.Site) string {
	k, _ := s.Sites.Rules.Kind(x.Kind)
	items := slices.Concat(k.Items, x.Measures)
	slices.Sort(items)
	items = slices.Compact(items)
	out := make([]string, len(items))
	for i, n := range items {
		out[i] = strconv.Itoa(n)
	}
	return orDash(strings.Join(out, " "))
}

// siteCases are the newest cases at the site that the person may know of.
func (s *scene) siteCases(x site.Site) (string, error) {
	const shown = 5
	ids := make([]casework.CaseID, 0, shown)
	for i := len(x.Cases) - 1; i >= 0 && len(ids) < shown; i-- {
		ids = append(ids, x.Cases[i].Case)
	}
	cases, err := s.Store.Cases(s.ctx, ids)
	if err != nil {
		return "", err
	}
	var lines strings.Builder
	for _, c := range cases {
		if s.Work.Sees(c, s.me, s.roster, s.now) {
			lines.WriteString(s.Texts.T(s.lang, "site.case", s.caseArgs(c)))
		}
	}
	return lines.String(), nil
}

// siteButtons offer what the person may do at the site now.
func (s *scene) siteButtons(x site.Site) ([][]flow.Choice, error) {
	var all []flow.Choice
	add := func(key, verb string) {
		all = append(all, flow.Choice{Key: key, Data: siteData(verb, x.Number)})
	}
	if s.mayInspect(x) {
		under, err := s.inspecting(x.Number)
		if err != nil {
			return nil, err
		}
		key := "button.site_inspect"
		if under != "" {
			key = "button.site_go_on"
		}
		all = append(all, flow.Choice{Key: key, Data: siteData("inspect", x.Number)})
		add("button.site_visit", "visit")
	}
	if x.Point != nil {
		all = append(all, flow.Choice{Key: "button.map", Data: siteData("map", x.Number)})
	}
	if len(x.Photos) > 0 {
		all = append(all, flow.Choice{Key: "button.photos", Data: siteData("photos", x.Number)})
	}
	all = append(all, flow.Choice{Key: "button.history", Data: siteData("history", x.Number)})
	if x.State != site.Closed {
		add("button.site_sticker", "sticker")
	}
	if s.mayKeep(x) {
		switch x.State {
		case site.Active:
			add("button.site_suspend", "suspend")
			add("button.site_close", "close")
		case site.Suspended:
			add("button.site_resume", "resume")
			add("button.site_close", "close")
		case site.Closed:
			add("button.site_reopen", "reopen")
		}
	}
	for _, id := range x.Open() {
		c, err := s.load(id)
		if err == nil && s.Work.Sees(c, s.me, s.roster, s.now) && len(all) < 12 {
			all = append(all, flow.Choice{Label: texts.Name(c.Shown()), Data: caseData("open", id)})
		}
	}
	return pairs(all), nil
}

func (s *scene) showSitePoint(n site.Number) error {
	x, _, err := s.seen(n)
	if err == nil && x.Point == nil {
		err = grid.Fail(grid.NotFound, "error.case.no_point")
	}
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "site.map", Args: s.siteArgs(x), Point: x.Point})
	return nil
}

func (s *scene) showSitePhotos(n site.Number) error {
	x, _, err := s.seen(n)
	if err != nil {
		return err
	}
	pictures := make([]string, 0, len(x.Photos))
	for _, p := range x.Photos {
		pictures = append(pictures, telegramFile+p.ID)
	}
	s.say(flow.Reply{Key: "site.photos", Args: s.siteArgs(x), Photos: pictures})
	return nil
}

// showSiteHistory tells the last things that happened to a site.
func (s *scene) showSiteHistory(n site.Number) error {
	x, _, err := s.seen(n)
	if err != nil {
		return err
	}
	raw, err := s.Store.DossierHistory(s.ctx, site.Dossier, string(n))
	if err != nil {
		return err
	}
	lines := make([]string, 0, len(raw))
	for _, b := range raw[max(0, len(raw)-siteHistoryShown):] {
		var e site.Event
		if err := json.Unmarshal(b, &e); err != nil {
			return err
		}
		lines = append(lines, s.Texts.T(s.lang, "site.event", texts.Args{
			"at": e.At.In(s.Rules.Location).Format(time.DateOnly + " 15:04"), "did": texts.Text{Key: "site.did." + string(e.Did)}, "by": orDash(s.officerName(e.By)),
		}))
	}
	args := s.siteArgs(x)
	args["lines"] = texts.Raw(strings.Join(lines, "\n"))
	s.say(flow.Reply{Key: "site.history", Args: args})
	return nil
}
