package georeport_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/handlers/georeport"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

var (
	zone   = time.FixedZone("CST", 8*3600)
	monday = time.Date(2026, 11, 2, 9, 0, 0, 0, zone)
)

const town, village = "630202102", "630202102200"

// world is a server over an index of a few cases.
type world struct {
	t       testing.TB
	index   *public.Index
	server  *georeport.Server
	handler http.Handler
	door    *door
	rules   georeport.Rules
	now     time.Time
	away    error // of the store
}

// door keeps what was filed.
type door struct {
	filed []georeport.Report
	asked int // tokens
	err   error
}

func (d *door) File(_ context.Context, r georeport.Report) (georeport.Receipt, error) {
	if d.err != nil {
		return georeport.Receipt{}, d.err
	}
	d.filed = append(d.filed, r)
	return georeport.Receipt{Number: "2026-00042", Token: "tokentoken"}, nil
}

func (d *door) ByToken(_ context.Context, token string) (georeport.Filed, bool, error) {
	d.asked++
	switch token {
	case "tokentoken":
		return georeport.Filed{Token: token}, true, nil
	case "accepted":
		return georeport.Filed{Number: "2026-00001", Token: token}, true, nil
	}
	return georeport.Filed{}, false, nil
}

// keys knows one key.
type keys struct{}

func (keys) Admit(_ context.Context, secret string, _ time.Time) (string, error) {
	switch secret {
	case "good":
		return "map", nil
	case "spent":
		return "", grid.Fail(grid.Conflict, "georeport.error.quota")
	}
	return "", grid.Fail(grid.Forbidden, "georeport.error.key")
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	tree, err := grid.NewTree([]string{"一级网格", "二级网格", "三级网格"}, []grid.Cell{
		{Code: "630202", Level: 1, Name: "乐都区", Kind: "district"},
		{Code: "630202000", Parent: "630202", Level: 2, Name: "待定", Kind: grid.UnassignedKind},
		{Code: town, Parent: "630202", Level: 2, Name: "寿乐镇", Kind: "town"},
		{Code: village, Parent: town, Level: 3, Name: "土官口村", Kind: "village"},
	})
	if err != nil {
		tb.Fatal(err)
	}
	words, err := texts.New()
	if err != nil {
		tb.Fatal(err)
	}
	duties := []georeport.Duty{
		{ID: "blackwater", Names: map[string]string{"zh-CN": "黑臭水体", "en": "Black water"}}, {ID: "hotline", Names: map[string]string{"zh-CN": "热线", "en": "Hotline"}},
	}
	w := &world{t: tb, index: public.NewIndex(), door: &door{}, now: monday}
	w.rules = georeport.Rules{
		Names: map[string]string{"zh-CN": "海东市乐都区", "en": "Ledu District, Haidong"}, Office: "海东市乐都区环境保护局", Hotline: "12345", Zone: zone, Jurisdiction: "ledu.gov.cn",
		Batch: []string{category.Other}, Window: 90, Page: 1000, Words: 3500, Photos: 2, PhotoSize: 1 << 20,
	}
	categories := []category.Category{
		{Code: "water", Names: map[string]string{"zh-CN": "水", "en": "Water"}, Kinds: []category.Kind{
			{Code: "outfall", Names: map[string]string{"zh-CN": "排污口", "en": "Outfall"}},
			{Code: "livestock", Names: map[string]string{"zh-CN": "畜禽养殖", "en": "Livestock"}},
		}},
		{Code: "air", Names: map[string]string{"zh-CN": "大气", "en": "Air"}},
		{Code: category.Other, Names: map[string]string{"zh-CN": "其他", "en": "Other"}},
	}
	w.server = &georeport.Server{
		Cases: func(context.Context) (georeport.Cases, error) { return w.index, w.away }, Door: w.door, Keys: keys{}, Texts: words, Clock: func() time.Time { return w.now },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Base: "https://ledu.example",
		Timelines: func(_ context.Context, reports []string) ([][]public.Step, error) {
			out := make([][]public.Step, len(reports))
			for i, r := range reports {
				if c, ok := w.index.Find(r); ok {
					out[i] = []public.Step{{At: c.Opened, What: public.WasReceived}, {At: c.Opened.Add(25 * time.Hour), What: public.WasAccepted}}
				}
			}
			return out, nil
		},
		Publications: func(_ context.Context, duty string) ([]georeport.Publication, error) {
			if duty != "" && duty != "blackwater" {
				return nil, nil
			}
			return []georeport.Publication{{ID: "blackwater.2026H1", Title: texts.Names{"zh-CN": "黑臭水体", "en": "Black water"}, At: monday, Path: "/publications/blackwater.2026H1"}}, nil
		},
		District: func() georeport.District {
			return georeport.District{Tree: tree, Categories: categories, Duties: duties, Changed: monday.AddDate(0, -1, 0), Rules: w.rules}
		},
	}
	w.handler = w.server.Handler()
	w.index.Put(public.Case{
		Number: "A2026-00001", Report: "2026-00001", Categories: []string{"water", "air"}, Township: town, Lead: "区水务局",
		Stage: public.Closed, Opened: monday.Add(-10*24*time.Hour - 17*time.Minute), Updated: monday.Add(-time.Hour), Told: day(monday), Closed: monday.Add(-time.Hour),
		Point: &geo.Point{Lon: 102.4, Lat: 36.53812}, Notice: "已清理 <排污口> & \"恢复\"\n=1+1",
	})
	w.index.Put(public.Case{
		Number: "A2026-00002", Report: "2026-00002", Categories: []string{"air"}, Township: town, Stage: public.Handling,
		Opened: monday.Add(-5 * 24 * time.Hour), Updated: monday.Add(-48 * time.Hour), Told: day(monday.AddDate(0, 0, -2)), Due: monday.Add(20 * 24 * time.Hour),
	})
	w.index.Put(public.Case{
		Number: "2026-00003", Report: "2026-00003", Categories: nil, Township: "630202", Stage: public.Received,
		Opened: monday.Add(-25 * time.Minute), Updated: monday.Add(-25 * time.Minute), Told: day(monday), Point: &geo.Point{Lon: 102.3, Lat: 36.4},
	})
	w.index.Put(public.Case{
		Number: "A2026-00000", Report: "2026-00000", Categories: []string{"water"}, Township: town, Stage: public.Closed,
		Opened: monday.AddDate(0, 0, -200), Updated: monday.AddDate(0, 0, -180), Closed: monday.AddDate(0, 0, -180), Told: day(monday.AddDate(0, 0, -180)),
	})
	return w
}

// asks sends a request with these headers (name, value, and so on).
func (w *world) asks(method, target string, body io.Reader, headers ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequest(method, target, body)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	out := httptest.NewRecorder()
	w.handler.ServeHTTP(out, r)
	return out
}

// gets reads an address and wants that status.
func (w *world) gets(target string, status int, headers ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := w.asks(http.MethodGet, target, nil, headers...)
	if r.Code != status {
		w.t.Fatalf("%s: %d, want %d\n%s", target, r.Code, status, r.Body)
	}
	return r
}

// files sends a form: name, value, and so on.
func (w *world) files(target string, status int, fields ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r := w.asks(http.MethodPost, target, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	if r.Code != status {
		w.t.Fatalf("POST %s %v: %d, want %d\n%s", target, fields, r.Code, status, r.Body)
	}
	return r
}
