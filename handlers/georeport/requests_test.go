package georeport_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/public"
)

const v2 = "/open311/v2"

func TestEveryAnswerIsValid(t *testing.T) {
	w := newWorld(t)
	w.validGet(200, "discovery", discoveryShape, "/open311/discovery.FORMAT")
	w.validGet(200, "discovery", discoveryShape, v2+"/discovery.FORMAT")
	w.validGet(200, "services", serviceShape, v2+"/services.FORMAT")
	w.validGet(200, "service_definition", definitionShape, v2+"/services/water.FORMAT")
	w.validGet(200, "service_definition", definitionShape, v2+"/services/other.FORMAT?jurisdiction_id=ledu.gov.cn&locale=en")
	w.validGet(200, "service_requests", requestShape, v2+"/requests.FORMAT")
	w.validGet(200, "service_requests", requestShape, v2+"/requests/2026-00001.FORMAT")
	w.validGet(200, "service_requests", requestShape, v2+"/requests/A2026-00001.FORMAT")
	w.validGet(200, "service_requests", requestShape, v2+"/requests.FORMAT?service_request_id=nothing")
	w.validGet(200, "service_requests", extendedShape, v2+"/requests.FORMAT?extensions=true")
	w.validGet(200, "service_requests", tokenShape, v2+"/tokens/tokentoken.FORMAT")
	w.validGet(200, "service_requests", tokenShape, v2+"/tokens/accepted,nothing,tokentoken.FORMAT")
	w.validGet(200, "service_request_updates", updateShape, v2+"/servicerequestupdates.FORMAT")
	w.validGet(200, "service_requests", bulkShape, "/open311/bulk/requests.FORMAT")
}

func TestTokens_EachIsLookedUpOnceAndNotTooMany(t *testing.T) {
	w := newWorld(t)
	w.gets(v2+"/tokens/"+strings.Repeat("tokentoken,", 60)+"accepted.json", 200)
	if w.door.asked != 2 {
		t.Errorf("%d of 2 looked up", w.door.asked)
	}
	w.gets(v2+"/tokens/accepted,"+strings.Join(many(49), ",")+".json", 200)
	w.door.asked = 0
	w.validFails(400, v2+"/tokens/"+strings.Join(many(51), ",")+".FORMAT")
	o := w.openAPI(t)
	o.check(v2+"/tokens/{token}.{format}", "get", "400", w.walk("get", v2+"/tokens/"+strings.Join(many(51), ",")+".json"), 400)
	if w.door.asked > 0 {
		t.Errorf("%d looked up all the same", w.door.asked)
	}
}

func TestErrorsHaveTheFormOfTheSpecification(t *testing.T) {
	w := newWorld(t)
	for _, target := range []string{
		"/services.FORMAT?jurisdiction_id=sfgov.org", "/services/nothing.FORMAT", "/services/water.FORMAT?jurisdiction_id=x",
		"/requests/2026-99999.FORMAT", "/requests.FORMAT?jurisdiction_id=x", "/tokens/nothing.FORMAT", "/nothing.FORMAT",
	} {
		w.validFails(404, v2+target)
	}
	for _, query := range []string{
		"start_date=yesterday", "end_date=2026-13-01T00:00:00Z", "status=fixed", "page=0", "page=x", "page_size=-1", "page_size=1e3",
		"lat=NaN&long=102&radius=5", "lat=36&long=Inf&radius=5", "lat=36&long=102", "lat=36&radius=5", "radius=5", "lat=91&long=102&radius=9",
		"lat=36&long=102&radius=0", "start_date=2026-11-02T00:00:00Z&end_date=2026-11-01T00:00:00Z",
		"start_date=2026-01-01T00:00:00Z&end_date=2026-11-01T00:00:00Z", "updated_after=soon",
		"service_code=" + strings.Join(many(600), ","),
	} {
		w.validFails(400, v2+"/requests.FORMAT?"+query)
	}
}

func many(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strconv.Itoa(i)
	}
	return out
}

