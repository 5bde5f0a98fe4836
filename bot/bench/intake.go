package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/handlers"
)

// The peer's figures for G3, from docs/performance.md: recorded on a machine of the same kind, not measured here.
const (
	courierRate = 1134.0 // messages a second, 40 connections, the lower of two runs
	courierCost = 1490.0 // us of all its processes
)

// intake runs our webhook and store without anybody who works off the inbox: what a message costs until it is safe.
func intake(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("intake", flag.ContinueOnError)
	url, hook := flags.String("redis", "", "redis to use"), flags.String("hook", "", "address to listen on")
	if err := flags.Parse(args); err != nil {
		return err
	}
	keys, err := seal.ParseKeys(sealKeys)
	if err != nil {
		return err
	}
	store, err := redisstore.Open(ctx, redisstore.Options{URL: *url, District: "630202", Sealer: keys})
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	server := &http.Server{Addr: *hook, ReadHeaderTimeout: time.Minute, Handler: &handlers.Webhook{
		Secret: secret, Store: store, Clock: time.Now, Log: slog.New(slog.NewTextHandler(os.Stderr, nil)), Wake: func() {},
	}}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.ListenAndServe(); ctx.Err() == nil {
		return err
	}
	return nil
}

// intake measures G3: messages stored on disk before they are confirmed.
func (b *bench) intake(ctx context.Context) error {
	w, err := b.newWarehouse(ctx, "i", true)
	defer w.close()
	if err != nil {
		return err
	}
	address, err := freePort(ctx)
	if err != nil {
		return err
	}
	p, err := b.spawn(ctx, "intake", b.self, nil, "intake", "-redis", w.server.URL, "-hook", address)
	if err != nil {
		return err
	}
	defer p.end()
	if err := until(ctx, 10*time.Second, func() bool { return post(ctx, address, 1) == nil }); err != nil {
		return p.failed()
	}
	rates, costs, redisCosts := make([]float64, 0, b.rounds), make([]float64, 0, b.rounds), make([]float64, 0, b.rounds)
	var serial atomic.Int64
	serial.Store(1)
	for range b.rounds {
		began, cpu, redis := time.Now(), p.cpu(), w.cpu(ctx)
		n, err := crowd(ctx, 40, 0, b.window, func() error { return post(ctx, address, serial.Add(1)) })
		if err != nil {
			return err
		}
		rates = append(rates, rate(n, time.Since(began)))
		costs, redisCosts = append(costs, each(p.cpu()-cpu, n)), append(redisCosts, each(w.cpu(ctx)-redis, n))
	}
	const recorded = "the peer needs PostgreSQL and was not run here: its figure is the recorded one"
	b.table.add(row{
		"G3 messages stored, webhook, always, 40 connections", perSecond(median(rates)), perSecond(courierRate), ratio(median(rates), courierRate), ">= 12", recorded,
	})
	cost := median(costs) + median(redisCosts)
	b.table.add(row{
		"G3 CPU of storing a message, all processes", micros(cost), micros(courierCost), ratio(cost, courierCost), "<= 0.067",
		fmt.Sprintf("intake %s, Redis %s; %s", micros(median(costs)), micros(median(redisCosts)), recorded),
	})
	return nil
}

var poster = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// post sends one update to the webhook as Telegram would, from one of a thousand senders.
func post(ctx context.Context, address string, n int64) error {
	who := 1000 + n%1000
	body := fmt.Appendf(nil, `{"update_id":%d,"message":{"message_id":%d,"from":{"id":%d,"is_bot":false,"first_name":"citizen"},`+
		`"chat":{"id":%d,"first_name":"citizen","type":"private"},"date":1700000000,"text":"the ditch behind the mill is black again, message %d"}}`,
		n, n, who, who, n)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/telegram", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	res, err := poster.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("webhook: %s", res.Status)
	}
	return nil
}
