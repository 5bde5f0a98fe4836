package staff_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/handlers/staff"
)

// Sessions: what keeps one open, what ends it, and at which moment.
func TestSessions(t *testing.T) {
	const instant = time.Nanosecond
	for name, c := range map[string]struct {
		meanwhile func(w *world, cookie *http.Cookie, token string)
		open      bool
	}{
		"at once":                  {open: true, meanwhile: func(*world, *http.Cookie, string) {}},
		"idle for just as long":    {open: true, meanwhile: func(w *world, _ *http.Cookie, _ string) { w.after(limits.Idle) }},
		"idle for an instant more": {meanwhile: func(w *world, _ *http.Cookie, _ string) { w.after(limits.Idle + instant) }},
		"at work for its longest": {open: true, meanwhile: func(w *world, cookie *http.Cookie, _ string) {
			for end := w.now.Add(limits.Longest); w.now.Before(end); {
				w.after(limits.Idle).isOpen(cookie)
			}
		}},
		"at work for an instant more": {meanwhile: func(w *world, cookie *http.Cookie, _ string) {
			for end := w.now.Add(limits.Longest); w.now.Before(end); {
				w.after(limits.Idle).isOpen(cookie)
			}
			w.after(instant)
		}},
		"opened elsewhere":          {meanwhile: func(w *world, _ *http.Cookie, _ string) { w.enters("p-1") }},
		"opened by another officer": {open: true, meanwhile: func(w *world, _ *http.Cookie, _ string) { w.enters("p-2") }},
		"ended in the chat":         {meanwhile: func(w *world, _ *http.Cookie, _ string) { w.site.End("p-1") }},
		"another's was ended":       {open: true, meanwhile: func(w *world, _ *http.Cookie, _ string) { w.site.End("p-2") }},
		"left by its button": {meanwhile: func(w *world, cookie *http.Cookie, token string) {
			w.posts("/staff/leave", url.Values{"token": {token}}, cookie)
		}},
		"appointment over": {meanwhile: func(w *world, cookie *http.Cookie, _ string) {
			w.desk.over["p-1"] = true
			w.isOpen(cookie)
			delete(w.desk.over, "p-1") // appointed again: needs a new link all the same
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			cookie, token := w.enters("p-1")
			c.meanwhile(w, cookie, token)
			if open := w.isOpen(cookie); open != c.open {
				t.Errorf("open: %v", open)
			}
		})
	}
}

// Who has no session, or one that ended, gets nothing of any page, and a browser is told to forget the cookie.
func TestNothingWithoutASession(t *testing.T) {
	w := begin(t)
	ended, token := w.enters("p-1")
	w.site.End("p-1")
	for name, cookie := range map[string]*http.Cookie{"none": nil, "ended": ended, "guessed": {Name: ended.Name, Value: strings.Repeat("A", 43)}, "empty": {Name: ended.Name}} {
		for _, path := range []string{"/staff/", "/staff/case/abc", "/staff/map", "/staff/map.png", "/staff/picture/aa", "/staff/file/aa"} {
			if got := w.gets(path, cookie); got.Code != http.StatusForbidden || len(cookies(got)) != 1 || cookies(got)[0].MaxAge >= 0 {
				t.Errorf("%s with a cookie that is %s: %d", path, name, got.Code)
			}
		}
		for _, path := range []string{"/staff/act", "/staff/several", "/staff/leave"} {
			if got := w.posts(path, url.Values{"token": {token}, "data": {"c:accept:abc"}}, cookie); got.Code != http.StatusForbidden {
				t.Errorf("%s with a cookie that is %s: %d", path, name, got.Code)
			}
		}
	}
	if len(w.desk.deeds) > 0 {
		t.Errorf("the desk did %v", w.desk.deeds)
	}
}

// The cookie is for this page alone, is not read by scripts, is not sent from other sites, and goes over https only where there is https.
func TestCookie(t *testing.T) {
	for base, secure := range map[string]bool{"https://hb.example.cn": true, "http://10.0.0.7:8081": false} {
		w := begin(t, func(o *staff.Options) { o.Base = base })
		c, _ := w.enters("p-1")
		if c.Secure != secure || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/staff/" || c.Domain != "" || c.MaxAge != int(limits.Longest.Seconds()) {
			t.Errorf("%s: %+v", base, c)
		}
		if len(c.Value) < 40 || strings.Contains(c.Value, "p-1") {
			t.Errorf("a weak secret: %q", c.Value)
		}
		if hsts := w.gets("/staff/", c).Header().Get("Strict-Transport-Security"); (hsts != "") != secure {
			t.Errorf("%s: %q", base, hsts)
		}
	}
}
