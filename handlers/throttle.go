package handlers

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// throttle counts what each person and each group sends in a window of time. Past the limit the sender is told once, and
// what comes then until the window ends is dropped after no more than being counted. It is kept in memory: a restart costs
// one more answer.
type throttle struct {
	mu    sync.Mutex
	seen  map[string]*spell
	swept time.Time
}

// spell is one window of one sender.
type spell struct {
	until time.Time
	n     int
	last  ledger.EntryID // which is not counted again when it is tried again
	album string         // counts once, however many photos it has
	told  ledger.EntryID // the entry that was answered "too fast"
}

// verdict is what becomes of a message.
type verdict int

const (
	pass  verdict = iota
	tell          // answer that it is too fast
	leave         // count it and nothing else
)

// throttled counts a message and says what becomes of it; wait is how long the window still lasts. What the program tells itself is
// never held up. What tells of danger is counted apart, so that nothing said before holds it up; but it has an end, too: what an
// alarm tells reaches the phones of all on duty before anything else is sent, and one person could keep everybody from being
// answered. Time is when the message was written: what comes late after an outage was not fast.
func (d *Desk) throttled(e ledger.Entry, m Message) (v verdict, wait time.Duration) {
	if m.Fetch != nil || m.Kind == Block || d.Rules.MessageWindow <= 0 {
		return pass, 0
	}
	who := d.Pseudonym(m.User)
	apart := ""
	if d.Book.Alarm(m.Text, nil).Hit() {
		apart = "!"
	}
	limit := d.Rules.MessagesPerPerson
	if d.Officer != nil && d.Officer(who) {
		limit = d.Rules.MessagesPerChat // their work is made of presses
	}
	v, wait = d.throttle.count(string(who)+apart, limit, e.ID, m, d.Rules.MessageWindow)
	if m.Group {
		group, long := d.throttle.count(strconv.FormatInt(m.Chat, 10)+apart, d.Rules.MessagesPerChat, e.ID, m, d.Rules.MessageWindow)
		v, wait = max(v, group), max(wait, long)
	}
	return v, wait
}

func (p *throttle) count(key string, limit int, id ledger.EntryID, m Message, window time.Duration) (verdict, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep(m.At, window)
	s := p.seen[key]
	if s == nil || !m.At.Before(s.until) {
		s = &spell{until: m.At.Add(window)}
		p.seen[key] = s
	}
	if s.last != id && (m.Album == "" || m.Album != s.album) {
		s.n++
	}
	s.last, s.album = id, m.Album
	switch {
	case s.n <= limit:
		return pass, 0
	case s.told == "" || s.told == id:
		s.told = id
		return tell, s.until.Sub(m.At)
	default:
		return leave, s.until.Sub(m.At)
	}
}

// sweep forgets windows that are over, once a window.
func (p *throttle) sweep(now time.Time, window time.Duration) {
	if p.seen != nil && now.Sub(p.swept) < window {
		return
	}
	if p.seen == nil {
		p.seen = make(map[string]*spell)
	}
	p.swept = now
	for key, s := range p.seen {
		if !now.Before(s.until) {
			delete(p.seen, key)
		}
	}
}

// tooFast answers, once a window, and counts.
func (s *scene) tooFast(wait time.Duration) {
	s.count("throttled", s.Work.Tree.Root().Code)
	minutes := int((wait + time.Minute - 1) / time.Minute)
	s.say(flow.Reply{Key: "error.too_fast", Args: map[string]any{"minutes": minutes, "hotline": s.Book.Rules().Hotline}, Toast: s.msg.Callback != ""})
}

// leave drops a message that came too fast: one write, no reading. That it came stays on record as a figure of the day.
func (d *Desk) leave(ctx context.Context, e ledger.Entry) error {
	now := d.Clock()
	_, err := d.Store.Commit(ctx, ledger.Change{At: now, Done: e.ID, Counts: []ledger.Count{{
		Day: d.dayOf(now), Field: "throttled/" + string(d.Work.Tree.Root().Code), N: 1,
	}}})
	if err != nil {
		return blame(err)
	}
	return nil
}
