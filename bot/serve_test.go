package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// TestServe_DataDirectory runs the program as an office with one machine does: nothing set up but a folder. It makes its
// key and its Redis there, prints the link for the first administrator, is well, has figures, ends when told to, and
// knows everything again afterwards.
func TestServe_DataDirectory(t *testing.T) {
	if !redistest.Real() {
		redistest.URL(t) // skips or fails, as everywhere
	}
	emulator := botapi.New(botapi.WithClock(time.Now), botapi.WithBot(1, "gridwarden_bot"))
	telegram := httptest.NewServer(emulator)
	defer telegram.Close()
	data, err := os.MkdirTemp("", "gwserve") //nolint:usetesting // short: a unix socket's path has a limit
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(data) }()
	bin, log, listen := buildProgram(t), filepath.Join(t.TempDir(), "serve.log"), freePort(t)
	env := append(os.Environ(), "TELEGRAM_TOKEN="+emulator.Token(), "TELEGRAM_API_URL="+telegram.URL, "REDIS_URL=", "GRIDWARDEN_KEYS=")
	serve := func() *keeper {
		return newKeeper(t, log, bin, env, "serve", "--data", data, "--listen", listen, "--site=")
	}

	k := serve()
	code := regexp.MustCompile(`start=([a-z0-9]+)`).FindStringSubmatch(awaitLog(t, log, "start="))[1]
	boss := emulator.User(7, "boss", "zh-hans")
	boss.Starts(code)
	hears(t, emulator, boss, "欢迎您")
	boss.Says("寿乐镇土官口村有人把污水直接排到河里")
	hears(t, emulator, boss, "请核对")
	if got := get(t, "http://"+listen+"/healthz"); !strings.Contains(got, `"ok":true`) {
		t.Errorf("/healthz: %s", got)
	}
	figures := get(t, "http://"+listen+"/metrics")
	for _, want := range []string{
		"gridwarden_updates_total", "gridwarden_lanes", "gridwarden_outbox_depth", "gridwarden_outbox_age_seconds", "gridwarden_sends_total",
		"gridwarden_job_runs_total", "gridwarden_open_cases", "gridwarden_redis_seconds",
	} {
		if !strings.Contains(figures, want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	if err := k.end(syscall.SIGTERM); err != nil {
		t.Errorf("SIGTERM: %v\n%s", err, readFile(t, log))
	}

	k = serve()
	boss.Says("/cancel") // the draft is still there
	hears(t, emulator, boss, "取消")
	boss.Says("/roster")
	hears(t, emulator, boss, "责任人")
	if err := k.end(syscall.SIGTERM); err != nil {
		t.Errorf("SIGTERM: %v\n%s", err, readFile(t, log))
	}
	if info, err := os.Stat(filepath.Join(data, keyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v %v", info, err)
	}
	if text := readFile(t, log); strings.Contains(text, "污水") || strings.Contains(text, emulator.Token()) {
		t.Errorf("the log tells too much:\n%s", text)
	}
}

// hears waits until the bot has said the words to the person.
func hears(t *testing.T, e *botapi.Emulator, p *botapi.Person, words string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	_, err := e.Await(ctx, p.ID(), func(m models.Message) bool { return strings.Contains(m.Text, words) })
	if err != nil {
		t.Fatalf("%s does not hear %q: %v", p.Name(), words, err)
	}
}

func awaitLog(t *testing.T, file, words string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		if text := readFile(t, file); strings.Contains(text, words) && strings.HasSuffix(text, "\n") {
			return text
		}
		if pause(ctx, 50*time.Millisecond) != nil {
			t.Fatalf("no %q in the log:\n%s", words, readFile(t, file))
		}
	}
}

func readFile(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func get(t *testing.T, url string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
