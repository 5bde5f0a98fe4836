package georeport_test

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/doorway"
	"github.com/gridwarden/gridwarden/handlers/georeport"
)

// report is a form that is right, with these fields changed; an empty value takes a field out.
func report(fields ...string) []string {
	form := map[string]string{"api_key": "good", "service_code": "water", "lat": "36.538", "long": "102.404", "description": "有人往沟里排黑水"}
	var more []string
	for i := 0; i+1 < len(fields); i += 2 {
		if strings.HasPrefix(fields[i], "attribute[") {
			more = append(more, fields[i], fields[i+1])
			continue
		}
		form[fields[i]] = fields[i+1]
	}
	for name, v := range form {
		if v != "" {
			more = append(more, name, v)
		}
	}
	return more
}

func (w *world) validFile(status int, root string, s shape, fields ...string) any {
	w.t.Helper()
	return w.valid(status, root, s, func(format string) *httptest.ResponseRecorder {
		return w.files(v2+"/requests."+format, status, fields...)
	})
}

func TestFile_IsAnsweredWithANumber(t *testing.T) {
	w := newWorld(t)
	got := w.validFile(200, "service_requests", receiptShape, report("jurisdiction_id", "ledu.gov.cn")...).([]any)[0].(map[string]any)
	if got["service_request_id"] != "2026-00042" || got["token"] != nil || !strings.Contains(got["service_notice"].(string), "2026-00042") {
		t.Errorf("%v", got)
	}
}

func TestFile_OfABatchServiceIsAnsweredWithAToken(t *testing.T) {
	w := newWorld(t)
	got := w.validFile(200, "service_requests", receiptShape, report("service_code", "other")...).([]any)[0].(map[string]any)
	if _, numbered := got["service_request_id"]; numbered || got["token"] != "tokentoken" || strings.Contains(got["service_notice"].(string), "2026-00042") {
		t.Errorf("%v", got)
	}
}

func TestFile_EverythingGoesThroughTheDoor(t *testing.T) {
	w := newWorld(t)
	w.files(v2+"/requests.json?locale=en", 200, report("address_string", "土官口村口", "last_name", "马", "first_name", "小明", "phone", "139", "email", "a@b.cn",
		"device_id", "d", "account_id", "a", "media_url", "https://pics.example/1.jpg", "attribute[kind]", "outfall", "attribute[also][]", "air",
		"attribute[also][]", "other", "attribute[seen_at]", "2026-11-01T20:00:00+08:00", "attribute[times]", "3", "attribute[traces]", "black\nsmells")...)
	r := w.door.filed[0]
	if r.Key != "map" || r.Category != "water" || strings.Join(r.Also, " ") != "air other" || r.Place != "土官口村口" ||
		r.Name != "马小明" || r.Phone != "139" || r.Point == nil || r.Point.Lat != 36.538 || r.Point.Lon != 102.404 || r.Lang != "en" || len(r.Once) < 32 {
		t.Errorf("%+v", r)
	}
	for _, want := range []string{"有人往沟里排黑水\n", "Kind: Outfall\n", "Noticed: 2026-11-01T20:00:00+08:00", "thirty days: 3", "On the spot: black\nsmells", "https://pics.example/1.jpg"} {
		if !strings.Contains(r.Words, want) {
			t.Errorf("the words lack %q:\n%s", want, r.Words)
		}
	}
	if strings.Contains(r.Words, "a@b.cn") || strings.Contains(r.Words, "小明") {
		t.Errorf("the words tell who: %s", r.Words)
	}
}

func TestFile_SentAgainItIsTheSame(t *testing.T) {
	w := newWorld(t)
	once := func(fields ...string) string {
		w.files(v2+"/requests.json", 200, report(fields...)...)
		return w.door.filed[len(w.door.filed)-1].Once
	}
	first := once()
	if once() != first || once("description", "别的事") == first {
		t.Error("the same is the same, another is another")
	}
	w.now = w.now.AddDate(0, 0, 1)
	if once() == first {
		t.Error("the next day it has happened again")
	}
}

