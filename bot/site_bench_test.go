package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"syscall"
	"testing"
	"time"
)

// manyReports is of how many the site is measured.
const manyReports = 100_000

// asking is something that is asked of the public site.
type asking struct {
	name string
	path string
	form url.Values  // sent by POST
	stir func(i int) // done before each time
}

// BenchmarkSite is how long every kind of page and file takes at a hundred thousand reports of this year, from a real store, beside a
// handler that says as much as a page does and does nothing else. It reports the bytes of each, pages without their map. "Minute" is whoever
// comes first in a minute, when what is kept for one is made anew; with "new" something changed since the last page.
func BenchmarkSite(b *testing.B) {
	busy := openBusy(b, manyReports)
	index, err := busy.app.showcase.Cases(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	minute := func(int) { busy.clock.set(busy.clock.Now().Add(time.Minute)) }
	change := func(i int) {
		c, _ := index.Find("2026-000042")
		c.Late = i%2 == 0
		index.Put(c)
	}
	page := make([]byte, 30_000)
	b.Run("bare", func(b *testing.B) {
		bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(page) })
		for b.Loop() {
			bare.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", http.NoBody))
		}
	})
	for _, x := range append(pagesAsked(busy), []asking{
		{name: "home minute", path: "/", stir: minute},
		{name: "home new", path: "/", stir: change},
		{name: "measures minute", path: "/measures", stir: minute},
		{name: "cell minute", path: "/cells/630202102", stir: minute},
		{name: "cases new", path: "/cases?page=7", stir: change},
		{name: "feed new", path: "/feeds/cases.atom", stir: change},
		{name: "georeport new", path: "/open311/v2/requests.json", stir: change},
	}...) {
		b.Run(x.name, func(b *testing.B) {
			size := busy.asks(x.request()).Body.Len() // what is read once is read
			before := usedCPU(b)
			for i := 0; b.Loop(); i++ {
				if x.stir != nil {
					x.stir(i)
				}
				size = busy.asks(x.request()).Body.Len()
			}
			b.ReportMetric(float64(usedCPU(b)-before)/float64(time.Millisecond)/float64(b.N), "cpu-ms/op")
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

// usedCPU is how long this process has computed, the store's own not counted: unlike the time on the clock it hardly depends on what else
// the machine does.
func usedCPU(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// request makes it, as a browser does.
func (x asking) request() *http.Request {
	if x.form == nil {
		return httptest.NewRequest(http.MethodGet, x.path, http.NoBody)
	}
	return postForm(x.path, x.form, "same-origin")
}

// pagesAsked is every kind of page and file of the public site.
func pagesAsked(b *busy) []asking {
	b.tb.Helper()
	form := tokenField.FindSubmatch(b.gets("/report").Body.Bytes())
	b.clock.set(b.clock.Now().Add(time.Minute)) // who sends a form at once is no person
	return []asking{
		{name: "home", path: "/"},
		{name: "cases", path: "/cases"},
		{name: "cases filtered", path: "/cases?township=630202102&state=open&page=3"},
		{name: "cases late", path: "/cases?state=late"},
		{name: "cases last", path: "/cases?page=3334"},
		{name: "case", path: "/cases/A2026-000042"},
		{name: "cell", path: "/cells/630202102"},
		{name: "cell all", path: "/cells/630202"},
		{name: "boards", path: "/boards"},
		{name: "board", path: "/boards/" + string(b.app.District.Boards[0].ID)},
		{name: "sections", path: "/sections"},
		{name: "section", path: "/sections/laoyaxia"},
		{name: "readings", path: "/sections/laoyaxia/readings.csv"},
		{name: "drinking", path: "/water/drinking"},
		{name: "black", path: "/water/black-odorous"},
		{name: "measures", path: "/measures"},
		{name: "measures late", path: "/measures?state=overdue"},
		{name: "measure", path: "/measures/22"},
		{name: "publications", path: "/publications"},
		{name: "publication", path: "/publications/cards.2026-Q2"},
		{name: "publication csv", path: "/publications/cards.2026-Q2/table.csv"},
		{name: "cards", path: "/cards"},
		{name: "enterprises", path: "/enterprises"},
		{name: "enterprise", path: "/enterprises/QY8001"},
		{name: "notices", path: "/notices"},
		{name: "notice", path: "/notices/" + sampleID},
		{name: "consultations", path: "/consultations"},
		{name: "consultation", path: "/consultations/" + sampleID},
		{name: "how", path: "/how"},
		{name: "data", path: "/data"},
		{name: "about", path: "/about"},
		{name: "report", path: "/report"},
		{name: "report read", path: "/report", form: url.Values{"token": {string(form[1])}, "words": {"砖厂烟囱每天晚上冒黑烟，在寿乐镇"}}},
		{name: "follow", path: "/follow"},
		{name: "look-up", path: "/follow", form: url.Values{"number": {"2026-000042"}, "code": {busyCode}}},
		{name: "feed of cases", path: "/feeds/cases.atom"},
		{name: "feed of a cell", path: "/feeds/cells/630202102.atom"},
		{name: "feed of a category", path: "/feeds/categories/water.atom"},
		{name: "feed of publications", path: "/feeds/publications.atom"},
		{name: "feed of a duty", path: "/feeds/publications/cards.atom"},
		{name: "georeport services", path: "/open311/v2/services.json"},
		{name: "georeport definition", path: "/open311/v2/services/water.xml"},
		{name: "georeport one", path: "/open311/v2/requests/2026-000042.json"},
		{name: "georeport default", path: "/open311/v2/requests.json"},
		{name: "georeport default xml", path: "/open311/v2/requests.xml"},
		{name: "georeport 50", path: "/open311/v2/requests.json?page_size=50"},
		{name: "georeport near", path: "/open311/v2/requests.json?page_size=50&status=open&service_code=water&lat=36.48&long=102.40&radius=3000"},
		{name: "georeport updates", path: "/open311/v2/servicerequestupdates.json?service_request_id=2026-000042"},
		{name: "geojson 90 days", path: "/data/cases.geojson?start_date=2026-08-04T00:00:00%2B08:00"},
		{name: "bulk all", path: "/open311/bulk/requests.csv"},
	}
}
