package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/seeds"
)

var (
	killDuration      = flag.Duration("kill.duration", 18*time.Second, "how long each kill test goes on killing")
	killConversations = flag.Int("kill.conversations", 500, "conversations of each kill test")
	killSeed          = flag.Uint64("kill.seed", 0, "seed of the kill tests; 0 for another one each time")
	killFsync         = flag.String("kill.fsync", "always", "appendfsync of the kill tests' Redis: always or everysec")
)

const killKeys = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// TestKill kills the program and Redis, as real processes, again and again while a thousand citizens report, and checks
// afterwards that nothing confirmed is lost, nothing was done twice and nobody is stuck.
func TestKill(t *testing.T) {
	if raceDetector {
		t.Skip("the processes are built without the race detector; the run without it kills them")
	}
	_ = redistest.URL(t) // skips or fails without a redis-server
	bin := buildProgram(t)
	t.Run("polling", func(t *testing.T) { newTrial(t, bin, false).run() })
	t.Run("webhook", func(t *testing.T) { newTrial(t, bin, true).run() })
}

// trial is one kill test.
type trial struct {
	t        *testing.T
	seed     uint64
	dir      string
	emulator *botapi.Emulator
	exchange *exchange
	district *seeds.District
	keys     *seal.Keyring
	work     *casework.Work
	store    *redisstore.Store
	redis    *redisProcess
	bot      *keeper
	bin      string
	env      []string
	api      string
	webhook  bool
	towns    []grid.Cell
	jobKills int

	mu   sync.Mutex
	open []*talk // reports that stay open, for others to join
}

func newTrial(t *testing.T, bin string, webhook bool) *trial {
	t.Helper()
	tr := &trial{t: t, bin: bin, webhook: webhook, dir: t.TempDir(), seed: *killSeed, exchange: newExchange()}
	if tr.seed == 0 {
		tr.seed = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", tr.seed)
	tr.layOut()
	tr.redis = newRedisProcess(t)
	tr.openStore()
	tr.emulator = botapi.New(botapi.WithBot(1, "gridwarden_bot"))
	server := httptest.NewServer(tr.emulator)
	t.Cleanup(server.Close)
	tr.api = server.URL
	events, stop := tr.emulator.Watch(1 << 16)
	t.Cleanup(stop)
	go tr.exchange.run(events)
	tr.appoint()
	if webhook {
		ctx, cancel := context.WithCancel(context.Background())
		delivered := make(chan struct{})
		go func() {
			tr.emulator.Deliver(ctx, &http.Client{Timeout: 30 * time.Second})
			close(delivered)
		}()
		t.Cleanup(func() { cancel(); <-delivered })
	}
	tr.env = tr.environment()
	tr.bot = newKeeper(t, tr.logFile(), bin, tr.env, tr.arguments()...)
	return tr
}

// layOut copies the district's data, with Telegram's limits and those against floods out of the way: they are not
// what is tested here.
func (tr *trial) layOut() {
	folder := filepath.Join(tr.dir, "seeds")
	if err := os.CopyFS(folder, seeds.Ledu); err != nil {
		tr.t.Fatal(err)
	}
	file := filepath.Join(folder, "settings.yaml")
	raw, err := os.ReadFile(file)
	if err != nil {
		tr.t.Fatal(err)
	}
	text := string(raw)
	for _, s := range []string{"send_per_second:\n  value: 30\n", "send_per_chat:\n  value: 1\n", "messages_per_person:\n  value: 60\n", "messages_per_chat:\n  value: 150\n"} {
		if !strings.Contains(text, s) {
			tr.t.Fatalf("settings.yaml has no %q", s)
		}
		name, _, _ := strings.Cut(s, ":")
		text = strings.Replace(text, s, name+":\n  value: 100000\n", 1)
	}
	if err = os.WriteFile(file, []byte(text), 0o600); err != nil {
		tr.t.Fatal(err)
	}
	if tr.district, err = seeds.Load(os.DirFS(folder)); err != nil {
		tr.t.Fatal(err)
	}
	for _, code := range tr.district.Tree.Children(tr.district.Tree.Root().Code) {
		if c, ok := tr.district.Tree.Cell(code); ok && c.Centre != nil {
			tr.towns = append(tr.towns, c)
		}
	}
}

func (tr *trial) openStore() {
	var err error
	if tr.keys, err = seal.ParseKeys(killKeys); err != nil {
		tr.t.Fatal(err)
	}
	tr.work = casework.New(tr.district.Tree, tr.district.Calendar, tr.district.Casework())
	tr.store, err = redisstore.Open(tr.t.Context(), redisstore.Options{
		URL: tr.redis.server.URL, District: string(tr.district.Code), Sealer: tr.keys, NextStage: tr.work.NextStage,
	})
	if err != nil {
		tr.t.Fatal(err)
	}
	tr.t.Cleanup(func() { _ = tr.store.Close() })
}

// appoint gives every township an inspector and the district its people, all of them on Telegram already.
func (tr *trial) appoint() {
	root := tr.district.Tree.Root().Code
	since := time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC)
	change := ledger.Change{At: time.Now(), Roster: &ledger.RosterWrite{}}
	add := func(id grid.OfficerID, role grid.Role, cell grid.CellCode) {
		user := int64(100 + len(change.People))
		p := tr.emulator.User(user, string(id), "zh-hans").Known()
		who := grid.PersonID(tr.keys.Pseudonym("tg", user))
		tr.exchange.officers[user] = p
		change.People = append(change.People, ledger.Person{ID: who, User: user, Chat: user, Lang: "zh-CN"})
		change.Roster.Officers = append(change.Roster.Officers, grid.Officer{
			ID: id, Name: string(id), Person: who, Sample: true,
			Appointments: []grid.Appointment{{Role: role, Cell: cell, From: since}},
		})
	}
	add("admin", grid.Admin, root)
	add("desk", grid.Desk, root)
	add("supervisor", grid.Supervisor, root)
	for _, town := range tr.towns {
		add(grid.OfficerID("inspector-"+town.Code), grid.Inspector, town.Code)
	}
	if _, err := tr.store.Commit(tr.t.Context(), change); err != nil {
		tr.t.Fatal(err)
	}
}

