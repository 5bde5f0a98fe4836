package handlers

import (
	"crypto/subtle"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Webhook takes updates that Telegram posts. It answers 200 only when the update is stored; anything else makes
// Telegram send it again.
type Webhook struct {
	Secret string // Telegram repeats it in a header; the empty secret refuses everything
	Store  Receiver
	Clock  func() time.Time
	Log    *slog.Logger
	Wake   func()
	Seen   func(int) // may be nil
}

// ServeHTTP answers 405 to anything but POST, 401 without the right secret, 413 to what no update can be, 400 to what
// is not an update and 500 while the store is away.
func (w *Webhook) ServeHTTP(res http.ResponseWriter, req *http.Request) {
	if req.Method != http.MethodPost {
		res.Header().Set("Allow", http.MethodPost)
		http.Error(res, "POST only", http.StatusMethodNotAllowed)
		return
	}
	given := req.Header.Get("X-Telegram-Bot-Api-Secret-Token")
	if w.Secret == "" || subtle.ConstantTimeCompare([]byte(given), []byte(w.Secret)) != 1 {
		http.Error(res, "wrong secret", http.StatusUnauthorized)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(res, req.Body, updateLimit))
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			http.Error(res, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		http.Error(res, "cut off", http.StatusBadRequest)
		return
	}
	id, err := updateID(raw)
	if err != nil {
		http.Error(res, err.Error(), http.StatusBadRequest)
		return
	}
	if err := w.Store.Receive(req.Context(), []ledger.Entry{{Update: id, Data: raw}}, w.Clock()); err != nil {
		w.Log.ErrorContext(req.Context(), "update not stored; Telegram will send it again", slog.Any("error", err))
		http.Error(res, "try again", http.StatusInternalServerError)
		return
	}
	if w.Seen != nil {
		w.Seen(1)
	}
	w.Wake()
	res.WriteHeader(http.StatusOK)
}
