package georeport_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/public"
)

// fill adds cases of the last 300 days.
func (w *world) fill(n int) {
	w.t.Helper()
	stages := public.Stages()
	for i := range n {
		at := monday.AddDate(0, 0, -300).Add(time.Duration(i) * (300 * 24 * time.Hour / time.Duration(n)))
		report := fmt.Sprintf("2025-%06d", i)
		c := public.Case{
			Number: "A" + report, Report: report, Categories: []string{[]string{"water", "air"}[i%2]}, Township: town, Stage: stages[i%len(stages)],
			Opened: at, Updated: at.Add(20 * 24 * time.Hour), Point: &geo.Point{Lon: 102.3 + float64(i%100)/1000, Lat: 36.4 + float64(i%77)/1000},
		}
		c.Told = day(c.Updated)
		if !c.Stage.Open() {
			c.Closed = c.Updated
		}
		w.index.Put(c)
	}
}

// BenchmarkRequests asks a store of a hundred thousand cases; compare with a handler that does nothing.
func BenchmarkRequests(b *testing.B) {
	w := newWorld(b)
	w.fill(100_000)
	for _, c := range []struct{ name, target string }{
		{"one", v2 + "/requests/2025-050000.json"},
		{"page of 50", v2 + "/requests.json?page_size=50"},
		{"default, 1000", v2 + "/requests.json"},
		{"1000 as XML", v2 + "/requests.xml"},
		{"filtered, 50", v2 + "/requests.json?page_size=50&status=open&service_code=water&lat=36.45&long=102.35&radius=3000"},
		{"feed", "/feeds/cases.atom"},
		{"feed of a kind", "/feeds/categories/water.atom"},
		{"bulk, all", "/open311/bulk/requests.csv"},
	} {
		b.Run(c.name, func(b *testing.B) { serve(b, w.handler, c.target) })
	}
	b.Run("bare handler", func(b *testing.B) {
		serve(b, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("[]")) }), "/")
	})
}

func serve(b *testing.B, h http.Handler, target string) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		out := httptest.NewRecorder()
		h.ServeHTTP(out, httptest.NewRequest(http.MethodGet, target, http.NoBody))
		if out.Code != http.StatusOK {
			b.Fatal(out.Code)
		}
	}
}