func TestFile_WhatIsWrongIsSaid(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		status int
		fields []string
		about  string
	}{
		{403, []string{"api_key", ""}, "api_key"},
		{403, []string{"api_key", "bad"}, "api_key"},
		{403, []string{"api_key", "spent"}, "今天"},
		{404, []string{"jurisdiction_id", "sfgov.org"}, "jurisdiction_id"},
		{400, []string{"service_code", ""}, "service_code"},
		{404, []string{"service_code", "potholes"}, "service_code"},
		{400, []string{"lat", "", "long", ""}, "address_string"},
		{400, []string{"long", ""}, "long"},
		{400, []string{"lat", "NaN"}, "lat"},
		{400, []string{"lat", "Infinity"}, "lat"},
		{400, []string{"lat", "1e999"}, "lat"},
		{400, []string{"lat", "0x1p4", "long", "x"}, "long"},
		{400, []string{"lat", "102.4", "long", "36.5"}, "lat"},
		{400, []string{"address_id", "630202999"}, "630202999"},
		{400, []string{"address_id", "630202000"}, "630202000"},
		{400, []string{"description", ""}, "description"},
		{400, []string{"description", " \u200b\ue000\n "}, "description"},
		{400, []string{"description", strings.Repeat("水", 3501)}, "3500"},
		{400, []string{"description", "\xff\xfe"}, "UTF-8"},
		{400, []string{"media_url", "javascript:alert(1)"}, "media_url"},
		{400, []string{"attribute[kind]", "pothole"}, "attribute[kind]"},
		{400, []string{"attribute[color]", "red"}, "color"},
		{400, []string{"attribute[hint]", "x"}, "hint"},
		{400, []string{"attribute[times]", "NaN"}, "attribute[times]"},
		{400, []string{"attribute[seen_at]", "yesterday"}, "attribute[seen_at]"},
		{400, []string{"attribute[landmark]", "a\nb"}, "attribute[landmark]"},
		{400, []string{"attribute[kind]", "outfall", "attribute[kind]", "livestock"}, "attribute[kind]"},
	} {
		got := w.validFile(c.status, "errors", errorsShape, report(c.fields...)...)
		if !strings.Contains(canonical(t, got), c.about) {
			t.Errorf("%v: %v says nothing about %s", c.fields, got, c.about)
		}
	}
	if len(w.door.filed) > 0 {
		t.Errorf("filed all the same: %+v", w.door.filed)
	}
}

func TestFile_EverythingThatIsWrongIsSaidAtOnce(t *testing.T) {
	w := newWorld(t)
	got := w.validFile(400, "errors", errorsShape, report("lat", "NaN", "description", "", "attribute[x]", "y")...)
	if n := len(got.([]any)); n != 3 {
		t.Errorf("%d of 3: %v", n, got)
	}
}

func TestFile_WhereItIs(t *testing.T) {
	w := newWorld(t)
	w.files(v2+"/requests.xml", 200, report("lat", "", "long", "", "address_id", village)...)
	w.files(v2+"/requests.xml", 200, report("lat", "", "long", "", "address_string", "引胜沟大桥下")...)
	if a, b := w.door.filed[0], w.door.filed[1]; a.Cell != village || a.Point != nil || b.Place != "引胜沟大桥下" || b.Cell != "" {
		t.Errorf("%+v\n%+v", a, b)
	}
}

func TestFile_TheDoorsOwnRefusalIsSaid(t *testing.T) {
	w := newWorld(t)
	w.door.err = grid.Fail(grid.Invalid, "georeport.error.place")
	w.validFile(400, "errors", errorsShape, report()...)
	w.door.err = &grid.Error{Code: grid.Internal, Key: "error.internal"}
	if body := w.files(v2+"/requests.json", 500, report()...).Body.String(); !strings.Contains(body, "系统出错") {
		t.Error(body)
	}
}

func TestFile_WithoutADoorIsRefused(t *testing.T) {
	w := newWorld(t)
	w.server.Door, w.server.Keys = nil, nil
	w.validFile(403, "errors", errorsShape, report()...)
}

// picture is the beginning of a JPEG, which is all that is looked at here.
var picture = []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00")

func (w *world) sendsParts(status int, files map[string][]byte, fields ...string) {
	w.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for i := 0; i+1 < len(fields); i += 2 {
		_ = m.WriteField(fields[i], fields[i+1])
	}
	for name, data := range files {
		part, err := m.CreateFormFile(name, name+".jpg")
		if err != nil {
			w.t.Fatal(err)
		}
		_, _ = part.Write(data)
	}
	_ = m.Close()
	r := w.asks(http.MethodPost, v2+"/requests.json", &body, "Content-Type", m.FormDataContentType())
	if r.Code != status {
		w.t.Fatalf("%d, want %d\n%s", r.Code, status, r.Body)
	}
}

