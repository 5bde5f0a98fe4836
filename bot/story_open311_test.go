package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
)

// asksJSON reads an address of the open interface.
func (w *world) asksJSON(path string, into any) {
	w.t.Helper()
	b := w.browses(path)
	if b.res.StatusCode != http.StatusOK {
		w.t.Fatalf("%s answers %s\n%s", path, b.res.Status, b.body)
	}
	if err := json.Unmarshal([]byte(b.body), into); err != nil {
		w.t.Fatalf("%s: %v\n%s", path, err, b.body)
	}
}

// served is a request as the open interface tells it.
type served struct {
	ID          string   `json:"service_request_id"`
	Status      string   `json:"status"`
	Notes       string   `json:"status_notes"`
	Code        string   `json:"service_code"`
	Description *string  `json:"description"`
	Address     string   `json:"address"`
	Lat         *float64 `json:"lat"`
	Requested   string   `json:"requested_datetime"`
}

// TestOpen311_TellsWhatThePublicMayKnow: a report by chat can be read by machines at once, moves as the case does, and tells
// neither words nor place nor hour.
func TestOpen311_TellsWhatThePublicMayKnow(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		ma.photographs(1, sewage)
		ma.presses("提交").sees("已登记")
		number := ma.number()
		one := func() served {
			var all []served
			w.asksJSON("/open311/v2/requests/"+number+".json", &all)
			if len(all) != 1 || all[0].ID != number {
				t.Fatalf("%+v", all)
			}
			return all[0]
		}
		if got := one(); got.Status != "open" || got.Code != "water" || got.Description != nil || !strings.HasPrefix(got.Address, "寿乐镇, ") || got.Requested != "2026-11-02T00:00:00+08:00" {
			t.Errorf("%+v", got)
		}
		desk.sees("待受理").presses("受理")
		li.sees("新任务").presses("接办")
		if got := one(); got.Notes != "正在办理" {
			t.Errorf("%+v", got)
		}
		var updates []struct {
			Description string `json:"description"`
		}
		w.asksJSON("/open311/v2/servicerequestupdates.json?service_request_id="+number, &updates)
		if len(updates) != 3 || updates[2].Description != "开始办理" {
			t.Errorf("%+v", updates)
		}
		for _, path := range []string{"/open311/v2/requests.xml", "/open311/bulk/requests.csv", "/data/cases.geojson", "/feeds/cases.atom", "/feeds/cells/630202102.atom", "/open311/v2/servicerequestupdates.xml"} {
			w.browses(path).reads(number).readsNot("马的", "污水直接排", "土官口", "102.404")
		}
		w.browses("/openapi.json").reads(`"openapi": "3.1.0"`)
		w.browses("/robots.txt").reads("Disallow")
		w.browses("/open311/discovery.xml").reads("http://wiki.open311.org/GeoReport_v2")
	})
}

// TestOpen311_WhoPollsHearsOfEveryStep: asking every few minutes for what came since tells of each, of those by the reporter and of those
// that stop no clock, too.
func TestOpen311_WhoPollsHearsOfEveryStep(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		last := time.Now()
		hears := func(step string) {
			t.Helper()
			w.sleep(7 * time.Minute)
			since := "=" + url.QueryEscape(last.Format(time.RFC3339))
			last = time.Now()
			w.browses("/open311/v2/requests.json?updated_after" + since).reads("2026-00001")
			w.browses("/open311/v2/servicerequestupdates.json?start_date"+since).reads("2026-00001", step)
		}
		ma.photographs(1, sewage)
		ma.presses("提交").sees("已登记")
		hears("已登记")
		desk.presses("受理")
		hears("已受理")
		li.presses("接办")
		hears("开始办理")
		li.handsIn("沟渠已清理，水质正常")
		desk.presses("通过并答复").presses("就这样发出")
		hears("已办结答复")
		ma.presses("已解决")
		hears("已结案")
		w.sleep(24 * time.Hour)
		since := url.QueryEscape(time.Now().Format(time.RFC3339))
		w.browses("/open311/v2/requests.json?updated_after=" + since).readsNot("2026-00001")
	})
}

// TestAPIKey_IsMadeListedAndRevoked at the command line; it is shown once.
func TestAPIKey_IsMadeListedAndRevoked(t *testing.T) {
	story(t, func(w *world) {
		where := []string{"--redis-url", w.parts.Redis.URL, "--redis-pool", "64", "--keys", strings.Repeat("0123456789abcdef", 4)}
		do := func(args ...string) string {
			t.Helper()
			code, out, errs := call(t, "", append(append([]string{"api-key"}, args...), where...)...)
			if code != 0 {
				t.Fatalf("%v: %s", args, errs)
			}
			return strings.TrimSpace(out)
		}
		secret := do("new", "village app", "--per-day", "2")
		keys := apiKeys{w.app.store, w.app.zone}
		if name, err := keys.Admit(context.Background(), secret, time.Now()); err != nil || name != "village app" {
			t.Fatalf("%q, %v", name, err)
		}
		admit := func() error { _, err := keys.Admit(context.Background(), secret, time.Now()); return err }
		if list := do("list"); !strings.Contains(list, "village app") || strings.Contains(list, secret) || !strings.Contains(list, "1 in all") {
			t.Error(list)
		}
		if err := admit(); err != nil {
			t.Error(err)
		}
		if err := admit(); err == nil {
			t.Error("a third report of two")
		}
		do("revoke", strings.Fields(do("list"))[0])
		w.sleep(24 * time.Hour)
		if err := admit(); err == nil || !strings.Contains(do("list"), "revoked") {
			t.Errorf("a revoked key: %v", err)
		}
	})
}

// TestOpen311_WhatIsPublishedIsInAFeed, the newest first, and nothing of what is not; what is published of a duty is in one of its own.
func TestOpen311_WhatIsPublishedIsInAFeed(t *testing.T) {
	story(t, func(w *world) {
		put := func(n int, id, title string, state publication.State) {
			t.Helper()
			i := publication.Issue{ID: id, State: state, Sealed: string(publication.Sheet{
				Number: n, ID: id, Published: time.Now(), Content: publication.Content{Title: publication.Same(title)},
			}.Bytes())}
			write, err := publication.Write(ledger.Dossier{Kind: publication.Dossiers, ID: id}, i, publication.Event{})
			if err == nil {
				_, err = w.app.store.Commit(context.Background(), ledger.Change{At: time.Now(), Dossiers: []ledger.DossierWrite{write}})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		put(1, "hotline.2026Q3", "热线季报", publication.Published)
		put(2, "blackwater.2026H1", "黑臭水体", publication.Published)
		put(3, "measures.2026", "任务进展", publication.Approved)
		b := w.browses("/feeds/publications.atom").reads("热线季报", "/publications/hotline.2026Q3")
		b.readsNot("任务进展")
		if strings.Index(b.body, "黑臭水体") > strings.Index(b.body, "热线季报") {
			t.Error("the newest comes first")
		}
		put(4, "hotline.2026Q3.2", "热线季报（更正）", publication.Published)
		w.browses("/feeds/publications/hotline.atom").reads("热线季报", "热线季报（更正）", "/publications/hotline.2026Q3.2").readsNot("黑臭水体")
		w.browses("/feeds/publications/cards.atom").readsNot("<entry>")
		if at := w.browses("/feeds/publications/nothing.atom"); at.res.StatusCode != http.StatusNotFound {
			t.Errorf("a duty that there is not: %d", at.res.StatusCode)
		}
	})
}
