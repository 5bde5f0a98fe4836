package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// echo measures G4: what one reply costs, through our HTTP client and through the library's own.
func (b *bench) echo(ctx context.Context) error {
	for _, webhook := range []bool{false, true} {
		cost := map[string][]float64{}
		speed := map[string][]float64{}
		for range b.rounds {
			for _, client := range []string{"ours", "default"} {
				c, r, err := b.echoOnce(ctx, client, webhook)
				if err != nil {
					return err
				}
				cost[client], speed[client] = append(cost[client], c), append(speed[client], r)
			}
		}
		words := func(client string) string {
			return micros(median(cost[client])) + ", " + perSecond(median(speed[client]))
		}
		b.table.add(row{
			"G4 CPU of a reply, " + way(webhook), words("ours"), words("default"), ratio(median(cost["ours"]), median(cost["default"])), "<= 0.45",
			"the same bare echo with our HTTP client and with the library's; 32 people",
		})
	}
	return b.wholeReply(ctx)
}

// echoOnce measures one echo bot.
func (b *bench) echoOnce(ctx context.Context, client string, webhook bool) (cost, speed float64, err error) {
	s := &side{bench: b, webhook: webhook, name: "e" + client}
	defer func() {
		s.p.end()
		s.t.close()
	}()
	if s.t, err = newTelegram(ctx, webhook); err != nil {
		return 0, 0, err
	}
	address, err := freePort(ctx)
	if err != nil {
		return 0, 0, err
	}
	args := []string{"echo", "-api", s.t.api, "-token", s.t.emulator.Token(), "-client", client}
	if webhook {
		args = append(args, "-hook", address)
	}
	if s.p, err = s.spawn(ctx, s.name, b.self, nil, args...); err != nil {
		return 0, 0, err
	}
	err = s.ready(ctx, address)
	if err != nil {
		return 0, 0, err
	}
	return s.chatter(ctx, "hello", b.window/2)
}

// wholeReply shows what an answer of the whole program costs: stored, in order, answered once, worded in a language.
func (b *bench) wholeReply(ctx context.Context) error {
	for _, webhook := range []bool{false, true} {
		s, err := b.newSide(ctx, "", webhook, 0)
		if err != nil {
			s.close()
			return err
		}
		cost, speed, err := s.chatter(ctx, "/help", b.window)
		s.close()
		if err != nil {
			return err
		}
		b.table.add(row{
			"G4 CPU of a whole /help, " + way(webhook), fmt.Sprintf("%s, %s", micros(cost), perSecond(speed)), "", "", "",
			"for comparison: inbox, conversation, one script, outbox, sender; not what the goal divides",
		})
	}
	return nil
}

// chatter lets 32 people say the same again and again, and tells what an answer cost and how many there were a second.
func (s *side) chatter(ctx context.Context, words string, window time.Duration) (cost, speed float64, err error) {
	const people = 32
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(ctx)
	defer wg.Wait()
	defer cancel()
	w := &witness{}
	for i := range people {
		p := s.t.emulator.User(int64(5000+i), "citizen", "zh-hans")
		wg.Go(func() { s.repeat(ctx, w, p, words) })
	}
	err = wait(ctx, warmUp)
	if err != nil {
		return 0, 0, err
	}
	l, err := s.gauge(ctx, w, window)
	return each(l.cpu, l.talks), rate(l.talks, l.span), err
}

// repeat says the same whenever it was answered.
func (s *side) repeat(ctx context.Context, w *witness, p *botapi.Person, words string) {
	phone := s.t.open(p)
	defer s.t.hangUp(p)
	for {
		p.Says(words)
		t := time.NewTimer(patience)
		select {
		case <-phone:
			w.done.Add(1)
		case <-ctx.Done():
		case <-t.C:
		}
		t.Stop()
		if ctx.Err() != nil {
			return
		}
	}
}
