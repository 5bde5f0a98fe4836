package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/seeds"
)

var update = flag.Bool("update", false, "rewrite golden files")

// world is the whole program in fake time: the emulator on one side, a real Redis on the other.
type world struct {
	t        *testing.T
	emulator *botapi.Emulator
	app      *app
	parts    parts
	district *seeds.District
	intake   func(*app) intake // nil: polling
	stop     func()
	byHand   bool // the jobs run when the test says so, and not by the minute
	lull     lull
	nextUser int64
	photos   int // taken by officers: each shows something else
}

// story runs a story in a bubble of its own, from Monday 2 November 2026, 09:00 in Ledu.
func story(t *testing.T, tell func(w *world)) {
	t.Helper()
	storyFrom(t, monday, nil, tell)
}

// storyFrom runs a story from a moment of its own, in a district that prepare may have changed.
func storyFrom(t *testing.T, start time.Time, prepare func(*seeds.District), tell func(w *world)) {
	t.Helper()
	t.Parallel() // each has a clock, a database and a Telegram of its own
	url := database(t)
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, url, start, prepare)
		defer func() { w.stop() }()
		tell(w)
		w.checkWords()
		w.checkHistories()
	})
}

// database is an empty one of a real Redis, or of the imitation where there is none.
func database(t *testing.T) string {
	t.Helper()
	if redistest.Real() || os.Getenv("GRIDWARDEN_REQUIRE_REDIS") == "1" {
		return redistest.URL(t)
	}
	return "redis://" + miniredis.RunT(t).Addr()
}

func newWorld(t *testing.T, url string, start time.Time, prepare func(*seeds.District), tune ...func(*world)) *world {
	t.Helper()
	time.Sleep(time.Until(start))
	district, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	district.Officers = testRoster(district)
	if prepare != nil {
		prepare(district)
	}
	keys, err := seal.ParseKeys(strings.Repeat("0123456789abcdef", 4))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, district: district, nextUser: 1000}
	w.emulator = botapi.New(botapi.WithClock(time.Now), botapi.WithPatientPolls(), botapi.WithBot(1, "gridwarden_bot"))
	w.parts = parts{
		// The pool is larger than what can be under way: a wait for a connection would take go-redis' shared timers, which
		// must not wander from one bubble into another.
		District: district, Seeds: seeds.Ledu, Keys: keys, Redis: redisstore.Options{URL: url, MinIdle: 1, PoolSize: 512},
		API: "http://telegram.invalid", Token: w.emulator.Token(), HTTP: w.emulator, Media: t.TempDir(), Clock: time.Now,
		Log: slog.New(slog.NewTextHandler(logTo(t), &slog.HandlerOptions{Level: slog.LevelWarn})), Rand: &seeded{rand.New(rand.NewPCG(1, 2))},
		Recheck: time.Hour, Workers: 8, Pace: handlers.Pace{PerSecond: 30, PerChat: 1, Burst: 3, GroupPerMinute: 20},
	}
	for _, f := range tune {
		f(w)
	}
	w.start()
	return w
}

// start starts the program; it may be called again after crash.
func (w *world) start() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a, err := newApp(ctx, w.parts)
	if err != nil {
		cancel()
		w.t.Fatal(err)
	}
	if w.byHand {
		a.clockwork = func(ctx context.Context) error { <-ctx.Done(); return nil }
	}
	w.lull.spare(a.scheduler)
	w.app = a
	done := make(chan error, 1)
	in := a.polling()
	if w.intake != nil {
		in = w.intake(a)
	}
	go func() { done <- a.Run(ctx, in) }()
	w.stop = func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("the program ended with %v", err)
		}
		if err := a.Close(); err != nil {
			w.t.Error(err)
		}
		for _, v := range w.emulator.Violations() {
			w.t.Errorf("Telegram would not like: %s", v)
		}
	}
	synctest.Wait()
}

// restart stops the program as SIGTERM does and starts it anew on the same store.
func (w *world) restart() {
	w.stop()
	w.start()
}

// person is somebody with a phone.
type person struct {
	*botapi.Person
	w *world
}

// citizen is somebody new.
func (w *world) citizen(name string) *person {
	w.nextUser++
	return &person{w.emulator.User(w.nextUser, name, "zh-hans"), w}
}