func TestRequests_AreChosen(t *testing.T) {
	w := newWorld(t)
	for query, want := range map[string]string{
		"":                              "3 2 1", // the last 90 days, the newest first
		"service_request_id=2026-00000": "0",     // overrides everything else
		"service_request_id=2026-00001,2026-00003&status=open":        "1 3",
		"service_request_id=2026-00001&service_request_id=2026-00001": "1",
		"status=open":                            "3 2",
		"status=closed":                          "1",
		"status=open&status=closed":              "3 2 1",
		"status=open,closed":                     "3 2 1",
		"status=":                                "3 2 1",
		"service_code=water":                     "1",
		"service_code=air":                       "2", // by its main kind, as it is shown
		"service_code=water,air":                 "2 1",
		"service_code=other":                     "3",
		"service_code=nothing":                   "",
		"start_date=2026-10-28T00:00:00%2B08:00": "3 2",
		"start_date=2026-10-28T00:00:00+08:00":   "3 2", // a plus that was not escaped
		"start_date=2026-10-28":                  "3 2", // UTC: at 8 in the morning there, and a report's day is told and not its hour
		"end_date=2026-10-28T00:00:00%2B08:00":   "2 1",
		"start_date=2026-04-01T00:00:00Z":        "0", // and the days after it
		"start_date=2026-10-20T00:00:00Z&end_date=2026-10-27T00:00:00Z": "1",
		"updated_after=2026-11-01T00:00:00Z":                            "3 1",
		"updated_before=2026-05-30T00:00:00Z":                           "0",
		"lat=36.4&long=102.3&radius=10":                                 "3",
		"lat=36.4&long=102.3&radius=50000":                              "3 1",
		"page_size=2":                                                   "3 2",
		"page_size=2&page=2":                                            "1",
		"page_size=2&page=3":                                            "",
	} {
		if got := ids(w.validGet(200, "service_requests", requestShape, v2+"/requests.FORMAT?"+query)); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestRequests_PagesAreLinked(t *testing.T) {
	w := newWorld(t)
	r := w.gets(v2+"/requests.json?page_size=2&status=open,closed", 200)
	if h := r.Header(); h.Get("X-Total-Count") != "3" || !strings.Contains(h.Get("Link"), `page=2&page_size=2&status=open%2Cclosed>; rel="next"`) ||
		strings.Contains(h.Get("Link"), `rel="prev"`) {
		t.Errorf("%v", h)
	}
	if link := w.gets(v2+"/requests.json?page_size=2&page=2", 200).Header().Get("Link"); strings.Contains(link, `rel="next"`) || !strings.Contains(link, `page=1&page_size=2>; rel="prev"`) {
		t.Errorf("the last page: %s", link)
	}
}

func TestRequests_NoMoreThanAPage(t *testing.T) {
	w := newWorld(t)
	w.rules.Page = 2
	if got := ids(w.validGet(200, "service_requests", requestShape, v2+"/requests.FORMAT?page_size=50")); got != "3 2" {
		t.Errorf("got %q", got)
	}
}

// TestTheHourOfAReportIsNotTold: not shown, and not to be found out by asking for ever narrower spans.
func TestTheHourOfAReportIsNotTold(t *testing.T) {
	w := newWorld(t)
	for _, target := range []string{"/requests/2026-00003.json?extensions=true", "/requests.xml", "/servicerequestupdates.json?service_request_id=2026-00003"} {
		if body := w.gets(v2+target, 200).Body.String(); strings.Contains(body, "08:35") || strings.Contains(body, "00:35") {
			t.Errorf("%s tells the hour:\n%s", target, body)
		}
	}
	for _, name := range []string{"start_date", "updated_after"} {
		hit := func(at time.Time) bool {
			return strings.Contains(w.gets(v2+"/requests.json?"+name+"="+url.QueryEscape(at.Format(time.RFC3339)), 200).Body.String(), "2026-00003")
		}
		day := time.Date(2026, 11, 2, 0, 0, 0, 0, zone)
		for h := range 24 {
			if !hit(day.Add(time.Duration(h) * time.Hour)) {
				t.Errorf("%s narrows it down to before %d o'clock", name, h)
			}
		}
		if hit(day.Add(24*time.Hour + time.Minute)) {
			t.Errorf("%s knows no days", name)
		}
	}
}

func TestRequest_TellsWhatIsPublicOnly(t *testing.T) {
	w := newWorld(t)
	var got []map[string]any
	if err := json.Unmarshal(w.gets(v2+"/requests/2026-00001.json", 200).Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"service_request_id": "2026-00001", "status": "closed", "status_notes": "已结案", "service_name": "水", "service_code": "water",
		"description": "已清理 <排污口> & \"恢复\"\n=1+1", "agency_responsible": "区水务局", "service_notice": nil,
		"requested_datetime": "2026-10-23T00:00:00+08:00", "updated_datetime": "2026-11-02T08:00:00+08:00", "expected_datetime": nil,
		"address": "寿乐镇, 海东市乐都区", "address_id": town, "zipcode": nil, "lat": 36.53812, "long": 102.4, "media_url": nil,
	}
	for name, v := range want {
		if got[0][name] != v {
			t.Errorf("%s: %v, want %v", name, got[0][name], v)
		}
	}
}

func TestRequest_WhatIsTakenOutIsGone(t *testing.T) {
	w := newWorld(t)
	w.index.Remove("2026-00001")
	w.validFails(404, v2+"/requests/2026-00001.FORMAT")
}

func TestUpdates_ByWhenTheyHappened(t *testing.T) {
	w := newWorld(t)
	read := func(query string) string {
		var out []string
		for _, u := range w.validGet(200, "service_request_updates", updateShape, v2+"/servicerequestupdates.FORMAT?"+query).([]any) {
			out = append(out, strings.TrimPrefix(u.(map[string]any)["update_id"].(string), "2026-0000"))
		}
		return strings.Join(out, " ")
	}
	if got := read("service_request_id=2026-00002"); got != "2.1 2.2" {
		t.Errorf("of one request: %s", got)
	}
	if got := read("start_date=2026-10-28T08:00:00%2B08:00&end_date=2026-10-31T00:00:00Z"); got != "2.1 2.2" { // the first is told by its day
		t.Errorf("of a window: %s", got)
	}
}

func TestLocaleChoosesTheLanguage(t *testing.T) {
	w := newWorld(t)
	if body := w.gets(v2+"/services.json?locale=en", 200).Body.String(); !strings.Contains(body, `"service_name":"Water"`) {
		t.Errorf("English: %s", body)
	}
	if body := w.gets(v2+"/services.json?locale=fi", 200).Body.String(); !strings.Contains(body, `"service_name":"水"`) {
		t.Errorf("what there is not is Chinese: %s", body)
	}
}

func TestAnAddressWithoutAFormatIsXMLUnlessAskedOtherwise(t *testing.T) {
	w := newWorld(t)
	if r := w.gets(v2+"/services", 200); !strings.HasPrefix(r.Header().Get("Content-Type"), "text/xml") {
		t.Error(r.Header())
	}
	if r := w.gets(v2+"/services", 200, "Accept", "application/json"); !strings.HasPrefix(r.Header().Get("Content-Type"), "application/json") {
		t.Error(r.Header())
	}
	w.gets(v2+"/services.yaml", 404)
}

func TestHeaders(t *testing.T) {
	w := newWorld(t)
	r := w.gets(v2+"/requests.json", 200)
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*", "Referrer-Policy": "no-referrer",
		"Cache-Control": "public, max-age=60, must-revalidate",
	} {
		if got := r.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if h := w.asks(http.MethodHead, v2+"/requests.json", nil); h.Code != 200 || h.Body.Len() != 0 || h.Header().Get("Content-Length") != strconv.Itoa(r.Body.Len()) {
		t.Errorf("HEAD: %d, %d bytes, %v", h.Code, h.Body.Len(), h.Header())
	}
	if o := w.asks(http.MethodOptions, v2+"/requests.json", nil); o.Code != 204 || o.Header().Get("Access-Control-Allow-Methods") != "GET, HEAD, OPTIONS" {
		t.Errorf("OPTIONS: %d %v", o.Code, o.Header())
	}
	if d := w.asks(http.MethodDelete, v2+"/requests/1.json", nil); d.Code != 405 || !strings.Contains(d.Header().Get("Allow"), "GET") || !strings.HasPrefix(d.Body.String(), `[{"code":405,`) {
		t.Errorf("DELETE: %d %v %s", d.Code, d.Header(), d.Body)
	}
	if p := w.asks(http.MethodPost, v2+"/services.json", nil); p.Code != 405 {
		t.Errorf("POST services: %d", p.Code)
	}
}

func TestWhoHasItIsNotSentItAgain(t *testing.T) {
	w := newWorld(t)
	for _, target := range []string{v2 + "/requests.xml", v2 + "/services.json", "/feeds/cases.atom", "/open311/bulk/requests.csv", "/data/cases.geojson"} {
		tag := w.gets(target, 200).Header().Get("ETag")
		if r := w.gets(target, 304, "If-None-Match", `"other", `+tag); r.Body.Len() != 0 || r.Header().Get("ETag") != tag {
			t.Errorf("%s: %v", target, r.Header())
		}
		w.gets(target, 200, "If-None-Match", `"other"`)
	}
	one := v2 + "/requests/2026-00001.json"
	at := w.gets(one, 200).Header().Get("Last-Modified")
	w.gets(one, 304, "If-Modified-Since", at)
	before := w.gets(v2+"/requests.xml", 200).Header().Get("ETag")
	c, _ := w.index.Find("2026-00002")
	c.Stage = public.Answered
	w.index.Put(c)
	w.gets(v2+"/requests.xml", 200, "If-None-Match", before)
}

// TestWhatAnotherFillingHeldIsSentAgain: after a start as many cases may have been put in as before it, and be others.
func TestWhatAnotherFillingHeldIsSentAgain(t *testing.T) {
	before, after := newWorld(t), newWorld(t)
	c, _ := after.index.Find("2026-00001")
	after.index = public.NewIndex()
	for _, report := range []string{"2026-00000", "2026-00002", "2026-00003"} {
		same, _ := before.index.Find(report)
		after.index.Put(same)
	}
	c.Notice = "已更正"
	after.index.Put(c)
	for _, target := range []string{"/open311/bulk/requests.csv", "/open311/bulk/requests.json", "/open311/bulk/requests.xml", "/data/cases.geojson"} {
		tag := before.gets(target, 200).Header().Get("ETag")
		if again := after.gets(target, 200, "If-None-Match", tag).Header().Get("ETag"); again == tag {
			t.Errorf("%s has the tag %s for two contents", target, tag)
		}
	}
}

func TestSqueezed(t *testing.T) {
	w := newWorld(t)
	for accept, want := range map[string]string{"gzip, br": "gzip", "gzip;q=0": "", "": "", "*": "gzip", "br;q=1.0, gzip;q=0.8": "gzip"} {
		if got := w.gets(v2+"/services/water.xml", 200, "Accept-Encoding", accept).Header().Get("Content-Encoding"); got != want {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
}
