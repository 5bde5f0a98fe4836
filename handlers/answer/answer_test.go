package answer_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/handlers/answer"
)

var long = []byte(strings.Repeat("long enough to be worth it ", 100))

func ask(t *testing.T, method string, header map[string]string, serve http.HandlerFunc) (got *httptest.ResponseRecorder, body []byte) {
	t.Helper()
	r := httptest.NewRequest(method, "/", http.NoBody)
	for k, v := range header {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	serve(w, r)
	body = w.Body.Bytes()
	if w.Header().Get("Content-Encoding") == "gzip" && len(body) > 0 {
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if body, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	return w, body
}

func TestWhole(t *testing.T) {
	at := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	whole := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", at.Format(http.TimeFormat))
		answer.Whole(w, r, http.StatusOK, long)
	}
	plain, _ := ask(t, http.MethodGet, nil, whole)
	tag := plain.Header().Get("ETag")
	type header = map[string]string
	for name, c := range map[string]struct {
		header   header
		status   int
		encoding string
	}{
		"plain":                    {nil, http.StatusOK, ""},
		"compressed":               {header{"Accept-Encoding": "br, gzip;q=0.5"}, http.StatusOK, "gzip"},
		"whatever":                 {header{"Accept-Encoding": "*"}, http.StatusOK, "gzip"},
		"ruled out":                {header{"Accept-Encoding": "gzip;q=0"}, http.StatusOK, ""},
		"ruled out of whatever":    {header{"Accept-Encoding": "*, gzip; q=0"}, http.StatusOK, ""},
		"the only one":             {header{"Accept-Encoding": "*;q=0, gzip"}, http.StatusOK, "gzip"},
		"a weight that is none":    {header{"Accept-Encoding": "gzip;q=x"}, http.StatusOK, ""},
		"known":                    {header{"If-None-Match": tag}, http.StatusNotModified, ""},
		"known, strong":            {header{"If-None-Match": `"x", ` + strings.TrimPrefix(tag, "W/")}, http.StatusNotModified, ""},
		"known and compressed":     {header{"If-None-Match": tag, "Accept-Encoding": "gzip"}, http.StatusNotModified, ""},
		"any":                      {header{"If-None-Match": "*"}, http.StatusNotModified, ""},
		"an older one":             {header{"If-None-Match": `W/"other"`}, http.StatusOK, ""},
		"as of then":               {header{"If-Modified-Since": at.Format(http.TimeFormat)}, http.StatusNotModified, ""},
		"as of before":             {header{"If-Modified-Since": at.Add(-time.Second).Format(http.TimeFormat)}, http.StatusOK, ""},
		"the tag goes by the date": {header{"If-None-Match": `"other"`, "If-Modified-Since": at.Format(http.TimeFormat)}, http.StatusOK, ""},
	} {
		got, body := ask(t, http.MethodGet, c.header, whole)
		if got.Code != c.status || got.Header().Get("Content-Encoding") != c.encoding {
			t.Errorf("%s: %d, encoding %q", name, got.Code, got.Header().Get("Content-Encoding"))
		}
		if want := map[bool]int{true: len(long)}[c.status == http.StatusOK]; len(body) != want {
			t.Errorf("%s: %d bytes", name, len(body))
		}
		if got.Header().Get("ETag") != tag || got.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %v", name, got.Header())
		}
	}
	if got, body := ask(t, http.MethodHead, nil, whole); got.Code != http.StatusOK || len(body) > 0 || got.Header().Get("Content-Length") != "2700" {
		t.Errorf("only its head: %d, %d bytes, %v", got.Code, len(body), got.Header())
	}
}

// What must not be kept, what was posted and what went wrong carry no tag.
func TestWholeWithoutATag(t *testing.T) {
	for name, c := range map[string]struct {
		method, cache string
		status        int
	}{
		"private": {http.MethodGet, "no-store", http.StatusOK},
		"posted":  {http.MethodPost, "", http.StatusOK},
		"wrong":   {http.MethodGet, "", http.StatusNotFound},
	} {
		got, body := ask(t, c.method, map[string]string{"If-None-Match": "*"}, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", c.cache)
			answer.Whole(w, r, c.status, long)
		})
		if got.Code != c.status || got.Header().Get("ETag") != "" || len(body) != len(long) {
			t.Errorf("%s: %d, %d bytes, %v", name, got.Code, len(body), got.Header())
		}
	}
}

func TestStream(t *testing.T) {
	for encoding, want := range map[string]string{"": "", "gzip": "gzip"} {
		got, body := ask(t, http.MethodGet, map[string]string{"Accept-Encoding": encoding}, func(w http.ResponseWriter, r *http.Request) {
			answer.Stream(w, r, func(out io.Writer) error {
				_, err := io.WriteString(out, "one after the other")
				return err
			})
		})
		if got.Header().Get("Content-Encoding") != want || string(body) != "one after the other" || got.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %q, %v", encoding, body, got.Header())
		}
	}
}