// officer is somebody of the roster, connected by an invitation as in real life.
func (w *world) officer(id grid.OfficerID) *person {
	w.t.Helper()
	p := w.citizen(string(id))
	code := "invite" + string(id)
	_, err := w.app.store.Commit(context.Background(), ledger.Change{At: time.Now(), Invites: []ledger.InviteWrite{{Invite: ledger.Invite{
		Hash: handlers.HashInvite(code), Expires: time.Now().Add(time.Hour), Officer: w.entry(id),
	}}}})
	if err != nil {
		w.t.Fatal(err)
	}
	p.does(func() { p.Starts(code) })
	p.sees("欢迎您")
	return p
}

func (w *world) entry(id grid.OfficerID) grid.Officer {
	for _, o := range w.district.Officers {
		if o.ID == id {
			return o
		}
	}
	w.t.Fatalf("no officer %s on the roster", id)
	return grid.Officer{}
}

// does lets the person do something and waits until the program has come to rest, the sender's pace included.
func (p *person) does(act func()) {
	act()
	synctest.Wait()
	time.Sleep(4 * time.Second)
	synctest.Wait()
}

func (p *person) says(text string) *person {
	p.does(func() { p.Says(text) })
	return p
}

func (p *person) locates(lon, lat float64) *person {
	p.does(func() { p.SendsLocation(lat, lon, 20) })
	return p
}

// presses presses the button with that label under the newest message that has it.
func (p *person) presses(label string) *person {
	p.w.t.Helper()
	messages := p.FromBot()
	for i := len(messages) - 1; i >= 0; i-- {
		if data, ok := buttonData(messages[i], label); ok {
			p.does(func() {
				if _, err := p.Presses(messages[i].ID, data); err != nil {
					p.w.t.Fatalf("%s presses %s: %v", p.Name(), label, err)
				}
			})
			return p
		}
	}
	p.w.t.Fatalf("%s has no button %q; the phone shows:\n%s", p.Name(), label, p.screen())
	return p
}

func buttonData(m models.Message, label string) (string, bool) {
	if m.ReplyMarkup == nil {
		return "", false
	}
	for _, row := range m.ReplyMarkup.InlineKeyboard {
		for _, b := range row {
			if strings.Contains(b.Text, label) {
				return b.CallbackData, true
			}
		}
	}
	return "", false
}

// sees fails the test unless a message of the bot holds the words.
func (p *person) sees(words string) *person {
	p.w.t.Helper()
	if !p.Sees(words) {
		p.w.t.Fatalf("%s does not see %q; the phone shows:\n%s", p.Name(), words, p.screen())
	}
	return p
}

// seesNot fails the test if a message of the bot holds the words.
func (p *person) seesNot(words string) *person {
	p.w.t.Helper()
	if p.Sees(words) {
		p.w.t.Fatalf("%s sees %q; the phone shows:\n%s", p.Name(), words, p.screen())
	}
	return p
}

// count tells how many messages of the bot hold the words.
func (p *person) count(words string) int {
	n := 0
	for _, m := range p.FromBot() {
		if strings.Contains(m.Text+m.Caption, words) {
			n++
		}
	}
	return n
}

// screen is what the phone shows, for a failure.
func (p *person) screen() string {
	var b strings.Builder
	for _, m := range p.Messages() {
		who := "bot"
		if m.From != nil && !m.From.IsBot {
			who = p.Name()
		}
		fmt.Fprintf(&b, "%s> %s%s\n", who, m.Text, m.Caption)
		if m.ReplyMarkup != nil {
			for _, row := range m.ReplyMarkup.InlineKeyboard {
				for _, k := range row {
					fmt.Fprintf(&b, "   [%s]", k.Text)
				}
				b.WriteString("\n")
			}
		}
	}
	return b.String()
}

// last is the text of the newest message of the bot.
func (p *person) last() string {
	m := p.FromBot()
	if len(m) == 0 {
		return ""
	}
	return m[len(m)-1].Text + m[len(m)-1].Caption
}

var numberForm = regexp.MustCompile(`A?20\d\d-\d{5}`)

