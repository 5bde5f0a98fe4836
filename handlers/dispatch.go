package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Dispatcher hands the entries of the inbox to lanes: one per chat, in order within it, side by side across them. A
// chat that is slow or whose message fails again and again holds up nobody else; a message that failed too often is
// set aside. It holds a bounded part of the inbox in memory, the rest waits in the store.
type Dispatcher struct {
	Inbox   Inbox
	Handle  func(ctx context.Context, e ledger.Entry) error // deals with one entry, wholly or not at all
	Lane    func(e ledger.Entry) string                     // which lane an entry belongs to
	Clock   func() time.Time
	Log     *slog.Logger
	Tries   int           // how often a message may fail
	Workers int           // how many lanes work at once
	Recheck time.Duration // how long to trust that Wake tells of everything new
	Timeout time.Duration // for one attempt

	wake  chan struct{}
	mu    sync.Mutex
	lanes map[string][]ledger.Entry
	held  int
	slots chan struct{}
	wg    sync.WaitGroup
}

// Wake tells that there is something new in the inbox. It never blocks and may be called at any time after Start.
func (d *Dispatcher) Wake() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// Depth tells how many entries are held and how many lanes they stand in.
func (d *Dispatcher) Depth() (entries, lanes int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.held, len(d.lanes)
}

// Start makes the dispatcher ready; Run does the work.
func (d *Dispatcher) Start() {
	d.wake = make(chan struct{}, 1)
	d.lanes = make(map[string][]ledger.Entry)
	d.slots = make(chan struct{}, d.Workers)
}

// Run reads the inbox from its beginning, so that whatever a crash left undone is done first, and goes on until ctx
// ends; then it waits for the lanes to come to rest.
func (d *Dispatcher) Run(ctx context.Context) error {
	defer d.wg.Wait()
	var last ledger.EntryID
	for {
		n, err := d.read(ctx, &last)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			d.Log.WarnContext(ctx, "inbox not read", slog.Any("error", err))
			if !sleep(ctx, time.Second) {
				return nil
			}
		case n == 0 && !d.wait(ctx):
			return nil
		}
	}
}

// wait returns true when there may be something new, false when ctx ended.
func (d *Dispatcher) wait(ctx context.Context) bool {
	t := time.NewTimer(d.Recheck)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-d.wake:
	case <-t.C:
	}
	return true
}

// read takes what there is room for and tells how many entries that was.
func (d *Dispatcher) read(ctx context.Context, last *ledger.EntryID) (int, error) {
	held, _ := d.Depth()
	room := min(64*d.Workers-held, 1000)
	if room <= 0 {
		return 0, nil
	}
	batch, err := d.Inbox.ReadInbox(ctx, *last, room)
	for _, e := range batch {
		*last = e.ID
		d.enter(ctx, e)
	}
	return len(batch), err
}

// enter puts an entry at the end of its lane and sets the lane going if it stood still.
func (d *Dispatcher) enter(ctx context.Context, e ledger.Entry) {
	lane := d.Lane(e)
	d.mu.Lock()
	waiting, going := d.lanes[lane]
	d.lanes[lane] = append(waiting, e)
	d.held++
	d.mu.Unlock()
	if !going {
		d.wg.Go(func() { d.drive(ctx, lane) })
	}
}

// drive works off one lane until it is empty. It gives up its slot after each entry, so that busy chats share fairly.
func (d *Dispatcher) drive(ctx context.Context, lane string) {
	for {
		e, ok := d.head(ctx, lane)
		if !ok {
			return
		}
		select {
		case d.slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		done, pause := d.try(ctx, e)
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
func (d *Dispatcher) head(ctx context.Context, lane string) (ledger.Entry, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if ctx.Err() != nil {
		return ledger.Entry{}, false
	}
	if len(d.lanes[lane]) == 0 {
		delete(d.lanes, lane)
		return ledger.Entry{}, false
	}
	return d.lanes[lane][0], true
}

func (d *Dispatcher) pop(lane string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lanes[lane] = d.lanes[lane][1:]
	d.held--
	d.Wake()
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
	if err := d.Inbox.SetAside(ctx, e.ID, err.Error(), d.Clock()); err != nil {
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
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return d.Handle(ctx, e)
}
