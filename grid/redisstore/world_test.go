package redisstore_test

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

func TestMain(m *testing.M) { os.Exit(redistest.Main(m)) }

var (
	china = time.FixedZone("CST", 8*3600)
	t0    = time.Date(2026, 11, 23, 9, 0, 0, 0, china)
)

const (
	district grid.CellCode   = "630202"
	town     grid.CellCode   = "630202101"
	other    grid.CellCode   = "630202102"
	citizen  grid.PersonID   = "p-citizen"
	desk     grid.PersonID   = "p-desk"
	worker   grid.PersonID   = "p-worker"
	theTalk  ledger.TalkKey  = "p-citizen"
	clerk    grid.OfficerID  = "desk1"
	fieldman grid.OfficerID  = "inspector1"
	chat     ledger.Priority = ledger.Reply
)

// gcm is a sealer like the real one: authenticated, and bound to its additional data.
type gcm struct{ cipher.AEAD }

func newSealer(tb testing.TB) gcm {
	tb.Helper()
	block, err := aes.NewCipher(make([]byte, 32))
	must(tb, err)
	a, err := cipher.NewGCM(block)
	must(tb, err)
	return gcm{a}
}

func (g gcm) Seal(plain, aad []byte) []byte {
	nonce := make([]byte, g.NonceSize())
	_, _ = rand.Read(nonce)
	return g.AEAD.Seal(nonce, nonce, plain, aad)
}

func (g gcm) Open(sealed, aad []byte) ([]byte, error) {
	if len(sealed) < g.NonceSize() {
		return nil, errors.New("too short")
	}
	return g.AEAD.Open(nil, sealed[:g.NonceSize()], sealed[g.NonceSize():], aad)
}

// world is a store with a casework engine beside it.
type world struct {
	*redisstore.Store
	t      testing.TB
	client redis.UniversalClient
	work   *casework.Work
	roster *grid.Roster
	ctx    context.Context
}

// both runs the test in a world on miniredis and in one on the real server.
func both(t *testing.T, test func(w *world)) {
	t.Helper()
	redistest.Each(t, func(t *testing.T, c *redis.Client) {
		t.Helper()
		test(newWorld(t, c))
	})
}

func newWorld(tb testing.TB, client redis.UniversalClient) *world {
	tb.Helper()
	return newWorldWith(tb, client, redisstore.Options{})
}

func newWorldWith(tb testing.TB, client redis.UniversalClient, o redisstore.Options) *world {
	tb.Helper()
	w, o := bareWorld(tb, o)
	s, err := redisstore.New(client, o)
	must(tb, err)
	w.Store, w.client = s, client
	return w
}

// openWorld has a store that was opened by its address, and no client of its own.
func openWorld(tb testing.TB, o redisstore.Options) *world {
	tb.Helper()
	w, o := bareWorld(tb, o)
	s, err := redisstore.Open(w.ctx, o)
	must(tb, err)
	tb.Cleanup(func() { must(tb, s.Close()) })
	w.Store = s
	return w
}

// bareWorld has no store yet; what the options lack is filled in.
func bareWorld(tb testing.TB, o redisstore.Options) (*world, redisstore.Options) {
	tb.Helper()
	w := &world{t: tb, work: newWork(tb), roster: grid.NewRoster(1, officers()), ctx: context.Background()}
	if o.District == "" {
		o.District = string(district)
	}
	o.Sealer, o.NextStage = newSealer(tb), w.work.NextStage
	return w, o
}

func officers() []grid.Officer {
	on := t0.AddDate(-1, 0, 0)
	return []grid.Officer{
		{ID: clerk, Name: "受理员", Person: desk, Appointments: []grid.Appointment{{Role: grid.Desk, Cell: district, From: on}}},
		{ID: fieldman, Name: "网格员", Person: worker, Appointments: []grid.Appointment{
			{Role: grid.Inspector, Cell: town, From: on}, {Role: grid.Inspector, Cell: other, From: on},
		}},
	}
}