func (tr *trial) logFile() string { return filepath.Join(tr.dir, "bot.log") }

func (tr *trial) environment() []string {
	return append(os.Environ(), "TELEGRAM_TOKEN="+tr.emulator.Token(), "GRIDWARDEN_KEYS="+killKeys,
		"TELEGRAM_API_URL="+tr.api, "REDIS_URL="+tr.redis.server.URL, "GRIDWARDEN_MEDIA="+filepath.Join(tr.dir, "media"),
		"GRIDWARDEN_SEEDS="+filepath.Join(tr.dir, "seeds"), "NO_PROXY=127.0.0.1")
}

func (tr *trial) arguments() []string {
	address := freePort(tr.t)
	args := []string{"serve", "--site=", "--listen", address}
	if tr.webhook {
		args = append(args, "--webhook-url", "http://"+address+"/telegram", "--webhook-secret", "kill")
	}
	return args
}

// run lets people talk while processes die, waits until everything has come to rest, and looks at what is left.
func (tr *trial) run() {
	tr.t.Helper()
	talks := tr.calm()
	began := time.Now()
	ctx, stop := context.WithTimeout(tr.t.Context(), *killDuration)
	var trouble sync.WaitGroup
	trouble.Go(func() { tr.killBot(ctx) })
	trouble.Go(func() { tr.killRedis(ctx) })
	trouble.Go(func() { tr.runJobs(ctx) })
	stormy := tr.everybody()
	took := time.Since(began)
	stop()
	trouble.Wait()
	tr.job("deadlines", 12*24*time.Hour)
	tr.drain()
	found := tr.check(append(talks, stormy...))
	tr.t.Logf("%d conversations in %.1f s: %.1f/s; killed: bot %d times (it ended by itself %d times), Redis %d times, jobs %d times",
		len(stormy), took.Seconds(), float64(len(stormy))/took.Seconds(), tr.bot.kills, tr.bot.exits, tr.redis.kills, tr.jobKills)
	tr.t.Logf("%s; button presses that died unanswered with a process: %d", found, len(tr.emulator.Unanswered()))
	for _, v := range tr.emulator.Violations() {
		tr.t.Errorf("Telegram would not like: %s", v)
	}
	if err := tr.bot.end(syscall.SIGTERM); err != nil {
		tr.t.Errorf("told to stop, the bot ended with %v", err)
	}
	if tr.t.Failed() {
		tr.t.Logf("the bot's log ends so:\n%s", tail(tr.logFile(), 40))
	}
}

func (tr *trial) random(of uint64) *rand.Rand { return rand.New(rand.NewPCG(tr.seed, of)) }

// killBot kills the program every two seconds, sometimes while it is still starting.
func (tr *trial) killBot(ctx context.Context) {
	r := tr.random(1)
	for pause(ctx, time.Duration(300+r.IntN(3400))*time.Millisecond) == nil {
		tr.bot.kill()
	}
}