func TestFile_WithPhotos(t *testing.T) {
	w := newWorld(t)
	w.sendsParts(200, map[string][]byte{"media": picture, "media[]": picture}, report("description", "")...)
	if got := w.door.filed[0]; len(got.Photos) != 2 || !bytes.Equal(got.Photos[0].Data, picture) || got.Category != "water" {
		t.Errorf("%+v", got)
	}
	w.sendsParts(400, map[string][]byte{"a": picture, "b": picture, "c": picture}, report()...)
	w.sendsParts(400, map[string][]byte{"a": []byte("<html><script>")}, report()...)
	w.sendsParts(400, map[string][]byte{"a": append(picture, make([]byte, 1<<20)...)}, report()...)
	w.sendsParts(400, map[string][]byte{"a": make([]byte, 6<<20)}, report()...)
}

// TestFile_WithPhotosWaitsForRoom: programs share the room of the site, one that is slow keeps nobody else out, and the room is left
// when the report is filed.
func TestFile_WithPhotosWaitsForRoom(t *testing.T) {
	w := newWorld(t)
	w.server.Uploads = &doorway.Room{Limits: func() doorway.Limits { return doorway.Limits{All: 2, Each: 1, Time: 20 * time.Millisecond} }}
	photos := map[string][]byte{"media": append(slices.Clone(picture), make([]byte, 300<<10)...)}
	leave, err := w.server.Uploads.Enter(context.Background(), "192.0.2.1") // as httptest's requests come from there
	if err != nil {
		t.Fatal(err)
	}
	w.sendsParts(400, photos, report()...)
	w.files(v2+"/requests.json", 200, report()...) // words need no room
	w.sendsParts(200, nil, report("description", "words in parts")...)
	leave()
	w.sendsParts(200, photos, report()...)
	w.sendsParts(200, photos, report("description", "another")...)
	if _, err := w.server.Uploads.Enter(context.Background(), "203.0.113.7"); err != nil {
		t.Fatal(err)
	}
	w.sendsParts(200, photos, report("description", "a third")...)
}

// hurried is an answer on a connection that can be given a deadline.
type hurried struct {
	*httptest.ResponseRecorder
	set []time.Time
}

func (h *hurried) SetReadDeadline(t time.Time) error {
	h.set = append(h.set, t)
	return nil
}

