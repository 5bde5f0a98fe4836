package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Doer is an HTTP client: the real one, or the emulator in process.
type Doer interface {
	Do(req *http.Request) (*http.Response, error)
}

// AllowedUpdates lists what we ask Telegram for.
func AllowedUpdates() []string {
	return []string{"message", "edited_message", "callback_query", "my_chat_member"}
}

const (
	pollLimit   = 100              // updates per request: Telegram's maximum
	pollTimeout = 50 * time.Second // Telegram's own long-poll limit
	updateLimit = 1 << 20          // bytes of one update; Telegram's are a few kilobytes
)

// Poller asks Telegram for updates and stores each batch before it confirms it by asking for the next. The library's
// own poller confirms first, so a crash would lose what it held.
type Poller struct {
	API    string // https://api.telegram.org or a self-hosted server
	Token  string
	Client Doer
	Store  Receiver
	Clock  func() time.Time
	Log    *slog.Logger
	Wake   func()    // told after each stored batch
	Seen   func(int) // how many updates arrived; may be nil
}

// Run polls until ctx ends. It returns only then, or when Telegram says that the token is wrong.
func (p *Poller) Run(ctx context.Context) error {
	var offset int64
	pause := time.Duration(0)
	for {
		if !sleep(ctx, pause) {
			return nil
		}
		updates, err := p.poll(ctx, offset)
		if err == nil && len(updates) > 0 {
			err = p.Store.Receive(ctx, updates, p.Clock())
		}
		if ctx.Err() != nil {
			return nil //nolint:nilerr // what was cut off is not confirmed, and comes again
		}
		if err != nil {
			var api *apiError
			if errors.As(err, &api) && api.Code == http.StatusUnauthorized {
				return err
			}
			pause = p.backoff(ctx, err, pause)
			continue
		}
		pause = 0
		if len(updates) > 0 {
			offset = following(updates)
			if p.Seen != nil {
				p.Seen(len(updates))
			}
			p.Wake()
		}
	}
}

// following is the offset that confirms all of these updates.
func following(updates []ledger.Entry) int64 {
	var last int64
	for _, u := range updates {
		last = max(last, u.Update)
	}
	return last + 1
}

// backoff logs the failure and says how long to wait: what Telegram asks for, else twice as long each time.
func (p *Poller) backoff(ctx context.Context, err error, last time.Duration) time.Duration {
	p.Log.WarnContext(ctx, "polling failed", slog.Any("error", err))
	var api *apiError
	if errors.As(err, &api) && api.Parameters.RetryAfter > 0 {
		return time.Duration(api.Parameters.RetryAfter) * time.Second
	}
	return min(max(2*last, 200*time.Millisecond), 10*time.Second)
}

// apiError is an answer with ok false.
type apiError struct {
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	} `json:"parameters"`
}

// Error names the code and Telegram's description.
func (e *apiError) Error() string { return fmt.Sprintf("telegram: %d %s", e.Code, e.Description) }

func (p *Poller) poll(ctx context.Context, offset int64) ([]ledger.Entry, error) {
	body, err := json.Marshal(map[string]any{
		"offset": offset, "limit": pollLimit, "timeout": int(pollTimeout.Seconds()), "allowed_updates": AllowedUpdates(),
	})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.API+"/bot"+p.Token+"/getUpdates", bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the address of the Bot API is not valid")
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := p.Client.Do(req)
	if err != nil {
		return nil, hideToken(err, p.Token)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, pollLimit*updateLimit))
	if err != nil {
		return nil, hideToken(err, p.Token)
	}
	var answer struct {
		OK     bool              `json:"ok"`
		Result []json.RawMessage `json:"result"`
		apiError
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, fmt.Errorf("getUpdates: status %d, not an answer of the Bot API", res.StatusCode)
	}
	if !answer.OK {
		return nil, &answer.apiError
	}
	return entries(answer.Result)
}

// entries reads the id of each update and keeps the rest as it is.
func entries(raw []json.RawMessage) ([]ledger.Entry, error) {
	out := make([]ledger.Entry, 0, len(raw))
	for _, r := range raw {
		id, err := updateID(r)
		if err != nil {
			return nil, err
		}
		out = append(out, ledger.Entry{Update: id, Data: r})
	}
	return out, nil
}

// updateID reads the update_id, which every update has. 0 and less are refused: without a number is only what the program
// tells itself, and nobody else may speak in its name.
func updateID(raw []byte) (int64, error) {
	var head struct {
		ID *int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &head); err != nil || head.ID == nil || *head.ID <= 0 {
		return 0, errors.New("not an update: no update_id")
	}
	return *head.ID, nil
}

// hideToken keeps the token out of an error, which may quote the address.
func hideToken(err error, token string) error {
	if token == "" || !strings.Contains(err.Error(), token) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), token, "***"))
}

// sleep waits for d or until ctx ends; it tells whether there is still something to do.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
