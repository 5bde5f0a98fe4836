package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/seeds"
)

// busy is the whole program of a district that has worked for years, on a real store: reports of one year, readings of every week of
// two, publications since busySince, a full register of enterprises. Nobody is connected and no job runs; its clock goes on from Monday
// 2 November 2026, 09:00.
type busy struct {
	*demo

	tb   testing.TB
	site http.Handler
}

// What there is besides reports.
const (
	busyEnterprises = 400
	busyCarded      = 150 // of them had a card
	busyRows        = 400 // of a list that is published
	busyWeeks       = 2 * 52
	busyCode        = "K7M2QX"
)

var busySince = calendar.Date{Year: 2023, Month: 1, Day: 1}

// openBusy fills a district with that many reports.
func openBusy(tb testing.TB, reports int) *busy {
	tb.Helper()
	if !redistest.Real() {
		tb.Skip("left out: so much takes a real redis-server")
	}
	district, err := seeds.Load(seeds.Ledu)
	if err != nil {
		tb.Fatal(err)
	}
	district.Settings.PublicationSince = busySince
	keys, err := seal.ParseKeys(strings.Repeat("0123456789abcdef", 4))
	if err != nil {
		tb.Fatal(err)
	}
	clock := &demoClock{offset: time.Until(monday)}
	emulator := botapi.New(botapi.WithClock(clock.Now), botapi.WithBot(1, "gridwarden_bot"))
	a, err := newApp(tb.Context(), parts{
		District: district, Seeds: seeds.Ledu, Keys: keys, Redis: redisstore.Options{URL: redistest.URL(tb), PoolSize: 16, MinIdle: 2},
		API: "http://telegram.invalid", Token: emulator.Token(), HTTP: emulator, Media: tb.TempDir(), Clock: clock.Now,
		Log: slog.New(slog.DiscardHandler), Recheck: time.Hour, Workers: 1, Pace: handlers.Pace{PerSecond: 30, PerChat: 1, Burst: 3, GroupPerMinute: 20},
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = a.Close() })
	b := &busy{demo: &demo{app: a, clock: clock}, tb: tb, site: a.publicSite()}
	for _, fill := range []func(context.Context) error{
		func(ctx context.Context) error { return b.report(ctx, reports) },
		b.sampleSites, b.register, b.measureWater, b.sampleNotice, b.sampleConsultation, b.sampleBoard,
		func(ctx context.Context) error { return b.publishOwed(ctx, b.longLists) },
	} {
		if err := fill(tb.Context()); err != nil {
			tb.Fatal(err)
		}
	}
	return b
}

// gets asks the public site for something and returns the answer; anything but 200 fails the test.
func (b *busy) gets(path string) *httptest.ResponseRecorder {
	b.tb.Helper()
	return b.asks(httptest.NewRequest(http.MethodGet, path, http.NoBody))
}

func (b *busy) asks(r *http.Request) *httptest.ResponseRecorder {
	b.tb.Helper()
	r.RemoteAddr = "203.0.113.7:40000"
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		b.tb.Fatalf("%s %s: %d\n%.300s", r.Method, r.URL, w.Code, w.Body)
	}
	return w
}

// towns are the townships that lie somewhere.
func (b *busy) towns() []grid.Cell {
	return slices.DeleteFunc(slices.Clone(b.app.District.Tree.Level(2)), func(c grid.Cell) bool { return c.Centre == nil })
}

