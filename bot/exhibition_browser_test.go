package main

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/handlers/browsertest"
	"github.com/gridwarden/gridwarden/handlers/web"
)

// look is a way in which a page is looked at.
type look struct {
	name          string
	width, height int64
	scheme        string
}

// looks are those of every page.
var looks = []look{
	{"wide", 1280, 900, "light"},
	{"wide-dark", 1280, 900, "dark"},
	{"narrow", 360, 740, "light"},
	{"narrow-dark", 360, 740, "dark"},
}

// enlarged are the ways in which somebody looks who needs everything, or the letters alone, twice as large in a window of 1280 pixels.
var enlarged = []struct {
	name          string
	zoom, letters float64
}{
	{"zoom", 2, 1},
	{"letters", 1, 2},
}

// TestSite_InTheBrowser opens every kind of page in both languages, wide and narrow, light and dark: none breaks a rule of
// accessibility, is wider than the window, asks anything of elsewhere or is refused by its own policy; all of it can be reached
// and seen by keyboard, and read when it, or its letters alone, are twice as large, and on paper. So can the answers to every form, those that say what is
// wrong among them, and the staff page. Pictures of all are kept (GRIDWARDEN_SCREENSHOTS names the folder).
func TestSite_InTheBrowser(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("left out: what a browser shows has no races, and takes minutes with the detector")
	}
	x := openExhibition(t, true)
	server := httptest.NewServer(x)
	defer server.Close()
	tab := browsertest.Open(t, server.URL, 1280, 900, 15*time.Minute)
	tab.Prefer("prefers-reduced-motion", "reduce")
	for _, pattern := range web.Pages() {
		method, path, _ := strings.Cut(pattern, " ")
		for _, lang := range []string{"", "/en"} {
			addresses := x.addresses(method + " " + lang + path)
			if len(addresses) == 0 {
				continue // no page of its own: TestSite_EveryPage says so where there should be one
			}
			x.looksAt(tab, richest(x, addresses), shotName(lang+path), looks)
		}
	}
	for _, name := range x.shown {
		x.looksAt(tab, shown+name, "shown-"+name, looks[1:3]) // all rules at 360 px, the colours in the dark
	}
}

func (x *exhibition) looksAt(tab *browsertest.Tab, address, name string, looks []look) {
	for i, look := range looks {
		tab.Size(look.width, look.height)
		tab.Prefer("prefers-color-scheme", look.scheme)
		if i == 0 {
			tab.Go(address) // once: what follows is a window that is made smaller
		}
		if look.scheme == "dark" {
			tab.Readable(address + " " + look.name)
		} else {
			tab.Accessible(address + " " + look.name)
		}
		tab.Fits(address + " " + look.name)
		tab.Shot(name + "-" + look.name)
	}
	tab.Tabs(address)
	tab.Prefer("prefers-color-scheme", "light")
	for _, look := range enlarged {
		tab.Zoom(1280, 900, look.zoom)
		tab.Letters(look.letters)
		tab.Fits(address + " " + look.name)
		tab.Whole(address + " " + look.name)
		tab.Shot(name + "-" + look.name)
	}
	tab.Letters(1)
	tab.Prints(address, name, "header nav, form, .filter, .paging, .zoom, .skip, .act .button")
}

// richest is the address of which the page has most to show.
func richest(x *exhibition, addresses []string) string {
	best := addresses[0]
	for _, a := range addresses {
		if len(x.pages[a].body) > len(x.pages[best].body) {
			best = a
		}
	}
	return best
}

// shotName makes a file's name of a route.
func shotName(path string) string {
	name := strings.Trim(strings.NewReplacer("/", "-", "{", "", "}", "", "$", "").Replace(path), "-")
	switch name {
	case "":
		return "home"
	case "en":
		return "en-home"
	}
	return name
}
