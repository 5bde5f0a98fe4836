package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAnswer(t *testing.T) {
	body := []byte(strings.Repeat("long enough to be worth it ", 100))
	ask := func(header map[string]string) (int, http.Header) {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		for k, v := range header {
			r.Header.Set(k, v)
		}
		w := httptest.NewRecorder()
		answer(w, r, http.StatusOK, body)
		return w.Code, w.Header()
	}
	_, plain := ask(nil)
	tag := plain.Get("ETag")
	for name, c := range map[string]struct {
		header   map[string]string
		status   int
		encoding string
	}{
		"plain":            {nil, http.StatusOK, ""},
		"compressed":       {map[string]string{"Accept-Encoding": "br, gzip;q=0.5"}, http.StatusOK, "gzip"},
		"ruled out":        {map[string]string{"Accept-Encoding": "gzip;q=0"}, http.StatusOK, ""},
		"known":            {map[string]string{"If-None-Match": tag}, http.StatusNotModified, ""},
		"known, strong":    {map[string]string{"If-None-Match": `"x", ` + strings.TrimPrefix(tag, "W/")}, http.StatusNotModified, ""},
		"any":              {map[string]string{"If-None-Match": "*"}, http.StatusNotModified, ""},
		"known, but older": {map[string]string{"If-None-Match": `W/"other"`}, http.StatusOK, ""},
	} {
		if status, got := ask(c.header); status != c.status || got.Get("Content-Encoding") != c.encoding {
			t.Errorf("%s: %d, encoding %q", name, status, got.Get("Content-Encoding"))
		}
	}
}

func TestBare(t *testing.T) {
	for path, want := range map[string]string{
		"/": "/", "/cases": "/cases", "/en": "/", "/en/": "/", "/en/cases/1": "/cases/1", "/entry": "/entry",
	} {
		if got := bare(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
