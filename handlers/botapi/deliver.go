package botapi

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Doer carries out HTTP requests: an *http.Client, or [InProcess] around a handler.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

const (
	firstRetry = time.Second
	lastRetry  = time.Minute // the longest pause between two attempts at one update
)

// pump posts updates to the webhook: those of one chat one after the other, those of several chats side by side up
// to max_connections.
type pump struct {
	e    *Emulator
	http Doer
	wg   sync.WaitGroup

	// the rest is guarded by e.mu
	seen   int64
	lanes  map[int64][]*waiting
	ready  []int64 // chats with something to post and nobody posting
	flying int
	notify chan struct{}
}

// Deliver posts updates to the webhook, if one is set, until ctx is done; it waits for what is on its way and
// returns. An update is repeated until it is answered with 2xx, after a pause that doubles from one second to one
// minute. Run it in a goroutine of the caller's; one at a time.
func (e *Emulator) Deliver(ctx context.Context, client Doer) {
	p := &pump{e: e, http: client, lanes: map[int64][]*waiting{}}
	e.mu.Lock()
	changed, stop := e.queue.listen()
	p.notify = changed
	for ctx.Err() == nil {
		p.collect()
		p.launch(ctx)
		e.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
		}
		e.mu.Lock()
	}
	stop()
	e.mu.Unlock()
	p.wg.Wait()
}

// collect sorts new updates into lanes. The lock is held.
func (p *pump) collect() {
	if p.e.hook.url == "" {
		return
	}
	pending := p.e.queue.pending
	first := len(pending)
	for first > 0 && pending[first-1].id > p.seen {
		first--
	}
	for _, w := range pending[first:] {
		p.seen = w.id
		if w.done {
			continue
		}
		lane, busy := p.lanes[w.chat]
		p.lanes[w.chat] = append(lane, w)
		if !busy {
			p.ready = append(p.ready, w.chat)
		}
	}
}

// launch starts as many lanes as the webhook has connections for. The lock is held.
func (p *pump) launch(ctx context.Context) {
	for p.e.hook.url != "" && len(p.ready) > 0 && p.flying < p.e.hook.maxConnections {
		chat := p.ready[0]
		p.ready = p.ready[1:]
		p.flying++
		p.wg.Go(func() { p.run(ctx, chat) })
	}
}

// run posts the first update of a lane until it is taken, then gives the connection to the next lane.
func (p *pump) run(ctx context.Context, chat int64) {
	e := p.e
	for pause := firstRetry; ; pause = min(pause*2, lastRetry) {
		e.mu.Lock()
		hook, w := e.hook, p.lanes[chat][0]
		if w.done || hook.url == "" || ctx.Err() != nil { // confirmed elsewhere, or nowhere to post to
			p.release(chat)
			e.mu.Unlock()
			return
		}
		e.mu.Unlock()
		why := p.post(ctx, hook, w)
		e.mu.Lock()
		if why == "" {
			p.took(w)
			p.release(chat)
			e.mu.Unlock()
			return
		}
		if ctx.Err() == nil {
			e.hook.lastError, e.hook.lastErrorAt = why, e.clock()
		}
		e.mu.Unlock()
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// took marks an update as delivered and forgets all delivered ones at the front. The lock is held.
func (p *pump) took(w *waiting) {
	w.done = true
	q, n := &p.e.queue, 0
	for n < len(q.pending) && q.pending[n].done {
		n++
	}
	q.drop(n)
}

// release gives back the connection and queues what is left of the lane. The lock is held.
func (p *pump) release(chat int64) {
	p.flying--
	lane := p.lanes[chat]
	for len(lane) > 0 && lane[0].done {
		lane = lane[1:]
	}
	if len(lane) == 0 {
		delete(p.lanes, chat)
	} else {
		p.lanes[chat] = lane
		p.ready = append(p.ready, chat)
	}
	select {
	case p.notify <- struct{}{}:
	default:
	}
}

// post tries once and returns why it failed, or "".
func (p *pump) post(ctx context.Context, hook webhook, w *waiting) string {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.url, bytes.NewReader(w.raw))
	if err != nil {
		return err.Error()
	}
	r.Header.Set("Content-Type", kindJSON)
	if hook.secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", hook.secret)
	}
	response, err := p.http.Do(r)
	if err != nil {
		return "Connection failed"
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<20))
	_ = response.Body.Close()
	if response.StatusCode/100 != 2 {
		return "Wrong response from the webhook: " + strconv.Itoa(response.StatusCode) + " " + http.StatusText(response.StatusCode)
	}
	return ""
}
