package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// receiver stores updates, or cannot.
type receiver struct {
	mu   sync.Mutex
	got  []int64
	fail bool
}

func (r *receiver) setFail(fail bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = fail
}

func (r *receiver) updates() []int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

func (r *receiver) Receive(_ context.Context, updates []ledger.Entry, _ time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail {
		return errAway
	}
	for _, u := range updates {
		if !slices.Contains(r.got, u.Update) {
			r.got = append(r.got, u.Update)
		}
	}
	return nil
}

// polling is a poller against the emulator, in a bubble.
type polling struct {
	e     *botapi.Emulator
	store *receiver
	log   *bytes.Buffer
	woken int
	seen  int
	stop  func() error
}

func poll(t *testing.T, change func(*Poller), test func(p *polling)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		e := botapi.New()
		w := &polling{e: e, store: &receiver{}, log: &bytes.Buffer{}}
		p := &Poller{
			API: "http://telegram.test", Token: e.Token(), Client: e, Store: w.store, Clock: time.Now,
			Log: slog.New(slog.NewTextHandler(w.log, nil)), Wake: func() { w.woken++ }, Seen: func(n int) { w.seen += n },
		}
		if change != nil {
			change(p)
		}
		ctx, cancel := context.WithCancel(t.Context())
		result := make(chan error, 1)
		go func() { result <- p.Run(ctx) }()
		stopped := false
		w.stop = func() error { cancel(); stopped = true; return <-result }
		test(w)
		if !stopped {
			if err := w.stop(); err != nil {
				t.Errorf("Run: %v", err)
			}
		}
		if strings.Contains(w.log.String(), e.Token()) {
			t.Error("the token is in the log")
		}
	})
}

func TestPoller_receives(t *testing.T) {
	poll(t, nil, func(p *polling) {
		ma := p.e.User(1, "马", "zh-hans")
		for i := range 250 {
			ma.Says(fmt.Sprint("line ", i))
		}
		synctest.Wait()
		if got := p.store.updates(); len(got) != 250 || !slices.IsSorted(got) || p.seen != 250 || p.woken == 0 {
			t.Errorf("%d updates, seen %d, woken %d", len(got), p.seen, p.woken)
		}
		time.Sleep(10 * time.Minute)
		ma.Says("later")
		synctest.Wait()
		if got := p.store.updates(); len(got) != 251 {
			t.Errorf("%d updates after ten idle minutes", len(got))
		}
	})
}

// What could not be stored is not confirmed: Telegram is asked for the very same again.
func TestPoller_confirmsWhatIsStored(t *testing.T) {
	poll(t, nil, func(p *polling) {
		p.store.setFail(true)
		p.e.User(1, "马", "").Says("one")
		time.Sleep(time.Minute)
		if calls := p.e.Calls("getUpdates"); calls < 4 {
			t.Errorf("asked %d times in a minute", calls)
		}
		if len(p.store.updates()) != 0 || p.woken != 0 {
			t.Error("what was not stored counts as received")
		}
		p.e.User(1, "马", "").Says("two")
		p.store.setFail(false)
		time.Sleep(11 * time.Second)
		if got := p.store.updates(); len(got) != 2 {
			t.Errorf("got %v, want both updates", got)
		}
	})
}

// Trouble on the way is waited out; each kind for its own time.
func TestPoller_trouble(t *testing.T) {
	tests := []struct {
		name   string
		fault  botapi.Fault
		times  int
		within time.Duration
		calls  int // at most so many calls until then
	}{
		{"bad gateway", botapi.BadGateway(), 3, 5 * time.Second, 6},
		{"conflict", botapi.Refuse(409, "Conflict: terminated by other getUpdates request"), 4, 10 * time.Second, 8},
		{"server error", botapi.Refuse(500, "Internal Server Error"), 2, 5 * time.Second, 5},
		{"hang up", botapi.HangUp(false), 3, 5 * time.Second, 6},
		{"cut short", botapi.CutShort(), 2, 5 * time.Second, 5},
		{"throttled", botapi.Throttle(17 * time.Second), 1, 18 * time.Second, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			poll(t, nil, func(p *polling) {
				synctest.Wait()
				before := p.e.Calls("getUpdates")
				p.e.Inject(botapi.When{Method: "getUpdates", Times: tt.times}, tt.fault)
				p.e.User(1, "马", "").Says("one") // ends the long poll that waits
				synctest.Wait()
				p.e.User(1, "马", "").Says("two")
				time.Sleep(tt.within)
				if got := p.store.updates(); len(got) != 2 {
					t.Errorf("got %v, want both updates", got)
				}
				if n := p.e.Calls("getUpdates") - before; n > tt.times+3 || n > tt.calls {
					t.Errorf("%d calls", n)
				}
			})
		})
	}
}

// Telegram's own time is waited for in full.
func TestPoller_obeysRetryAfter(t *testing.T) {
	poll(t, func(p *Poller) {
		p.Client.(*botapi.Emulator).Inject(botapi.When{Method: "getUpdates"}, botapi.Throttle(30*time.Second))
	}, func(p *polling) {
		time.Sleep(29 * time.Second)
		if n := p.e.Calls("getUpdates"); n != 1 {
			t.Errorf("%d calls within the time to wait", n)
		}
		time.Sleep(2 * time.Second)
		if n := p.e.Calls("getUpdates"); n != 2 {
			t.Errorf("%d calls after the time to wait", n)
		}
	})
}

// With a wrong token there is no use in going on; and the error does not show it.
func TestPoller_wrongToken(t *testing.T) {
	poll(t, func(p *Poller) { p.Token = "7:wrong-token" }, func(p *polling) {
		synctest.Wait()
		err := p.stop()
		var api *apiError
		if !errors.As(err, &api) || api.Code != http.StatusUnauthorized {
			t.Fatalf("got %v, want 401", err)
		}
		if strings.Contains(err.Error(), "wrong-token") {
			t.Error("the token is in the error")
		}
	})
}

// brokenClient fails as net/http does, naming the whole address.
type brokenClient struct{}

func (brokenClient) Do(r *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("Post %q: no route to host", r.URL)
}

func TestPoller_hidesToken(t *testing.T) {
	poll(t, func(p *Poller) { p.Client = brokenClient{} }, func(p *polling) {
		time.Sleep(time.Second)
		if err := p.stop(); err != nil {
			t.Error(err)
		}
		if log := p.log.String(); !strings.Contains(log, "no route to host") || !strings.Contains(log, "***") {
			t.Errorf("log: %s", log)
		}
	})
}

func TestFollowing(t *testing.T) {
	if got := following([]ledger.Entry{{Update: 9}, {Update: 12}, {Update: 10}}); got != 13 {
		t.Errorf("got %d, want what confirms all of them", got)
	}
}