// TestFile_HasItsTime to come in, with photos or without.
func TestFile_HasItsTime(t *testing.T) {
	w := newWorld(t)
	w.server.Uploads = &doorway.Room{Limits: func() doorway.Limits { return doorway.Limits{All: 1, Each: 1, Time: time.Minute} }}
	r := httptest.NewRequest(http.MethodPost, v2+"/requests.json", strings.NewReader("api_key=good"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	out, before := &hurried{ResponseRecorder: httptest.NewRecorder()}, time.Now()
	w.handler.ServeHTTP(out, r)
	if len(out.set) != 2 || out.set[0].Before(before.Add(time.Minute)) || out.set[0].After(time.Now().Add(time.Minute)) {
		t.Errorf("deadlines %v", out.set)
	}
}

// TestFile_AnswersOfAListMayBeNumbered, as query strings of JavaScript and PHP do it; what is in no known form is refused as before.
func TestFile_AnswersOfAListMayBeNumbered(t *testing.T) {
	w := newWorld(t)
	w.files(v2+"/requests.json", 200, report("attribute[also][0]", "other", "attribute[also][1]", "air")...)
	if got := w.door.filed[0].Also; strings.Join(got, " ") != "other air" {
		t.Errorf("%v", got)
	}
	w.files(v2+"/requests.json", 400, report("attribute[also][first]", "air")...)
	w.files(v2+"/requests.json", 400, report("attribute[nothing][0]", "air")...)
}

// unread is a body of which the rest must not be asked for.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the photo is read")
	return 0, io.ErrUnexpectedEOF
}

func TestFile_WithoutAGoodKeyNoPhotoIsRead(t *testing.T) {
	w := newWorld(t)
	// What lies between the head of the part and the rest fills the reader's buffer, so that only reading the photo asks for more.
	head := func(fields ...string) (io.Reader, string) {
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		for i := 0; i+1 < len(fields); i += 2 {
			_ = m.WriteField(fields[i], fields[i+1])
		}
		part, err := m.CreateFormFile("media", "a.jpg")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(make([]byte, 1<<14))
		return io.MultiReader(&body, unread{t}), m.FormDataContentType()
	}
	for name, c := range map[string]struct {
		query  string
		fields []string
		about  string
	}{
		"none":             {"", report("api_key", ""), "缺少 api_key"},
		"a wrong one":      {"", report("api_key", "bad"), "不对或已停用"},
		"a spent one":      {"", report("api_key", "spent"), "今天"},
		"wrong in address": {"?api_key=bad", report("api_key", ""), "不对或已停用"},
	} {
		body, kind := head(c.fields...)
		if r := w.asks(http.MethodPost, v2+"/requests.json"+c.query, body, "Content-Type", kind); r.Code != 403 || !strings.Contains(r.Body.String(), c.about) {
			t.Errorf("%s: %d %s", name, r.Code, r.Body)
		}
	}
	if len(w.door.filed) > 0 {
		t.Errorf("filed all the same: %+v", w.door.filed)
	}
}

func TestFile_WithTheKeyInTheAddress(t *testing.T) {
	w := newWorld(t)
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("media", "a.jpg") // before all fields
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(picture)
	for fields := report("api_key", ""); len(fields) > 1; fields = fields[2:] {
		_ = m.WriteField(fields[0], fields[1])
	}
	_ = m.Close()
	r := w.asks(http.MethodPost, v2+"/requests.json?api_key=good", &body, "Content-Type", m.FormDataContentType())
	if r.Code != 200 || len(w.door.filed) != 1 || w.door.filed[0].Key != "map" || len(w.door.filed[0].Photos) != 1 {
		t.Errorf("%d %s", r.Code, r.Body)
	}
}

func TestFile_OtherBodiesAreRefused(t *testing.T) {
	w := newWorld(t)
	for kind, body := range map[string]string{"application/json": `{"service_code":"water"}`, "": "x=1", "multipart/form-data": "x", "application/x-www-form-urlencoded": "a=%zz"} {
		if r := w.asks(http.MethodPost, v2+"/requests.json", strings.NewReader(body), "Content-Type", kind); r.Code != 400 {
			t.Errorf("%s: %d", kind, r.Code)
		}
	}
}

// FuzzFile: whatever is sent, the answer is one in the form of the specification, and what gets through is sound.
func FuzzFile(f *testing.F) {
	f.Add("api_key=good&service_code=water&lat=36.5&long=102.4&description=x&attribute[kind]=outfall")
	f.Add("attribute[also][]=air&attribute[]=&attribute[[]]=1&lat=%2e&long=NaN")
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, body string) {
		w.t, w.door.filed = t, nil
		r := w.asks(http.MethodPost, v2+"/requests.json", strings.NewReader(body), "Content-Type", "application/x-www-form-urlencoded")
		if r.Code != 200 && r.Code != 400 && r.Code != 403 && r.Code != 404 {
			t.Fatalf("%d %s", r.Code, r.Body)
		}
		for _, got := range w.door.filed {
			if got.Point != nil && got.Point.Valid() != nil || strings.ContainsAny(got.Words+got.Place+got.Name, "\x00\ue000\ue001") {
				t.Errorf("%+v", got)
			}
		}
	})
}

// FuzzRequests: whatever is asked, the answer is valid in both formats.
func FuzzRequests(f *testing.F) {
	f.Add("start_date=2026-10-01T00:00:00Z&status=open,closed&page=2&page_size=1&lat=36&long=102&radius=1e4")
	f.Add("service_request_id=2026-00001,,%00&extensions=false&end_date=0001-01-01")
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, query string) {
		if v, _ := url.ParseQuery(query); v.Get("extensions") == "true" {
			return
		}
		w.t = t
		read := func(format string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(http.MethodGet, v2+"/requests."+format, http.NoBody)
			r.URL.RawQuery = query
			out := httptest.NewRecorder()
			w.handler.ServeHTTP(out, r)
			return out
		}
		switch code := read("xml").Code; code {
		case 200:
			w.valid(200, "service_requests", requestShape, read)
		case 400, 404:
			w.valid(code, "errors", errorsShape, read)
		default:
			t.Fatalf("%s: %d", query, code)
		}
	})
}

var _ georeport.Door = &door{}
