package browsertest

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Ensure that larger letters and zoom reach the page, and that words which cannot be read are found, those that can be scrolled to not.
func TestWhole(t *testing.T) {
	pages := map[string]string{
		"/good":    `<p>words</p><div style="overflow-x:auto"><p style="width:3000px">a wide table</p></div>`,
		"/outside": `<p style="margin-left:2000px">words</p>`,
		"/cut":     `<p style="width:3rem;overflow:hidden;white-space:nowrap">very many words</p>`,
		"/upon":    `<p style="height:0;margin:0">below</p><p style="margin:0">above</p>`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`<!doctype html><html lang="en"><title>Page</title><body style="margin:0">` + pages[r.URL.Path]))
	}))
	defer server.Close()
	tab := Open(t, server.URL, 1280, 900, time.Minute)
	for path := range pages {
		tab.Go(path)
		if found := Tell[[]string](tab, cutOff); (len(found) == 0) != (path == "/good") {
			t.Errorf("%s: found %q", path, found)
		}
	}
	tab.Zoom(1280, 900, 2)
	if w := Tell[float64](tab, `window.innerWidth * window.devicePixelRatio`); w != 1280 {
		t.Errorf("the window is %v pixels wide", w)
	}
	tab.Go("/good")
	tab.Letters(2)
	tab.Shot("letters")
	if size := Tell[string](tab, `getComputedStyle(document.body).fontSize`); size != "32px" {
		t.Errorf("a picture of large letters has letters of %s", size)
	}
}
