package main

import (
	"context"
	"flag"
	"net/http"
	"time"

	telegrambot "github.com/go-telegram/bot"

	"github.com/gridwarden/gridwarden/handlers"
)

// baselineFlags are what every baseline bot is told.
type baselineFlags struct {
	api, token, hook, client, redis string
}

func (f *baselineFlags) parse(name string, args []string) error {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.StringVar(&f.api, "api", "", "address of the Bot API")
	flags.StringVar(&f.token, "token", "", "the bot's token")
	flags.StringVar(&f.hook, "hook", "", "address to listen on for the webhook; polling without it")
	flags.StringVar(&f.client, "client", "default", "default (the library's), pool (idle connections kept) or ours")
	flags.StringVar(&f.redis, "redis", "", "redis to use")
	return flags.Parse(args)
}

// options choose the HTTP client.
func (f *baselineFlags) options() []telegrambot.Option {
	out := []telegrambot.Option{telegrambot.WithServerURL(f.api), telegrambot.WithSkipGetMe(), telegrambot.WithErrorsHandler(func(error) {})}
	switch f.client {
	case "pool":
		transport := &http.Transport{MaxIdleConnsPerHost: 256}
		out = append(out, telegrambot.WithHTTPClient(time.Minute, &http.Client{Timeout: 2 * time.Minute, Transport: transport}))
	case "ours":
		out = append(out, telegrambot.WithHTTPClient(time.Minute, handlers.Buffered{Client: handlers.NewHTTPClient(64)}))
	}
	return out
}

// serve runs the bot, by polling or webhook, until ctx ends.
func (f *baselineFlags) serve(ctx context.Context, b *telegrambot.Bot) error {
	if f.hook == "" {
		b.Start(ctx)
		return nil
	}
	server := &http.Server{Addr: f.hook, Handler: b.WebhookHandler(), ReadHeaderTimeout: time.Minute}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go b.StartWebhook(ctx)
	if _, err := b.SetWebhook(ctx, &telegrambot.SetWebhookParams{URL: "http://" + f.hook, MaxConnections: 40}); err != nil {
		return err
	}
	if err := server.ListenAndServe(); ctx.Err() == nil {
		return err
	}
	return nil
}
