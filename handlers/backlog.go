package handlers

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Bounds of what the sender holds in memory of one priority; the rest of the outbox waits in the store.
const (
	wholeMessages   = 1000
	wholePerChat    = 20     // of those behind them only the names are kept, so that no chat takes all the room
	namedMessages   = 50_000 // messages of which only the name is kept
	longAway        = time.Minute
	neverLongerThan = time.Hour // the longest wait that is ever named
)

// backlog is the part of the outbox that the sender holds in memory: one line per priority.
type backlog struct {
	lines [ledger.Digest + 1]line
}

// line is the messages of one priority, by chat. The chats take turns.
type line struct {
	last   ledger.EntryID // read up to here
	more   bool           // there was more than fitted
	whole  int
	names  int
	turns  []*chatLine
	byChat map[string]*chatLine
}

// chatLine is the messages of one priority for one chat, in order.
type chatLine struct {
	chat    string
	waiting []*pending
}

// pending is a message that waits, or is being sent: whole, or only what is needed to wait.
type pending struct {
	m     ledger.Message
	chat  string
	cost  int            // how many messages it is to Telegram
	after ledger.EntryID // the message that was read before it: where it is found again
	whole bool
	begun bool      // marked as begun in the store, which is done once for a Once message
	again time.Time // it failed and is tried again then; those behind it in the chat wait, too

	overtaken bool // a later edit of the same message waits behind it: it need not be sent
}

func newBacklog() backlog {
	var b backlog
	for i := range b.lines {
		b.lines[i].byChat = make(map[string]*chatLine)
	}
	return b
}

func (b *backlog) last(p ledger.Priority) ledger.EntryID { return b.lines[p].last }

func (b *backlog) room(p ledger.Priority) int {
	return max(0, min(wholeMessages-b.lines[p].whole, namedMessages-b.lines[p].names))
}

// low tells whether a line has run so short that it is worth reading more.
func (b *backlog) low() bool {
	for p := range b.lines {
		if b.lines[p].more && b.room(ledger.Priority(p)) >= wholeMessages/2 {
			return true
		}
	}
	return false
}

// add takes a batch that was read; more says that it was all that there was room for.
func (b *backlog) add(priority ledger.Priority, batch []ledger.Message, now time.Time, more bool) {
	l := &b.lines[priority]
	l.more = more
	for _, m := range batch {
		m.Priority = priority
		l.add(m, now)
	}
}

func (l *line) add(m ledger.Message, now time.Time) {
	p := &pending{m: m, chat: chatKey(m), cost: cost(m), after: l.last}
	c, ok := l.byChat[p.chat]
	if !ok {
		c = &chatLine{chat: p.chat}
		l.byChat[p.chat] = c
		l.turns = append(l.turns, c)
	}
	p.whole = len(c.waiting) < wholePerChat && m.NotBefore.Sub(now) < longAway
	if p.whole {
		l.whole++
	} else {
		l.names++
		p.m = ledger.Message{Entry: m.Entry, To: m.To, Chat: m.Chat, Priority: m.Priority, Kind: m.Kind, NotBefore: m.NotBefore, Edit: m.Edit}
	}
	c.overtake(m)
	c.waiting = append(c.waiting, p)
	l.last = m.Entry
}

// overtake lets earlier edits of the message that m edits go unsaid: nobody would see them for longer than a moment, and many
// answers to one board would keep everything else of the chat waiting.
func (c *chatLine) overtake(m ledger.Message) {
	for _, p := range c.waiting {
		if m.Edit != 0 && p.m.Edit == m.Edit && !m.NotBefore.After(p.m.NotBefore) {
			p.overtaken, p.cost = true, 0
		}
	}
}

// next finds the most urgent message, down to the given priority, that may go now. Without one it says how long to wait.
func (b *backlog) next(now time.Time, g *gate, least ledger.Priority) (*pending, time.Duration) {
	wait := neverLongerThan
	for p := ledger.Emergency; p <= least; p++ {
		for _, c := range b.lines[p].turns {
			m, d := c.next(now, g)
			if m != nil {
				return m, 0
			}
			wait = min(wait, d)
		}
	}
	return nil, wait
}

// next is the first message of the chat unless something holds it back. What is not to be said before a later time is
// overtaken; what failed is not.
func (c *chatLine) next(now time.Time, g *gate) (*pending, time.Duration) {
	wait := neverLongerThan
	for _, p := range c.waiting {
		if d := p.m.NotBefore.Sub(now); d > 0 {
			wait = min(wait, d)
			continue
		}
		if d := max(p.again.Sub(now), g.chatWait(c.chat, p.m.Chat < 0, p.cost, now)); d > 0 {
			return nil, min(wait, d)
		}
		return p, 0
	}
	return nil, wait
}

// turn sends the chat of a message to the end of its line: the next one comes first.
func (b *backlog) turn(p *pending) {
	l := &b.lines[p.m.Priority]
	if i := slices.IndexFunc(l.turns, func(c *chatLine) bool { return c.chat == p.chat }); i >= 0 {
		c := l.turns[i]
		l.turns = append(slices.Delete(l.turns, i, i+1), c)
	}
}

// remove drops a message that is dealt with.
func (b *backlog) remove(p *pending) {
	l := &b.lines[p.m.Priority]
	if p.whole {
		l.whole--
	} else {
		l.names--
	}
	c := l.byChat[p.chat]
	c.waiting = slices.DeleteFunc(c.waiting, func(x *pending) bool { return x == p })
	if len(c.waiting) == 0 {
		delete(l.byChat, p.chat)
		l.turns = slices.DeleteFunc(l.turns, func(x *chatLine) bool { return x == c })
	}
}

// putBack makes a message, as it is now, wait for another attempt in its place.
func (b *backlog) putBack(p *pending, m ledger.Message, begun bool, again time.Time) {
	if !p.whole {
		p.whole = true
		b.lines[p.m.Priority].whole++
		b.lines[p.m.Priority].names--
	}
	p.m, p.begun, p.again = m, begun, again
	if !p.overtaken {
		p.cost = cost(m)
	}
}

// chatKey names the chat that a message goes to: a group by its number, a person by their pseudonym.
func chatKey(m ledger.Message) string {
	if m.Chat != 0 {
		return strconv.FormatInt(m.Chat, 10)
	}
	if m.Lane != "" {
		return string(m.Lane)
	}
	return string(m.To)
}
