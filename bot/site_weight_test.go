package main

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

var nextForm = regexp.MustCompile(`rel="next" href="([^"]+)"`)

// TestSite_LongListsStayLight: whatever a district has gathered in years, no page of the site is heavy in either language, up to the last
// page of every list; and whoever turns them comes to every enterprise, every card and every row of a publication once.
func TestSite_LongListsStayLight(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("left out: the weight of a page has no races")
	}
	t.Parallel()
	b := openBusy(t, 2000)
	weigh := func(path string, content []byte) {
		if n := len(mapForm.ReplaceAll(content, nil)); n > largest {
			t.Errorf("%s weighs %d bytes without its map", path, n)
		}
	}
	for _, x := range pagesAsked(b) {
		w := b.asks(x.request())
		if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			weigh(x.name, w.Body.Bytes())
			if x.form == nil {
				weigh("en "+x.name, b.gets("/en"+x.path).Body.Bytes())
			}
		}
	}
	for _, list := range []struct {
		path, entry string
		want        int
	}{
		{"/enterprises", `<tr><th scope="row"><a href="(/enterprises/QY8\d+)"`, busyEnterprises},
		{"/cards", `<tr><th scope="row"><a href="(/enterprises/QY8\d+)"`, busyCarded},
		{"/publications/cards.2026-Q2", `<tr><th scope="row">(第\d+行)`, busyRows},
		{"/cases", `<a href="(/cases/[A-Z0-9-]+)"`, 2000},
		{"/publications", `<tr><th scope="row"><a href="(/publications/cards\.(?:202[345]-Q\d|2026-Q[123]))"`, 15}, // one is not out yet and stands on every page
	} {
		entries, seen := regexp.MustCompile(list.entry), make(map[string]int)
		for path := list.path; path != ""; {
			page := b.gets(path).Body.Bytes()
			weigh(path, page)
			for _, m := range entries.FindAllSubmatch(page, -1) {
				seen[string(m[1])]++
			}
			path = ""
			if m := nextForm.FindSubmatch(page); m != nil {
				path = html.UnescapeString(string(m[1]))
			}
		}
		for entry, n := range seen {
			if n != 1 {
				t.Errorf("%s: %s is there %d times", list.path, entry, n)
			}
		}
		if len(seen) != list.want {
			t.Errorf("%s: %d entries, want %d", list.path, len(seen), list.want)
		}
	}
}
