package phones

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// request sends what the page would send; header pairs come after the body, an empty value takes a header away.
func (w *world) request(tb testing.TB, method, path string, body any, header ...string) (status int, answer string) {
	tb.Helper()
	var reader io.Reader = http.NoBody
	kind := "application/json"
	switch body := body.(type) {
	case nil:
	case *form:
		reader, kind = &body.Buffer, body.kind
	case string:
		reader = strings.NewReader(body)
	default:
		raw, err := json.Marshal(body)
		if err != nil {
			tb.Fatal(err)
		}
		reader = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(tb.Context(), method, w.server.URL+path, reader)
	if err != nil {
		tb.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Origin", w.server.URL)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set(tokenHeader, w.token)
	for i := 0; i < len(header); i += 2 {
		switch {
		case header[i] == "Host":
			r.Host = header[i+1]
		case header[i+1] == "":
			r.Header.Del(header[i])
		default:
			r.Header.Set(header[i], header[i+1])
		}
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return response.StatusCode, string(raw)
}

// form is a multipart body.
type form struct {
	bytes.Buffer
	kind string
}

func newForm(tb testing.TB, files [][]byte, fields ...string) *form {
	tb.Helper()
	f := &form{}
	m := multipart.NewWriter(f)
	for i := 0; i < len(fields); i += 2 {
		if err := m.WriteField(fields[i], fields[i+1]); err != nil {
			tb.Fatal(err)
		}
	}
	for _, data := range files {
		part, err := m.CreateFormFile("file", "a.jpg")
		if err != nil {
			tb.Fatal(err)
		}
		_, _ = part.Write(data)
	}
	_ = m.Close()
	f.kind = m.FormDataContentType()
	return f
}

// await waits until the person sees the words.
func (w *world) await(tb testing.TB, user int64, words string) {
	tb.Helper()
	person := w.emulator.User(user, "", "")
	events, stop := w.emulator.Watch(1000)
	defer stop()
	limit := time.NewTimer(10 * time.Second)
	defer limit.Stop()
	for !person.Sees(words) {
		select {
		case <-events:
		case <-limit.C:
			tb.Fatalf("user %d never saw %q:\n%s", user, words, w.emulator.Transcript(time.UTC))
		}
	}
}

// Ensure that everything a person does on the page reaches the bot as if done on a phone.
func TestPhonesReachTheBot(t *testing.T) {
	w := newWorld(t)
	do := func(want int, path string, body any) string {
		t.Helper()
		status, answer := w.request(t, http.MethodPost, path, body)
		if status != want {
			t.Fatalf("%s %v: %d %s", path, body, status, answer)
		}
		return answer
	}
	do(200, "/say", map[string]any{"phone": "citizen", "text": "你好"})
	w.await(t, 1, "回声：你好")
	last, _ := w.emulator.User(1, "", "").Last()
	do(200, "/press", map[string]any{"phone": "citizen", "message": last.ID, "data": "c:accept:1"})
	w.await(t, 1, "LD-0001")
	do(410, "/press", map[string]any{"phone": "citizen", "message": last.ID, "data": "c:accept:1"})

	do(200, "/photo", newForm(t, nil, "phone", "inspector", "sample", "smoke", "caption", "黑烟"))
	w.await(t, 2, "照片收到 黑烟")
	do(200, "/photo", newForm(t, [][]byte{sample("smoke"), sample("cleaned")}, "phone", "inspector", "caption", "一组"))
	w.await(t, 2, "照片收到 一组")
	do(200, "/photo", newForm(t, [][]byte{sample("smoke")}, "phone", "inspector", "as", "file"))
	messages := w.emulator.Messages(2)
	document := messages[len(messages)-1].Document
	for i := len(messages) - 1; document == nil && i > 0; i-- {
		document = messages[i].Document
	}
	if document == nil {
		t.Fatal("what was sent as a file is no document")
	}
	if data, _ := w.emulator.File(document.FileID); !bytes.Equal(data, sample("smoke")) {
		t.Error("the file changed on its way")
	}

	do(200, "/say", map[string]any{"phone": "citizen", "text": "/place"})
	w.await(t, 1, "请发位置")
	do(410, "/press", map[string]any{"phone": "citizen", "key": "发送位置"})
	do(200, "/contact", map[string]any{"phone": "citizen"})
	w.await(t, 1, "电话收到 +8613800000001")
	do(200, "/say", map[string]any{"phone": "citizen", "text": "/place"})
	w.await(t, 1, "请发位置")
	do(200, "/location", map[string]any{"phone": "citizen", "lat": 36.5, "lon": 102.5, "accuracy": 20})
	w.await(t, 1, "位置收到")
	do(410, "/press", map[string]any{"phone": "citizen", "key": "取消"})
	do(200, "/contact", map[string]any{"phone": "desk"})
	w.await(t, 4, "电话收到 "+sampleNumber)
	if wrong := w.emulator.Violations(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// A key of the keyboard and a button under a message may have the same label: the key sends its text all the same.
func TestKeyWithTheLabelOfAButton(t *testing.T) {
	w := newWorld(t)
	b := echo{t, w.emulator}
	p := w.emulator.User(2, "", "").Known()
	b.call(t.Context(), "sendMessage", "chat_id", "2", "text", "一", "reply_markup", `{"inline_keyboard":[[{"text":"取消","callback_data":"c:cancel"}]]}`)
	b.call(t.Context(), "sendMessage", "chat_id", "2", "text", "二", "reply_markup", `{"keyboard":[[{"text":"取消"}]]}`)
	if status, answer := w.request(t, http.MethodPost, "/press", map[string]any{"phone": "inspector", "key": "取消"}); status != 200 {
		t.Fatal(status, answer)
	}
	w.await(t, 2, "回声：取消")
	if len(p.Toasts()) > 0 {
		t.Error("the button under the message was pressed")
	}
}

// Ensure that what makes no sense is refused with a word that the page knows.
func TestRefusals(t *testing.T) {
	w := newWorld(t)
	known := words(t, "zh-CN")
	for _, tt := range []struct {
		path string
		body any
		want int
	}{
		{"/say", `{"phone":"nobody","text":"x"}`, 404},
		{"/say", `{"phone":"citizen","text":""}`, 400},
		{"/say", map[string]any{"phone": "citizen", "text": strings.Repeat("字", 4097)}, 400},
		{"/say", map[string]any{"phone": "citizen", "text": strings.Repeat("字", 40000)}, 413},
		{"/say", `{"phone":"citizen","text":"x","more":1}`, 400},
		{"/say", `not JSON`, 400},
		{"/press", `{"phone":"citizen","message":999,"data":"x"}`, 410},
		{"/location", `{"phone":"citizen","lat":91,"lon":0}`, 400},
		{"/location", `{"phone":"citizen","lat":1,"lon":-181}`, 400},
		{"/location", `{"phone":"citizen","lat":1,"lon":1,"accuracy":-1}`, 400},
		{"/location", `{"phone":"citizen","lat":1e999,"lon":1}`, 400},
		{"/photo", newForm(t, nil, "phone", "citizen", "sample", "../secret"), 400},
		{"/photo", newForm(t, nil, "phone", "citizen"), 400},
		{"/photo", newForm(t, make([][]byte, 11), "phone", "citizen"), 400},
		{"/photo", newForm(t, [][]byte{make([]byte, maxBody+1)}, "phone", "citizen"), 413},
		{"/photo", `{}`, 400},
		{"/contact", `{"phone":""}`, 404},
		{"/advance", `{"by":"-1h"}`, 400},
		{"/advance", `{"by":"1s"}`, 400},
		{"/advance", `{"by":"10000h"}`, 400},
		{"/advance", `{"by":"tomorrow"}`, 400},
		{"/play", `{"do":"dance"}`, 400},
		{"/play", `{"do":"pause"}`, 409},
		{"/play", `{"do":"resume"}`, 409},
		{"/play", `{"do":"stop"}`, 409},
	} {
		status, answer := w.request(t, http.MethodPost, tt.path, tt.body)
		var said struct{ Error string }
		if json.Unmarshal([]byte(answer), &said) != nil || status != tt.want || known["error."+said.Error] == "" {
			t.Errorf("%s %.60v: %d %s, want %d and a known word", tt.path, tt.body, status, answer, tt.want)
		}
	}
	if n := len(w.emulator.Messages(1)); n > 0 {
		t.Errorf("%d messages were sent all the same", n)
	}
}

// Ensure that nobody but the page can drive the phones, and that nothing of it can be read under a foreign name.
func TestOnlyThePage(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Hosts = []string{"demo.example"} })
	say := map[string]any{"phone": "citizen", "text": "x"}
	for _, tt := range []struct {
		name, method, path string
		header             []string
		want               int
	}{
		{"no token", "POST", "/say", []string{tokenHeader, ""}, 403},
		{"wrong token", "POST", "/say", []string{tokenHeader, "guess"}, 403},
		{"another origin", "POST", "/say", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, 403},
		{"another origin, old browser", "POST", "/say", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", ""}, 403},
		{"no origin", "POST", "/say", []string{"Origin", "null", "Sec-Fetch-Site", ""}, 403},
		{"another port", "POST", "/say", []string{"Origin", "http://127.0.0.1:1", "Sec-Fetch-Site", "same-site"}, 403},
		{"a name made to point here", "POST", "/say", []string{"Host", "evil.example", "Origin", "http://evil.example"}, 403},
		{"the page under such a name", "GET", "/", []string{"Host", "evil.example:8080"}, 403},
		{"the state under such a name", "GET", "/state", []string{"Host", "evil.example"}, 403},
		{"embedded elsewhere", "GET", "/state", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"}, 403},
		{"by a link", "GET", "/", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Origin", ""}, 200},
		{"localhost", "GET", "/", []string{"Host", "LOCALHOST:8080"}, 200},
		{"another loopback", "GET", "/", []string{"Host", "[::1]:8080"}, 200},
		{"a configured name", "GET", "/", []string{"Host", "demo.example"}, 200},
		{"as it should be", "POST", "/say", nil, 200},
		{"wrong method", "GET", "/say", nil, 405},
		{"no such page", "GET", "/else", nil, 404},
		{"the template", "GET", "/static/index.html", nil, 404},
		{"out of the folder", "GET", "/static/..%2fsite.go", nil, 404},
		{"no such file", "GET", "/file/x", nil, 404},
		{"no such map", "GET", "/map/else", nil, 404},
	} {
		var body any
		if tt.method == http.MethodPost {
			body = say
		}
		if status, answer := w.request(t, tt.method, tt.path, body, tt.header...); status != tt.want {
			t.Errorf("%s: %d %s, want %d", tt.name, status, answer, tt.want)
		}
	}
}

// Ensure that a page that lost its connection gets what it missed, and one that missed too much begins anew.
func TestEvents(t *testing.T) {
	w := newWorld(t)
	_, answer := w.request(t, http.MethodGet, "/state", nil)
	var state struct {
		At     string
		Now    int64
		Phones []struct{ ID string }
		Cases  []struct{ Number string }
	}
	if err := json.Unmarshal([]byte(answer), &state); err != nil || len(state.Phones) != 4 || len(state.Cases) != 1 || state.Now != w.Now().UnixMilli() {
		t.Fatalf("%v %s", err, answer)
	}
	w.emulator.User(1, "", "").Says("一")
	w.await(t, 1, "回声：一")
	first := w.events(t, 2, state.At, "message")
	if !strings.Contains(first[0].data, `"text":"一"`) || !strings.Contains(first[1].data, "回声") || !strings.Contains(first[1].data, `"phone":"citizen"`) {
		t.Errorf("%v", first)
	}
	again := w.events(t, 1, first[0].id, "message")
	if again[0] != first[1] {
		t.Errorf("after %s: %v, want %v", first[0].id, again[0], first[1])
	}
	for _, lost := range []string{"", "other-5", w.stream.name + "-99999", "nonsense", w.stream.name + "--1"} {
		if got := w.events(t, 1, lost, ""); got[0].kind != "reset" {
			t.Errorf("after %q: %v, want reset", lost, got[0])
		}
	}
	if _, err := w.move(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	if status, answer := w.request(t, http.MethodPost, "/advance", `{"by":"24h"}`); status != 200 || !strings.Contains(answer, "daily-digest") {
		t.Errorf("%d %s", status, answer)
	}
	if got := w.events(t, 1, state.At, "clock"); !strings.Contains(got[0].data, `"job":"deadline-reminders","times":2}`) {
		t.Errorf("%v", got)
	}
}

// event is one server-sent event.
type event struct{ id, kind, data string }

// events reads the first n events of a kind after the one named; of any kind when it is empty.
func (w *world) events(tb testing.TB, n int, after, kind string) []event {
	tb.Helper()
	r, err := http.NewRequestWithContext(tb.Context(), http.MethodGet, w.server.URL+"/events", http.NoBody)
	if err != nil {
		tb.Fatal(err)
	}
	r.Header.Set("Last-Event-ID", after)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var list []event
	var e event
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	for len(list) < n && lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "id":
			e.id = value
		case "event":
			e.kind = value
		case "data":
			e.data = value
		case "":
			if e.kind != "" && (kind == "" || e.kind == kind) {
				list = append(list, e)
			}
			e = event{}
		}
	}
	if len(list) < n {
		tb.Fatalf("only %v: %v", list, lines.Err())
	}
	return list
}

// oneNote is a scene in which somebody has a word.
func oneNote(who string) []Scene {
	return []Scene{{ID: "x", Title: Words{"zh-CN": "一"}, Steps: []Step{{Who: who, Does: "note"}}}}
}

// Ensure that incomplete options are refused with a reason.
func TestNewRefuses(t *testing.T) {
	whole := func() Options {
		return Options{Emulator: botapi.New(), Now: time.Now, Phones: []Phone{{ID: "a", User: 1}, {ID: "b", User: 2}}, Scenes: oneNote("a")}
	}
	if _, err := New(whole()); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Options){
		"no emulator":  func(o *Options) { o.Emulator = nil },
		"no clock":     func(o *Options) { o.Now = nil },
		"no phones":    func(o *Options) { o.Phones = nil },
		"same id":      func(o *Options) { o.Phones[1].ID = "a" },
		"same user":    func(o *Options) { o.Phones[1].User = 1 },
		"no id":        func(o *Options) { o.Phones[1].ID = "" },
		"no user":      func(o *Options) { o.Phones[1].User = 0 },
		"unknown who":  func(o *Options) { o.Scenes = oneNote("c") },
		"unknown deed": func(o *Options) { o.Scenes = oneNote("a"); o.Scenes[0].Steps[0].Does = "dance" },
		"no such who":  func(o *Options) { o.Scenes = nil }, // the embedded example has other people
	} {
		o := whole()
		spoil(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
