package main

import (
	"context"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/web"
	"github.com/gridwarden/gridwarden/seeds"
)

// exhibits fill the district so that every page of the public site has something to show. Whoever adds a page adds what it takes
// here; what is returned are addresses to which no link leads, such as the results of forms.
var exhibits = []func(w *filled) []string{
	exhibitCases, exhibitPlan, exhibitWater, exhibitCards, exhibitConsultation, exhibitNotices, exhibitPublications,
}

// filled is the world of the exhibition: an officer is connected once, however many ask for them.
type filled struct {
	*world

	staff map[grid.OfficerID]*person
}

func (w *filled) officer(id grid.OfficerID) *person {
	if w.staff[id] == nil {
		w.staff[id] = w.world.officer(id)
	}
	return w.staff[id]
}

// exhibitRoster appoints whom the exhibits need.
func exhibitRoster(d *seeds.District) {
	closingRoster(d)
	waterClerks(d)
	appoint("clerk-epb", grid.Clerk, d.Tree.Root().Code)(d)
	d.Officers[len(d.Officers)-1].Appointments[0].Department = grid.Department(d.Settings.CardDepartment)
	d.Settings.PublicationSince = calendar.Date{Year: 2026, Month: 7, Day: 1}
}

// exhibitCases has reports from everywhere, more than one page of the list holds, some of them late, and a result that was
// published.
func exhibitCases(w *filled) []string {
	desk, li, pub := w.officer("desk"), w.officer("li"), w.officer("publisher")
	number := w.answered(w.citizen("马"), desk, li)
	desk.says("/find " + number).presses("拟公开文本").presses("就这样发出")
	pub.says("/publish").presses("同意公开")
	w.citizen("杨").submits("高庙镇" + smoke)
	towns := w.district.Tree.Level(2)
	for i := range 45 {
		town := towns[i*i%len(towns)]
		w.reported(town, w.district.Categories[i%len(w.district.Categories)].Code, i)
	}
	return []string{"/cases?state=late", "/cases?page=2", "/cases?state=open&township=630202102", "/cases?state=done", "/report/sent", "/nowhere"}
}

