package georeport

import (
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/handlers/answer"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// call is one request that is being answered.
type call struct {
	s      *Server
	w      http.ResponseWriter
	r      *http.Request
	now    time.Time
	cases  Cases
	d      District
	lang   texts.Lang
	id     string // the last part of the address without the format
	format string
	q      url.Values
	client string  // whose key was admitted
	photos []Photo // that came with a form, in that order
}

// serve answers what comes in under a route.
func (s *Server) serve(r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		c := &call{s: s, w: w, r: req, now: s.Clock(), d: s.District(), q: req.URL.Query()}
		c.id, c.format = split(req.PathValue("file"), r.formats)
		c.lang = s.Texts.Match(c.q.Get("locale"))
		c.guard()
		switch {
		case req.Method == http.MethodOptions:
			c.options(r)
		case !r.allows(req.Method):
			c.notAllowed(strings.Join(append(r.methods, http.MethodOptions), ", "))
		case c.otherJurisdiction(c.q.Get("jurisdiction_id")):
			c.fail(unknown("jurisdiction_id", c.q.Get("jurisdiction_id")))
		case !c.open(): //nolint:contextcheck // the request carries it
		default:
			r.do(c)
		}
	})
}

func (r route) allows(method string) bool {
	return slices.Contains(r.methods, method)
}

// guard sets what every answer carries: browsers take it for nothing but the data that it is. Anybody's page may read what
// everybody may know; nothing here depends on who asks.
func (c *call) guard() {
	h := c.header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if c.r.Method != http.MethodPost {
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "Link, X-Total-Count, ETag")
	}
}

// options answers a browser that asks whether a page of somebody else's may read here.
func (c *call) options(r route) {
	h := c.header()
	h.Set("Allow", strings.Join(append(r.methods, http.MethodOptions), ", "))
	h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
	h.Set("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since")
	h.Set("Access-Control-Max-Age", "86400")
	c.w.WriteHeader(http.StatusNoContent)
}

// open gets the cases as they stand, or answers that it cannot.
func (c *call) open() bool {
	var err error
	if c.cases, err = c.s.Cases(c.r.Context()); err != nil {
		c.ours("cases not read", err)
		return false
	}
	return true
}

// ours answers that something failed here, and logs what.
func (c *call) ours(what string, err error) {
	c.s.Log.ErrorContext(c.r.Context(), "open data not served", slog.String("what", what), slog.Any("error", err))
	c.fail(fault{http.StatusInternalServerError, "georeport.error.ours", nil})
}

func (c *call) header() http.Header { return c.w.Header() }

// otherJurisdiction tells whether a jurisdiction was named that is not ours. None at all is ours: there is one here.
func (c *call) otherJurisdiction(id string) bool { return id != "" && id != c.d.Rules.Jurisdiction }

// say is a sentence of the catalogue as plain text.
func (c *call) say(key string, args map[string]any) string {
	return c.s.Texts.Plain(c.lang, key, texts.Args(args))
}

// json tells whether JSON is wanted; an address without a format follows the Accept header, else it is XML.
func (c *call) json() bool {
	if c.format == "" {
		return strings.Contains(c.r.Header.Get("Accept"), "json")
	}
	return c.format == "json" || c.format == "geojson"
}

// writer begins an answer in the format that is wanted.
func (c *call) writer() *writer {
	w := &writer{xml: !c.json(), zone: c.d.Rules.Zone, buf: make([]byte, 0, 4096)}
	if w.xml {
		w.buf = append(w.buf, xmlHead...)
	}
	return w
}

// send answers with a body in the format that is wanted.
func (c *call) send(status int, body []byte) {
	if c.json() {
		c.sendAs(status, "application/json; charset=utf-8", body)
		return
	}
	c.sendAs(status, "text/xml; charset=utf-8", body)
}

// sendAs answers. A good answer carries a tag made of its content, and is not sent again to whoever has it.
func (c *call) sendAs(status int, kind string, body []byte) {
	h := c.header()
	h.Set("Content-Type", kind)
	if c.format == "" {
		h.Add("Vary", "Accept")
	}
	if status == http.StatusOK && c.r.Method != http.MethodPost {
		c.kept()
	}
	answer.Whole(c.w, c.r, status, body)
}

// base is the public address of the site.
func (c *call) base() string {
	if c.s.Base != "" {
		return c.s.Base
	}
	scheme := "http://"
	if c.r.TLS != nil {
		scheme = "https://"
	}
	return scheme + c.r.Host
}
