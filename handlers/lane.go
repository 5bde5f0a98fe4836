package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// drive works off one lane until it is empty. It gives up its slot after each entry, so that busy chats share fairly.
func (d *Dispatcher) drive(ctx context.Context, lane string) {
	for {
		h, ok := d.head(ctx, lane)
		if !ok {
			return
		}
		select {
		case d.slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		done, pause := d.serve(ctx, h)
		<-d.slots
		if done {
			d.pop(lane)
			continue
		}
		if !sleep(ctx, pause) {
			return
		}
	}
}

// head is the entry at the front; an empty lane is removed.
func (d *Dispatcher) head(ctx context.Context, lane string) (held, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if ctx.Err() != nil {
		return held{}, false
	}
	if len(d.lanes[lane]) == 0 {
		delete(d.lanes, lane)
		return held{}, false
	}
	return d.lanes[lane][0], true
}

// pop drops the entry at the front, and wakes the reader when it found no room before and there is plenty again.
func (d *Dispatcher) pop(lane string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	waiting := d.lanes[lane]
	if waiting[0].whole {
		d.whole--
	} else {
		d.names--
	}
	waiting[0] = held{} // what the array still holds need not be kept
	d.lanes[lane] = waiting[1:]
	if d.full && d.room() >= min(wholePerWorker*d.Workers/2, 500) {
		d.full = false
		d.Wake()
	}
}

// serve deals with an entry once, after it was read again if only its name was kept.
func (d *Dispatcher) serve(ctx context.Context, h held) (done bool, pause time.Duration) {
	if !h.whole {
		found, err := d.Inbox.ReadInbox(ctx, h.after, 1)
		switch {
		case err != nil:
			d.Log.WarnContext(ctx, "entry not read again", slog.String("entry", string(h.entry.ID)), slog.Any("error", err))
			return false, time.Second
		case len(found) == 0 || found[0].ID != h.entry.ID:
			return true, 0 // somebody else dealt with it
		}
		h.entry = found[0]
	}
	return d.try(ctx, h.entry)
}

// try deals with an entry once. It tells whether that is over, one way or the other, or how long to wait before the
// next attempt.
func (d *Dispatcher) try(ctx context.Context, e ledger.Entry) (done bool, pause time.Duration) {
	err := d.guard(ctx, e)
	if err == nil {
		return true, 0
	}
	if ctx.Err() != nil {
		return false, 0
	}
	if errors.Is(err, errStore) {
		d.Log.WarnContext(ctx, "store away, will try again", slog.String("entry", string(e.ID)), slog.Any("error", err))
		return false, time.Second
	}
	tries, failErr := d.Inbox.Fail(ctx, e.ID, err.Error(), d.Clock())
	d.Log.ErrorContext(ctx, "update failed", slog.String("entry", string(e.ID)), slog.Int("tries", tries), slog.Any("error", err))
	if failErr != nil {
		return false, time.Second
	}
	if tries < d.Tries {
		return false, time.Duration(tries) * time.Second
	}
	if d.Inbox.SetAside(ctx, e.ID, err.Error(), d.Clock()) != nil {
		return false, time.Second
	}
	return true, 0
}

// guard turns a panic into an error and bounds the time: a poisonous message must not take the program down.
func (d *Dispatcher) guard(ctx context.Context, e ledger.Entry) (err error) {
	ctx, cancel := context.WithTimeout(ctx, d.Timeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			d.Log.ErrorContext(ctx, "panic", slog.String("entry", string(e.ID)), slog.String("stack", string(debug.Stack())))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return d.Handle(ctx, e)
}
