package georeport

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Publication is a published issue as its feed tells it.
type Publication struct {
	ID      string
	Title   texts.Names
	Summary texts.Names
	At      time.Time
	Path    string // of its page on the site
}

// FeedLength is how many entries a feed has: a reader that comes once a day misses nothing.
const FeedLength = 100

// entry is one entry of a feed.
type entry struct {
	id, title, link, summary, category string
	published, updated                 time.Time
}

// Duty is what the office has to publish again and again.
type Duty struct {
	ID    string // of the duty, as its issues begin: ID.period
	Names texts.Names
}

// feed is one of the feeds that are not of one cell, category or duty.
func (c *call) feed() {
	switch {
	case c.format == "atom" && c.id == "cases":
		c.feedOfCases("cases", "/cases", c.say("georeport.feed.cases", nil), public.Query{})
	case c.format == "atom" && c.id == "publications" && c.s.Publications != nil:
		c.feedOfPublications("publications", c.say("georeport.feed.publications", nil), "")
	default:
		c.nowhere()
	}
}

func (c *call) feedOfCell() {
	at, ok := c.d.Tree.Cell(cellCode(c.id))
	if !ok || c.format != "atom" || at.Level > 2 {
		c.nowhere()
		return
	}
	title := c.say("georeport.feed.cell", map[string]any{"name": at.Name})
	q, shown := public.Query{Township: at.Code}, "/cells/"+c.id
	if at.Parent == "" {
		q, shown = public.Query{}, "/cases"
	}
	c.feedOfCases("cells/"+c.id, shown, title, q)
}

func (c *call) feedOfCategory() {
	s, ok := c.category(c.id)
	if !ok || c.format != "atom" {
		c.nowhere()
		return
	}
	c.feedOfCases("categories/"+c.id, "/cases?category="+url.QueryEscape(c.id), c.say("georeport.feed.category", map[string]any{"name": c.called(s.Names)}), public.Query{Category: c.id})
}

// feedOfCases is a feed of what a page of the site shows: of the cases that changed last, however old they are.
func (c *call) feedOfCases(name, shown, title string, q public.Query) {
	q.N, q.First, q.Changed = FeedLength, true, true
	page, _ := c.cases.Select(q)
	zone, words := c.d.Rules.Zone, c.words()
	all := make([]entry, 0, len(page))
	for i := range page {
		r := &page[i]
		all = append(all, entry{
			id: c.tag("case/" + r.Report), link: c.base() + c.pages() + "/cases/" + r.Number, category: serviceOf(r),
			title: c.say("georeport.feed.entry", map[string]any{
				"number": r.Number, "service": words.service(serviceOf(r)), "where": words.place(string(r.Township)), "stage": words.stage(r.Stage),
			}),
			summary: r.Notice, published: requestedAt(r, zone), updated: r.Changed(),
		})
	}
	c.sendFeed(name, shown, title, all)
}

// feedOfDuty is a feed of what is published of one duty.
func (c *call) feedOfDuty() {
	i := slices.IndexFunc(c.d.Duties, func(d Duty) bool { return d.ID == c.id })
	if i < 0 || c.format != "atom" || c.s.Publications == nil {
		c.nowhere()
		return
	}
	c.feedOfPublications("publications/"+c.id, c.say("georeport.feed.duty", map[string]any{"name": c.d.Duties[i].Names.In(c.lang)}), c.id)
}

// feedOfPublications is a feed of what is published of a duty, or of all when none is named.
func (c *call) feedOfPublications(name, title, duty string) {
	issues, err := c.s.Publications(c.r.Context(), duty)
	if err != nil {
		c.ours("publications not listed", err)
		return
	}
	all := make([]entry, 0, len(issues))
	for _, p := range issues {
		all = append(all, entry{
			id: c.tag("publication/" + p.ID), title: p.Title.In(c.lang), summary: p.Summary.In(c.lang), link: c.base() + c.pages() + p.Path, published: p.At, updated: p.At,
		})
	}
	c.sendFeed(name, "/publications", title, all)
}

// tag is an id that stays when addresses change (RFC 4151). The year is that from which the name is ours.
func (c *call) tag(what string) string { return "tag:" + c.d.Rules.Jurisdiction + ",2026:" + what }

// sendFeed writes an Atom feed (RFC 4287); shown is the page on which people read the same.
func (c *call) sendFeed(name, shown, title string, all []entry) {
	changed := c.d.Changed
	for _, e := range all {
		if e.updated.After(changed) {
			changed = e.updated
		}
	}
	w := &writer{xml: true, zone: c.d.Rules.Zone, buf: []byte(xmlHead)}
	self := c.base() + "/feeds/" + name + ".atom"
	w.raw(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="`, string(c.lang), `">`)
	w.text("id", c.tag("feed/"+name+"/"+string(c.lang)))
	w.text("title", title)
	w.moment("updated", changed)
	w.object("author", func() { w.text("name", texts.Names(c.d.Rules.Names).In(c.lang)) })
	if c.lang != texts.Reference {
		self += "?locale=" + string(c.lang)
	}
	w.link("self", "application/atom+xml", self)
	w.link("alternate", "text/html", c.base()+c.pages()+shown)
	for _, e := range all {
		w.object("entry", func() { w.entry(e) })
	}
	w.raw("</feed>\n")
	c.modified(changed)
	c.sendAs(http.StatusOK, "application/atom+xml; charset=utf-8", w.buf)
}

// pages is where the pages of the language begin on the site.
func (c *call) pages() string {
	if c.lang == texts.English {
		return "/en"
	}
	return ""
}

func (w *writer) raw(parts ...string) {
	for _, p := range parts {
		w.buf = append(w.buf, p...)
	}
}

func (w *writer) link(rel, kind, href string) {
	w.raw(`<link rel="`, rel, `" type="`, kind, `" href="`)
	w.buf = appendXML(w.buf, href)
	w.raw(`"/>`)
}

func (w *writer) entry(e entry) {
	w.text("id", e.id)
	w.text("title", e.title)
	w.moment("published", e.published)
	w.moment("updated", e.updated)
	w.link("alternate", "text/html", e.link)
	if e.category != "" {
		w.raw(`<category term="`)
		w.buf = appendXML(w.buf, e.category)
		w.raw(`"/>`)
	}
	if e.summary != "" {
		w.text("summary", e.summary)
	}
}