// report stores reports that came in evenly over the last year. As in life nearly all of them are over: those of
// the last three weeks are open.
func (b *busy) report(ctx context.Context, n int) error {
	const batch = 200
	towns, now := b.towns(), b.clock.Now()
	for from := 0; from < n; from += batch {
		var c ledger.Change
		for i := from; i < min(from+batch, n); i++ {
			w, err := b.oneReport(i, towns[i%len(towns)], now.Add(-time.Duration(n-i)*(365*24*time.Hour/time.Duration(n))), i >= n-n/16)
			if err != nil {
				return err
			}
			c.At, c.Cases = w.After.CreatedAt, append(c.Cases, w)
		}
		if _, err := b.app.store.Commit(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// oneReport is a report with its history: filed, accepted and closed, or as far as it came.
func (b *busy) oneReport(i int, town grid.Cell, at time.Time, open bool) (ledger.CaseWrite, error) {
	district := b.app.District
	near := geo.Point{Lon: town.Centre.Lon + float64(i%97)/5000, Lat: town.Centre.Lat + float64(i%89)/5000}
	c := casework.Case{
		ID: casework.CaseID(fmt.Sprintf("%012x", i+1)), Number: fmt.Sprintf("2026-%06d", i+1), Code: busyCode, Source: casework.FromCitizen,
		Reporter: grid.PersonID(fmt.Sprintf("p-%d", i%5000)), Categories: []string{district.Categories[i%len(district.Categories)].Code},
		Text: strings.Repeat("words that the public never reads ", 3), Cell: town.Code, CreatedAt: at, Point: &near,
	}
	c, first, err := b.app.work.Apply(c, casework.Act{Action: casework.Submit, Person: c.Reporter, At: at}, grid.NewRoster(1, nil), at)
	if err != nil {
		return ledger.CaseWrite{}, err
	}
	w := ledger.CaseWrite{After: c, Events: []casework.Event{first}}
	x := &w.After
	step := func(action casework.Action, to casework.State, after time.Duration) {
		e := casework.Event{Case: x.ID, Seq: len(w.Events) + 1, At: at.Add(after), Arrived: at.Add(after), Action: action, By: "desk", From: x.State, To: to}
		x.State, x.Events, w.Events = to, len(w.Events)+1, append(w.Events, e)
	}
	if open && i%3 == 0 {
		return w, nil
	}
	step(casework.Accept, casework.Accepted, 20*time.Hour)
	x.CaseNo, x.Lead = "A"+x.Number, grid.Department(district.Departments[i%len(district.Departments)].Name)
	x.Clocks[0].Stopped = at.Add(20 * time.Hour)
	x.Clocks = append(x.Clocks, casework.Clock{Name: casework.FinishClock, Limit: district.Settings.FinishLimit, Started: at.Add(20 * time.Hour), Due: at.Add(60 * 24 * time.Hour)})
	if open {
		return w, nil
	}
	step(casework.Take, casework.Handling, 30*time.Hour)
	step(casework.Close, casework.Answered, 20*24*time.Hour)
	step(casework.Pass, casework.Closed, 21*24*time.Hour)
	x.Clocks[1].Stopped, x.ClosedAt, x.Verdict = at.Add(20*24*time.Hour), at.Add(20*24*time.Hour), casework.Proven
	if i%5 == 0 {
		x.Notice = &casework.Notice{Text: "经现场核查，举报反映的问题属实。已责令立即停止排放、限期整改，并对周边进行了清理；整改完成后复查合格。", By: "desk", Approved: "boss"}
	}
	return w, nil
}

// register puts enterprises on the register beside the samples, many of them with a card.
func (b *busy) register(ctx context.Context) error {
	towns, now := b.towns(), b.clock.Now()
	book, work := b.app.sites(), b.app.District.Enterprises()
	writes := make([]ledger.DossierWrite, 0, 2*busyEnterprises)
	for i := range busyEnterprises {
		town := towns[i%len(towns)]
		x := site.Site{Number: site.Number(fmt.Sprintf("QY8%03d", i)), Kind: "enterprise", Name: fmt.Sprintf("%s第%d食品加工有限公司", town.Name, i), Cell: town.Code, State: site.Active, Added: now, Point: town.Centre}
		there, err := book.Write(ledger.Dossier{}, x, now, site.Event{At: now, Did: site.Added})
		if err != nil {
			return err
		}
		e, events := enterprise.Enterprise{Number: x.Number, Trade: enterprise.Food, Added: now}, []enterprise.Event{{At: now, Did: enterprise.Register}}
		if i < busyCarded {
			if e, events, err = b.carded(e, now); err != nil {
				return err
			}
		}
		w, err := work.Write(ledger.Dossier{}, e, now, events...)
		if err != nil {
			return err
		}
		writes = append(writes, there, w)
	}
	return b.putAll(ctx, writes)
}

// putAll stores dossiers, some at a time.
func (b *busy) putAll(ctx context.Context, writes []ledger.DossierWrite) error {
	for some := range slices.Chunk(writes, 100) {
		if err := b.put(ctx, some...); err != nil {
			return err
		}
	}
	return nil
}

// measureWater enters a reading a week of every section of a river, and of everything else that is looked at.
func (b *busy) measureWater(ctx context.Context) error {
	now := b.clock.Now()
	var writes []ledger.DossierWrite
	for n, x := range b.app.District.Water().Of(water.OfRiver, water.Source) {
		for week := range busyWeeks {
			day := now.AddDate(0, 0, -7*(week+1))
			r, e, err := water.Reading{}.Enter(x.ID, day.Format(time.DateOnly), water.Given{
				Values: demoValues([]string{"0.62", "0.85", demoAbove, "0.71"}[(week+n)%4]), Report: "乐环监字", By: b.holder(grid.Supervisor), At: now,
			})
			if err != nil {
				return err
			}
			w, err := r.Write(ledger.Dossier{Kind: water.Readings, ID: water.ReadingID(r.Section, r.Day)}, e)
			if err != nil {
				return err
			}
			writes = append(writes, w)
		}
	}
	return b.putAll(ctx, writes)
}

// longLists is what a publication holds here: whichever lists enterprises has very many rows.
func (b *busy) longLists(o publication.Occasion) publication.Content {
	c := b.example(o)
	rows := 20
	if o.Duty.ID == "cards" || o.Duty.ID == "water_users" {
		rows = busyRows
	}
	t := &c.Tables[0]
	for len(t.Columns) < 6 {
		t.Columns = append(t.Columns, t.Columns[1])
	}
	t.Rows = nil
	for i := range rows {
		cells := make([]publication.Words, len(t.Columns))
		for n := range cells {
			cells[n] = publication.Words{"zh-CN": fmt.Sprintf("第%d行第%d栏内容 %s", i, n, o.Period.Name), "en": fmt.Sprintf("row %d, cell %d of %s", i, n, o.Period.Name)}
		}
		t.Rows = append(t.Rows, publication.Row{Key: strconv.Itoa(i), Cells: cells})
	}
	return c
}
