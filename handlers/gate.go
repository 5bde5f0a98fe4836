package handlers

import "time"

// gate keeps Telegram's limits: so many messages a second in all, fewer in one chat, fewer still in a group; and one
// call at a time in a chat, so that its messages stay in order. It is used by one goroutine.
type gate struct {
	pace   Pace
	recent []time.Time // the sends of the last second: never more than PerSecond of them
	until  time.Time   // nobody may send before
	chats  map[string]*chatGate

	toldChat  string // the chat that Telegram last told to wait, when it did so, and until when
	toldAt    time.Time
	toldUntil time.Time
}

type chatGate struct {
	busy   bool
	free   time.Time   // when the chat's whole burst will be there again
	minute []time.Time // groups: the sends of the last minute
	until  time.Time   // Telegram said so
	used   time.Time
}

// sendWindow is the second in which we count our sends, a hundredth longer than Telegram's: what leaves us evenly
// arrives a little unevenly, and one message too many is refused for a whole second.
const sendWindow = 1010 * time.Millisecond

func newGate(p Pace) gate {
	return gate{pace: p, chats: make(map[string]*chatGate)}
}

// wait is how long nobody may send n messages. A third of a second's messages may go at once, so that whoever is answered
// need not wait; after that they keep their distance, for thirty at once would meet the thirty of the next second. The
// distance is a little shorter than the limit wants, to make up for timers that are late: the limit itself is kept beside.
func (g *gate) wait(n int, now time.Time) time.Duration {
	if d := g.until.Sub(now); d > 0 {
		return d
	}
	if g.pace.PerSecond <= 0 {
		return 0
	}
	g.recent = since(g.recent, now.Add(-sendWindow))
	wait := untilRoom(g.recent, n, g.pace.PerSecond, sendWindow, now)
	if k := len(g.recent); k >= max(g.pace.PerSecond/3, 1) {
		wait = max(wait, g.recent[k-1].Add(sendWindow*4/5/time.Duration(g.pace.PerSecond)).Sub(now))
	}
	return wait
}

// chatWait is how long that chat may not get n messages; while a call is under way there, until it is over.
func (g *gate) chatWait(chat string, group bool, n int, now time.Time) time.Duration {
	c, ok := g.chats[chat]
	switch {
	case !ok:
		return 0
	case c.busy:
		return neverLongerThan
	}
	wait := c.until.Sub(now)
	if g.pace.PerChat > 0 {
		used := max(0, c.free.Sub(now))
		wait = max(wait, used+time.Duration(n-max(n, g.pace.Burst))*g.gap())
	}
	if group && g.pace.GroupPerMinute > 0 {
		c.minute = since(c.minute, now.Add(-time.Minute))
		wait = max(wait, untilRoom(c.minute, n, g.pace.GroupPerMinute, time.Minute, now))
	}
	return wait
}

// gap is the time between two messages in one chat in the long run.
func (g *gate) gap() time.Duration { return time.Second / time.Duration(g.pace.PerChat) }

// take records that n messages are sent to the chat now, and marks it as in use.
func (g *gate) take(chat string, group bool, n int, now time.Time) {
	c, ok := g.chats[chat]
	if !ok {
		if len(g.chats) >= 10_000 {
			g.forget(now)
		}
		c = &chatGate{}
		g.chats[chat] = c
	}
	c.busy, c.used = true, now
	if g.pace.PerChat > 0 {
		c.free = later(c.free, now).Add(time.Duration(n) * g.gap())
	}
	for range n {
		if g.pace.PerSecond > 0 {
			g.recent = append(g.recent, now)
		}
		if group && g.pace.GroupPerMinute > 0 {
			c.minute = append(c.minute, now)
		}
	}
}

// free ends a call.
func (g *gate) free(chat string) {
	if c, ok := g.chats[chat]; ok {
		c.busy = false
	}
}

// idle ends all calls: none is under way any more.
func (g *gate) idle() {
	for _, c := range g.chats {
		c.busy = false
	}
}

// hold keeps a chat back because Telegram said so. Two chats told within a second mean that all of us are too fast;
// then all wait, for the shorter of the two times, in case it was but two busy chats.
func (g *gate) hold(chat string, until, now time.Time) {
	if c, ok := g.chats[chat]; ok {
		c.until = until
	}
	if g.toldChat != "" && g.toldChat != chat && now.Sub(g.toldAt) <= time.Second {
		all := until
		if g.toldUntil.Before(all) {
			all = g.toldUntil
		}
		g.until = later(g.until, all)
	}
	g.toldChat, g.toldAt, g.toldUntil = chat, now, until
}

// forget drops chats that have been quiet for a minute, the longest time that any limit looks back.
func (g *gate) forget(now time.Time) {
	for name, c := range g.chats {
		if !c.busy && now.Sub(c.used) > time.Minute && !c.until.After(now) && !c.free.After(now) {
			delete(g.chats, name)
		}
	}
}

// untilRoom is how long until n more fit among limit in any span; more than limit at once fit alone.
func untilRoom(used []time.Time, n, limit int, span time.Duration, now time.Time) time.Duration {
	over := min(len(used)+n-limit, len(used))
	if over <= 0 {
		return 0
	}
	return used[over-1].Add(span).Sub(now)
}

// since drops what happened at or before t.
func since(times []time.Time, t time.Time) []time.Time {
	n := 0
	for n < len(times) && !times[n].After(t) {
		n++
	}
	return times[n:]
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
