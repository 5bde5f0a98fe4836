package botapi

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-telegram/bot/models"
)

// hook is a bot's webhook that notes what arrives and may refuse.
type hook struct {
	mu     sync.Mutex
	got    map[int64][]string
	secret string
	refuse map[string]int // text → how often yet
	busy   int
	most   int
	takes  time.Duration
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var u models.Update
	_ = json.Unmarshal(body, &u)
	h.mu.Lock()
	h.busy++
	h.most = max(h.most, h.busy)
	h.secret = r.Header.Get("X-Telegram-Bot-Api-Secret-Token")
	h.mu.Unlock()
	time.Sleep(h.takes)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.busy--
	if h.refuse[u.Message.Text] > 0 {
		h.refuse[u.Message.Text]--
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	h.got[u.Message.Chat.ID] = append(h.got[u.Message.Chat.ID], u.Message.Text)
}

// Ensure that updates arrive in order within a chat though one is refused, while other chats go on.
func TestWebhook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New()
		h := &hook{got: map[int64][]string{}, refuse: map[string]int{"b": 3}, takes: time.Second}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { e.Deliver(ctx, InProcess(h)); close(done) }()
		synctest.Wait()
		if got := ask(t, e, "setWebhook", "url", "https://bot.example/hook", "secret_token", "s-1", "max_connections", "2"); got != "" {
			t.Fatal(got)
		}
		if got := ask(t, e, "getUpdates"); !strings.Contains(got, "webhook is active") {
			t.Error(got)
		}
		for _, text := range []string{"a", "b", "c"} {
			e.User(1, "马", "").Says(text)
		}
		e.User(2, "李", "").Says("x")
		e.User(3, "王", "").Says("y")
		time.Sleep(4 * time.Second)
		h.mu.Lock()
		if len(h.got[2]) != 1 || len(h.got[3]) != 1 || len(h.got[1]) != 1 {
			t.Errorf("after four seconds: %v", h.got)
		}
		h.mu.Unlock()
		if e.Pending() != 2 {
			t.Errorf("%d pending", e.Pending())
		}
		raw, _ := answered(t, e, "getWebhookInfo")
		if !strings.Contains(string(raw), "500 Internal Server Error") || !strings.Contains(string(raw), `"pending_update_count":2`) {
			t.Errorf("info: %s", raw)
		}
		time.Sleep(time.Minute)
		h.mu.Lock()
		if !slices.Equal(h.got[1], []string{"a", "b", "c"}) || h.secret != "s-1" || h.most > 2 {
			t.Errorf("got %v, secret %q, %d at once", h.got[1], h.secret, h.most)
		}
		h.mu.Unlock()

		h.refuse["d"] = 1000
		e.User(1, "马", "").Says("d")
		time.Sleep(10 * time.Second)
		if got := ask(t, e, "deleteWebhook"); got != "" {
			t.Error(got)
		}
		if list := updates(t, e); len(list) != 1 || list[0].Message.Text != "d" {
			t.Errorf("what the webhook never took: %v", list)
		}
		time.Sleep(2 * time.Minute)
		if got := ask(t, e, "setWebhook", "url", "https://bot.example/hook"); got != "" {
			t.Fatal(got)
		}
		e.User(1, "马", "").Says("e")
		time.Sleep(time.Minute)
		h.mu.Lock()
		if last := h.got[1][len(h.got[1])-1]; last != "e" || len(h.got[1]) != 4 {
			t.Errorf("after a break: %v", h.got[1])
		}
		h.mu.Unlock()
		cancel()
		<-done
	})
}

func TestWebhookDropsPending(t *testing.T) {
	e := New()
	e.User(1, "马", "").Says("old")
	if got := ask(t, e, "setWebhook", "url", "http://127.0.0.1:8081/hook", "drop_pending_updates", "true"); got != "" {
		t.Fatal(got)
	}
	if e.Pending() != 0 {
		t.Error("still pending")
	}
}
