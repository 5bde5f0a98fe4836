package main

import (
	"context"
	"flag"
	"log/slog"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/seeds"
)

var (
	yearDays = flag.Int("year.days", 0, "days of the simulated year; 0: 90, fewer with -short and with the race detector")
	yearSeed = flag.Uint64("year.seed", 2026, "seed of the simulated year")
)

// year is the district from New Year on: citizens report, officers work, take leave, forget and err, the program is
// restarted and its Redis goes away; nothing that the chronicle must always show may ever be wrong.
type year struct {
	w         *world
	gate      *gate
	rng       *rand.Rand
	citizens  []*person
	byName    map[grid.PersonID]*person // by the name that cases know them by
	officers  map[grid.OfficerID]*person
	chronicle chronicle
	reported  int
	photos    int
	inspector grid.OfficerID // who works for 寿乐镇
}

// TestAYearOfTheDistrict drives the whole program through a year, or its first months (see -year.days), day by day, and checks the chronicle each night.
func TestAYearOfTheDistrict(t *testing.T) {
	gate, url := newGate(t, redistest.URL(t))
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2026, 1, 1, 0, 30, 0, 0, time.FixedZone("", 8*3600))
		y := &year{gate: gate, rng: rand.New(rand.NewPCG(*yearSeed, 1)), officers: make(map[grid.OfficerID]*person), byName: make(map[grid.PersonID]*person), inspector: "li"}
		y.w = newWorld(t, url, start, yearRoster, y.tune)
		defer func() { y.w.stop() }()
		y.connect()
		stop := y.chronicle.watch(y)
		defer stop()
		for day := range y.days() {
			y.live(day)
			y.chronicle.evening(y)
			if t.Failed() {
				t.Fatalf("the chronicle is wrong on the evening of day %d", day+1)
			}
		}
		y.chronicle.close(y)
	})
}

func (y *year) days() int {
	switch {
	case *yearDays > 0:
		return *yearDays
	case testing.Short() || raceDetector: // each day costs several times as much
		return 10
	}
	return 90
}

// tune makes a world that keeps only the newest messages of a phone and whose jobs run when the year comes to them.
func (y *year) tune(w *world) {
	w.byHand = true
	w.emulator = botapi.New(botapi.WithClock(time.Now), botapi.WithPatientPolls(), botapi.WithBot(1, "gridwarden_bot"), botapi.WithKeepLast(12))
	w.parts.Log = slog.New(slog.NewTextHandler(logTo(w.t), &slog.HandlerOptions{Level: slog.LevelError}))
	w.parts.HTTP, w.parts.Token, w.parts.Recheck = w.emulator, w.emulator.Token(), 24*time.Hour
}

// yearRoster appoints enough people that a township can be short of one.
func yearRoster(d *seeds.District) {
	for _, more := range []struct {
		id   grid.OfficerID
		role grid.Role
		cell grid.CellCode
	}{
		{"desk2", grid.Desk, "630202"},
		{"boss2", grid.Supervisor, "630202"},
		{"chief-gaomiao", grid.Chief, "630202103"},
		{"zhao", grid.Inspector, "630202"},
		{"root-chief", grid.Chief, "630202"},
	} {
		appoint(more.id, more.role, more.cell)(d)
	}
	for i := range d.Officers {
		if o := &d.Officers[i]; o.ID == "wang" || o.ID == "zhao" {
			o.Certificate = "630200-" + string(o.ID)
		}
	}
}

func (y *year) connect() {
	for _, o := range y.w.district.Officers {
		y.officers[o.ID] = y.w.officer(o.ID)
	}
	for range 400 {
		p := y.w.citizen("居民")
		p.Known()
		y.citizens = append(y.citizens, p)
		y.byName[y.w.app.desk.Reporter(p.ID())] = p
	}
}

// live is one day: the small hours, the office hours in which people act, the evening.
func (y *year) live(day int) {
	zone := y.w.district.Settings.TimeZone
	morning := time.Date(2026, 1, 1+day, 9, 0, 0, 0, zone)
	works := y.w.district.Calendar.IsWorkday(calendar.DateOf(morning))
	y.until(morning)
	y.trouble(day)
	for round := range 4 {
		y.until(morning.Add(time.Duration(round) * 2 * time.Hour))
		y.citizensAct(works)
		if works {
			y.officersAct()
		}
		y.w.settle()
	}
	y.until(time.Date(2026, 1, 1+day, 23, 40, 0, 0, zone))
}

// until lets time go by, stopping wherever a job or a stage falls due on the way.
func (y *year) until(target time.Time) {
	ctx := context.Background()
	for time.Now().Before(target) {
		next, err := y.w.app.nextDue(ctx, target)
		if err != nil {
			y.w.t.Fatal(err)
		}
		time.Sleep(max(time.Until(next), time.Second))
		if _, err := y.w.app.scheduler.CatchUp(ctx); err != nil {
			y.w.t.Fatal(err)
		}
		y.w.settle()
	}
}

// settle waits until everything that came in is dealt with and everything that may be said now is said.
func (w *world) settle() {
	synctest.Wait()
	time.Sleep(2 * time.Minute)
	synctest.Wait()
}

// trouble is what a year brings: restarts, leave, a Redis that is away for an hour while people go on writing.
func (y *year) trouble(day int) {
	switch {
	case day%31 == 17:
		y.w.restart()
	case day%60 == 20: // a week of leave, and the chief of the township stands in
		y.officers["li"].says("/away 7天 chief-shoule").sees("代理人")
		y.inspector = "chief-shoule"
	case day%60 == 27:
		y.inspector = "li"
	case day%73 == 40:
		y.gate.shut(y.w)
		var waiting []*person
		for range 3 {
			waiting = append(waiting, y.writes())
		}
		time.Sleep(time.Hour)
		y.gate.open(y.w.t)
		y.w.settle()
		for _, p := range waiting {
			p.submitsIt()
		}
	}
}

// chance tells whether something happens that happens n times in a hundred.
func (y *year) chance(n int) bool { return y.rng.IntN(100) < n }

// queue lists the cases of a worklist as the store has them now.
func (y *year) queue(q casework.Queue) []casework.CaseID {
	ids, err := y.w.app.store.Queue(context.Background(), q, 0, 1<<20)
	if err != nil {
		y.w.t.Fatal(err)
	}
	return ids
}
