package botapi

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// client returns the real library's client for e, in process, without polling.
func client(tb testing.TB, e *Emulator) *bot.Bot {
	tb.Helper()
	b, err := bot.New(e.Token(), bot.WithHTTPClient(time.Minute, e), bot.WithSkipGetMe(),
		bot.WithErrorsHandler(func(error) {}))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// Ensure that the real client polls, is spoken to, answers, and comes to rest, over two simulated days.
func TestConversationInBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New()
		ma := e.User(1001, "马", "zh-hans")
		ctx, cancel := context.WithCancel(t.Context())
		b, err := bot.New(e.Token(), bot.WithHTTPClient(time.Minute, e), bot.WithNotAsyncHandlers(),
			bot.WithDefaultHandler(echo))
		if err != nil {
			t.Fatal(err)
		}
		stopped := make(chan struct{})
		go func() { b.Start(ctx); close(stopped) }()

		ma.Says("/start")
		synctest.Wait()
		time.Sleep(25 * time.Hour)
		if err := ma.Taps("好"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		cancel()
		<-stopped

		const want = `2000-01-01 08:00 马: /start
2000-01-01 08:00 bot → 马: 收到 /start
    [好] [网页]
2000-01-02 09:00 马 presses [好]
2000-01-02 09:00 bot → 马 (alert): 谢谢
2000-01-02 09:00 bot → 马 (edited): 已确认
`
		if got := e.Transcript(time.FixedZone("CST", 8*3600)); got != want {
			t.Errorf("transcript:\n%s\nwant:\n%s", got, want)
		}
		if v := e.Violations(); len(v) > 0 {
			t.Errorf("violations: %v", v)
		}
		if u := e.Unanswered(); len(u) > 0 {
			t.Errorf("unanswered: %v", u)
		}
		if e.Pending() > 1 { // the last one may not be confirmed any more
			t.Errorf("%d updates left", e.Pending())
		}
	})
}

func echo(ctx context.Context, b *bot.Bot, u *models.Update) {
	if q := u.CallbackQuery; q != nil {
		_, _ = b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: q.ID, Text: "谢谢", ShowAlert: true})
		_, _ = b.EditMessageText(ctx, &bot.EditMessageTextParams{
			ChatID: q.Message.Message.Chat.ID, MessageID: q.Message.Message.ID, Text: "已确认",
		})
		return
	}
	_, _ = b.SendMessage(ctx, &bot.SendMessageParams{
		ChatID: u.Message.Chat.ID, Text: "<b>收到</b> " + u.Message.Text, ParseMode: models.ParseModeHTML,
		ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
			{Text: "好", CallbackData: "ok"}, {Text: "网页", URL: "https://example.org/"},
		}}},
	})
}

// Ensure that everything works the same over a socket, in its own goroutines.
func TestConversationOverHTTP(t *testing.T) {
	e := New()
	server := httptest.NewServer(e)
	defer server.Close()
	ma := e.User(7, "马", "zh-hans")
	b, err := bot.New(e.Token(), bot.WithServerURL(server.URL), bot.WithDefaultHandler(echo))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { b.Start(ctx) })

	ma.Says("一")
	wait, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	if _, err = e.Await(wait, 7, func(m models.Message) bool { return m.Text == "收到 一" }); err != nil {
		t.Fatal(err)
	}
	if err = ma.Taps("好"); err != nil {
		t.Fatal(err)
	}
	if _, err = e.Await(wait, 7, func(m models.Message) bool { return m.Text == "已确认" }); err != nil {
		t.Fatal(err)
	}
	cancel()
	wg.Wait()
	if v := e.Violations(); len(v) > 0 {
		t.Errorf("violations: %v", v)
	}
}

func TestPaths(t *testing.T) {
	e := New()
	server := httptest.NewServer(e)
	defer server.Close()
	for path, want := range map[string]int{
		"/bot" + DefaultToken + "/getMe":           200,
		"/botwrong/getMe":                          401,
		"/bot" + DefaultToken + "/getYou":          404,
		"/bot" + DefaultToken + "/":                404,
		"/":                                        404,
		"/file/botwrong/photos/file_1.jpg":         401,
		"/file/bot" + DefaultToken + "/photos/1.j": 404,
	} {
		response, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, response.StatusCode, want)
		}
	}
}

