package handlers

import (
	"time"

	"golang.org/x/time/rate"
)

// gate keeps Telegram's limits: so many messages a second in all, fewer in one chat, fewer still in a group; and one
// call at a time in a chat, so that its messages stay in order. It is used by one goroutine.
type gate struct {
	pace   Pace
	recent []time.Time // the sends of the last second: never more than PerSecond of them
	until  time.Time   // nobody may send before
	chats  map[string]*chatGate
}

type chatGate struct {
	pace  *rate.Limiter
	busy  bool
	until time.Time
	used  time.Time
}

func newGate(p Pace) gate {
	return gate{pace: p, chats: make(map[string]*chatGate)}
}

// wait is how long nobody may send.
func (g *gate) wait(now time.Time) time.Duration {
	if d := g.until.Sub(now); d > 0 {
		return d
	}
	if g.pace.PerSecond <= 0 {
		return 0
	}
	for len(g.recent) > 0 && now.Sub(g.recent[0]) >= time.Second {
		g.recent = g.recent[1:]
	}
	if len(g.recent) < g.pace.PerSecond {
		return 0
	}
	return g.recent[0].Add(time.Second).Sub(now)
}

// count records that something is sent now.
func (g *gate) count(now time.Time) {
	if g.pace.PerSecond > 0 {
		g.recent = append(g.recent, now)
	}
}

// chatWait is how long that chat may get nothing; while a call is under way there, until it is over.
func (g *gate) chatWait(chat string, now time.Time) time.Duration {
	c, ok := g.chats[chat]
	switch {
	case !ok:
		return 0
	case c.busy:
		return time.Hour
	case c.until.After(now):
		return c.until.Sub(now)
	case c.pace == nil:
		return 0
	}
	if tokens := c.pace.TokensAt(now); tokens < 1 {
		return time.Duration((1-tokens)/float64(c.pace.Limit())*float64(time.Second)) + time.Millisecond
	}
	return 0
}

// take marks the chat as in use.
func (g *gate) take(chat string, group bool, now time.Time) {
	c, ok := g.chats[chat]
	if !ok {
		c = &chatGate{pace: g.chatLimiter(group)}
		g.chats[chat] = c
	}
	c.busy, c.used = true, now
	if c.pace != nil {
		c.pace.AllowN(now, 1)
	}
	if len(g.chats) > 10000 {
		g.forget(now)
	}
}

func (g *gate) chatLimiter(group bool) *rate.Limiter {
	switch {
	case g.pace.PerChat <= 0:
		return nil
	case group:
		return rate.NewLimiter(rate.Limit(float64(g.pace.GroupPerMinute)/60), g.pace.Burst)
	default:
		return rate.NewLimiter(rate.Limit(g.pace.PerChat), g.pace.Burst)
	}
}

// free ends a call.
func (g *gate) free(chat string) {
	if c, ok := g.chats[chat]; ok {
		c.busy = false
	}
}

// hold keeps a chat back because Telegram said so. Two chats told to wait at once mean that all of us are too fast.
func (g *gate) hold(chat string, until time.Time) {
	others := 0
	for name, c := range g.chats {
		if name != chat && c.until.After(until.Add(-2*time.Second)) {
			others++
		}
	}
	if c, ok := g.chats[chat]; ok {
		c.until = until
	}
	if others > 0 && until.After(g.until) {
		g.until = until
	}
}

// forget drops chats that have been quiet for a minute, the longest time that any limit looks back.
func (g *gate) forget(now time.Time) {
	for name, c := range g.chats {
		if !c.busy && now.Sub(c.used) > time.Minute && !c.until.After(now) {
			delete(g.chats, name)
		}
	}
}
