package handlers

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Bounds of what is held in memory; the rest of the inbox waits in the store.
const (
	wholePerWorker = 64      // entries, whole, for each worker
	wholePerLane   = 16      // entries of one lane; of those behind them only the names are kept
	namesInAll     = 100_000 // entries of which only the name is kept
)

// Dispatcher hands the entries of the inbox to lanes: one per chat, in order within it, side by side across them. A
// chat that is slow, floods us or whose message fails again and again holds up nobody else; a message that failed too
// often is set aside. It holds a bounded part of the inbox in memory.
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
	slots chan struct{}
	wg    sync.WaitGroup

	mu    sync.Mutex
	lanes map[string][]held
	whole int
	names int
	full  bool // there may be more in the inbox than there was room for
}

// held is an entry in its lane: whole, or only its name when the lane holds plenty already.
type held struct {
	entry ledger.Entry
	after ledger.EntryID // the entry that was read before it: where it is found again
	whole bool
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
	return d.whole + d.names, len(d.lanes)
}

// Start makes the dispatcher ready; Run does the work.
func (d *Dispatcher) Start() {
	d.wake = make(chan struct{}, 1)
	d.slots = make(chan struct{}, d.Workers)
}

// Run reads the inbox from its beginning, so that whatever a crash left undone is done first, and goes on until ctx
// ends; then it waits for the lanes to come to rest. It may be run again after that.
func (d *Dispatcher) Run(ctx context.Context) error {
	defer d.wg.Wait()
	d.mu.Lock()
	d.lanes, d.whole, d.names = make(map[string][]held), 0, 0
	d.mu.Unlock()
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
	d.mu.Lock()
	room := d.room()
	d.full = room <= 0
	d.mu.Unlock()
	if room <= 0 {
		return 0, nil
	}
	batch, err := d.Inbox.ReadInbox(ctx, *last, room)
	for _, e := range batch {
		d.enter(ctx, e, *last)
		*last = e.ID
	}
	return len(batch), err
}

// room is how many more entries may be read. The lock is held.
func (d *Dispatcher) room() int {
	return min(wholePerWorker*d.Workers-d.whole, namesInAll-d.names, 1000)
}

// enter puts an entry at the end of its lane and sets the lane going if it stood still.
func (d *Dispatcher) enter(ctx context.Context, e ledger.Entry, after ledger.EntryID) {
	lane := d.Lane(e)
	d.mu.Lock()
	waiting, going := d.lanes[lane]
	h := held{entry: e, after: after, whole: len(waiting) < wholePerLane}
	if h.whole {
		d.whole++
	} else {
		h.entry = ledger.Entry{ID: e.ID}
		d.names++
	}
	d.lanes[lane] = append(waiting, h)
	d.mu.Unlock()
	if !going {
		d.wg.Go(func() { d.drive(ctx, lane) })
	}
}
