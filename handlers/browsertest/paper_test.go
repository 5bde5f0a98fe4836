package browsertest

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Ensure that what does not belong on paper, or does not fit on it, is found.
func TestPrints(t *testing.T) {
	pages := map[string]string{
		"/good":    `<style>@media print{nav{display:none}}</style><nav>menu</nav><p>words</p>`,
		"/menu":    `<nav>menu</nav><p>words</p>`,
		"/scrolls": `<div style="overflow-x:auto"><p style="width:3000px">a wide table</p></div>`,
		"/outside": `<p style="width:900px">words</p>`,
		"/nothing": `<style>@media print{p{display:none}}</style><p>words</p>`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`<!doctype html><html lang="en"><title>Page</title><body style="margin:0">` + pages[r.URL.Path]))
	}))
	defer server.Close()
	for path := range pages {
		found := &findings{TB: t}
		tab := Open(t, server.URL, 1280, 900, time.Minute)
		tab.Go(path)
		tab.tb = found
		if pdf := tab.Prints(path, "paper", "nav"); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("%s: no PDF", path)
		}
		tab.tb = t
		if (found.n == 0) != (path == "/good") {
			t.Errorf("%s: %d findings", path, found.n)
		}
	}
}

// findings counts errors instead of failing by them.
type findings struct {
	testing.TB
	n int
}

func (f *findings) Errorf(string, ...any) { f.n++ }
