package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// web serves what is not Telegram: whether the program is well, its figures, and the webhook where there is one.
func (a *app) web(hook http.Handler, m *metrics) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", a.healthz)
	mux.Handle("GET /metrics", m.handler())
	if hook != nil {
		mux.Handle("/telegram", hook)
	}
	return mux
}

// health is the answer of /healthz.
type health struct {
	OK     bool   `json:"ok"`
	Redis  string `json:"redis"`
	Inbox  int64  `json:"inbox"`
	Outbox int64  `json:"outbox"`
	Aside  int64  `json:"aside"`
}

// healthz answers 200 while the store answers and 503 otherwise.
func (a *app) healthz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	h := health{Redis: "ok", OK: true}
	if err := a.store.Ping(ctx); err != nil {
		h.OK, h.Redis = false, "away"
	} else {
		if d, err := a.store.InboxDepth(ctx); err == nil {
			h.Inbox = d.Waiting
		}
		h.Aside, _ = a.store.AsideCount(ctx)
		if all, err := a.store.OutboxDepth(ctx); err == nil {
			for _, d := range all {
				h.Outbox += d.Waiting
			}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if !h.OK {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(h)
}

// healthcheckCmd asks a running program whether it is well: an image made from scratch has no other program to do it.
type healthcheckCmd struct {
	Listen string `env:"GRIDWARDEN_LISTEN" default:"127.0.0.1:8080" help:"Address of /healthz."`
}

// Run fails unless the program answers that it is well.
func (c healthcheckCmd) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.Listen+"/healthz", http.NoBody)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("not well: %s", res.Status)
	}
	return nil
}
