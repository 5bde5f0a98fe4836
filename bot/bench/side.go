package main

import (
	"context"
	"net"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// side is one bot with everything it needs: a Redis, an emulated Telegram, the process itself.
type side struct {
	*bench
	name    string
	ours    bool
	webhook bool
	seeds   string // of our bot
	w       *warehouse
	t       *telegram
	p       *process
	start   time.Duration // from its start to its first poll
	people  *atomic.Int64 // how many citizens there were so far
	towns   []grid.Cell
}

// newSide starts our bot or, with a baseline's name, that one, on a store with so many cases.
func (b *bench) newSide(ctx context.Context, baseline string, webhook bool, stored int) (*side, error) {
	return b.newSideWith(ctx, b.seeds, baseline, webhook, stored)
}

func (b *bench) newSideWith(ctx context.Context, folder, baseline string, webhook bool, stored int, options ...botapi.Option) (*side, error) {
	s := &side{bench: b, ours: baseline == "", webhook: webhook, seeds: folder, people: &atomic.Int64{}}
	s.name = "b" + baseline
	if webhook {
		s.name += "w"
	}
	var err error
	if s.w, err = b.newWarehouse(ctx, s.name, false); err != nil {
		return s, err
	}
	if s.t, err = newTelegram(ctx, webhook, options...); err != nil {
		return s, err
	}
	err = s.populate(ctx, stored)
	if err != nil {
		return s, err
	}
	err = s.launch(ctx, baseline)
	return s, err
}

// populate stores officers and cases.
func (s *side) populate(ctx context.Context, stored int) error {
	s.towns = s.w.towns
	officers, err := s.w.appoint(ctx)
	if err != nil {
		return err
	}
	for _, user := range officers {
		s.t.emulator.User(user, "officer", "zh-hans").Known()
	}
	if stored == 0 {
		return nil
	}
	if s.ours {
		return s.w.fill(ctx, stored)
	}
	var serial atomic.Int64
	_, err = crowd(ctx, 64, int64(stored), time.Hour, plainly(ctx, s.w.client, &serial))
	return err
}

// launch starts the process and returns when it works.
func (s *side) launch(ctx context.Context, baseline string) error {
	address, err := freePort(ctx)
	if err != nil {
		return err
	}
	select {
	case <-s.t.polled:
	default:
	}
	if s.ours {
		s.p, err = s.spawn(ctx, s.name, s.bin, s.environment(), s.arguments(address)...)
	} else {
		args := []string{baseline, "-api", s.t.api, "-token", s.t.emulator.Token(), "-redis", s.w.server.URL, "-client", "pool"}
		if s.webhook {
			args = append(args, "-hook", address)
		}
		s.p, err = s.spawn(ctx, s.name, s.self, nil, args...)
	}
	if err != nil {
		return err
	}
	return s.ready(ctx, address)
}

func (s *side) environment() []string {
	return []string{
		"TELEGRAM_TOKEN=" + s.t.emulator.Token(), "GRIDWARDEN_KEYS=" + sealKeys, "TELEGRAM_API_URL=" + s.t.api,
		"REDIS_URL=" + s.w.server.URL, "GRIDWARDEN_MEDIA=" + filepath.Join(s.dir, s.name+"-media"),
		"GRIDWARDEN_SEEDS=" + s.seeds, "NO_PROXY=127.0.0.1", "LOG_LEVEL=warn",
	}
}

func (s *side) arguments(address string) []string {
	args := []string{"serve", "--site=", "--listen", address}
	if s.webhook {
		args = append(args, "--webhook-url", "http://"+address+"/telegram", "--webhook-secret", secret)
	}
	return args
}

// ready waits for the first poll, or until the webhook is set and somebody listens.
func (s *side) ready(ctx context.Context, address string) error {
	if s.webhook {
		err := until(ctx, 10*time.Second, func() bool {
			if s.t.emulator.Calls("setWebhook") == 0 {
				return false
			}
			var d net.Dialer
			c, err := d.DialContext(ctx, "tcp", address)
			if err == nil {
				_ = c.Close()
			}
			return err == nil
		})
		if err != nil {
			return s.p.failed()
		}
		return nil
	}
	select {
	case at := <-s.t.polled:
		s.start = at.Sub(s.p.began)
		return nil
	case <-s.p.done:
		return s.p.failed()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close ends everything.
func (s *side) close() {
	if s == nil {
		return
	}
	s.p.end()
	s.t.close()
	s.w.close()
}

// load is what was seen while people talked.
type load struct {
	talks, updates  int64
	perTalk         float64 // updates of one whole conversation
	span            time.Duration
	cpu, redis      time.Duration
	sends, others   int64 // calls that put something on a phone, and those that did not, until all was said
	reports         int64 // that they were for
	replies, toasts []time.Duration
	unanswered      int
	stuck           int
}

// rate is how many conversations there were a second: by their updates, for in a short window 256 of them, begun together,
// may end together just outside it.
func (l load) rate() float64 {
	if l.perTalk == 0 {
		return 0
	}
	return rate(l.updates, l.span) / l.perTalk
}

// perCost is what the bot computed for an update, in microseconds.
func (l load) perCost() float64 { return each(l.cpu, l.updates) }

// witness gathers what conversations saw.
type witness struct {
	mu   sync.Mutex
	done atomic.Int64
	all  []*talk
	bad  int
}

func (w *witness) add(c *talk, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		w.bad++
		return
	}
	w.done.Add(1)
	w.all = append(w.all, c)
}

// sum reads off what the conversations saw, once they all are over.
func (w *witness) sum(l *load) {
	for _, c := range w.all {
		l.perTalk += float64(c.updates) / float64(len(w.all))
		waits, missing := c.pressed()
		l.replies = append(l.replies, c.replies...)
		l.toasts = append(l.toasts, waits...)
		l.unanswered += missing
	}
	l.stuck = w.bad
}

// tellOne lets the next citizen report.
func (s *side) tellOne(ctx context.Context, w *witness, pause time.Duration) {
	c := newTalk(s.t, s.people.Add(1), s.towns)
	c.pause = pause
	w.add(c, c.tell(ctx))
}

// gauge measures over a window while others work.
func (s *side) gauge(ctx context.Context, w *witness, window time.Duration) (load, error) {
	began, talks, updates := time.Now(), w.done.Load(), s.t.updates.Load()
	cpu, redis := s.p.cpu(), s.w.cpu(ctx)
	if err := wait(ctx, window); err != nil {
		return load{}, err
	}
	return load{
		talks: w.done.Load() - talks, updates: s.t.updates.Load() - updates, span: time.Since(began),
		cpu: s.p.cpu() - cpu, redis: s.w.cpu(ctx) - redis,
	}, nil
}

const (
	warmUp        = 300 * time.Millisecond
	longestWarmUp = 2 * time.Second
	drainTime     = 200 * time.Millisecond
)

// closed lets so many people report, each a new one as soon as the one before is done.
func (s *side) closed(ctx context.Context, people int, window time.Duration) (load, error) {
	w := &witness{}
	var wg sync.WaitGroup
	var over atomic.Bool
	for range people {
		wg.Go(func() {
			for !over.Load() && ctx.Err() == nil {
				s.tellOne(ctx, w, 0)
			}
		})
	}
	warm := func() bool { return w.done.Load() >= int64(people) } // everybody was served once: the flow is even
	_ = until(ctx, longestWarmUp, warm)
	l, err := s.gauge(ctx, w, window)
	over.Store(true)
	wg.Wait()
	w.sum(&l)
	return l, err
}

// opened lets so many people a second begin to report, however long the others take.
func (s *side) opened(ctx context.Context, perSecond float64, window, pause time.Duration) (load, error) {
	w := &witness{}
	var wg sync.WaitGroup
	var l load
	var err error
	began, sends, others := time.Now(), s.t.sends(), s.t.others()
	wg.Go(func() {
		gap := time.Duration(float64(time.Second) / perSecond)
		for i := 0; time.Since(began) < window; i++ {
			if wait(ctx, max(time.Until(began.Add(time.Duration(i)*gap)), 0)) != nil {
				return
			}
			wg.Go(func() { s.tellOne(ctx, w, pause) })
		}
	})
	l, err = s.gauge(ctx, w, window)
	wg.Wait()
	w.sum(&l)
	if err == nil {
		err = wait(ctx, drainTime) // what follows the last report is under way
	}
	l.sends, l.others, l.reports = s.t.sends()-sends, s.t.others()-others, w.done.Load()
	return l, err
}
