package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	telegram "github.com/go-telegram/bot"

	"github.com/gridwarden/gridwarden/handlers"
)

// clockSlack is how far the machine's clock may be off before deadlines and Telegram's times disagree to the eye.
const clockSlack = 30 * time.Second

// checkTelegram asks Telegram who we are, how it delivers, and what time it is there.
func (c doctorCmd) checkTelegram(ctx context.Context) []finding {
	token, err := secret(c.Token, c.TokenFile)
	if err != nil || token == "" {
		return []finding{found(bad, "token_none")}
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	watch := &dateWatch{client: handlers.NewHTTPClient(1)}
	b, err := telegram.New(token, telegram.WithServerURL(c.API), telegram.WithSkipGetMe(),
		telegram.WithHTTPClient(10*time.Second, handlers.Buffered{Client: watch}))
	if err != nil {
		return []finding{found(bad, "token_refused")}
	}
	me, err := b.GetMe(ctx)
	switch {
	case errors.Is(err, telegram.ErrorUnauthorized), errors.Is(err, telegram.ErrorNotFound):
		return []finding{found(bad, "token_refused")}
	case err != nil:
		return []finding{found(bad, "telegram_away")}
	}
	out := []finding{found(good, "telegram", "name", me.Username)}
	return append(append(out, watch.judge()...), c.checkWebhook(ctx, b)...)
}

// checkWebhook compares how Telegram delivers with how the configuration wants it.
func (c doctorCmd) checkWebhook(ctx context.Context, b *telegram.Bot) []finding {
	info, err := b.GetWebhookInfo(ctx)
	switch {
	case err != nil:
		return []finding{found(warn, "webhook_unknown")}
	case info.URL != c.WebhookURL:
		return []finding{found(warn, "webhook_other", "theirs", info.URL, "ours", c.WebhookURL)}
	case info.LastErrorMessage != "":
		return []finding{found(warn, "webhook_failing", "error", info.LastErrorMessage)}
	case info.URL == "":
		return []finding{found(good, "polling")}
	}
	return []finding{found(good, "webhook", "n", info.PendingUpdateCount)}
}

// dateWatch notes what time the other side thinks it is.
type dateWatch struct {
	client handlers.Doer
	off    time.Duration
	known  bool
}

// Do passes the request on and compares the answer's date with ours.
func (w *dateWatch) Do(req *http.Request) (*http.Response, error) {
	res, err := w.client.Do(req)
	if err == nil {
		if date, parseErr := http.ParseTime(res.Header.Get("Date")); parseErr == nil {
			w.off, w.known = time.Since(date), true
		}
	}
	return res, err
}

func (w *dateWatch) judge() []finding {
	switch {
	case !w.known:
		return nil
	case w.off.Abs() > clockSlack:
		return []finding{found(bad, "clock_off", "seconds", int(w.off.Seconds()))}
	}
	return []finding{found(good, "clock")}
}