// reported puts a citizen's report from a township into the store, as the bot does.
func (w *filled) reported(town grid.Cell, category string, n int) {
	w.t.Helper()
	now := time.Now().Add(time.Duration(n-46) * 7 * time.Hour)
	c := casework.Case{
		ID: casework.CaseID(fmt.Sprintf("%012x", n+1)), Number: ledger.ReportMarker, Code: "K7M2QX", Source: casework.FromCitizen,
		Reporter: "p-somebody", Categories: []string{category}, Text: "words that the public never reads", Cell: town.Code, CreatedAt: now, Point: town.Centre,
	}
	next, event, err := w.app.work.Apply(c, casework.Act{Action: casework.Submit, Person: c.Reporter, At: now}, grid.NewRoster(1, nil), now)
	if err == nil {
		_, err = w.app.store.Commit(context.Background(), ledger.Change{
			At: now, Cases: []ledger.CaseWrite{{After: next, Events: []casework.Event{event}}},
			Numbers: []ledger.Number{{Series: "report", Year: now.Year(), Format: "2026-%05d", Marker: ledger.ReportMarker}},
		})
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// exhibitPlan has a promise that was accepted while a report speaks against it.
func exhibitPlan(w *filled) []string {
	housing, boss := w.officer("clerk-housing"), w.officer("boss")
	housing.says("/measure 22").presses("2").presses("📝 报告进展").presses("✅ 已经完成").says("建成区黑臭水体已经基本消除").presses("✅ 提交")
	boss.says("/milestones review").presses("1").presses("✅ 通过")
	return []string{"/measures?state=fulfilled", "/measures?state=overdue&lead=区水务局"}
}

// exhibit is one page as it was answered.
type exhibit struct {
	pattern string // the route
	status  int
	header  http.Header
	body    []byte
}

func (e exhibit) page() bool { return strings.HasPrefix(e.header.Get("Content-Type"), "text/html") }

// exhibition is the whole public site of a filled district: every page that a visitor can come to, by its address.
type exhibition struct {
	pages map[string]exhibit
	seen  map[string]int // how many addresses of each route and language were opened
	shown []string       // names of pages to which no address leads
}

// enough addresses of one route in one language: a list of all townships leads to as many pages that are made alike.
const enough = 30

var (
	hrefForm = regexp.MustCompile(`(?:href|src)="(/[^"#]*)`)
	mapForm  = regexp.MustCompile(`(?s)<svg class="map".*?</svg>`)
)

// openExhibition fills the district and walks through the public site from link to link; with forms it also fills these in, and looks
// at the staff page.
func openExhibition(t *testing.T, forms bool) *exhibition {
	t.Helper()
	x := &exhibition{pages: make(map[string]exhibit), seen: make(map[string]int)}
	storyFrom(t, monday, exhibitRoster, func(world *world) {
		w := &filled{world, make(map[grid.OfficerID]*person)}
		queue := []string{"/", "/en/", "/static/site.css"} // the last one as the staff page asks for it
		for _, fill := range exhibits {
			for _, address := range fill(w) {
				queue = append(queue, address, "/en"+address)
			}
		}
		time.Sleep(2 * time.Minute) // what is kept for a minute is made anew
		routes := http.NewServeMux()
		for _, pattern := range web.Pages() {
			method, path, _ := strings.Cut(pattern, " ")
			routes.HandleFunc(pattern, http.NotFound)
			routes.HandleFunc(method+" /en"+path, http.NotFound)
		}
		for len(queue) > 0 {
			address := queue[0]
			queue = queue[1:]
			if _, known := x.pages[address]; known {
				continue
			}
			_, pattern := routes.Handler(httptest.NewRequest(http.MethodGet, address, http.NoBody))
			if x.seen[pattern] >= enough && pattern != "" {
				continue
			}
			x.seen[pattern]++
			b := w.browses(address)
			e := exhibit{pattern: pattern, status: b.res.StatusCode, header: b.res.Header, body: []byte(b.body)}
			x.pages[address] = e
			if e.page() {
				for _, found := range hrefForm.FindAllStringSubmatch(b.body, -1) {
					queue = append(queue, html.UnescapeString(found[1]))
				}
			}
			if to := b.res.Header.Get("Location"); to != "" {
				queue = append(queue, to)
			}
		}
		if forms {
			x.answerForms(w)
			x.sitDown(w)
		}
	})
	return x
}

// addresses lists the pages of a pattern in their order.
func (x *exhibition) addresses(pattern string) []string {
	var out []string
	for _, address := range slices.Sorted(maps.Keys(x.pages)) {
		if x.pages[address].pattern == pattern && x.pages[address].page() && x.pages[address].status == http.StatusOK {
			out = append(out, address)
		}
	}
	return out
}

// ServeHTTP shows the pages again as they were answered, for a browser outside of the story.
func (x *exhibition) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e, ok := x.pages[r.URL.RequestURI()]
	if !ok {
		http.NotFound(w, r)
		return
	}
	maps.Copy(w.Header(), e.header)
	w.WriteHeader(e.status)
	_, _ = w.Write(e.body)
}

// largest is what a page may weigh without its map, before it is compressed.
const largest = 100_000

// TestSite_EveryPage: somebody who follows links comes to every route of the public site in both languages; every link is
// answered, in the language of its address; no page is heavy.
func TestSite_EveryPage(t *testing.T) {
	x := openExhibition(t, false)
	foreign := sayings(t)
	for _, pattern := range web.Pages() {
		method, path, _ := strings.Cut(pattern, " ")
		for _, p := range []string{pattern, method + " /en" + path} {
			if method == http.MethodGet && x.seen[p] == 0 {
				t.Errorf("no link leads to %s: link to it, and fill the district with something for it to show (exhibits)", p)
			}
		}
	}
	for address, e := range x.pages {
		want := http.StatusOK
		if strings.HasSuffix(address, "/nowhere") {
			want = http.StatusNotFound
		}
		if e.status != want && e.header.Get("Location") == "" {
			t.Errorf("%s answers %d:\n%.300s", address, e.status, e.body)
		}
		if !e.page() || e.header.Get("Location") != "" {
			continue
		}
		lang := `<html lang="zh-CN">`
		if strings.HasPrefix(address, "/en/") {
			lang = `<html lang="en">`
		}
		if !strings.Contains(string(e.body), lang) {
			t.Errorf("%s is not %s", address, lang)
		}
		if n := len(mapForm.ReplaceAll(e.body, nil)); n > largest {
			t.Errorf("%s weighs %s bytes without its map", address, strconv.Itoa(n))
		}
		if strings.Contains(string(e.body), "⟨") {
			t.Errorf("%s has a sentence with something missing", address)
		}
		for _, words := range foreign.on(string(e.body), strings.HasPrefix(address, "/en/")) {
			t.Errorf("%s says %q, which is of the other language or of none", address, words)
		}
	}
	if len(x.pages) < 100 {
		t.Errorf("only %d addresses were looked at", len(x.pages))
	}
}
