package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"sync/atomic"
	"time"

	telegram "github.com/go-telegram/bot"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/export"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/doorway"
	"github.com/gridwarden/gridwarden/handlers/media"
	"github.com/gridwarden/gridwarden/handlers/office"
	"github.com/gridwarden/gridwarden/handlers/staff"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/web"
	"github.com/gridwarden/gridwarden/jobs"
	"github.com/gridwarden/gridwarden/seeds"
)

// parts is what an app is made of; whoever runs it (serve, demo, a test) chooses them.
type parts struct {
	District *seeds.District
	Seeds    fs.FS // the folder that it comes from; nil: the one that is built in
	Keys     *seal.Keyring
	Redis    redisstore.Options // where the data is; the app fills in the rest
	API      string             // address of the Bot API
	APIFiles string             // folder of a self-hosted Bot API server's files; may be empty
	Token    string
	HTTP     handlers.Doer // the way to the Bot API
	Media    string        // folder of the evidence
	Clock    func() time.Time
	Log      *slog.Logger
	Rand     io.Reader     // nil: the system's
	Pace     handlers.Pace // how fast Telegram lets us send
	Recheck  time.Duration // how long to trust that nobody else put something in
	Workers  int
	Channel  int64          // in which publications are posted; 0 for none
	Metrics  *metrics       // may be nil
	Proxies  []netip.Prefix // before the public site: what they say of a visitor's address is believed
	Site     string         // public address of the site, without a slash at its end; may be empty
}

// app is the program, wired: everything between the store and Telegram.
type app struct {
	parts
	store      *redisstore.Store
	book       *book
	desk       *handlers.Desk
	dispatcher *handlers.Dispatcher
	sender     *handlers.Sender
	evidence   *handlers.Evidence
	vault      *media.Store
	scheduler  *jobs.Scheduler
	clockwork  func(context.Context) error // runs the jobs at their times: the scheduler, unless the time is not real
	bot        *telegram.Bot
	work       *casework.Work
	changed    chan []grid.Officer // whose command menus have to follow
	presses    chan press          // button presses to be answered
	exports    chan struct{}       // wakes whoever makes exports
	reloads    chan struct{}       // asks Run to put changed tables into force
	loaded     loaded
	folder     *folder                        // the district's, for the administrators' room
	room       *office.Office                 // the administrators' room
	unchanged  *seeds.District                // the folder's own, without the office's changes
	current    atomic.Pointer[seeds.District] // in force, for whoever is no stage of Run
	me         string                         // the bot's user name
	showcase   *showcase                      // what the public may see of the cases
	site       atomic.Pointer[web.Site]       // the public site
	machines   http.Handler                   // what machines read and file
	uploads    *doorway.Room                  // for what visitors and programs send with files
	staff      *staff.Site                    // the page for officers

	readings *ledger.Remembered[water.Reading] // of water, as the site and the boards show them
}

