package botapi

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-telegram/bot"
)

func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		name      string
		does      Fault
		delivered int
		check     func(error) bool
	}{
		{"throttle", Throttle(2500 * time.Millisecond), 0, func(err error) bool {
			var slow *bot.TooManyRequestsError
			return errors.As(err, &slow) && slow.RetryAfter == 3
		}},
		{"forbidden", Refuse(403, "Forbidden: bot was blocked by the user"), 0, func(err error) bool { return errors.Is(err, bot.ErrorForbidden) }},
		{"internal", Refuse(500, "Internal Server Error"), 0, func(err error) bool { return strings.Contains(err.Error(), "500") }},
		{"bad gateway", BadGateway(), 0, func(err error) bool { return strings.Contains(err.Error(), "<html>") }},
		{"hang up before", HangUp(false), 0, func(err error) bool { return errors.Is(err, io.EOF) }},
		{"hang up after", HangUp(true), 1, func(err error) bool { return errors.Is(err, io.EOF) }},
		{"cut short", CutShort(), 1, func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }},
	} {
		for _, way := range []string{"in process", "socket"} {
			t.Run(tt.name+" "+way, func(t *testing.T) {
				e := New()
				e.User(1, "马", "").Known()
				b := client(t, e)
				if way == "socket" {
					server := httptest.NewServer(e)
					defer server.Close()
					var err error
					if b, err = bot.New(e.Token(), bot.WithServerURL(server.URL), bot.WithSkipGetMe()); err != nil {
						t.Fatal(err)
					}
				}
				send := func() error {
					_, err := b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: 1, Text: "x"})
					return err
				}
				e.Inject(When{Method: "sendMessage", ChatID: 1, Skip: 1}, tt.does)
				if err := send(); err != nil {
					t.Errorf("the first call was struck: %v", err)
				}
				if err := send(); err == nil || !tt.check(err) {
					t.Errorf("got %v", err)
				}
				if n := len(e.Messages(1)); n != 1+tt.delivered {
					t.Errorf("%d messages arrived", n)
				}
				if err := send(); err != nil {
					t.Errorf("the fault was not used up: %v", err)
				}
			})
		}
	}
}

func TestSlowFault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New()
		e.User(1, "马", "").Known()
		e.Inject(When{}, Slow(40*time.Second))
		begin := time.Now()
		if got := ask(t, e, "sendMessage", "chat_id", "1", "text", "x"); got != "" || time.Since(begin) != 40*time.Second {
			t.Errorf("%q after %v", got, time.Since(begin))
		}
	})
}

// Ensure that faults planned for the same calls strike one after the other, and that Heal ends those without end.
func TestFaultsQueue(t *testing.T) {
	e := New()
	e.User(1, "马", "").Known()
	e.Inject(When{Method: "getMe", Times: 2}, Refuse(500, "a"))
	e.Inject(When{Times: -1}, Refuse(500, "b"))
	got := make([]string, 0, 4)
	for range 4 {
		got = append(got, ask(t, e, "getMe"))
	}
	if strings.Join(got, "") != "aabb" {
		t.Errorf("got %q", got)
	}
	e.Heal()
	if d := ask(t, e, "getMe"); d != "" || e.Calls("getMe") != 5 {
		t.Errorf("%q after %d calls", d, e.Calls("getMe"))
	}
}

func TestLimits(t *testing.T) {
	now := time.Date(2026, 2, 13, 9, 0, 0, 0, time.UTC)
	e := New(WithClock(func() time.Time { return now }), WithLimits(TelegramLimits()))
	ma := e.User(1, "马", "").Known()
	group := e.Group(-9, "群", ma)
	send := func(id int64) string { return ask(t, e, "sendMessage", "chat_id", itoa(id), "text", "x") }
	for i := range 3 {
		if got := send(1); got != "" {
			t.Errorf("burst %d: %s", i, got)
		}
	}
	if got := send(1); !strings.HasSuffix(got, "retry after 1") {
		t.Errorf("a fourth at once: %q", got)
	}
	now = now.Add(time.Second)
	if got := send(1); got != "" {
		t.Errorf("a second later: %q", got)
	}
	for i := range 20 {
		now = now.Add(time.Second)
		if got := send(group.ID()); got != "" {
			t.Errorf("group %d: %s", i, got)
		}
	}
	now = now.Add(time.Second)
	if got := send(group.ID()); !strings.HasSuffix(got, "retry after 40") {
		t.Errorf("a 21st in a minute: %q", got)
	}
	for id := int64(100); id < 131; id++ {
		e.User(id, "众", "").Known()
		if got := send(id); (got == "") != (id < 130) {
			t.Errorf("%d: %q", id, got)
		}
	}
	if e.PeakSends() != 30 {
		t.Errorf("peak %d", e.PeakSends())
	}
}

func TestDisconnectedClient(t *testing.T) {
	e := New()
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, "/bot"+DefaultToken+"/sendMessage", io.MultiReader(strings.NewReader("--B\r\n"+
		"Content-Disposition: form-data; name=\"text\"\r\n\r\nha"), failingReader{}))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=B")
	if _, err := e.Do(r); err == nil { //nolint:bodyclose // there is none
		t.Error("half a request was answered")
	}
	if len(e.Violations()) != 0 || e.Sent() != 0 {
		t.Error("half a request was carried out")
	}
}
