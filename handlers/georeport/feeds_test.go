package georeport_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/handlers/georeport"
)

var update = flag.Bool("update", false, "rewrite golden files")

// atomFeed is what RFC 4287 wants of a feed.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated time.Time   `xml:"updated"`
	Author  []string    `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Published time.Time  `xml:"published"`
	Updated   time.Time  `xml:"updated"`
	Links     []atomLink `xml:"link"`
	Summary   string     `xml:"summary"`
}

// feed reads a feed and checks what RFC 4287 demands of one.
func (w *world) feed(path string) atomFeed {
	w.t.Helper()
	r := w.gets(path, 200)
	if kind := r.Header().Get("Content-Type"); kind != "application/atom+xml; charset=utf-8" {
		w.t.Errorf("%s is %s", path, kind)
	}
	var f atomFeed
	if err := xml.Unmarshal(r.Body.Bytes(), &f); err != nil {
		w.t.Fatalf("%s: %v\n%s", path, err, r.Body)
	}
	if !isIRI(f.ID) || f.Title == "" || f.Updated.IsZero() || len(f.Author) != 1 || f.Author[0] == "" {
		w.t.Errorf("%s lacks an id, a title, an author or a time: %+v", path, f)
	}
	if !hasLink(f.Links, "self", "https://ledu.example"+path) {
		w.t.Errorf("%s does not link to itself: %v", path, f.Links)
	}
	seen := make(map[string]bool)
	for _, e := range f.Entries {
		if !isIRI(e.ID) || seen[e.ID] || e.Title == "" || e.Updated.IsZero() || e.Updated.After(f.Updated) || e.Updated.Before(e.Published) || len(e.Links) == 0 {
			w.t.Errorf("%s: entry %+v", path, e)
		}
		seen[e.ID] = true
	}
	return f
}

func isIRI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != ""
}

func hasLink(links []atomLink, rel, href string) bool {
	for _, l := range links {
		if l.Rel == rel && l.Href == href {
			return true
		}
	}
	return false
}

func TestFeeds(t *testing.T) {
	w := newWorld(t)
	for path, want := range map[string]int{
		"/feeds/cases.atom": 4, "/feeds/cells/" + town + ".atom": 3, "/feeds/cells/630202.atom": 4, "/feeds/categories/water.atom": 2,
		"/feeds/categories/air.atom": 2, "/feeds/categories/other.atom": 0, "/feeds/publications.atom": 1, "/feeds/cases.atom?locale=en": 4,
		"/feeds/publications/blackwater.atom": 1, "/feeds/publications/hotline.atom": 0, "/feeds/publications/blackwater.atom?locale=en": 1,
	} {
		if got := len(w.feed(path).Entries); got != want {
			t.Errorf("%s has %d entries, want %d", path, got, want)
		}
	}
	for path, page := range map[string]string{
		"/feeds/cases.atom": "/cases", "/feeds/cells/" + town + ".atom?locale=en": "/en/cells/" + town, "/feeds/cells/630202.atom": "/cases",
		"/feeds/categories/water.atom": "/cases?category=water", "/feeds/publications.atom": "/publications",
		"/feeds/publications/hotline.atom?locale=en": "/en/publications",
	} {
		if body := w.gets(path, 200).Body.String(); !strings.Contains(body, `<link rel="alternate" type="text/html" href="https://ledu.example`+page+`"/>`) {
			t.Errorf("%s does not lead to %s", path, page)
		}
	}
	for _, path := range []string{"/feeds/nothing.atom", "/feeds/cases.xml", "/feeds/cells/1.atom", "/feeds/cells/" + village + ".atom", "/feeds/categories/x.atom", "/feeds/publications/x.atom", "/feeds/publications/hotline.xml"} {
		w.gets(path, 404)
	}
}

func TestFeed_AnEntryKeepsItsIDAndMovesOn(t *testing.T) {
	w := newWorld(t)
	before := w.feed("/feeds/cases.atom")
	c, _ := w.index.Find("2026-00003")
	c.Number, c.Stage, c.Updated = "A2026-00003", public.Accepted, monday.Add(time.Hour)
	w.index.Put(c)
	after := w.feed("/feeds/cases.atom")
	entry := func(f atomFeed) atomEntry {
		return f.Entries[slices.IndexFunc(f.Entries, func(e atomEntry) bool { return strings.HasSuffix(e.ID, "2026-00003") })]
	}
	if a, b := entry(before), entry(after); a.ID != b.ID || !b.Updated.After(a.Updated) || a.Title == b.Title || !after.Updated.Equal(b.Updated) {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// TestFeed_ToldIsWhatChangedHoweverOld: an old case that is answered, or whose notice is published later, is in every feed it belongs to,
// behind however many newer registrations.
func TestFeed_ToldIsWhatChangedHoweverOld(t *testing.T) {
	feeds := []string{"/feeds/cases.atom", "/feeds/cells/" + town + ".atom", "/feeds/categories/water.atom"}
	const newer = 150
	for name, happens := range map[string]func(*public.Case){
		"answered": func(c *public.Case) {
			c.Stage, c.Updated, c.Closed, c.Told = public.Answered, monday, monday, day(monday)
		},
		"notice published": func(c *public.Case) { c.Notice, c.Told = "已清理", day(monday) }, // it stops no clock
	} {
		w := newWorld(t)
		w.index = public.NewIndex()
		put := func(report string, opened time.Time) public.Case {
			c := public.Case{Number: report, Report: report, Categories: []string{"water"}, Township: town, Stage: public.Received, Opened: opened, Updated: opened, Told: day(opened)}
			w.index.Put(c)
			return c
		}
		old := put("2026-00001", monday.AddDate(0, -3, 0))
		for i := range newer {
			put(fmt.Sprintf("2026-%05d", 100+i), monday.AddDate(0, 0, -2).Add(time.Duration(i)*time.Minute))
		}
		for _, path := range feeds {
			if body := w.gets(path, 200).Body.String(); strings.Contains(body, "2026-00001") {
				t.Errorf("%s tells of a case to which nothing happened for long", path)
			}
		}
		happens(&old)
		w.index.Put(old)
		for _, path := range feeds {
			f := w.feed(path)
			if len(f.Entries) != georeport.FeedLength || !strings.HasSuffix(f.Entries[0].ID, "2026-00001") || !f.Updated.Equal(f.Entries[0].Updated) {
				t.Errorf("%s: %s has %d entries and begins with %s", name, path, len(f.Entries), f.Entries[0].ID)
			}
		}
	}
}

func TestBulkCSV_IsSafeToOpen(t *testing.T) {
	w := newWorld(t)
	c, _ := w.index.Find("2026-00001")
	c.Notice = "=HYPERLINK(\"http://x\")\n,\"quoted\""
	w.index.Put(c)
	r := w.gets("/open311/bulk/requests.csv", 200)
	if h := r.Header(); h.Get("Content-Type") != "text/csv; charset=utf-8" || h.Get("Content-Disposition") != `attachment; filename="requests-2026-11-02.csv"` {
		t.Errorf("%v", h)
	}
	lines, err := csv.NewReader(bytes.NewReader(r.Body.Bytes())).ReadAll()
	if err != nil || len(lines) != 5 {
		t.Fatalf("%v, %d lines\n%s", err, len(lines), r.Body)
	}
	if got := strings.Join(lines[0], " "); got != "service_request_id requested_datetime updated_datetime closed_date status_description status_notes source "+
		"service_name service_subtype description agency_responsible address lat long" {
		t.Errorf("columns: %s", got)
	}
	for _, l := range lines {
		if l[0] == "2026-00001" && (l[9] != "'"+c.Notice || l[12] != "36.53812") {
			t.Errorf("%q", l)
		}
	}
	if strings.HasPrefix(r.Body.String(), "\uFEFF") || !strings.HasPrefix(w.gets("/open311/bulk/requests.csv?bom=1", 200).Body.String(), "\uFEFF\"service_request_id\"") {
		t.Error("a byte order mark is for who asks for it")
	}
	if n := strings.Count(w.gets("/open311/bulk/requests.csv?start_date=2026-10-25", 200).Body.String(), "\r\n"); n != 3 {
		t.Errorf("of the last days: %d lines", n)
	}
}

// TestBulk_IsWholeInPieces: what is sent in pieces is one document.
func TestBulk_IsWholeInPieces(t *testing.T) {
	w := newWorld(t)
	w.fill(3000)
	all := w.validGet(200, "service_requests", bulkShape, "/open311/bulk/requests.FORMAT").([]any)
	if len(all) != 3004 {
		t.Errorf("%d requests", len(all))
	}
	lines, err := csv.NewReader(w.gets("/open311/bulk/requests.csv", 200).Body).ReadAll()
	if err != nil || len(lines) != 3005 {
		t.Errorf("%v, %d lines", err, len(lines))
	}
}

// TestGeoJSON holds the collection to RFC 7946: longitude first, in range, null where nothing is known.
func TestGeoJSON(t *testing.T) {
	w := newWorld(t)
	w.fill(1000)
	r := w.gets("/data/cases.geojson", 200)
	if kind := r.Header().Get("Content-Type"); kind != "application/geo+json" {
		t.Error(kind)
	}
	var all struct {
		Type     string
		Features []struct {
			Type, ID string
			Geometry *struct {
				Type        string
				Coordinates []float64
			}
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(r.Body.Bytes(), &all); err != nil || all.Type != "FeatureCollection" || len(all.Features) != 1004 {
		t.Fatalf("%v, %d features", err, len(all.Features))
	}
	for _, f := range all.Features {
		if f.Type != "Feature" || f.ID == "" || f.Properties["status"] == nil {
			t.Fatalf("%+v", f)
		}
		if g := f.Geometry; g != nil && (g.Type != "Point" || len(g.Coordinates) != 2 || g.Coordinates[0] < 102 || g.Coordinates[1] > 37) {
			t.Fatalf("%+v", g)
		}
	}
	if n := strings.Count(w.gets("/data/cases.geojson?status=open&service_code=other", 200).Body.String(), `"Feature"`); n != 1 {
		t.Errorf("%d chosen", n)
	}
}

func TestRobots(t *testing.T) {
	w := newWorld(t)
	if body := w.gets("/robots.txt", 200).Body.String(); !strings.HasPrefix(body, "User-agent: *\nDisallow: /open311/v2/tokens/\n") {
		t.Error(body)
	}
}

// TestGolden shows a reader what is answered.
func TestGolden(t *testing.T) {
	w := newWorld(t)
	for name, target := range map[string]string{
		"discovery.xml": "/open311/discovery.xml", "services.json": v2 + "/services.json?locale=en", "definition.xml": v2 + "/services/water.xml?locale=en",
		"requests.xml": v2 + "/requests.xml", "requests.json": v2 + "/requests.json?extensions=true", "updates.xml": v2 + "/servicerequestupdates.xml",
		"errors.xml": v2 + "/requests.xml?page=0&status=x", "cases.atom": "/feeds/cases.atom", "bulk.csv": "/open311/bulk/requests.csv", "cases.geojson": "/data/cases.geojson",
	} {
		got := w.asks("GET", target, nil).Body.Bytes()
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is now\n%s", name, got)
		}
	}
}
