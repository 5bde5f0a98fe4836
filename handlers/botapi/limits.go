package botapi

import (
	"time"

	"github.com/go-telegram/bot/models"
)

// Limits are the rates above which sending is answered 429 with retry_after. Zero values do not limit.
type Limits struct {
	PerSecond      int // messages in any second, over all chats
	ChatPerSecond  int // messages a second in one chat in the long run …
	ChatBurst      int // … with this many at once
	GroupPerMinute int // messages in any minute in one group
}

// TelegramLimits are the figures of https://core.telegram.org/bots/faq ("My bot is hitting limits"): about 30
// messages a second in all, one a second in a chat, 20 a minute in a group. The burst of 3 is an assumption: the page
// only says that short bursts may pass.
func TelegramLimits() Limits {
	return Limits{PerSecond: 30, ChatPerSecond: 1, ChatBurst: 3, GroupPerMinute: 20}
}

// chatPace is what one chat has used up of the limits.
type chatPace struct {
	free  time.Time // when the burst will be whole again
	group []time.Time
}

// sendLog remembers the messages of the last second and the most there ever were in one.
type sendLog struct {
	limits Limits
	recent []time.Time
	peak   int
	total  int
}

// take counts n messages to a chat, or refuses all of them. The lock is held.
func (l *sendLog) take(now time.Time, ch *chat, n int) error {
	l.recent = since(l.recent, now.Add(-time.Second))
	if wait := l.wait(now, ch, n); wait > 0 {
		return tooMany(int((wait + time.Second - 1) / time.Second))
	}
	pace := &ch.pace
	if l.limits.ChatPerSecond > 0 {
		if pace.free.Before(now) {
			pace.free = now
		}
		pace.free = pace.free.Add(time.Duration(n) * l.gap())
	}
	for range n {
		l.recent = append(l.recent, now)
		if l.limits.GroupPerMinute > 0 && ch.Type != models.ChatTypePrivate {
			pace.group = append(pace.group, now)
		}
	}
	l.total += n
	l.peak = max(l.peak, len(l.recent))
	return nil
}

func (l *sendLog) gap() time.Duration { return time.Second / time.Duration(l.limits.ChatPerSecond) }

// wait returns how long until n more messages may go to a chat.
func (l *sendLog) wait(now time.Time, ch *chat, n int) time.Duration {
	var wait time.Duration
	if limit := l.limits.PerSecond; limit > 0 {
		wait = max(wait, room(l.recent, n, limit, time.Second, now))
	}
	if l.limits.ChatPerSecond > 0 {
		burst := time.Duration(max(l.limits.ChatBurst, n)) * l.gap()
		used := max(0, ch.pace.free.Sub(now))
		wait = max(wait, used+time.Duration(n)*l.gap()-burst)
	}
	if limit := l.limits.GroupPerMinute; limit > 0 && ch.Type != models.ChatTypePrivate {
		ch.pace.group = since(ch.pace.group, now.Add(-time.Minute))
		wait = max(wait, room(ch.pace.group, n, limit, time.Minute, now))
	}
	return wait
}

// room returns how long until n more fit among limit in any span; an album larger than the limit fits alone.
func room(used []time.Time, n, limit int, span time.Duration, now time.Time) time.Duration {
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

// Calls returns how often a method was called, whatever came of it; "file" counts downloads.
func (e *Emulator) Calls(method string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.calls[method]
}

// Sent returns how many messages the bot has sent.
func (e *Emulator) Sent() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.sends.total
}

// PeakSends returns the most messages that the bot sent within any one second.
func (e *Emulator) PeakSends() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.sends.peak
}
