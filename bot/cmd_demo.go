package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/alicebob/miniredis/v2"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/apikey"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/handlers/phones"
	"github.com/gridwarden/gridwarden/seeds"
)

// demoCmd shows the whole program in the browser.
type demoCmd struct {
	seedsFlags
	logFlags
	Listen string `default:"127.0.0.1:8765" help:"Address of the page; only this machine should reach it."`
	Site   string `default:"127.0.0.1:8766" help:"Address of the public site, live beside the phones. Empty: no site."`
	AsOf   string `help:"As if it were then: 2017-12-20, or 2017-12-20T09:00. The plan of work is seen in its own time."`
}

// demo is the demonstration: the real program on an embedded store, with the emulator where Telegram would be.
type demo struct {
	app      *app
	clock    *demoClock
	emulator *botapi.Emulator
	site     *phones.Site
	close    func()
}

// demoBot is what the bot is called in the demonstration.
const demoBot = "gridwarden_demo_bot"

// The phones: whose they are, and which officer of the roster holds each.
type demoPhone struct {
	phones.Phone
	officer grid.OfficerID
}

// Run serves the page until the process is told to stop.
func (c demoCmd) Run(ctx context.Context, s streams) error {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("the page: %w (choose another address with --listen)", err)
	}
	defer func() { _ = listener.Close() }()
	var public net.Listener
	address := ""
	if c.Site != "" {
		if public, err = lc.Listen(ctx, "tcp", c.Site); err != nil {
			return fmt.Errorf("the public site: %w (choose another address with --site)", err)
		}
		defer func() { _ = public.Close() }()
		address = "http://" + public.Addr().String()
	}
	d, err := newDemo(ctx, c.seedsFlags, c.logger(s), c.AsOf, address, 0)
	if err != nil {
		return err
	}
	defer d.close()
	_, _ = fmt.Fprintf(s.out, "GridWarden: open http://%s in a browser. Nothing is kept; Ctrl+C ends it.\n", listener.Addr())
	stages := []func(context.Context) error{
		func(ctx context.Context) error { return d.app.Run(ctx, d.app.polling()) },
		func(ctx context.Context) error { d.site.Run(ctx); return nil },
		func(ctx context.Context) error { return serveOn(ctx, d.site, listener) },
	}
	if public != nil {
		key, err := d.key(ctx)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(s.out, "What the public sees: %s\n", address)
		_, _ = fmt.Fprintf(s.out, "Programs may file reports there, see /openapi.json: api_key=%s\n", key)
		stages = append(stages, func(ctx context.Context) error { return serveOn(ctx, d.app.publicSite(), public) })
	}
	return runInOrder(ctx, stages)
}

// key makes a key with which a program may file reports, as `api-key new` does.
func (d *demo) key(ctx context.Context) (secret string, err error) {
	return apiKeys{store: d.app.store}.grant(ctx, apikey.Key{
		Name: "demo", PerDay: d.app.District.Settings.Open311KeyQuota, Made: d.clock.Now(),
	})
}

// serveOn serves until ctx ends; open streams are cut, for nothing of a demonstration is worth waiting for.
func serveOn(ctx context.Context, h http.Handler, l net.Listener) error {
	web := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return web.Close()
	}
}

