package botapi_test

import (
	"context"
	"os"
	"time"

	"github.com/go-telegram/bot"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// The real client talks to an emulator in process; a person writes, the bot answers.
func Example() {
	noon := time.Date(2026, 2, 13, 12, 0, 0, 0, time.UTC)
	e := botapi.New(botapi.WithClock(func() time.Time { return noon }))
	b, err := bot.New(e.Token(), bot.WithHTTPClient(time.Minute, e))
	if err != nil {
		panic(err)
	}

	citizen := e.User(1001, "Ma", "zh-hans")
	citizen.Says("/start")
	_, _ = b.SendMessage(context.Background(), &bot.SendMessageParams{ChatID: citizen.ID(), Text: "Where is it?"})
	citizen.SendsLocation(36.48, 102.4, 20)

	_, _ = os.Stdout.WriteString(e.Transcript(time.UTC))
	// Output:
	// 2026-02-13 12:00 Ma: /start
	// 2026-02-13 12:00 bot → Ma: Where is it?
	// 2026-02-13 12:00 Ma: [location 36.48000,102.40000]
}
