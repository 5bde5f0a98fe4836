package main

import (
	"context"
	"fmt"
	"time"
)

// telegramCases is how many cases a second Telegram allows: 30 messages, seven a case (https://core.telegram.org/bots/faq).
const telegramCases = 30.0 / 7

// conversations measures G5, G6, G13 and G15 for some numbers of stored cases.
func (b *bench) conversations(ctx context.Context) error {
	sizes := []int{1000, 10000}
	if b.full {
		sizes = append(sizes, 100000)
	}
	for i, stored := range sizes {
		for _, webhook := range []bool{false, true} {
			if err := b.duel(ctx, webhook, stored, i == len(sizes)-1); err != nil {
				return err
			}
		}
	}
	return nil
}

// duel lets our bot and the reference hold the same conversations in turns.
func (b *bench) duel(ctx context.Context, webhook bool, stored int, last bool) error {
	ours, err := b.newSide(ctx, "", webhook, stored)
	defer ours.close()
	if err != nil {
		return err
	}
	theirs, err := b.newSide(ctx, "reference", webhook, stored)
	defer theirs.close()
	if err != nil {
		return err
	}
	where := way(webhook) + ", " + thousands(stored) + " stored"
	if err := wait(ctx, time.Second); err != nil {
		return err
	}
	idle := ours.p.memory("VmRSS")
	if err := b.calm(ctx, ours, theirs, where, last && !webhook); err != nil {
		return err
	}
	if err := b.busy(ctx, ours, theirs, where); err != nil {
		return err
	}
	if last && !webhook {
		b.resources(ours, theirs, idle, stored)
	}
	return nil
}

func way(webhook bool) string {
	if webhook {
		return "webhook"
	}
	return "polling"
}

func thousands(n int) string { return fmt.Sprintf("%dk", n/1000) }

// turns measures both sides, one after the other, in several rounds.
func (b *bench) turns(measure func(*side) (load, error), sides ...*side) ([][]load, error) {
	out := make([][]load, len(sides))
	for range b.rounds {
		for i, s := range sides {
			l, err := measure(s)
			if err != nil {
				return nil, err
			}
			out[i] = append(out[i], l)
		}
	}
	return out, nil
}

// middle is the median of one figure.
func middle(loads []load, figure func(load) float64) float64 {
	values := make([]float64, len(loads))
	for i, l := range loads {
		values[i] = figure(l)
	}
	return median(values)
}

// busy measures G5: 256 people at once, as fast as they are answered.
func (b *bench) busy(ctx context.Context, ours, theirs *side, where string) error {
	got, err := b.turns(func(s *side) (load, error) { return s.closed(ctx, 256, b.window) }, ours, theirs)
	if err != nil {
		return err
	}
	mine, other := middle(got[0], load.rate), middle(got[1], load.rate)
	words := func(loads []load) string {
		return perSecond(middle(loads, load.rate)) + ", " + micros(middle(loads, load.perCost)) + "/update"
	}
	note := fmt.Sprintf("ours is %.0f x the %.2f/s that Telegram allows (goal 300); CPU per update %s; Redis %s and %s", mine/telegramCases, telegramCases,
		ratio(middle(got[0], load.perCost), middle(got[1], load.perCost)),
		micros(middle(got[0], load.redisCost)), micros(middle(got[1], load.redisCost)))
	stuck := 0
	for _, l := range append(got[0], got[1]...) {
		stuck += l.stuck
	}
	if stuck > 0 {
		note += fmt.Sprintf("; %d conversations got stuck", stuck)
	}
	b.table.add(row{"G5 conversations, 256 at once, " + where, words(got[0]), words(got[1]), ratio(mine, other), ">= 0.9", note})
	return nil
}

func (l load) redisCost() float64 { return each(l.redis, l.updates) }

// calm measures G6 and G15: fifty people a second begin.
func (b *bench) calm(ctx context.Context, ours, theirs *side, where string, cost bool) error {
	got, err := b.turns(func(s *side) (load, error) { return s.opened(ctx, 50, b.window, 0) }, ours, theirs)
	if err != nil {
		return err
	}
	at := func(q float64) func(load) float64 {
		return func(l load) float64 { return float64(quantile(l.replies, q)) }
	}
	for _, q := range []struct {
		name, want string
		q          float64
	}{{"p50", "<= 1.15", .5}, {"p99", "<= 1.5", .99}} {
		mine, other := middle(got[0], at(q.q)), middle(got[1], at(q.q))
		b.table.add(row{
			"G6 reply " + q.name + ", 50 a second, " + where, ms(time.Duration(mine)), ms(time.Duration(other)), ratio(mine, other), q.want,
			"CPU per update " + micros(middle(got[0], load.perCost)) + " and " + micros(middle(got[1], load.perCost)),
		})
	}
	if cost {
		b.costs(got[0], where)
	}
	return nil
}

// costs adds G15.
func (b *bench) costs(loads []load, where string) {
	var sends, others, talks float64
	var toasts []time.Duration
	unanswered := 0
	for _, l := range loads {
		sends, others, talks = sends+float64(l.sends), others+float64(l.others), talks+float64(l.reports)
		toasts = append(toasts, l.toasts...)
		unanswered += l.unanswered
	}
	talks = max(talks, 1)
	b.table.add(row{
		"G15 sends a case, " + where, fmt.Sprintf("%.2f", sends/talks), "7", ratio(sends/talks, 7), "<= 1",
		fmt.Sprintf("and %.2f calls that send nothing (answers to presses, the photograph's download)", others/talks),
	})
	b.table.add(row{
		"G15 press to answer p99, " + where, ms(quantile(toasts, .99)), "5 ms", ratio(float64(quantile(toasts, .99)), 5e6), "<= 1",
		fmt.Sprintf("p50 %s; %d of %d presses not answered", ms(quantile(toasts, .5)), unanswered, len(toasts)+unanswered),
	})
}

// resources adds G13. The reference's figures are beside ours, not what the goal divides by.
func (b *bench) resources(ours, theirs *side, idle float64, stored int) {
	mib := func(v float64) string { return fmt.Sprintf("%.1f MiB", v) }
	b.table.add(row{"G13 memory, idle, district loaded", mib(idle), "17 MiB", ratio(idle, 17), "<= 1", thousands(stored) + " stored, in Redis"})
	peak := ours.p.memory("VmHWM")
	b.table.add(row{"G13 memory, peak with 256 at once", mib(peak), "64 MiB", ratio(peak, 64), "<= 1", "the reference's peak " + mib(theirs.p.memory("VmHWM"))})
	b.table.add(row{
		"G13 start to first poll", ms(ours.start), "60 ms", ratio(float64(ours.start), 60e6), "<= 1",
		"the reference's " + ms(theirs.start) + "; on a store with " + thousands(stored) + " cases",
	})
}
