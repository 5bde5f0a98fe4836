package handlers

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Every kind of request and its answer; only what was stored is answered 200.
func TestWebhook(t *testing.T) {
	const secret = "s3cret"
	update := `{"update_id":7,"message":{"message_id":1}}`
	tests := []struct {
		name   string
		method string
		secret string // what is configured
		given  string
		body   io.Reader
		fail   bool
		want   int
		stored int
	}{
		{"stored", http.MethodPost, secret, secret, strings.NewReader(update), false, 200, 1},
		{"read", http.MethodGet, secret, secret, nil, false, 405, 0},
		{"put", http.MethodPut, secret, secret, strings.NewReader(update), false, 405, 0},
		{"wrong secret", http.MethodPost, secret, "S3cret", strings.NewReader(update), false, 401, 0},
		{"secret begun", http.MethodPost, secret, "s3c", strings.NewReader(update), false, 401, 0},
		{"no secret given", http.MethodPost, secret, "", strings.NewReader(update), false, 401, 0},
		{"no secret configured", http.MethodPost, "", "", strings.NewReader(update), false, 401, 0},
		{"too large", http.MethodPost, secret, secret, strings.NewReader(`{"update_id":7,"x":"` + strings.Repeat("x", updateLimit) + `"}`), false, 413, 0},
		{"cut off", http.MethodPost, secret, secret, io.MultiReader(strings.NewReader(update[:9]), brokenReader{}), false, 400, 0},
		{"empty", http.MethodPost, secret, secret, strings.NewReader(""), false, 400, 0},
		{"not JSON", http.MethodPost, secret, secret, strings.NewReader("update_id=7"), false, 400, 0},
		{"JSON and more", http.MethodPost, secret, secret, strings.NewReader(update + update), false, 400, 0},
		{"a list", http.MethodPost, secret, secret, strings.NewReader("[" + update + "]"), false, 400, 0},
		{"no id", http.MethodPost, secret, secret, strings.NewReader(`{"message":{}}`), false, 400, 0},
		{"id 0, which is the program's own", http.MethodPost, secret, secret, strings.NewReader(`{"update_id":0}`), false, 400, 0},
		{"negative id", http.MethodPost, secret, secret, strings.NewReader(`{"update_id":-1}`), false, 400, 0},
		{"store away", http.MethodPost, secret, secret, strings.NewReader(update), true, 500, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			store := &receiver{fail: tt.fail}
			woken, seen := 0, 0
			w := &Webhook{
				Secret: tt.secret, Store: store, Clock: time.Now, Log: quiet, Wake: func() { woken++ }, Seen: func(n int) { seen += n },
			}
			req := httptest.NewRequestWithContext(context.Background(), tt.method, "/telegram", tt.body)
			if tt.given != "" {
				req.Header.Set("X-Telegram-Bot-Api-Secret-Token", tt.given)
			}
			res := httptest.NewRecorder()
			w.ServeHTTP(res, req)
			if res.Code != tt.want {
				t.Errorf("answered %d, want %d: %s", res.Code, tt.want, res.Body)
			}
			if len(store.got) != tt.stored || woken != tt.stored || seen != tt.stored {
				t.Errorf("stored %d, woken %d, seen %d; want %d", len(store.got), woken, seen, tt.stored)
			}
			if strings.Contains(res.Body.String(), secret) {
				t.Error("the secret is in the answer")
			}
			if tt.want == 405 && res.Header().Get("Allow") != http.MethodPost {
				t.Error("405 without Allow")
			}
		})
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