// Ensure that a long poll ends by its timeout, by its context and by a rival, and that offsets confirm.
func TestGetUpdates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New()
		ma := e.User(1, "马", "")
		ask := func(query string) (int, string) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/bot"+DefaultToken+"/getUpdates?"+query, http.NoBody)
			a := e.answer(r)
			return a.status, string(a.body)
		}
		begin := time.Now()
		if _, body := ask("timeout=30"); body != `{"ok":true,"result":[]}` || time.Since(begin) != 30*time.Second {
			t.Errorf("idle poll: %s after %v", body, time.Since(begin))
		}
		begin = time.Now()
		if _, _ = ask("timeout=3000"); time.Since(begin) != 50*time.Second {
			t.Errorf("a poll may last %v, not %v", maxPollTimeout, time.Since(begin))
		}
		for _, text := range []string{"一", "二", "三"} {
			ma.Says(text)
		}
		if _, body := ask("limit=2"); strings.Count(body, "update_id") != 2 || !strings.Contains(body, "一") {
			t.Errorf("limit: %s", body)
		}
		if _, body := ask("offset=3"); strings.Count(body, "update_id") != 1 || !strings.Contains(body, "三") {
			t.Errorf("offset: %s", body)
		}
		if _, body := ask("offset=0"); strings.Count(body, "update_id") != 1 {
			t.Errorf("confirmed updates came back: %s", body)
		}
		if _, body := ask("offset=4"); body != `{"ok":true,"result":[]}` || e.Pending() != 0 {
			t.Errorf("all confirmed: %s", body)
		}

		elder := make(chan int)
		go func() { status, _ := ask("offset=4&timeout=50"); elder <- status }()
		synctest.Wait()
		go func() { status, _ := ask("offset=4&timeout=50"); elder <- status }()
		if status := <-elder; status != http.StatusConflict {
			t.Errorf("elder poll: %d", status)
		}
		ma.Says("四")
		if status := <-elder; status != 200 {
			t.Errorf("younger poll: %d", status)
		}
		_, _ = ask(`offset=5&allowed_updates=["callback_query"]`)
		ma.Says("五")
		if e.Pending() != 0 {
			t.Error("an update of a kind that is not allowed was queued")
		}
		_, _ = ask(`allowed_updates=[]`)
		ma.Says("六")
		time.Sleep(25 * time.Hour)
		if _, body := ask(""); body != `{"ok":true,"result":[]}` {
			t.Errorf("an update outlived a day: %s", body)
		}
	})
}

func TestPatientPollSleepsThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New(WithPatientPolls())
		ctx, cancel := context.WithCancel(t.Context())
		b, err := bot.New(e.Token(), bot.WithHTTPClient(time.Minute, e))
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() { b.Start(ctx); close(done) }()
		time.Sleep(1000 * time.Hour)
		if n := e.Calls("getUpdates"); n != 1 {
			t.Errorf("%d polls in a thousand idle hours", n)
		}
		cancel()
		<-done
	})
}

func TestBlockedAndUnknown(t *testing.T) {
	e := New()
	b := client(t, e)
	say := func(id int64) error {
		_, err := b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: id, Text: "x"})
		return err
	}
	ma := e.User(1, "马", "")
	if err := say(1); !errors.Is(err, bot.ErrorBadRequest) || !strings.Contains(err.Error(), "chat not found") {
		t.Errorf("never started: %v", err)
	}
	e.Group(-5, "网格群", ma)
	if err := say(1); !errors.Is(err, bot.ErrorForbidden) {
		t.Errorf("known from a group only: %v", err)
	}
	ma.Starts("")
	if err := say(1); err != nil {
		t.Error(err)
	}
	ma.Blocks()
	if err := say(1); !errors.Is(err, bot.ErrorForbidden) || !strings.Contains(err.Error(), "blocked by the user") {
		t.Errorf("blocked: %v", err)
	}
	ma.Unblocks()
	if err := say(1); err != nil {
		t.Error(err)
	}
	ma.Deactivate()
	if err := say(1); !errors.Is(err, bot.ErrorForbidden) {
		t.Errorf("deactivated: %v", err)
	}
}

func TestMigration(t *testing.T) {
	e := New()
	b := client(t, e)
	group := e.Group(-5, "网格群", e.User(1, "马", ""))
	fresh := group.Migrate()
	_, err := b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: group.ID(), Text: "x"})
	var migrate *bot.MigrateError
	if !errors.As(err, &migrate) || int64(migrate.MigrateToChatID) != fresh.ID() {
		t.Fatalf("got %v", err)
	}
	if _, err = b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: fresh.ID(), Text: "x"}); err != nil {
		t.Error(err)
	}
}
