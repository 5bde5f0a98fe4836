package main

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// telegram is an emulated Bot API server on the loopback, with the phones of everybody who talks to one bot.
type telegram struct {
	emulator *botapi.Emulator
	api      string
	delay    atomic.Int64 // of every answer, in nanoseconds: a round trip
	polled   chan time.Time
	updates  atomic.Int64 // what people sent
	refused  atomic.Int64 // calls answered 429
	cancel   context.CancelFunc
	server   *http.Server
	wg       sync.WaitGroup

	mu     sync.Mutex
	phones map[int64]chan arrival
}

// arrival is a message of the bot on a phone.
type arrival struct {
	models.Message
	at time.Time
}

const secret = "bench" // of the webhook

// newTelegram starts the server; with webhook it posts updates to the bot once that has asked for it.
func newTelegram(ctx context.Context, webhook bool, options ...botapi.Option) (*telegram, error) {
	ctx, cancel := context.WithCancel(ctx)
	t := &telegram{
		emulator: botapi.New(append([]botapi.Option{botapi.WithBot(1, "gridwarden_bot"), botapi.WithKeepLast(24)}, options...)...),
		polled:   make(chan time.Time, 1), cancel: cancel, phones: make(map[int64]chan arrival),
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		cancel()
		return nil, err
	}
	t.api = "http://" + l.Addr().String()
	t.server = &http.Server{Handler: http.HandlerFunc(t.serve), ReadHeaderTimeout: time.Minute}
	t.wg.Go(func() { _ = t.server.Serve(l) })
	events, stop := t.emulator.Watch(1 << 17)
	context.AfterFunc(ctx, stop)
	t.wg.Go(func() { t.hand(events) })
	if webhook {
		client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
		t.wg.Go(func() { t.emulator.Deliver(ctx, client) })
	}
	return t, nil
}

// close ends the server.
func (t *telegram) close() {
	if t == nil {
		return
	}
	t.cancel()
	_ = t.server.Close()
	t.wg.Wait()
}

// serve notes the first poll and lets time pass, then answers.
func (t *telegram) serve(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/getUpdates") {
		select {
		case t.polled <- time.Now():
		default:
		}
	}
	if d := time.Duration(t.delay.Load()); d > 0 && wait(r.Context(), d) != nil {
		return
	}
	t.emulator.ServeHTTP(&watcher{w, t}, r)
}

// watcher counts refusals.
type watcher struct {
	http.ResponseWriter
	t *telegram
}

// WriteHeader passes the status on.
func (w *watcher) WriteHeader(status int) {
	if status == http.StatusTooManyRequests {
		w.t.refused.Add(1)
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (w *watcher) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// hand brings each message to the phone it is for.
func (t *telegram) hand(events <-chan botapi.Event) {
	for e := range events {
		if e.Kind != botapi.EventMessage && e.Kind != botapi.EventEdit || e.Message.From == nil || !e.Message.From.IsBot {
			continue
		}
		t.mu.Lock()
		phone := t.phones[e.ChatID]
		t.mu.Unlock()
		if phone != nil {
			select {
			case phone <- arrival{e.Message, time.Now()}:
			default: // nobody looks any more
			}
		}
	}
}

// open gives a person a phone; close it when the conversation is over.
func (t *telegram) open(p *botapi.Person) chan arrival {
	phone := make(chan arrival, 64)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.phones[p.ID()] = phone
	return phone
}

func (t *telegram) hangUp(p *botapi.Person) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.phones, p.ID())
}

// sends is how many calls of the Bot API put something on a phone, others how many did not.
func (t *telegram) sends() int64 {
	return t.calls("sendMessage", "editMessageText", "sendPhoto", "sendMediaGroup", "sendLocation")
}

func (t *telegram) others() int64 { return t.calls("answerCallbackQuery", "getFile", "file") }

func (t *telegram) calls(methods ...string) int64 {
	n := 0
	for _, m := range methods {
		n += t.emulator.Calls(m)
	}
	return int64(n)
}