// newApp connects to Redis and wires the parts; Close lets go of them.
func newApp(ctx context.Context, p parts) (*app, error) {
	a := &app{parts: p, readings: new(ledger.Remembered[water.Reading]), changed: make(chan []grid.Officer, 64), presses: make(chan press, 256), reloads: make(chan struct{}, 1), exports: make(chan struct{}, 1)}
	a.work = casework.New(p.District.Tree, p.District.Calendar, p.District.Casework())
	if err := a.openStore(ctx); err != nil {
		return nil, err
	}
	words, err := texts.New()
	if err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	if err = a.openRoom(ctx, words); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	if a.book, err = newBook(a.District); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	if err := a.connect(ctx); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	if err := a.wire(words); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	if err := a.seed(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// openStore opens the store for this district.
func (a *app) openStore(ctx context.Context) error {
	o := a.Redis
	o.District, o.Sealer = string(a.District.Code), a.Keys
	o.NextStage = func(c casework.Case) (time.Time, bool) { return a.work.NextStage(c) }
	if a.Metrics != nil {
		o.Observe = a.Metrics.redis
	}
	var err error
	if a.store, err = redisstore.Open(ctx, o); err != nil {
		return err
	}
	if err := a.nameByRoot(ctx); err != nil {
		return errors.Join(err, a.store.Close())
	}
	return nil
}

// nameByRoot checks the keys and lets people be named by the root that the store keeps, so that the key it first came from
// can be dropped one day.
func (a *app) nameByRoot(ctx context.Context) error {
	if err := a.store.CheckKeys(ctx); err != nil {
		return err
	}
	root, err := a.store.Root(ctx, a.Keys.Root())
	if err == nil {
		a.Keys, err = a.Keys.WithRoot(root)
	}
	return err
}

// connect makes the client of the Bot API and asks Telegram who we are.
func (a *app) connect(ctx context.Context) error {
	var err error
	a.bot, err = telegram.New(a.Token, telegram.WithServerURL(a.API), telegram.WithSkipGetMe(),
		telegram.WithHTTPClient(time.Minute, handlers.Buffered{Client: a.HTTP}),
		telegram.WithErrorsHandler(func(error) {}), telegram.WithNotAsyncHandlers())
	if err != nil {
		return fmt.Errorf("client of the Bot API: %w", err)
	}
	me, err := a.bot.GetMe(ctx)
	if err != nil {
		return fmt.Errorf("who are we to Telegram: %w", err)
	}
	a.me = me.Username
	return nil
}

// wire makes everything that runs.
func (a *app) wire(words *texts.Catalogue) error {
	random := a.Rand
	if random == nil {
		random = rand.Reader
	}
	evidence, err := a.newEvidence()
	if err != nil {
		return err
	}
	a.evidence = evidence
	a.desk = &handlers.Desk{
		Store: &deskStore{Store: a.store, book: a.book}, Work: a.work, Book: a.book, Texts: words, Clock: a.Clock, Log: a.Log,
		Rand: random, BotName: a.me, Committed: a.committed, Answer: a.answer, Parcels: a.vault, Evidence: a.vault, Keep: a.vault, Officer: a.book.officer,
		Pseudonym: func(user int64) grid.PersonID { return grid.PersonID(a.Keys.Pseudonym("tg", user)) },
		Reporter:  func(user int64) grid.PersonID { return grid.PersonID(a.Keys.Pseudonym("report", user)) },
		Rules:     deskRules(a.District), Plan: planWork(a.District), Bring: a.bring, Office: a.room, Head: a.head(words), Patrols: a.book,
		Sites: a.sites(), Boards: a.boards(), Water: waterWork(a.district()),
		Alias:   func(what string, user int64) grid.PersonID { return grid.PersonID(a.Keys.Pseudonym(what, user)) },
		Borders: a.book, Outreach: a.outreachBook,
	}
	a.desk.Enterprises = a.district().Enterprises()
	a.desk.Publications, a.desk.Channel, a.desk.SiteURL = a.District.Publishing(), a.Channel, a.Site
	a.dispatcher = &handlers.Dispatcher{
		Inbox: a.store, Handle: a.handle, Lane: a.desk.LaneOf, Clock: a.Clock, Log: a.Log,
		Tries: 3, Workers: a.Workers, Recheck: a.Recheck, Timeout: 30 * time.Second,
	}
	a.sender = &handlers.Sender{
		Outbox: a.store, Deliver: &handlers.BotDeliverer{Bot: a.bot, Pictures: a.vault, Parcels: a.vault}, Pace: a.Pace, Clock: a.Clock, Log: a.Log,
		Parallel: 32, Recheck: a.Recheck, Done: a.sent, Blocked: a.recipientBlocked,
	}
	a.showcase, a.uploads = newShowcase(a.store, a.District, a.Clock), &doorway.Room{Limits: a.uploadLimits}
	if err := errors.Join(a.openSite(words), a.openStaff(words)); err != nil {
		return err
	}
	a.machines = a.newMachines(words)
	a.scheduler = a.newScheduler(words)
	a.clockwork = func(ctx context.Context) error { return a.scheduler.Run(ctx) }
	a.evidence.Noted = a.dispatcher.Wake
	a.dispatcher.Start()
	a.sender.Start()
	a.evidence.Start()
	return a.scheduler.Check()
}

// seed puts the district's roster into an empty store; later the store's roster counts.
func (a *app) seed(ctx context.Context) error {
	roster, err := a.store.Roster(ctx)
	if err != nil {
		return err
	}
	a.book.roster.Store(roster)
	if len(roster.Officers()) > 0 || len(a.District.Officers) == 0 {
		return nil
	}
	_, err = a.store.Commit(ctx, ledger.Change{
		At: a.Clock(), Roster: &ledger.RosterWrite{Version: roster.Version, Officers: a.District.Officers},
	})
	if errors.Is(err, ledger.ErrConflict) { // another process did it
		return nil
	}
	return err
}

// Close lets go of the store and the evidence.
func (a *app) Close() error { return errors.Join(a.vault.Close(), a.store.Close()) }

// handle deals with one update and measures it.
func (a *app) handle(ctx context.Context, e ledger.Entry) error {
	began := a.Clock()
	err := a.desk.Handle(ctx, e)
	if a.Metrics != nil {
		a.Metrics.handled(a.Clock().Sub(began), err)
	}
	return err
}

// committed wakes whoever has something to do now.
func (a *app) committed(c ledger.Change) {
	if len(c.Outbox) > 0 {
		a.sender.Wake()
	}
	if len(c.Fetch) > 0 {
		a.evidence.Wake()
	}
	for _, w := range c.Cases {
		a.showcase.touch(w.After.ID)
	}
	if slices.ContainsFunc(c.Dossiers, func(w ledger.DossierWrite) bool { return w.Kind == export.Kind }) {
		a.wakeExports()
	}
	a.reworded(c.Books)
	if c.Roster != nil {
		select {
		case a.changed <- c.Roster.Officers:
		default: // the menus follow at the next start
		}
	}
}

// sent measures what became of a message.
func (a *app) sent(m ledger.Message, o ledger.Outcome, took time.Duration) {
	if a.Metrics != nil {
		a.Metrics.sent(m, o, took)
	}
}

// recipientBlocked records that somebody blocked the bot, and tells an officer's deputy what the officer did not get.
func (a *app) recipientBlocked(ctx context.Context, m ledger.Message) {
	if err := a.desk.Unreachable(ctx, m); err != nil {
		a.Log.ErrorContext(ctx, "blocked recipient not recorded", slog.Any("error", err))
	}
}

// deskStore is the store as the verbs want it; it keeps the book's roster fresh on the way.
type deskStore struct {
	*redisstore.Store
	book *book
}

// Turn reads what a turn needs.
func (s *deskStore) Turn(ctx context.Context, p grid.PersonID, k ledger.TalkKey) (ledger.Turn, error) {
	t, err := s.Store.Turn(ctx, p, k)
	if err == nil {
		s.book.roster.Store(t.Roster)
	}
	return t, err
}
