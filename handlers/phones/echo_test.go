package phones

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// echo is the least bot that has everything a phone can show: it repeats what it hears.
type echo struct {
	tb testing.TB
	e  *botapi.Emulator
}

// call calls one method of the Bot API.
func (b echo) call(ctx context.Context, method string, params ...string) json.RawMessage {
	form := url.Values{}
	for i := 0; i < len(params); i += 2 {
		form.Set(params[i], params[i+1])
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://emulator/bot"+b.e.Token()+"/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		b.tb.Error(err)
		return nil
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := b.e.Do(r)
	if err != nil {
		if ctx.Err() == nil {
			b.tb.Errorf("%s: %v", method, err)
		}
		return nil
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		OK          bool
		Description string
		Result      json.RawMessage
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || !answer.OK {
		b.tb.Errorf("%s: %s %v", method, answer.Description, err)
	}
	return answer.Result
}

func (b echo) run(ctx context.Context) {
	offset := int64(0)
	for ctx.Err() == nil {
		raw := b.call(ctx, "getUpdates", "timeout", "20", "offset", strconv.FormatInt(offset, 10))
		var updates []models.Update
		if json.Unmarshal(raw, &updates) != nil {
			continue
		}
		for _, u := range updates {
			offset = u.ID + 1
			if u.CallbackQuery != nil {
				b.pressed(ctx, u.CallbackQuery)
			} else if u.Message != nil {
				b.heard(ctx, u.Message)
			}
		}
	}
}

func (b echo) pressed(ctx context.Context, q *models.CallbackQuery) {
	b.call(ctx, "answerCallbackQuery", "callback_query_id", q.ID, "text", "收到 "+q.Data)
	m := q.Message.Message
	b.call(ctx, "editMessageText", "chat_id", itoa(m.Chat.ID), "message_id", strconv.Itoa(m.ID), "parse_mode", "HTML",
		"text", "<b>已受理</b>，编号 <code>LD-0001</code>")
}

func (b echo) heard(ctx context.Context, m *models.Message) {
	chat := itoa(m.Chat.ID)
	switch {
	case m.Text == "/place":
		b.call(ctx, "sendMessage", "chat_id", chat, "text", "请发位置",
			"reply_markup", `{"one_time_keyboard":true,"keyboard":[[{"text":"发送位置","request_location":true}],[{"text":"我的电话","request_contact":true},{"text":"取消"}]]}`)
	case m.Text == "/delete":
		b.call(ctx, "deleteMessage", "chat_id", chat, "message_id", strconv.Itoa(m.ID))
	case m.Location != nil:
		b.call(ctx, "sendMessage", "chat_id", chat, "text", "位置收到", "reply_markup", `{"remove_keyboard":true}`)
	case m.Contact != nil:
		b.call(ctx, "sendMessage", "chat_id", chat, "text", "电话收到 "+m.Contact.PhoneNumber)
	case len(m.Photo) > 0:
		b.call(ctx, "sendPhoto", "chat_id", chat, "photo", m.Photo[len(m.Photo)-1].FileID, "caption", "照片收到 "+m.Caption)
	case m.Document != nil:
		b.call(ctx, "sendDocument", "chat_id", chat, "document", m.Document.FileID, "caption", "文件收到")
	case strings.HasPrefix(m.Text, "case "):
		b.call(ctx, "sendMessage", "chat_id", chat, "text", "又一件",
			"reply_markup", `{"inline_keyboard":[[{"text":"受理","callback_data":"c:accept:`+strings.TrimPrefix(m.Text, "case ")+`"}]]}`)
	default:
		b.call(ctx, "sendMessage", "chat_id", chat, "parse_mode", "HTML", "text", "回声：<i>"+escape(m.Text)+"</i>",
			"reply_markup", `{"inline_keyboard":[[{"text":"受理","callback_data":"c:accept:1"},{"text":"不予受理","callback_data":"c:refuse:1"}]]}`)
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace

// world is a page with its phones, an echo behind them and a clock that stands still until it is moved.
type world struct {
	*Site
	emulator *botapi.Emulator
	server   *httptest.Server

	mu    sync.Mutex
	now   time.Time
	cases []Case
}

func (w *world) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) move(_ context.Context, by time.Duration) ([]string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(by)
	for i := range w.cases {
		w.cases[i].Late = w.cases[i].Due.Before(w.now)
	}
	return []string{"deadline-reminders", "daily-digest", "deadline-reminders"}, nil
}

func (w *world) open(context.Context) ([]Case, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Case(nil), w.cases...), nil
}

// square is a district of two townships and a river.
const (
	square = `{"type":"FeatureCollection","features":[
		{"type":"Feature","properties":{"code":"630202101","name":"雨润镇"},"geometry":{"type":"Polygon","coordinates":[[[102.2,36.4],[102.4,36.4],[102.4,36.6],[102.2,36.6],[102.2,36.4]]]}},
		{"type":"Feature","properties":{"code":"630202102","name":"寿乐镇"},"geometry":{"type":"Polygon","coordinates":[[[102.4,36.4],[102.6,36.4],[102.6,36.6],[102.4,36.6],[102.4,36.4]]]}},
		{"type":"Feature","properties":{"code":"630202400","name":"乐都工业园"},"geometry":null}]}`
	river = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"湟水"},"geometry":{"type":"LineString","coordinates":[[102.2,36.47],[102.6,36.5]]}}]}`
)

// newWorld starts everything; change may alter the options before.
func newWorld(tb testing.TB, change ...func(*Options)) *world {
	tb.Helper()
	w := &world{now: time.Date(2026, 2, 13, 1, 0, 0, 0, time.UTC)}
	w.cases = []Case{{Number: "LD20260213-001", State: Words{"zh-CN": "办理中", "en": "Handling"}, Cell: Words{"zh-CN": "寿乐镇"}, Code: "630202102", Due: time.Date(2026, 2, 16, 16, 0, 0, 0, time.UTC)}} // midnight in the district
	w.emulator = botapi.New(botapi.WithClock(w.Now))
	o := Options{
		Emulator: w.emulator, Now: w.Now, Advance: w.move, Cases: w.open, Pace: time.Millisecond, quiet: 30 * time.Millisecond,
		Cells: []byte(square), Rivers: []byte(river),
		Phones: []Phone{
			{ID: "citizen", User: 1, Name: "马", Role: "citizen", Language: "zh-hans", Number: "+8613800000001"},
			{ID: "inspector", User: 2, Name: "李", Role: "inspector", Language: "zh-hans"},
			{ID: "supervisor", User: 3, Name: "王", Role: "supervisor", Language: "zh-hans"},
			{ID: "desk", User: 4, Name: "赵", Role: "desk", Language: "zh-hans"},
		},
	}
	if mapped := os.Getenv("GRIDWARDEN_TEST_MAP"); mapped != "" { // a folder with a real district, to look at
		o.Cells, _ = os.ReadFile(mapped + "/cells.geojson")
		o.Outline, _ = os.ReadFile(mapped + "/outline.geojson")
		o.Rivers, _ = os.ReadFile(mapped + "/rivers.geojson")
	}
	for _, f := range change {
		f(&o)
	}
	site, err := New(o)
	if err != nil {
		tb.Fatal(err)
	}
	w.Site = site
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { site.Run(ctx) })
	running.Go(func() { echo{tb, w.emulator}.run(ctx) })
	w.server = httptest.NewServer(site)
	tb.Cleanup(func() {
		stop()
		running.Wait()
		w.server.Close()
	})
	return w
}
