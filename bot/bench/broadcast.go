package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/seeds"
)

const perSecondLimit = 30 // of Telegram, in all

// broadcast measures G8 and G9: a message to everybody at Telegram's pace, and citizens who report meanwhile. Telegram's
// limits are on: what is too fast is refused.
func (b *bench) broadcast(ctx context.Context) error {
	folder := filepath.Join(b.dir, "limited")
	if err := os.CopyFS(folder, seeds.Ledu); err != nil {
		return err
	}
	s, err := b.newSideWith(ctx, folder, "", false, 0, botapi.WithLimits(botapi.TelegramLimits()))
	defer s.close()
	if err != nil {
		return err
	}
	const people = 300
	err = s.announce(ctx, people)
	if err != nil {
		return err
	}
	began, before := time.Now(), s.t.emulator.Sent()
	err = until(ctx, time.Minute, func() bool { return s.t.emulator.Sent()-before >= people })
	if err != nil {
		return err
	}
	took := time.Since(began)
	floor := float64(people-1) / perSecondLimit
	b.table.add(row{
		"G8 broadcast to 300", perSecond(people / took.Seconds()), "30/s", ratio(floor, took.Seconds()), ">= 0.98",
		fmt.Sprintf("%d in the worst second, %d refused (429); floor %.2f s, took %.2f s", s.t.emulator.PeakSends(), s.t.refused.Swap(0), floor, took.Seconds()),
	})
	err = s.announce(ctx, people)
	if err != nil {
		return err
	}
	l, err := s.opened(ctx, 1, 5*time.Second, 1100*time.Millisecond)
	if err != nil {
		return err
	}
	p99 := quantile(l.replies, .99)
	b.table.add(row{
		"G9 reply p99 while a broadcast runs", ms(p99), "150 ms", ratio(float64(p99), 150e6), "<= 1",
		fmt.Sprintf("p50 %s of %d replies, 1 report a second; %d in the worst second, %d refused", ms(quantile(l.replies, .5)), len(l.replies), s.t.emulator.PeakSends(), s.t.refused.Load()),
	})
	return nil
}

// announce puts one message for each of so many people into the outbox.
func (s *side) announce(ctx context.Context, people int) error {
	change := ledger.Change{At: time.Now()}
	for i := range people {
		user := int64(300000 + i)
		s.t.emulator.User(user, "citizen", "zh-hans").Known()
		who := grid.PersonID(s.w.keys.Pseudonym("tg", user))
		change.People = append(change.People, ledger.Person{ID: who, User: user, Chat: user, Lang: "zh-CN"})
		change.Outbox = append(change.Outbox, ledger.Message{
			To: who, Priority: ledger.Digest, Kind: "digest", Text: strings.Repeat("news ", 20), At: change.At,
		})
	}
	_, err := s.w.store.Commit(ctx, change)
	return err
}
