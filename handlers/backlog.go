package handlers

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

const backlogSize = 1000 // messages of one priority held in memory; the rest waits in the store

// backlog is the part of the outbox that the sender holds in memory: one line of messages per priority.
type backlog struct {
	lines [ledger.Digest + 1]line
}

type line struct {
	last    ledger.EntryID // read up to here
	waiting []ledger.Message
	busy    map[ledger.EntryID]bool // being sent
}

func newBacklog() backlog {
	var b backlog
	for i := range b.lines {
		b.lines[i].busy = make(map[ledger.EntryID]bool)
	}
	return b
}

func (b *backlog) last(p ledger.Priority) ledger.EntryID { return b.lines[p].last }
func (b *backlog) room(p ledger.Priority) int            { return backlogSize - len(b.lines[p].waiting) }

// low tells whether a line has run so short that it is worth reading more.
func (b *backlog) low() bool {
	for i := range b.lines {
		if len(b.lines[i].waiting) < backlogSize/2 && b.lines[i].last != "" {
			return true
		}
	}
	return false
}

func (b *backlog) empty() bool {
	for i := range b.lines {
		if len(b.lines[i].waiting) > 0 {
			return false
		}
	}
	return true
}

func (b *backlog) add(p ledger.Priority, batch []ledger.Message) {
	l := &b.lines[p]
	for _, m := range batch {
		m.Priority = p
		l.waiting = append(l.waiting, m)
		l.last = m.Entry
	}
}

// next chooses the most urgent message that may go now, marks its chat as taken, and leaves it in its line until it is
// removed or put back. Without one it says how long to wait.
func (b *backlog) next(now time.Time, g *gate) (*ledger.Message, time.Duration) {
	wait := time.Hour
	for i := range b.lines {
		l := &b.lines[i]
		passed := make(map[string]bool) // chats with an earlier message that has to wait: order within a chat
		for _, m := range l.waiting {
			chat := chatKey(m)
			if l.busy[m.Entry] || passed[chat] {
				passed[chat] = true
				continue
			}
			if d := max(m.NotBefore.Sub(now), g.chatWait(chat, now)); d > 0 {
				wait = min(wait, d)
				passed[chat] = passed[chat] || m.NotBefore.Before(now)
				continue
			}
			l.busy[m.Entry] = true
			g.take(chat, m.Chat != 0, now)
			return &m, 0
		}
	}
	return nil, wait
}

func (b *backlog) remove(m ledger.Message) {
	l := &b.lines[m.Priority]
	delete(l.busy, m.Entry)
	l.waiting = slices.DeleteFunc(l.waiting, func(x ledger.Message) bool { return x.Entry == m.Entry })
}

// putBack makes a message wait for another attempt, in its place.
func (b *backlog) putBack(m ledger.Message, again time.Time) {
	l := &b.lines[m.Priority]
	delete(l.busy, m.Entry)
	for i := range l.waiting {
		if l.waiting[i].Entry == m.Entry {
			m.NotBefore = again
			l.waiting[i] = m
		}
	}
}

// chatKey names the chat that a message goes to: a group by its number, a person by their pseudonym.
func chatKey(m ledger.Message) string {
	if m.Chat != 0 {
		return strconv.FormatInt(m.Chat, 10)
	}
	return string(m.To)
}
