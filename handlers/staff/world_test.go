package staff_test

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/staff"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

var limits = staff.Limits{Link: 5 * time.Minute, Idle: 15 * time.Minute, Longest: 8 * time.Hour}

// desk is the chat's desk as far as the page asks it: it lets every link in once, and keeps what it is asked to do.
type desk struct {
	used   map[string]bool
	keep   time.Duration
	over   map[grid.PersonID]bool // who has no appointment any more
	lang   texts.Lang
	deeds  []handlers.PageDeed
	answer handlers.PageAnswer
	fails  error
}

func (d *desk) in(who grid.PersonID) error {
	if d.over[who] {
		return grid.Fail(grid.Forbidden, "error.page.over")
	}
	return nil
}

func (d *desk) OpenPage(_ context.Context, who grid.PersonID, once string, keep time.Duration) error {
	if d.used[once] {
		return grid.Fail(grid.Conflict, "error.page.used")
	}
	d.used[once], d.keep = true, keep
	return d.in(who)
}

func (d *desk) Desktop(_ context.Context, who grid.PersonID, _ string, _ int) (handlers.Desktop, error) {
	return handlers.Desktop{Officer: "officer " + string(who), Lang: d.lang}, d.in(who)
}

func (d *desk) Act(_ context.Context, who grid.PersonID, deed handlers.PageDeed) (handlers.PageAnswer, error) {
	if err := d.in(who); err != nil {
		return handlers.PageAnswer{}, err
	}
	d.deeds = append(d.deeds, deed)
	return d.answer, d.fails
}

func (d *desk) PageMap(_ context.Context, who grid.PersonID) ([]byte, error) {
	return []byte("map"), d.in(who)
}

// evidence has every picture and file.
type evidence struct{}

func (evidence) Show(context.Context, string) ([]byte, error)   { return []byte("picture"), nil }
func (evidence) Parcel(context.Context, string) ([]byte, error) { return []byte("<html>file"), nil }

// world is a staff page with its desk and a clock that the test moves.
type world struct {
	t    *testing.T
	now  time.Time
	desk *desk
	site *staff.Site
}

func begin(t *testing.T, change ...func(*staff.Options)) *world {
	t.Helper()
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, now: time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)}
	w.desk = &desk{used: make(map[string]bool), over: make(map[grid.PersonID]bool), lang: texts.Chinese}
	o := staff.Options{
		Desk: w.desk, Evidence: evidence{}, Words: words, Clock: func() time.Time { return w.now }, Secret: []byte("0123456789abcdef0123456789abcdef"),
		Base: "https://hb.example.cn", Limits: func() staff.Limits { return limits },
	}
	for _, f := range change {
		f(&o)
	}
	if w.site, err = staff.New(o); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) after(d time.Duration) *world {
	w.now = w.now.Add(d)
	return w
}

// link is the path of a link for somebody.
func (w *world) link(who grid.PersonID) string {
	w.t.Helper()
	link, _, ok := w.site.Link(who, w.now)
	if !ok {
		w.t.Fatal("no link")
	}
	u, err := url.Parse(link)
	if err != nil {
		w.t.Fatal(err)
	}
	return u.Path
}

func (w *world) does(r *http.Request, cookie *http.Cookie) *httptest.ResponseRecorder {
	if cookie != nil {
		r.AddCookie(cookie)
	}
	rec := httptest.NewRecorder()
	w.site.ServeHTTP(rec, r)
	return rec
}

func (w *world) gets(path string, cookie *http.Cookie) *httptest.ResponseRecorder {
	return w.does(httptest.NewRequest(http.MethodGet, path, http.NoBody), cookie)
}

// posts sends a form as a browser does from a page of the site.
func (w *world) posts(path string, form url.Values, cookie *http.Cookie) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return w.does(r, cookie)
}

// enters opens a link and gives the session's cookie and its token.
func (w *world) enters(who grid.PersonID) (cookie *http.Cookie, token string) {
	w.t.Helper()
	got := w.posts(w.link(who), nil, nil)
	set := cookies(got)
	if got.Code != http.StatusSeeOther || len(set) != 1 {
		w.t.Fatalf("not let in: %d", got.Code)
	}
	cookie = set[0]
	m := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(w.gets("/staff/", cookie).Body.String())
	if m == nil {
		w.t.Fatal("no token")
	}
	return cookie, html.UnescapeString(m[1])
}

// cookies are those that an answer sets.
func cookies(r *httptest.ResponseRecorder) []*http.Cookie {
	res := r.Result()
	defer func() { _ = res.Body.Close() }()
	return res.Cookies()
}

// isOpen tells whether the cookie still opens the page.
func (w *world) isOpen(cookie *http.Cookie) bool {
	return w.gets("/staff/", cookie).Code == http.StatusOK
}

// shows makes the desk answer with a picture and a file.
func (w *world) shows(picture, file string) {
	w.desk.answer = handlers.PageAnswer{Said: []ledger.Message{{Text: "here", Photos: []string{picture}, Document: &ledger.Document{Name: "a.html", SHA256: file}}}}
}
