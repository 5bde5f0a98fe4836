package georeport

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/handlers/doorway"
)

// file takes in a report: POST requests. Who sends photos has used the key, even if something in the report is wrong: nobody
// makes us read more of them than their key allows.
func (c *call) file() {
	leave, ok := c.enter()
	if !ok {
		return
	}
	defer leave()
	if !c.readForm() {
		return
	}
	if j := c.r.Form.Get("jurisdiction_id"); c.otherJurisdiction(j) {
		c.fail(unknown("jurisdiction_id", j))
		return
	}
	if l := c.r.Form.Get("locale"); l != "" {
		c.lang = c.s.Texts.Match(l)
	}
	report, faults := c.report()
	if len(faults) > 0 {
		c.fail(faults...)
		return
	}
	if !c.admitted() {
		return
	}
	report.Key = c.client
	report.Once = c.once(report)
	receipt, err := c.s.Door.File(c.r.Context(), report)
	leave() // whoever reads the answer slowly keeps nobody out
	if err != nil {
		c.refused(err)
		return
	}
	c.receipt(report, receipt)
}

// enter waits for room for what may bring photos, and gives it its time; it answers itself when there is none. The room is left when
// the report is filed: until then its photos are in memory.
func (c *call) enter() (leave func(), ok bool) {
	leave = func() {}
	if kind, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type")); kind == "multipart/form-data" && !doorway.Light(c.r) {
		var err error
		if leave, err = c.s.Uploads.Enter(c.r.Context(), doorway.Visitor(c.r, c.s.Proxies)); err != nil {
			c.header().Set("Retry-After", "60")
			c.refused(err)
			return nil, false
		}
	}
	return leave, true
}

// hurry gives the sender so long for what is read next.
func (c *call) hurry() bool {
	most := c.s.Uploads.Time()
	if most <= 0 {
		return true
	}
	err := doorway.Hurry(c.w, most)
	if err != nil {
		c.unread(err)
	}
	return err == nil
}

// readForm reads a form of either kind, up to the size that photos may have and in the time that an upload has. It answers itself
// when it cannot.
func (c *call) readForm() bool {
	return c.hurry() && c.readBody() && c.hurry() // once more for what is done with it: the deadline would break that off, too
}

func (c *call) readBody() bool {
	r := c.d.Rules
	kind, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	most := int64(maxWords)
	if kind == "multipart/form-data" {
		most += int64(r.Photos) * r.PhotoSize
	}
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, most)
	switch {
	case err == nil && kind == "application/x-www-form-urlencoded":
		if err = c.r.ParseForm(); err != nil {
			c.unread(err)
		}
		return err == nil
	case err == nil && kind == "multipart/form-data":
		return c.readParts()
	}
	c.fail(wrong("Content-Type", "application/x-www-form-urlencoded, multipart/form-data"))
	return false
}

// unread answers that a form could not be read.
func (c *call) unread(err error) {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		c.fail(c.tooLarge())
		return
	}
	c.fail(fault{http.StatusBadRequest, "georeport.error.form", nil})
}

func (c *call) tooLarge() fault {
	return fault{http.StatusBadRequest, "georeport.error.photos", map[string]any{"n": c.d.Rules.Photos, "size": int(c.d.Rules.PhotoSize >> 20)}}
}

// admitted checks the key and counts its use, once in a call; else it answers.
func (c *call) admitted() bool {
	if c.client != "" {
		return true
	}
	secret := strings.TrimSpace(c.r.Form.Get("api_key"))
	if c.s.Keys == nil || c.s.Door == nil {
		c.fail(fault{http.StatusForbidden, "georeport.error.closed", nil})
		return false
	}
	if secret == "" {
		c.fail(fault{http.StatusForbidden, "georeport.error.no_key", nil})
		return false
	}
	client, err := c.s.Keys.Admit(c.r.Context(), secret, c.now)
	switch grid.CodeOf(err) {
	case "":
		c.client = client
		return true
	case grid.Forbidden:
		c.fail(fault{http.StatusForbidden, "georeport.error.key", nil})
	case grid.Conflict:
		c.fail(fault{http.StatusForbidden, "georeport.error.quota", nil})
	default:
		c.ours("key not checked", err)
	}
	return false
}