// number is the newest case or report number that the person was told.
func (p *person) number() string {
	p.w.t.Helper()
	messages := p.FromBot()
	for i := len(messages) - 1; i >= 0; i-- {
		if n := numberForm.FindString(messages[i].Text + messages[i].Caption); n != "" {
			return n
		}
	}
	p.w.t.Fatalf("%s was told no number; the phone shows:\n%s", p.Name(), p.screen())
	return ""
}

// hashForm is the hash of a history or a seal: it holds moments to the millisecond, which depend on how busy the machine is.
var hashForm = regexp.MustCompile(`(留痕第 \d+ 号：)[A-Za-z0-9_-]{43}|\b[0-9a-f]{64}\b`)

// golden compares the whole conversation with a file.
func (w *world) golden(name string) {
	w.t.Helper()
	w.goldenPart(name, func(string) bool { return true })
}

// goldenPart is golden for those entries of the conversation that are wanted.
func (w *world) goldenPart(name string, wanted func(entry string) bool) {
	w.t.Helper()
	got := hashForm.ReplaceAllString(settled(w.emulator.Transcript(w.district.Settings.TimeZone), wanted), "$1…")
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			w.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			w.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		w.t.Fatal(err)
	}
	if got != string(want) {
		w.t.Errorf("the conversation is not that of %s (run with -update to accept it):\n%s", file, got)
	}
}

// settled sorts what the bot says to several people at the same moment: each chat has its order, but between chats there
// is none, nor between a digest and what may overtake it on its way through the outbox.
func settled(transcript string, wanted func(string) bool) string {
	var said []string
	out := make([]string, 0, 64)
	flush := func() {
		slices.SortStableFunc(said, func(a, b string) int {
			return cmp.Or(strings.Compare(recipient(a), recipient(b)), strings.Compare(minute(a), minute(b)), cmp.Compare(precedence(a), precedence(b)))
		})
		out, said = append(out, said...), nil
	}
	for _, entry := range regexp.MustCompile(`(?m)^20\d\d-.*\n(?: {4}.*\n)*`).FindAllString(transcript, -1) {
		if !wanted(entry) {
			continue
		}
		if strings.Contains(strings.SplitN(entry, "\n", 2)[0], " bot → ") {
			said = append(said, entry)
			continue
		}
		flush()
		out = append(out, entry)
	}
	flush()
	return strings.Join(out, "")
}

// digestForm is how a digest begins.
var digestForm = regexp.MustCompile(` bot → [^:]+: (\[photo \S+\] )?(☀️|📊 一周|📘 工作计划)`)

// precedence is 0 for a digest and 1 for whatever may overtake it.
func precedence(entry string) int {
	if digestForm.MatchString(entry) {
		return 0
	}
	return 1
}

// minute is when an entry of the transcript was said.
func minute(entry string) string { return entry[:len("2006-01-02 15:04")] }

// recipient is whom an entry of the transcript is for.
func recipient(entry string) string {
	_, rest, _ := strings.Cut(entry, " bot → ")
	who, _, _ := strings.Cut(rest, ":")
	who, _, _ = strings.Cut(who, " (")
	return who
}

// testRoster has one officer for every part of a story, none of them a real person.
func testRoster(d *seeds.District) []grid.Officer {
	long := time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC)
	root := d.Tree.Root().Code
	entry := func(id grid.OfficerID, name string, role grid.Role, cell grid.CellCode) grid.Officer {
		return grid.Officer{ID: id, Name: name, Sample: true, Appointments: []grid.Appointment{{Role: role, Cell: cell, From: long}}}
	}
	return []grid.Officer{
		entry("desk", "样例·受理员", grid.Desk, root),
		entry("boss", "样例·监督员", grid.Supervisor, root),
		entry("chief-shoule", "样例·寿乐网格长", grid.Chief, "630202102"),
		entry("li", "样例·李某", grid.Inspector, "630202102"),
		entry("wang", "样例·王某", grid.Inspector, "630202103"),
		entry("root-admin", "样例·管理员", grid.Admin, root),
	}
}

// seeded is randomness that is the same in every run.
type seeded struct{ r *rand.Rand }

func (s *seeded) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(s.r.Uint32())
	}
	return len(p), nil
}

// testLog writes the program's warnings into the test's log.
type testLog struct{ t *testing.T }

func logTo(t *testing.T) testLog {
	t.Helper()
	return testLog{t}
}

func (l testLog) Write(p []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}
