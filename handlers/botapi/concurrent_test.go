package botapi

import (
	"context"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Ensure that many people, a polling bot over a socket and a reader can all go at once, and that nothing is lost.
func TestManyAtOnce(t *testing.T) {
	const people, each = 20, 25
	e := New()
	server := httptest.NewServer(e)
	defer server.Close()
	b, err := bot.New(e.Token(), bot.WithServerURL(server.URL), bot.WithDefaultHandler(
		func(ctx context.Context, b *bot.Bot, u *models.Update) {
			_, _ = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.Message.Chat.ID, Text: u.Message.Text})
		}))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var bots, crowd sync.WaitGroup
	bots.Go(func() { b.Start(ctx) })
	for id := range int64(people) {
		p := e.User(id+1, "众", "")
		crowd.Go(func() {
			for i := range each {
				p.Says(strconv.Itoa(i))
				_, _ = e.Transcript(time.UTC), e.Messages(p.ID())
			}
		})
	}
	crowd.Wait()
	wait, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	for id := range int64(people) {
		for i := range each {
			text := strconv.Itoa(i)
			if _, err = e.Await(wait, id+1, func(m models.Message) bool { return m.From.IsBot && m.Text == text }); err != nil {
				t.Fatalf("person %d never got %s back: %v", id+1, text, err)
			}
		}
	}
	cancel()
	bots.Wait()
	if e.Sent() != people*each {
		t.Errorf("%d messages sent", e.Sent())
	}
}