// once names what was sent on this day, so that a client that got no answer may send it again. The key is in it: nobody else
// can make it.
func (c *call) once(r Report) string {
	h := sha256.New()
	_, _ = io.WriteString(h, c.now.In(c.d.Rules.Zone).Format(time.DateOnly)+"\x00"+c.r.Form.Encode())
	for _, p := range r.Photos {
		sum := sha256.Sum256(p.Data)
		_, _ = h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// report reads what is reported, and everything that is wrong with it.
func (c *call) report() (Report, []fault) {
	f := c.r.Form
	for name, all := range f {
		if !utf8.ValidString(name + strings.Join(all, "")) {
			return Report{}, []fault{wrong(short(strings.ToValidUTF8(name, "?")), "UTF-8")}
		}
	}
	r := Report{Lang: c.lang, Name: name(f), Phone: short(clean(f.Get("phone"))), Category: strings.TrimSpace(f.Get("service_code"))}
	s, ok := c.category(r.Category)
	switch {
	case r.Category == "":
		return r, []fault{missing("service_code")}
	case !ok:
		return r, []fault{unknown("service_code", r.Category)}
	}
	given, faults := c.answers(s)
	faults = append(faults, c.place(&r)...)
	r.Also = given[alsoCode]
	faults = append(faults, c.told(&r, s, given)...)
	r.Photos, faults = c.photos, append(faults, c.noPictures()...)
	if r.Words == "" && len(r.Photos) == 0 {
		faults = append(faults, missing("description"))
	}
	return r, faults
}

// name is the reporter's, in the order in which names are written here.
func name(f url.Values) string {
	last, first := short(clean(f.Get("last_name"))), short(clean(f.Get("first_name")))
	if last == "" || first == "" || isHan(last) {
		return last + first
	}
	return first + " " + last
}

func isHan(s string) bool { r, _ := utf8.DecodeRuneInString(s); return r >= 0x3400 && r <= 0x9FFF }

// place reads where it is: coordinates, a cell's code, or words. Words go along with the others.
func (c *call) place(r *Report) []fault {
	p := &params{v: c.r.Form}
	r.Point = p.point()
	if r.Place = clean(p.v.Get("address_string")); utf8.RuneCountInString(r.Place) > 500 {
		p.faults = append(p.faults, wrong("address_string", "<= 500"))
	}
	if id := strings.TrimSpace(p.v.Get("address_id")); id != "" {
		cell, ok := c.d.Tree.Cell(cellCode(id))
		if !ok || cell.Kind == grid.UnassignedKind {
			p.faults = append(p.faults, fault{http.StatusBadRequest, "georeport.error.address_id", map[string]any{"value": short(id)}})
		}
		r.Cell = cell.Code
	}
	if len(p.faults) == 0 && r.Point == nil && r.Place == "" && r.Cell == "" {
		p.faults = append(p.faults, fault{http.StatusBadRequest, "georeport.error.place", nil})
	}
	return p.faults
}

// told puts together what is said in words: the description and what was answered. A link to a picture is kept as words:
// nothing is fetched from an address that a stranger names.
func (c *call) told(r *Report, s category.Category, given map[string][]string) []fault {
	var faults []fault
	lines := []string{clean(c.r.Form.Get("description"))}
	for _, a := range c.attributes(s) {
		if v := a.said(given[a.code]); v != "" && a.code != alsoCode {
			lines = append(lines, c.say("georeport.answer."+a.code, map[string]any{"v": v}))
		}
	}
	if link := clean(c.r.Form.Get("media_url")); link != "" {
		u, err := url.Parse(link)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(link) > 500 {
			faults = append(faults, wrong("media_url", "https://\u2026"))
		} else {
			lines = append(lines, c.say("georeport.answer.media", map[string]any{"v": link}))
		}
	}
	r.Words = strings.TrimSpace(strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n"))
	if most := c.d.Rules.Words; utf8.RuneCountInString(r.Words) > most { // and never more than the specification's 4000
		faults = append(faults, wrong("description", "<= "+strconv.Itoa(most)))
	}
	return faults
}

// refused tells why a report was not taken in.
func (c *call) refused(err error) {
	var e *grid.Error
	if errors.As(err, &e) && e.Code != grid.Internal {
		args := make(map[string]any, len(e.Args))
		for k, v := range e.Args {
			args[k] = v
		}
		status := http.StatusBadRequest
		if e.Code == grid.Forbidden {
			status = http.StatusForbidden
		}
		c.fail(fault{status, e.Key, args})
		return
	}
	c.ours("report not filed", err)
}

// receipt answers with the number, or with a token where the service is one of those that are sorted first.
func (c *call) receipt(r Report, got Receipt) {
	w := c.writer()
	notice, later := "georeport.notice", c.typeOf(r.Category) == batch
	if later {
		notice = "georeport.notice_later"
	}
	w.list("service_requests", func() {
		w.object("request", func() {
			if later {
				w.text("token", got.Token)
			} else {
				w.text("service_request_id", got.Number)
			}
			w.text("service_notice", c.say(notice, map[string]any{"number": got.Number}))
			w.text("account_id", "")
		})
	})
	c.header().Set("Cache-Control", "no-store")
	c.send(http.StatusOK, w.buf)
}

// clean takes out what is no text: control characters but line breaks, and characters of private use, which have a meaning
// inside the program.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r >= 0xE000 && r <= 0xF8FF, r == 0x200B, r == 0xFEFF, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x7F || r < 0x20 && r != '\n' && r != '\t', !legal(r):
			return -1
		}
		return r
	}, s))
}

func cellCode(s string) grid.CellCode { return grid.CellCode(s) }