// killRedis kills Redis a few times.
func (tr *trial) killRedis(ctx context.Context) {
	r := tr.random(2)
	for {
		wait := *killDuration/5 + time.Duration(r.Int64N(int64(*killDuration/5)))
		if pause(ctx, wait) != nil {
			return
		}
		if err := tr.redis.kill(context.WithoutCancel(ctx), time.Duration(r.IntN(500))*time.Millisecond); err != nil {
			tr.t.Errorf("Redis: %v", err)
			return
		}
	}
}

// runJobs lets time fly: the sweep of the deadlines is run by hand for later and later days, now and then two at once
// beside the program's own, and killed as well.
func (tr *trial) runJobs(ctx context.Context) {
	r := tr.random(3)
	later := 12 * time.Hour
	for pause(ctx, time.Duration(1000+r.IntN(3000))*time.Millisecond) == nil {
		later += time.Duration(r.IntN(24)) * time.Hour
		var wg sync.WaitGroup
		for range 1 + r.IntN(2) {
			limit, cancel := context.WithCancel(context.WithoutCancel(ctx))
			if r.IntN(2) == 0 {
				tr.jobKills++
				time.AfterFunc(time.Duration(100+r.IntN(500))*time.Millisecond, cancel)
			}
			wg.Go(func() {
				defer cancel()
				_ = tr.jobCommand(limit, later).Run() // killed, or without Redis, it fails: that is the point
			})
		}
		wg.Wait()
	}
}

func (tr *trial) jobCommand(ctx context.Context, later time.Duration) *exec.Cmd {
	return command(ctx, tr.bin, tr.env, "job", "run", "deadlines", "--at", tr.at(later))
}

func (tr *trial) at(later time.Duration) string {
	return time.Now().Add(later).In(tr.district.Settings.TimeZone).Format("2006-01-02T15:04")
}

// job runs a job to its end, twice: the second run must find nothing to do.
func (tr *trial) job(name string, later time.Duration) {
	tr.t.Helper()
	at := tr.at(later)
	var out []byte
	for range 2 {
		var err error
		out, err = command(tr.t.Context(), tr.bin, tr.env, "job", "run", name, "--at", at).CombinedOutput()
		if err != nil {
			tr.t.Fatalf("job %s: %v\n%s", name, err, out)
		}
	}
	if strings.Contains(string(out), "messages") {
		tr.t.Errorf("job %s, run again for the same time, did: %s", name, out)
	}
}

// everybody lets all citizens talk, spread over the time, a bounded number of them at once.
func (tr *trial) everybody() []*talk {
	n := *killConversations
	talks := make([]*talk, n)
	slots := make(chan struct{}, 80)
	began := time.Now()
	var wg sync.WaitGroup
	for i := range talks {
		start := began.Add(time.Duration(i) * *killDuration / time.Duration(n))
		if pause(tr.t.Context(), max(time.Until(start), 0)) != nil {
			break
		}
		slots <- struct{}{}
		c := tr.newTalk(i)
		talks[i] = c
		wg.Go(func() {
			c.tell()
			<-slots
			tr.remember(c)
		})
	}
	wg.Wait()
	return talks
}

// remember keeps a report that stays open, so that others may join it.
func (tr *trial) remember(c *talk) {
	if c.err != nil || c.end != staysReported || len(c.confirmed) != 1 {
		return
	}
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.open = append(tr.open, c)
}

// drain waits until nothing is on its way any more, as long as anything moves.
func (tr *trial) drain() {
	tr.t.Helper()
	var what string
	quiet := 0
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		time.Sleep(100 * time.Millisecond)
		before := what
		if what = tr.waiting(); what != before {
			deadline = time.Now().Add(patience)
		}
		if what != "" {
			quiet = 0
			continue
		}
		quiet++
		if quiet == 5 {
			return
		}
	}
	tr.t.Errorf("not at rest: %s", what)
}

func (tr *trial) waiting() string {
	ctx := tr.t.Context()
	in, err := tr.store.InboxDepth(ctx)
	if err != nil {
		return err.Error()
	}
	out, err := tr.store.OutboxDepth(ctx)
	if err != nil {
		return err.Error()
	}
	total := int64(0)
	for _, d := range out {
		total += d.Waiting
	}
	if n := tr.emulator.Pending(); int64(n)+in.Waiting+total > 0 {
		return fmt.Sprintf("%d updates at Telegram, %d in the inbox, %d messages in the outbox", n, in.Waiting, total)
	}
	return ""
}

// near is a point within some kilometres of another.
func near(r *rand.Rand, p geo.Point, degrees float64) geo.Point {
	return geo.Point{Lon: p.Lon + (r.Float64()-.5)*degrees, Lat: p.Lat + (r.Float64()-.5)*degrees}
}
