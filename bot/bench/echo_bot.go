package main

import (
	"context"

	telegrambot "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// echo is the baseline of G4: a bot on the library that says every text back and does nothing else.
func echo(ctx context.Context, args []string) error {
	var f baselineFlags
	if err := f.parse("echo", args); err != nil {
		return err
	}
	b, err := telegrambot.New(f.token, append(f.options(), telegrambot.WithDefaultHandler(say))...)
	if err != nil {
		return err
	}
	return f.serve(ctx, b)
}

func say(ctx context.Context, b *telegrambot.Bot, u *models.Update) {
	if u.Message != nil {
		_, _ = b.SendMessage(ctx, &telegrambot.SendMessageParams{ChatID: u.Message.Chat.ID, Text: u.Message.Text})
	}
}
