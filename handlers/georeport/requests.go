package georeport

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// The states that GeoReport knows.
const (
	statusOpen   = "open"
	statusClosed = "closed"
)

// Cases are the cases that the public may see: public.Index.
type Cases interface {
	Find(number string) (public.Case, bool)
	Select(q public.Query) (page []public.Case, total int)
	Version() string // another one for every other content, for ever
}

// requests lists cases, the newest first.
func (c *call) requests() {
	q, faults := readQuery(c.q, c.d.Rules, c.now)
	if len(faults) > 0 {
		c.fail(faults...)
		return
	}
	page, total := c.chosen(&q)
	c.links(&q, total)
	c.sendRequests(page, q.extensions)
}

// request is one case.
func (c *call) request() {
	found, ok := c.cases.Find(c.id)
	if !ok {
		c.fail(unknown("service_request_id", c.id))
		return
	}
	c.modified(updatedAt(&found, c.d.Rules.Zone))
	c.sendRequests([]public.Case{found}, c.q.Get("extensions") == "true")
}

// chosen is one page of what was asked for, and how many there are in all.
func (c *call) chosen(q *query) (page []public.Case, total int) {
	skip := (q.page - 1) * q.size
	if len(q.ids) > 0 {
		var all []public.Case
		for _, id := range q.ids {
			if found, ok := c.cases.Find(id); ok {
				all = append(all, found)
			}
		}
		return all[min(skip, len(all)):min(skip+q.size, len(all))], len(all)
	}
	zone := c.d.Rules.Zone
	const day = 25 * time.Hour // what is told of a moment is up to a day before it
	ask := public.Query{Skip: skip, N: q.size, Where: func(found *public.Case) bool { return q.holds(found, zone) }}
	if !q.from.IsZero() {
		ask.From = dayOf(q.from, zone)
	}
	if !q.to.IsZero() {
		ask.To = q.to.Add(day + time.Second)
	}
	if !q.after.IsZero() {
		ask.Updated = dayOf(sinceSeen(q.after), zone)
	}
	return c.cases.Select(ask)
}

// links tells where the other pages are (RFC 8288).
func (c *call) links(q *query, total int) {
	last := max(1, (total+q.size-1)/q.size)
	at := func(page int) string {
		v := url.Values{}
		maps.Copy(v, c.q)
		v.Set("page", strconv.Itoa(page))
		return "<" + c.base() + c.r.URL.EscapedPath() + "?" + v.Encode() + ">"
	}
	all := []string{at(1) + `; rel="first"`, at(last) + `; rel="last"`}
	if q.page > 1 {
		all = append(all, at(min(q.page-1, last))+`; rel="prev"`)
	}
	if q.page < last {
		all = append(all, at(q.page+1)+`; rel="next"`)
	}
	c.header().Set("Link", strings.Join(all, ", "))
	c.header().Set("X-Total-Count", strconv.Itoa(total))
}

func (c *call) sendRequests(all []public.Case, extended bool) {
	w := c.writer()
	words := c.words()
	w.list("service_requests", func() {
		for i := range all {
			w.object("request", func() { c.serviceRequest(w, words, &all[i], extended) })
		}
	})
	c.send(http.StatusOK, w.buf)
}

// words keeps sentences that many requests of one answer share.
type words struct {
	c      *call
	stages map[public.Stage]string
	places map[string]string
	names  map[string]string
}

func (c *call) words() *words {
	return &words{c: c, stages: make(map[public.Stage]string), places: make(map[string]string), names: make(map[string]string)}
}

func kept[K comparable](m map[K]string, k K, say func() string) string {
	s, ok := m[k]
	if !ok {
		s = say()
		m[k] = s
	}
	return s
}

// stage says how far a case is.
func (w *words) stage(s public.Stage) string {
	return kept(w.stages, s, func() string { return w.c.say("georeport.stage."+string(s), nil) })
}

// place names a township from the small to the large, with commas, as the specification wants addresses.
func (w *words) place(code string) string {
	return kept(w.places, code, func() string { return w.c.address(code) })
}

// service is the name of a service.
func (w *words) service(code string) string {
	return kept(w.names, code, func() string {
		if s, ok := w.c.category(code); ok {
			return w.c.called(s.Names)
		}
		return code
	})
}

func (c *call) serviceRequest(w *writer, words *words, r *public.Case, extended bool) {
	zone, code, town := c.d.Rules.Zone, serviceOf(r), string(r.Township)
	w.text("service_request_id", r.Report)
	w.text("status", statusOf(r))
	w.text("status_notes", words.stage(r.Stage))
	w.text("service_name", words.service(code))
	w.text("service_code", code)
	w.text("description", r.Notice)
	w.text("agency_responsible", string(r.Lead))
	w.text("service_notice", "")
	w.moment("requested_datetime", requestedAt(r, zone))
	w.moment("updated_datetime", updatedAt(r, zone))
	w.moment("expected_datetime", r.Due)
	w.text("address", words.place(town))
	w.text("address_id", town)
	w.text("zipcode", "")
	if r.Point != nil {
		w.degrees("lat", r.Point.Lat)
		w.degrees("long", r.Point.Lon)
	} else {
		w.text("lat", "")
		w.text("long", "")
	}
	w.text("media_url", "")
	if extended {
		w.object("extended_attributes", func() { c.extended(w, r) })
	}
}

// extended is what is told besides when extensions=true: how far it is in words of our own and of CitySDK's.
func (c *call) extended(w *writer, r *public.Case) {
	w.text("detailed_status", citySDK[r.Stage])
	w.text("stage", string(r.Stage))
	w.text("case_number", caseNumber(r))
	w.flag("late", r.LateAt(c.now))
	w.list("categories", func() {
		for _, code := range r.Categories {
			w.text("category", code)
		}
	})
}

// citySDK are the states that CitySDK Participation added to GeoReport, which several clients know.
var citySDK = map[public.Stage]string{
	public.Received: "RECEIVED", public.Accepted: "IN_PROCESS", public.Handling: "IN_PROCESS", public.Answered: "PROCESSED",
	public.Merged: "PROCESSED", public.Closed: "ARCHIVED", public.Refused: "REJECTED", public.Withdrawn: "ARCHIVED",
}

func caseNumber(r *public.Case) string {
	if r.Number == r.Report {
		return ""
	}
	return r.Number
}

func statusOf(r *public.Case) string {
	if r.Stage.Open() {
		return statusOpen
	}
	return statusClosed
}

// serviceOf is the service that a case belongs to: its main kind of pollution.
func serviceOf(r *public.Case) string {
	if len(r.Categories) == 0 {
		return category.Other
	}
	return r.Categories[0]
}

// requestedAt is the day of a report and never its hour, which would lead to whoever was there.
func requestedAt(r *public.Case, zone *time.Location) time.Time { return dayOf(r.Opened, zone) }

// updatedAt is when a case last changed: for one that is over, when that was; for one that nothing happened to, its day.
func updatedAt(r *public.Case, zone *time.Location) time.Time {
	if at, ok := r.Moved(); ok {
		return at
	}
	return dayOf(r.Opened, zone)
}

func dayOf(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// address names a cell and what it lies in.
func (c *call) address(code string) string {
	var names []string
	for _, cell := range c.d.Tree.Path(cellCode(code)) {
		if cell.Parent != "" {
			names = append([]string{cell.Name}, names...)
		}
	}
	return strings.Join(append(names, texts.Names(c.d.Rules.Names).In(c.lang)), ", ")
}
