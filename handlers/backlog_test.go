package handlers

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Whatever is added, chosen, put back and removed: the counts agree with what is there, the bounds hold, and a chat's
// messages come in their order.
func TestBacklog_counts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b, g := newBacklog(), newGate(Pace{})
		now, entry := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 0
		var flying []*pending
		last := map[string]ledger.EntryID{}
		rt.Repeat(map[string]func(*rapid.T){
			"add": func(rt *rapid.T) {
				for range rapid.IntRange(1, 60).Draw(rt, "messages") {
					entry++
					m := ledger.Message{Entry: ledger.EntryID(fmt.Sprintf("%06d", entry)), To: to(rapid.IntRange(1, 3).Draw(rt, "chat"))}
					b.add(ledger.Reply, []ledger.Message{m}, now, false)
				}
			},
			"send": func(*rapid.T) {
				if p, _ := b.next(now, &g, ledger.Digest); p != nil {
					g.take(p.chat, false, p.cost, now)
					b.turn(p)
					flying = append(flying, p)
				}
			},
			"settle": func(rt *rapid.T) {
				if len(flying) == 0 {
					return
				}
				p := flying[0]
				flying = flying[1:]
				g.free(p.chat)
				if rapid.Bool().Draw(rt, "again") {
					b.putBack(p, p.m, false, now.Add(time.Second))
					return
				}
				if p.m.Entry <= last[p.chat] {
					rt.Fatalf("%s went out after %s", p.m.Entry, last[p.chat])
				}
				last[p.chat] = p.m.Entry
				b.remove(p)
			},
			"wait": func(*rapid.T) { now = now.Add(500 * time.Millisecond) },
			"": func(rt *rapid.T) {
				l := &b.lines[ledger.Reply]
				whole, names := 0, 0
				for _, c := range l.turns {
					if l.byChat[c.chat] != c || len(c.waiting) == 0 {
						rt.Fatalf("chat %s with %d waiting", c.chat, len(c.waiting))
					}
					for _, p := range c.waiting {
						if p.whole {
							whole++
						} else {
							names++
						}
					}
				}
				if whole != l.whole || names != l.names || len(l.byChat) != len(l.turns) {
					rt.Fatalf("%d whole and %d names are counted as %d and %d; %d chats as %d", whole, names, l.whole, l.names, len(l.turns), len(l.byChat))
				}
			},
		})
	})
}

// A gate never lets more through than its pace allows, in any second, chat or minute.
func TestGate_never(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pace := Pace{PerSecond: rapid.IntRange(1, 8).Draw(rt, "second"), PerChat: 1, Burst: 3, GroupPerMinute: rapid.IntRange(1, 10).Draw(rt, "minute")}
		g := newGate(pace)
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		var all []time.Time
		chats := map[string][]time.Time{}
		for range rapid.IntRange(1, 200).Draw(rt, "messages") {
			chat := rapid.SampledFrom([]string{"a", "b", "group"}).Draw(rt, "chat")
			now = now.Add(time.Duration(rapid.IntRange(0, 700).Draw(rt, "ms")) * time.Millisecond)
			if g.wait(1, now) > 0 || g.chatWait(chat, chat == "group", 1, now) > 0 {
				continue
			}
			g.take(chat, chat == "group", 1, now)
			g.free(chat)
			all, chats[chat] = append(all, now), append(chats[chat], now)
		}
		most := func(times []time.Time, span time.Duration) (n int) {
			for i := range times {
				for j := i; j < len(times) && times[j].Sub(times[i]) < span; j++ {
					n = max(n, j-i+1)
				}
			}
			return n
		}
		if n := most(all, time.Second); n > pace.PerSecond {
			rt.Fatalf("%d in one second, at most %d", n, pace.PerSecond)
		}
		if n := most(chats["group"], time.Minute); n > pace.GroupPerMinute {
			rt.Fatalf("%d in one minute in a group, at most %d", n, pace.GroupPerMinute)
		}
		if n := most(chats["a"], 10*time.Second); n > pace.Burst+10 {
			rt.Fatalf("%d in ten seconds in a chat", n)
		}
	})
}

// Choosing is quick though a thousand messages of one chat wait in front, and a thousand chats that may not yet.
func BenchmarkBacklog_next(b *testing.B) {
	for name, chats := range map[string]int{"one blocked chat": 1, "a thousand blocked chats": 1000} {
		b.Run(name, func(b *testing.B) {
			q, g := newBacklog(), newGate(Pace{PerChat: 1, Burst: 1})
			now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			for i := range 1000 {
				m := ledger.Message{Entry: ledger.EntryID(fmt.Sprintf("%06d", i)), To: to(i % chats)}
				q.add(ledger.Reply, []ledger.Message{m}, now, false)
				g.take(string(m.To), false, 1, now)
			}
			q.add(ledger.Reply, []ledger.Message{{Entry: "999999", To: to(5000)}}, now, false)
			for b.Loop() {
				if p, _ := q.next(now, &g, ledger.Digest); p == nil || p.chat != "5000" {
					b.Fatal("not found")
				}
			}
		})
	}
}
