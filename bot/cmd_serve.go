package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redisserver"
	"github.com/gridwarden/gridwarden/handlers"
)

// serveCmd answers on Telegram.
type serveCmd struct {
	seedsFlags
	redisFlags
	keyFlags
	logFlags
	telegramFlags
	Data    string         `env:"GRIDWARDEN_DATA" type:"path" help:"Folder for everything: a redis-server is started on it, keys and evidence are kept in it."`
	Fsync   string         `env:"GRIDWARDEN_FSYNC" enum:"always,everysec" default:"always" help:"How soon the redis-server of --data writes to disk: always, or everysec, which may lose what was answered in the last seconds before a crash."`
	Media   string         `env:"GRIDWARDEN_MEDIA" type:"path" help:"Folder of the evidence; DATA/media when not given."`
	Listen  string         `env:"GRIDWARDEN_LISTEN" default:"127.0.0.1:8080" help:"Address of /healthz, /metrics and the webhook."`
	Site    string         `env:"GRIDWARDEN_SITE" default:"127.0.0.1:8081" help:"Address of the public site; put it behind whatever speaks https. Empty: no site."`
	SiteURL string         `env:"GRIDWARDEN_SITE_URL" help:"Under which address people reach the site, such as https://hb.example.cn; links in chat, on paper and in feeds use it."`
	Proxies []netip.Prefix `name:"site-proxies" env:"GRIDWARDEN_SITE_PROXIES" default:"127.0.0.0/8,::1/128" help:"Proxies before the public site: their X-Forwarded-For tells from which network somebody comes, for quotas alone."`
	Channel int64          `env:"GRIDWARDEN_CHANNEL" help:"Chat id of the Telegram channel in which publications are posted, such as -1001234567890; the bot has to be an administrator there. Without it they are on the site only."`
	Workers int            `env:"GRIDWARDEN_WORKERS" default:"32" help:"Chats dealt with at the same time."`
}

// telegramFlags say how to reach Telegram.
type telegramFlags struct {
	Token         string `env:"TELEGRAM_TOKEN" help:"The bot's token, from @BotFather."`
	TokenFile     string `env:"TELEGRAM_TOKEN_FILE" type:"path" help:"File that holds it instead."`
	API           string `name:"api-url" env:"TELEGRAM_API_URL" default:"https://api.telegram.org" help:"Bot API server; many offices reach Telegram only through one of their own, or by the usual HTTPS_PROXY."`
	APIFiles      string `name:"api-files" env:"TELEGRAM_API_FILES" type:"path" help:"Folder in which a self-hosted Bot API server with --local keeps its files."`
	WebhookURL    string `env:"WEBHOOK_URL" help:"Public https address of this program's /telegram; without it Telegram is polled."`
	WebhookSecret string `env:"WEBHOOK_SECRET" help:"What Telegram repeats with each update: A-Z a-z 0-9 _ - only."`
}

// Run serves until the process is told to stop.
func (c serveCmd) Run(ctx context.Context, s streams) error {
	log := c.logger(s)
	p, cleanup, err := c.parts(ctx, log)
	if err != nil {
		return err
	}
	defer cleanup()
	a, err := newApp(ctx, p)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	p.Metrics.watch(a)
	in, hook, err := c.intake(ctx, a)
	if err == nil {
		err = a.greetAdmin(ctx, s.out)
	}
	if err != nil {
		return err
	}
	web := &http.Server{
		Addr: c.Listen, Handler: a.web(hook, p.Metrics), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	stages := []func(context.Context) error{listen(web)}
	if c.Site != "" {
		stages = append(stages, listen(&http.Server{
			Addr: c.Site, Handler: a.publicSite(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 2 * time.Minute,
			IdleTimeout: 2 * time.Minute, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		}))
	}
	return runInOrder(ctx, append(stages, func(ctx context.Context) error { return a.RunLeased(ctx, in, holderAt(c.Listen)) }))
}

// parts gathers what the app is made of; cleanup ends what was started for it.
func (c serveCmd) parts(ctx context.Context, log *slog.Logger) (parts, func(), error) {
	nothing := func() {}
	token, err := secret(c.Token, c.TokenFile)
	if err != nil {
		return parts{}, nothing, err
	}
	if token == "" {
		return parts{}, nothing, errors.New("no token: set TELEGRAM_TOKEN (from @BotFather), or try: gridwarden demo")
	}
	district, err := c.load()
	if err != nil {
		return parts{}, nothing, fmt.Errorf("seeds: %w", err)
	}
	redis, cleanup, err := c.redis(ctx)
	if err != nil {
		return parts{}, nothing, err
	}
	keys, err := c.keyring(c.Data)
	if err != nil {
		cleanup()
		return parts{}, nothing, err
	}
	media := c.Media
	if media == "" && c.Data != "" {
		media = filepath.Join(c.Data, "media")
	}
	if media == "" {
		cleanup()
		return parts{}, nothing, errors.New("no place for evidence: set --media, or --data")
	}
	set := district.Settings
	return parts{
		District: district, Seeds: c.folder(), Keys: keys, Redis: redis, API: strings.TrimSuffix(c.API, "/"), APIFiles: c.APIFiles, Token: token,
		HTTP: handlers.NewHTTPClient(64), Media: media, Clock: time.Now, Log: log, Recheck: 500 * time.Millisecond,
		Workers: c.Workers, Channel: c.Channel, Metrics: newMetrics(), Site: strings.TrimSuffix(c.SiteURL, "/"), Proxies: c.Proxies,
		Pace: handlers.Pace{PerSecond: set.SendPerSecond, PerChat: set.SendPerChat, Burst: 3, GroupPerMinute: set.SendPerGroup},
	}, cleanup, nil
}

// redis says where the data is, and starts a server for a data directory.
func (c serveCmd) redis(ctx context.Context) (redisstore.Options, func(), error) {
	o := c.options()
	if o.URL != "" {
		return o, func() {}, nil
	}
	if c.Data == "" {
		return o, nil, errors.New("no place for the data: set REDIS_URL, or --data DIR to have a redis-server started there")
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return o, nil, fmt.Errorf("data directory: %w", err)
	}
	server, err := redisserver.Start(ctx, redisserver.Options{Dir: c.Data, Always: c.Fsync == "always"})
	if err != nil {
		return o, nil, err
	}
	o.URL = server.URL
	return o, func() { _ = server.Stop() }, nil
}

// intake chooses the way in: a webhook when it has an address, polling otherwise.
func (c serveCmd) intake(ctx context.Context, a *app) (intake, http.Handler, error) {
	if c.WebhookURL == "" {
		return a.polling(), nil, a.dropWebhook(ctx)
	}
	if c.WebhookSecret == "" {
		return nil, nil, errors.New("WEBHOOK_SECRET is missing: without it anybody could pretend to be Telegram")
	}
	hook := &handlers.Webhook{
		Secret: c.WebhookSecret, Store: a.store, Clock: a.Clock, Log: a.Log, Wake: a.dispatcher.Wake, Seen: a.Metrics.received,
	}
	return nil, hook, a.setWebhook(ctx, c.WebhookURL, c.WebhookSecret)
}

// listen serves until ctx ends, then lets the requests under way finish.
func listen(web *http.Server) func(context.Context) error {
	return func(ctx context.Context) error {
		failed := make(chan error, 1)
		go func() { failed <- web.ListenAndServe() }()
		select {
		case err := <-failed:
			return fmt.Errorf("listen on %s: %w", web.Addr, err)
		case <-ctx.Done():
		}
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		return web.Shutdown(grace)
	}
}
