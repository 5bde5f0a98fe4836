package staff_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// part is a field of a form with files.
type part struct{ name, file, data string }

// withFiles is a form with files, its parts in that order.
func withFiles(t *testing.T, parts ...part) *http.Request {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for _, p := range parts {
		field, err := form.CreateFormField(p.name)
		if p.file != "" {
			field, err = form.CreateFormFile(p.name, p.file)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := field.Write([]byte(p.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/staff/act", &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

// Forms are taken from a page of the very session only: each carries its token, and no other site sent it.
func TestForgedForms(t *testing.T) {
	w := begin(t)
	cookie, token := w.enters("p-1")
	_, others := w.enters("p-2")
	form := func(path string, fields url.Values, headers ...string) *http.Request {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(fields.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		return r
	}
	right, accept := url.Values{"token": {token}, "data": {"c:accept:abc"}}, url.Values{"data": {"c:accept:abc"}}
	for name, r := range map[string]*http.Request{
		"no token":                  form("/staff/act", accept),
		"an empty token":            form("/staff/act", url.Values{"token": {""}, "data": {"c:accept:abc"}}),
		"a wrong token":             form("/staff/act", url.Values{"token": {token[1:] + "A"}, "data": {"c:accept:abc"}}),
		"the token of another":      form("/staff/act", url.Values{"token": {others}, "data": {"c:accept:abc"}}),
		"the token in the address":  form("/staff/act?token="+token, accept),
		"the cookie as token":       form("/staff/act", url.Values{"token": {cookie.Value}, "data": {"c:accept:abc"}}),
		"several, no token":         form("/staff/several", url.Values{"verb": {"accept"}, "case": {"abc"}}),
		"leaving, no token":         form("/staff/leave", nil),
		"from another site":         form("/staff/act", right, "Sec-Fetch-Site", "cross-site"),
		"from a sibling site":       form("/staff/act", right, "Sec-Fetch-Site", "same-site"),
		"from another origin":       form("/staff/act", right, "Origin", "https://evil.example"),
		"files, no token":           withFiles(t, part{name: "words", data: "hello"}),
		"files, a wrong token":      withFiles(t, part{name: "token", data: others}, part{name: "words", data: "hello"}),
		"files before the token":    withFiles(t, part{name: "files", file: "a.jpg", data: "x"}, part{name: "token", data: token}),
		"a form with files, broken": form("/staff/act", right, "Content-Type", "multipart/form-data"),
	} {
		if got := w.does(r, cookie); got.Code != http.StatusForbidden {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
	if len(w.desk.deeds) > 0 || !w.isOpen(cookie) {
		t.Fatalf("something was done: %v", w.desk.deeds)
	}
	for name, r := range map[string]*http.Request{"the address": httptest.NewRequest(http.MethodGet, "/staff/act?"+right.Encode(), http.NoBody), "a look": httptest.NewRequest(http.MethodGet, "/staff/leave", http.NoBody)} {
		if got := w.does(r, cookie); got.Code != http.StatusMethodNotAllowed {
			t.Errorf("done by %s: %d", name, got.Code)
		}
	}
	w.does(form("/staff/act", right, "Sec-Fetch-Site", "same-origin", "Origin", "https://hb.example.cn"), cookie)
	w.does(withFiles(t, part{name: "token", data: token}, part{name: "words", data: "hello"}, part{name: "files", file: "a.jpg", data: "x"}, part{name: "files", file: "empty.jpg"}), cookie)
	if n := len(w.desk.deeds); n != 2 || w.desk.deeds[0].Data != "c:accept:abc" || w.desk.deeds[1].Words != "hello" || len(w.desk.deeds[1].Files) != 1 || w.desk.deeds[1].Files[0].Name != "a.jpg" {
		t.Errorf("the session's own forms: %+v", w.desk.deeds)
	}
}

// Whatever is answered, a browser keeps none of it, runs nothing of it and shows it in no frame.
func TestHeaders(t *testing.T) {
	w := begin(t)
	cookie, token := w.enters("p-1")
	for name, got := range map[string]*httptest.ResponseRecorder{
		"a link":         w.gets(w.link("p-2"), nil),
		"no link":        w.gets("/staff/open/AAAA", nil),
		"let in":         w.posts(w.link("p-3"), nil, nil),
		"the list":       w.gets("/staff/", cookie),
		"the map":        w.gets("/staff/map.png", cookie),
		"no session":     w.gets("/staff/", nil),
		"a forged form":  w.posts("/staff/act", nil, cookie),
		"no such page":   w.gets("/staff/nothing", cookie),
		"no such case":   w.gets("/staff/case/..%2F", cookie),
		"what was done":  w.posts("/staff/act", url.Values{"token": {token}, "words": {"/my"}}, cookie),
		"a wrong choice": w.posts("/staff/several", url.Values{"token": {token}, "verb": {"close"}, "case": {"abc"}}, cookie),
		"left":           w.posts("/staff/leave", url.Values{"token": {token}}, cookie),
	} {
		h := got.Header()
		for header, want := range map[string]string{
			"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin", "X-Robots-Tag": "noindex", "Strict-Transport-Security": "max-age=31536000",
		} {
			if h.Get(header) != want {
				t.Errorf("%s: %s is %q", name, header, h.Get(header))
			}
		}
		policy := h.Get("Content-Security-Policy")
		for _, rule := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(policy, rule) {
				t.Errorf("%s: the policy %q lacks %s", name, policy, rule)
			}
		}
		if strings.Contains(policy, "script") || strings.Contains(policy, "unsafe") || strings.Contains(got.Body.String(), "<script") {
			t.Errorf("%s lets a script run: %q", name, policy)
		}
	}
}

// Pictures and files are for the session that was shown them, as long as its officer is in office.
func TestWhatWasShown(t *testing.T) {
	w := begin(t)
	li, token := w.enters("p-1")
	ma, _ := w.enters("p-2")
	const picture, file = "aa11", "bb22"
	w.shows(picture, file)
	status := func(path string, cookie *http.Cookie) int { return w.gets(path, cookie).Code }
	for _, path := range []string{"/staff/picture/" + picture, "/staff/file/" + file} {
		if got := status(path, li); got != http.StatusNotFound {
			t.Errorf("%s before it was shown: %d", path, got)
		}
	}
	w.posts("/staff/act", url.Values{"token": {token}, "words": {"/my"}}, li)
	for path, want := range map[string]int{
		"/staff/picture/" + picture: http.StatusOK, "/staff/file/" + file: http.StatusOK,
		"/staff/picture/" + file: http.StatusNotFound, "/staff/file/" + picture: http.StatusNotFound, "/staff/picture/cc33": http.StatusNotFound,
	} {
		if got := status(path, li); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
		if got := status(path, ma); got != http.StatusNotFound {
			t.Errorf("%s for somebody else: %d", path, got)
		}
	}
	got := w.gets("/staff/file/"+file+"?name=a.html", li).Header()
	if got.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(got.Get("Content-Disposition"), "attachment") {
		t.Errorf("a file is shown instead of kept: %v", got)
	}
	for _, path := range []string{"/staff/picture/" + picture, "/staff/file/" + file} {
		w := begin(t)
		cookie, token := w.enters("p-1")
		w.shows(picture, file)
		w.posts("/staff/act", url.Values{"token": {token}, "words": {"/my"}}, cookie)
		w.desk.over["p-1"] = true
		if got := w.gets(path, cookie); got.Code != http.StatusForbidden {
			t.Errorf("%s for who left the office: %d", path, got.Code)
		}
	}
}

// Only what needs no words is done to several cases, to so many at most, and what is no case is left out.
func TestSeveralAtOnce(t *testing.T) {
	many := strings.Split(strings.Repeat("abc ", 51), " ")[:51]
	for name, c := range map[string]struct {
		verb  string
		cases []string
		deeds int
		want  int
	}{
		"accepting two":     {"accept", []string{"abc", "def"}, 2, http.StatusOK},
		"closing":           {"close", []string{"abc"}, 0, http.StatusUnprocessableEntity},
		"a made-up verb":    {"accept:abc:", []string{"abc"}, 0, http.StatusUnprocessableEntity},
		"nothing":           {"take", nil, 0, http.StatusUnprocessableEntity},
		"too many":          {"take", many, 0, http.StatusUnprocessableEntity},
		"as many as may be": {"take", many[:50], 50, http.StatusOK},
		"what is no case":   {"take", []string{"abc", "../x", "A:B", ""}, 1, http.StatusOK},
	} {
		w := begin(t)
		cookie, token := w.enters("p-1")
		got := w.posts("/staff/several", url.Values{"token": {token}, "verb": {c.verb}, "case": c.cases}, cookie)
		if got.Code != c.want || len(w.desk.deeds) != c.deeds {
			t.Errorf("%s: %d, %d done", name, got.Code, len(w.desk.deeds))
		}
	}
}

// What went wrong is said in the officer's language, and nothing of what only a log may hold.
func TestWhatWentWrongIsSaid(t *testing.T) {
	for lang, want := range map[texts.Lang]struct{ choose, failed string }{
		texts.Chinese: {"请先选案件", "系统出了问题"}, texts.English: {"Please choose cases first", "Something went wrong"},
	} {
		w := begin(t)
		w.desk.lang = lang
		cookie, token := w.enters("p-1")
		got := w.posts("/staff/several", url.Values{"token": {token}, "verb": {"close"}, "case": {"abc"}}, cookie)
		if page := got.Body.String(); got.Code != http.StatusUnprocessableEntity || !strings.Contains(page, want.choose) || !strings.Contains(page, "officer p-1") {
			t.Errorf("in %s, %d: %s", lang, got.Code, page)
		}
		w.desk.fails = grid.Fail(grid.Internal, "redis at 10.0.0.3 is down")
		got = w.posts("/staff/act", url.Values{"token": {token}, "words": {"hello"}}, cookie)
		if page := got.Body.String(); got.Code != http.StatusInternalServerError || !strings.Contains(page, want.failed) || strings.Contains(page, "10.0.0.3") {
			t.Errorf("in %s, %d: %s", lang, got.Code, page)
		}
	}
}