func newWork(tb testing.TB) *casework.Work {
	tb.Helper()
	tree, err := grid.NewTree([]string{"区", "乡镇"}, []grid.Cell{
		{Code: district, Level: 1, Name: "乐都区"},
		{Code: town, Parent: district, Level: 2, Name: "碾伯街道"},
		{Code: other, Parent: district, Level: 2, Name: "寿乐镇"},
		{Code: "630202000", Parent: district, Level: 2, Name: "未定", Kind: grid.UnassignedKind},
	})
	must(tb, err)
	cal, err := calendar.New(china)
	must(tb, err)
	stages := []casework.StageRule{
		{Name: "before", After: -24 * time.Hour, Tell: []casework.Audience{casework.TellHandler}},
		{Name: "due", Tell: []casework.Audience{casework.TellHandler}},
		{Name: "overdue", After: 24 * time.Hour, Tell: []casework.Audience{casework.TellDistrict}},
	}
	return casework.New(tree, cal, casework.Rules{
		Limits: map[casework.ClockName]calendar.Limit{
			casework.DecideClock: {N: 3, Unit: calendar.Day}, casework.StartClock: {N: 8, Unit: calendar.Hour},
			casework.FinishClock: {N: 30, Unit: calendar.Day},
		},
		Stages: map[casework.ClockName][]casework.StageRule{
			casework.DecideClock: stages, casework.StartClock: stages[1:], casework.FinishClock: stages,
		},
	})
}

// report makes a citizen's report that is not stored yet, and the change that stores it with a confirmation.
func (w *world) report(id casework.CaseID, who grid.PersonID, now time.Time) ledger.Change {
	w.t.Helper()
	c := casework.Case{
		ID: id, Number: ledger.ReportMarker, Code: "4711", Source: casework.FromCitizen, Reporter: who,
		Categories: []string{"water"}, Text: "河道有死猪", Cell: town, CreatedAt: now,
		Point: &geo.Point{Lon: 102.4, Lat: 36.48},
	}
	next, e, err := w.work.Apply(c, casework.Act{Action: casework.Submit, Person: who, At: now}, w.roster, now)
	must(w.t, err)
	return ledger.Change{
		At:      now,
		Cases:   []ledger.CaseWrite{{Before: casework.Case{}, After: next, Events: []casework.Event{e}}},
		Numbers: []ledger.Number{{Series: "report", Year: 2026, Format: "2026-%05d", Marker: ledger.ReportMarker}},
		Counts:  []ledger.Count{{Day: "2026-11-23", Field: "new/" + string(town), N: 1}},
		Outbox:  []ledger.Message{{To: who, Priority: chat, Kind: "report.done", Text: "登记号 " + ledger.ReportMarker, At: now}},
	}
}

// stored makes a report, commits it and reads it back.
func (w *world) stored(id casework.CaseID) casework.Case {
	w.t.Helper()
	change := w.report(id, citizen, t0)
	_, err := w.Commit(w.ctx, change)
	must(w.t, err)
	c, err := w.Case(w.ctx, id)
	must(w.t, err)
	return c
}

// act applies an action to the stored case and returns the change.
func (w *world) act(c casework.Case, a casework.Act, now time.Time) (casework.Case, ledger.Change) {
	w.t.Helper()
	next, e, err := w.work.Apply(c, a, w.roster, now)
	must(w.t, err)
	return next, ledger.Change{At: now, Cases: []ledger.CaseWrite{{Before: c, After: next, Events: []casework.Event{e}}}}
}

// arrived stores one update and returns its inbox entry.
func (w *world) arrived(update int64) ledger.EntryID {
	w.t.Helper()
	must(w.t, w.Receive(w.ctx, []ledger.Entry{{Update: update, Data: fmt.Appendf(nil, "update %d", update)}}, t0))
	entries, err := w.ReadInbox(w.ctx, "", 1000)
	must(w.t, err)
	for _, e := range entries {
		if e.Update == update {
			return e.ID
		}
	}
	w.t.Fatalf("update %d is not in the inbox", update)
	return ""
}

// empty removes everything, on every node.
func (w *world) empty() {
	w.t.Helper()
	if c, ok := w.client.(*redis.ClusterClient); ok {
		must(w.t, c.ForEachMaster(w.ctx, func(ctx context.Context, c *redis.Client) error { return c.FlushDB(ctx).Err() }))
		return
	}
	must(w.t, w.client.FlushDB(w.ctx).Err())
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
