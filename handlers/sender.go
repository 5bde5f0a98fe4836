package handlers

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Outbox is what the sender works off.
type Outbox interface {
	// ReadOutbox returns up to n messages of one priority after the given entry, oldest first.
	ReadOutbox(ctx context.Context, p ledger.Priority, after ledger.EntryID, n int) ([]ledger.Message, error)
	// Begin marks a Once message as begun; false when it was begun before and must not be sent again.
	Begin(ctx context.Context, m ledger.Message) (bool, error)
	// Sent removes a message with what became of it.
	Sent(ctx context.Context, m ledger.Message, o ledger.Outcome, now time.Time) error
	// Person opens the recipient. NotFound when there is no such person.
	Person(ctx context.Context, id grid.PersonID) (ledger.Person, error)
}

// Pace is how fast Telegram lets us send.
type Pace struct {
	PerSecond      int // in all; 0 for no limit
	PerChat        int // a second, in one chat
	Burst          int // in one chat, before PerChat counts
	GroupPerMinute int
}

// Sender is the one way out. It sends the most urgent message whose chat is free, at Telegram's pace, in order within
// each chat and priority; it waits when Telegram says so, gives up what Telegram refuses for good, and records people
// who blocked the bot. What it has not finished stays in the store.
type Sender struct {
	Outbox   Outbox
	Deliver  Deliverer
	Pace     Pace
	Clock    func() time.Time
	Log      *slog.Logger
	Parallel int           // sends under way at once
	Recheck  time.Duration // how long to trust that Wake tells of everything new
	Done     func(m ledger.Message, o ledger.Outcome, took time.Duration)
	Blocked  func(ctx context.Context, m ledger.Message) // told when the recipient blocked the bot; may be nil

	wake    chan struct{}
	results chan result
	queue   backlog
	gate    gate
	flying  int
	wg      sync.WaitGroup
}

// Deliverer makes the call that a message needs.
type Deliverer interface {
	Deliver(ctx context.Context, m ledger.Message, chat int64) error
}

// result is what became of one attempt.
type result struct {
	m       ledger.Message
	chat    int64
	outcome ledger.Outcome
	again   time.Time // not zero: try again then
	pause   bool      // the chat, too, waits until then
	newChat int64     // the group moved
}

// Start makes the sender ready; Run does the work.
func (s *Sender) Start() {
	s.wake = make(chan struct{}, 1)
	s.results = make(chan result, s.Parallel)
	s.gate = newGate(s.Pace)
	s.queue = newBacklog()
}

// Wake tells that there is something new in the outbox. It never blocks.
func (s *Sender) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run sends until ctx ends, then waits for the calls under way.
func (s *Sender) Run(ctx context.Context) error {
	defer s.wg.Wait()
	t := time.NewTimer(0)
	defer t.Stop()
	refill := true
	for {
		if refill {
			s.fill(ctx)
		}
		next := s.launch(ctx)
		t.Reset(min(next, s.Recheck))
		select {
		case <-ctx.Done():
			return nil
		case <-s.wake:
			refill = true
		case r := <-s.results:
			s.settle(ctx, r)
			refill = s.queue.low()
		case <-t.C:
			refill = next >= s.Recheck || s.queue.low()
		}
	}
}

// fill reads what the queue has room for.
func (s *Sender) fill(ctx context.Context) {
	for p := ledger.Emergency; p <= ledger.Digest; p++ {
		for s.queue.room(p) > 0 {
			batch, err := s.Outbox.ReadOutbox(ctx, p, s.queue.last(p), s.queue.room(p))
			if err != nil {
				if ctx.Err() == nil {
					s.Log.WarnContext(ctx, "outbox not read", slog.Any("error", err))
				}
				return
			}
			if len(batch) == 0 {
				break
			}
			s.queue.add(p, batch)
		}
	}
}

// launch starts as many sends as pace and parallelism allow, and says how long it is until the next might start.
func (s *Sender) launch(ctx context.Context) time.Duration {
	for s.flying < s.Parallel {
		now := s.Clock()
		if wait := s.gate.wait(now); wait > 0 {
			if s.queue.empty() {
				return s.Recheck
			}
			return wait
		}
		m, wait := s.queue.next(now, &s.gate)
		if m == nil {
			return wait
		}
		s.gate.count(now)
		s.flying++
		s.wg.Go(func() { s.results <- s.attempt(ctx, *m) })
	}
	return s.Recheck
}

// settle takes back a finished attempt.
func (s *Sender) settle(ctx context.Context, r result) {
	s.flying--
	chat := chatKey(r.m)
	if r.again.IsZero() {
		s.queue.remove(r.m)
		s.gate.free(chat)
		if r.outcome == ledger.BlockedBot && s.Blocked != nil {
			s.Blocked(ctx, r.m)
		}
		return
	}
	if r.newChat != 0 {
		r.m.Chat = r.newChat
	}
	s.queue.putBack(r.m, r.again)
	s.gate.free(chat)
	if r.pause {
		s.gate.hold(chat, r.again)
	}
}