// newDemo wires the demonstration; asOf is the moment in which it begins, empty for now; public is where the public site stands,
// empty for nowhere; and pace is the time to read between two steps of the example, zero for the usual.
func newDemo(ctx context.Context, from seedsFlags, log *slog.Logger, asOf, public string, pace time.Duration) (*demo, error) {
	district, err := from.load()
	if err != nil {
		return nil, err
	}
	clock, err := clockAsOf(asOf, district.Settings.TimeZone)
	if err != nil {
		return nil, err
	}
	oweFromLastQuarter(district, clock.Now())
	mini, err := miniredis.Run()
	if err != nil {
		return nil, fmt.Errorf("embedded store: %w", err)
	}
	media, err := os.MkdirTemp("", "gridwarden-demo-")
	if err != nil {
		mini.Close()
		return nil, err
	}
	d := &demo{clock: clock}
	d.close = func() {
		if d.app != nil {
			_ = d.app.Close()
		}
		mini.Close()
		_ = os.RemoveAll(media)
	}
	d.emulator = botapi.New(botapi.WithClock(d.clock.Now), botapi.WithBot(1, demoBot))
	if err := d.start(ctx, from, district, mini.Addr(), media, public, log); err != nil {
		d.close()
		return nil, err
	}
	if err := d.page(from, pace, log); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

// start makes the app on the embedded store and connects the officers of the phones.
func (d *demo) start(ctx context.Context, from seedsFlags, district *seeds.District, redis, media, public string, log *slog.Logger) error {
	keys, err := seal.ParseKeys(seal.Generate())
	if err != nil {
		return err
	}
	set := district.Settings
	d.app, err = newApp(ctx, parts{
		District: district, Seeds: from.folder(), Keys: keys, Redis: redisstore.Options{URL: "redis://" + redis, PoolSize: 16, MinIdle: 2},
		API: "http://telegram.invalid", Token: d.emulator.Token(), HTTP: d.emulator, Media: media, Site: public, Clock: d.clock.Now, Log: log,
		Recheck: time.Second, Workers: 8,
		Pace: handlers.Pace{PerSecond: set.SendPerSecond, PerChat: 20, Burst: 20, GroupPerMinute: set.SendPerGroup},
	})
	if err != nil {
		return err
	}
	d.app.clockwork = d.tick
	if err := d.sampleSites(ctx); err != nil {
		return err
	}
	if err := d.samples(ctx); err != nil {
		return err
	}
	return d.connect(ctx)
}

// connect makes the phones' people known and appoints those of them who are officers, as if each had opened the link of
// an invitation.
func (d *demo) connect(ctx context.Context) error {
	roster, err := d.app.store.Roster(ctx)
	if err != nil {
		return err
	}
	change := ledger.Change{At: d.clock.Now(), Roster: &ledger.RosterWrite{Version: roster.Version}}
	for _, p := range d.phones() {
		d.emulator.User(p.User, p.Name, p.Language).Known()
		o, ok := roster.Officer(p.officer)
		if !ok {
			continue
		}
		o.Person = d.app.desk.Pseudonym(p.User)
		change.Roster.Officers = append(change.Roster.Officers, o)
		change.People = append(change.People, ledger.Person{ID: o.Person, User: p.User, Chat: p.User, Lang: "zh-CN"})
	}
	_, err = d.app.store.Commit(ctx, change)
	return err
}

// phones chooses whose phones are shown: a citizen, and of the roster one inspector, one supervisor and one of the desk,
// those appointed highest, so that whatever is reported anywhere finds its way to them.
func (d *demo) phones() []demoPhone {
	officers := d.app.District.Officers
	root := d.app.District.Tree.Root().Code
	pick := func(role grid.Role) grid.OfficerID {
		for _, o := range officers {
			if o.Holds(role, root, d.clock.Now()) {
				return o.ID
			}
		}
		return ""
	}
	words := d.app.desk.Texts
	phone := func(id string, user int64, officer grid.OfficerID) demoPhone {
		return demoPhone{phones.Phone{
			ID: id, User: user, Name: words.Plain("zh-CN", "demo."+id, nil), Role: id, Language: "zh-hans",
		}, officer}
	}
	return []demoPhone{
		phone("citizen", 1001, ""), phone("inspector", 1002, pick(grid.Inspector)),
		phone("supervisor", 1003, pick(grid.Supervisor)), phone("desk", 1004, pick(grid.Desk)),
	}
}

// page makes the site.
func (d *demo) page(from seedsFlags, pace time.Duration, log *slog.Logger) error {
	people := d.phones()
	shown := make([]phones.Phone, 0, len(people))
	for _, p := range people {
		shown = append(shown, p.Phone)
	}
	folder := from.folder()
	cells, err1 := fs.ReadFile(folder, "cells.geojson")
	outline, err2 := fs.ReadFile(folder, "outline.geojson")
	rivers, _ := fs.ReadFile(folder, "rivers.geojson")
	if err := errors.Join(err1, err2); err != nil {
		return fmt.Errorf("map: %w", err)
	}
	site, err := phones.New(phones.Options{
		Emulator: d.emulator, Phones: shown, Now: d.clock.Now, Advance: d.advance, Cases: d.cases,
		Cells: cells, Outline: outline, Rivers: rivers, Public: d.app.Site, Pace: pace, Log: log,
	})
	d.site = site
	return err
}
