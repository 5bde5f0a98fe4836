package georeport

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/public"
)

// query is what GET requests asks for.
type query struct {
	ids        []string
	codes      []string
	status     []string
	from, to   time.Time // of requested_datetime, both included; zero: no bound
	after      time.Time // of updated_datetime, included
	before     time.Time // the same
	at         *geo.Point
	radius     float64 // metres
	page, size int
	extensions bool
}

// most is how many things one parameter may list; more would make addresses longer than proxies let through.
const most = 500

// readQuery reads the parameters of GET requests. What is empty counts as not given, as the specification says.
func readQuery(v url.Values, r Rules, now time.Time) (query, []fault) {
	p := &params{v: v}
	q := query{
		ids: p.several("service_request_id"), codes: p.several("service_code"), status: p.several("status"),
		from: p.moment("start_date"), to: p.moment("end_date"), after: p.moment("updated_after"), before: p.moment("updated_before"),
		page: p.count("page", 1), size: p.count("page_size", r.Page), extensions: v.Get("extensions") == "true",
	}
	q.size = min(q.size, r.Page)
	for _, s := range q.status {
		if s != statusOpen && s != statusClosed {
			p.faults = append(p.faults, wrong("status", "open, closed"))
		}
	}
	p.circle(&q)
	if len(q.ids) == 0 {
		p.window(&q, r.Window, now)
	}
	return q, p.faults
}

// params reads parameters and gathers what is wrong with them.
type params struct {
	v      url.Values
	faults []fault
}

// several reads a list: declared more than once, with commas, or both.
func (p *params) several(name string) []string {
	var out []string
	for _, all := range p.v[name] {
		for one := range strings.SplitSeq(all, ",") {
			if one = strings.TrimSpace(one); one != "" && !slices.Contains(out, one) {
				out = append(out, one)
			}
			if len(out) > most {
				p.faults = append(p.faults, wrong(name, "1-"+strconv.Itoa(most)))
				return nil
			}
		}
	}
	return out
}

func (p *params) moment(name string) time.Time {
	s := strings.TrimSpace(p.v.Get(name))
	if s == "" {
		return time.Time{}
	}
	t, err := parseMoment(s)
	if err != nil {
		p.faults = append(p.faults, wrong(name, "2006-01-02T15:04:05+08:00"))
	}
	return t
}

func (p *params) count(name string, otherwise int) int {
	s := strings.TrimSpace(p.v.Get(name))
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1_000_000 {
		p.faults = append(p.faults, wrong(name, "1, 2, 3\u2026"))
		return otherwise
	}
	return n
}

// number reads a finite number; ParseFloat would take NaN and Inf, too.
func (p *params) number(name string) (float64, bool) {
	s := strings.TrimSpace(p.v.Get(name))
	if s == "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n != n || n > 1e9 || n < -1e9 {
		p.faults = append(p.faults, wrong(name, "0.0"))
		return 0, false
	}
	return n, true
}

// point reads lat and long, which belong together; nil when neither is given or one of them is wrong.
func (p *params) point() *geo.Point {
	before := len(p.faults)
	lat, hasLat := p.number("lat")
	long, hasLong := p.number("long")
	switch {
	case len(p.faults) > before || !hasLat && !hasLong:
		return nil
	case !hasLat:
		p.faults = append(p.faults, missing("lat"))
		return nil
	case !hasLong:
		p.faults = append(p.faults, missing("long"))
		return nil
	}
	at := geo.Point{Lon: long, Lat: lat}
	if at.Valid() != nil {
		p.faults = append(p.faults, wrong("lat, long", "-90\u202690, -180\u2026180"))
		return nil
	}
	return &at
}

// circle reads lat, long and radius, which only mean something together.
func (p *params) circle(q *query) {
	q.at = p.point()
	radius, given := p.number("radius")
	switch {
	case q.at == nil && given && p.v.Get("lat") == "" && p.v.Get("long") == "":
		p.faults = append(p.faults, missing("lat, long"))
	case q.at != nil && !given && p.v.Get("radius") == "":
		p.faults = append(p.faults, missing("radius"))
	case given && radius <= 0:
		p.faults = append(p.faults, wrong("radius", "> 0 m"))
	}
	q.radius = radius
}

