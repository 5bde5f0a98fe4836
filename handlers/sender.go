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
	Parallel int                                                          // sends under way at once
	Recheck  time.Duration                                                // how long to trust that Wake tells of everything new
	Done     func(m ledger.Message, o ledger.Outcome, took time.Duration) // from several goroutines; may be nil
	Blocked  func(ctx context.Context, m ledger.Message)                  // told, at least once, when a person blocked the bot; may be nil

	wake    chan struct{}
	results chan result
	queue   backlog
	gate    gate
	flying  int
	wg      sync.WaitGroup
}

// Deliverer makes the next call that a message needs, and returns what of it is still to be said when there is more.
type Deliverer interface {
	Deliver(ctx context.Context, m ledger.Message, chat int64) (rest *ledger.Message, err error)
}

const landing = 10 * time.Second // how long the calls under way may take when the sender has to stop

// Start makes the sender ready; Run does the work.
func (s *Sender) Start() {
	s.wake = make(chan struct{}, 1)
	s.gate = newGate(s.Pace)
}

// Wake tells that there is something new in the outbox. It never blocks.
func (s *Sender) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run sends until ctx ends, then lets the calls under way come to their end: a call cut off leaves nobody knowing
// whether the message is out. It may be run again after that.
func (s *Sender) Run(ctx context.Context) error {
	s.queue, s.results, s.flying = newBacklog(), make(chan result, s.Parallel), 0
	s.gate.idle()
	calls, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer s.land(abandon)
	recheck := time.NewTicker(s.Recheck)
	defer recheck.Stop()
	t := time.NewTimer(0)
	defer t.Stop()
	refill := true
	for {
		if refill {
			refill = !s.fill(ctx)
		}
		next := s.launch(calls)
		if refill { // the store is away
			next = min(next, time.Second)
		}
		t.Reset(next)
		select {
		case <-ctx.Done():
			return nil
		case <-s.wake:
			refill = true
		case <-recheck.C:
			refill = true
		case r := <-s.results:
			s.settle(r)
			refill = refill || s.queue.low()
		case <-t.C:
		}
	}
}

// land waits for the calls under way, but not for ever.
func (s *Sender) land(abandon func()) {
	t := time.AfterFunc(landing, abandon)
	defer t.Stop()
	s.wg.Wait()
	abandon()
}

// fill reads what the queue has room for, and tells whether the store could be read.
func (s *Sender) fill(ctx context.Context) bool {
	for p := ledger.Emergency; p <= ledger.Digest; p++ {
		for room := s.queue.room(p); room > 0; room = s.queue.room(p) {
			batch, err := s.Outbox.ReadOutbox(ctx, p, s.queue.last(p), room)
			if err != nil {
				if ctx.Err() == nil {
					s.Log.WarnContext(ctx, "outbox not read", slog.Any("error", err))
				}
				return false
			}
			s.queue.add(p, batch, s.Clock(), len(batch) == room)
			if len(batch) < room {
				break
			}
		}
	}
	return true
}

// launch starts as many sends as pace and parallelism allow, and says how long it is until the next might start. The
// last eighth of the parallel calls is kept for emergencies.
func (s *Sender) launch(ctx context.Context) time.Duration {
	for s.flying < s.Parallel {
		least := ledger.Digest
		if s.flying >= s.Parallel-s.Parallel/8 {
			least = ledger.Emergency
		}
		now := s.Clock()
		p, wait := s.queue.next(now, &s.gate, least)
		if p == nil {
			return wait
		}
		if d := s.gate.wait(p.cost, now); d > 0 {
			return d
		}
		s.gate.take(p.chat, p.m.Chat < 0, p.cost, now)
		s.queue.turn(p)
		s.flying++
		job := *p // the one in the queue is this goroutine's
		s.wg.Go(func() { s.results <- s.attempt(ctx, p, job) })
	}
	return neverLongerThan
}

// settle takes back a finished attempt.
func (s *Sender) settle(r result) {
	s.flying--
	s.gate.free(r.p.chat)
	if r.again.IsZero() {
		s.queue.remove(r.p)
		return
	}
	s.queue.putBack(r.p, r.m, r.begun, r.again)
	if r.pause {
		s.gate.hold(r.p.chat, r.again, s.Clock())
	}
}
