package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
)

// browser asks the public site, as somebody without an account does.
type browser struct {
	w       *world
	address string // of the network
	res     *http.Response
	body    string
}

// browses opens a page of the public site.
func (w *world) browses(path string) *browser {
	w.t.Helper()
	b := &browser{w: w, address: "203.0.113.7:40000"}
	return b.opens(path)
}

func (b *browser) opens(path string) *browser {
	b.w.t.Helper()
	return b.sends(httptest.NewRequest(http.MethodGet, path, http.NoBody))
}

// sends makes any request.
func (b *browser) sends(r *http.Request) *browser {
	b.w.t.Helper()
	r.RemoteAddr = b.address
	rec := httptest.NewRecorder()
	b.w.app.publicSite().ServeHTTP(rec, r)
	b.res = rec.Result()
	raw, err := io.ReadAll(b.res.Body)
	if err != nil {
		b.w.t.Fatal(err)
	}
	b.body = string(raw)
	return b
}

// postForm is a form as a browser sends it; from is what the browser says of the page that it stood on (Sec-Fetch-Site).
func postForm(path string, fields url.Values, from string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", from)
	return r
}

// reads fails the test unless the page was shown and holds the words.
func (b *browser) reads(words ...string) *browser {
	b.w.t.Helper()
	if b.res.StatusCode != http.StatusOK {
		b.w.t.Fatalf("the page answers %s:\n%s", b.res.Status, b.body)
	}
	for _, w := range words {
		if !strings.Contains(b.body, w) {
			b.w.t.Fatalf("the page does not say %q:\n%s", w, b.body)
		}
	}
	return b
}

// readsNot fails the test if the page holds one of the words.
func (b *browser) readsNot(words ...string) {
	b.w.t.Helper()
	for _, w := range words {
		if strings.Contains(b.body, w) {
			b.w.t.Fatalf("the page says %q:\n%s", w, b.body)
		}
	}
}