// window bounds the time of registration: one bound draws the other after it, none means the days up to now, and both may
// not be farther apart than the window. Who asks for what changed asks for that, whenever it was registered.
func (p *params) window(q *query, days int, now time.Time) {
	span := time.Duration(days) * 24 * time.Hour
	switch {
	case !q.from.IsZero() && !q.to.IsZero():
		if q.to.Before(q.from) {
			p.faults = append(p.faults, wrong("end_date", ">= start_date"))
		}
		if q.to.Sub(q.from) > span+time.Hour { // clocks that are put forward
			p.faults = append(p.faults, wrong("start_date, end_date", "<= "+strconv.Itoa(days)+" d"))
		}
	case !q.from.IsZero():
		q.to = q.from.Add(span)
	case !q.to.IsZero():
		q.from = q.to.Add(-span)
	case q.after.IsZero() && q.before.IsZero():
		q.from = now.Add(-span)
	}
}

// holds tells whether a case is among what was asked for, by what is told of it.
func (q *query) holds(c *public.Case, zone *time.Location) bool {
	if len(q.codes) > 0 && !slices.Contains(q.codes, serviceOf(c)) ||
		len(q.status) > 0 && !slices.Contains(q.status, statusOf(c)) {
		return false
	}
	if !requestedIn(c, q.from, q.to, zone) || (!q.after.IsZero() || !q.before.IsZero()) && !changedIn(c, q.after, q.before, zone) {
		return false
	}
	return q.at == nil || c.Point != nil && geo.Distance(*q.at, *c.Point) <= q.radius
}

// What is told by its day alone lies in a span of time when the span touches the day: whoever asks again and again for what came since
// they last asked misses nothing, and however narrow the span is, no more than the day can be found out. What is told by its moment lies
// in it when the moment does, or came so shortly before it that it could not be seen yet.

// requestedIn tells whether the day of a report and a span touch.
func requestedIn(c *public.Case, from, to time.Time, zone *time.Location) bool {
	const day = 25 * time.Hour // the longest
	if (from.IsZero() || c.Opened.Sub(from) > day) && (to.IsZero() || !c.Opened.After(to)) {
		return true // most reports are so far from both that their day need not be worked out
	}
	return touches(requestedAt(c, zone), from, to, zone)
}

// changedIn tells whether something happened in a span, as far as moments and days are told.
func changedIn(c *public.Case, after, before time.Time, zone *time.Location) bool {
	for _, at := range []time.Time{updatedAt(c, zone), c.Updated.Truncate(time.Second), c.Told} {
		if happenedIn(at, after, before, zone) {
			return true
		}
	}
	return false
}

// happenedIn tells whether something that is told as happening at a moment, or on the day that begins then, happened in a span.
func happenedIn(at, after, before time.Time, zone *time.Location) bool {
	if at.IsZero() {
		return false
	}
	after = sinceSeen(after)
	if at.Equal(dayOf(at, zone)) {
		return touches(at, after, before, zone)
	}
	return inside(at, after, before)
}

// unseen is how long it may take until what happened can be seen by whoever asks.
const unseen = time.Minute

// sinceSeen is from when on something may have happened that could not be seen at a moment.
func sinceSeen(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(-unseen)
}

// touches tells whether a day and the span from <= t <= to touch.
func touches(day, from, to time.Time, zone *time.Location) bool {
	if !from.IsZero() {
		from = dayOf(from, zone)
	}
	return inside(day, from, to)
}

// inside tells whether from <= t <= to, where a bound that is zero is none.
func inside(t, from, to time.Time) bool {
	return (from.IsZero() || !t.Before(from)) && (to.IsZero() || !t.After(to))
}
