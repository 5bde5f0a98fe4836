package main

import (
	"context"
	"time"
)

// backlog measures G14: how fast updates that waited at Telegram are fetched over a line with a round trip of 50 ms.
func (b *bench) backlog(ctx context.Context) error {
	const (
		updates   = 4000
		roundTrip = 50 * time.Millisecond
		perTrip   = 100 // Telegram's limit of one getUpdates
	)
	ideal := perTrip / roundTrip.Seconds()
	drain := func(baseline string) (float64, error) {
		s, err := b.newSide(ctx, baseline, false, 0)
		defer s.close()
		if err != nil {
			return 0, err
		}
		s.p.end()
		for i := range updates {
			s.t.emulator.User(int64(200000+i), "citizen", "zh-hans").Says("/help")
		}
		s.t.delay.Store(int64(roundTrip))
		if err := s.launch(ctx, baseline); err != nil {
			return 0, err
		}
		began := time.Now()
		if err := until(ctx, time.Minute, func() bool { return s.t.emulator.Pending() == 0 }); err != nil {
			return 0, err
		}
		return rate(updates, time.Since(began)), nil
	}
	ours, err := drain("")
	if err != nil {
		return err
	}
	theirs, err := drain("reference")
	if err != nil {
		return err
	}
	b.table.add(row{
		"G14 backlog drained, round trip 50 ms", perSecond(ours), perSecond(ideal) + " at best", ratio(ours, ideal), ">= 0.95",
		"each batch is stored before it is confirmed; the library's poller, which confirms first: " + perSecond(theirs),
	})
	return nil
}
