package redisserver_test

import (
	"bufio"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/gridwarden/gridwarden/grid/redisstore/redisserver"
)

func server(t *testing.T, o redisserver.Options) *redisserver.Server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv("GRIDWARDEN_REQUIRE_REDIS") == "1" {
			t.Fatal(err)
		}
		t.Skip("needs redis-server")
	}
	s, err := redisserver.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

// say sends one inline command and returns the first line of the answer, or of the value that follows it.
func say(t *testing.T, s *redisserver.Server, command string) string {
	t.Helper()
	c, err := net.Dial("unix", s.Socket())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if _, err = c.Write([]byte(command + "\r\n")); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(c)
	line, err := r.ReadString('\n')
	if strings.HasPrefix(line, "$") {
		line, err = r.ReadString('\n')
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// What was written is there after a graceful stop, and after a kill of the server.
func TestDataSurvives(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	s := server(t, redisserver.Options{Dir: dir, Always: true})
	if got := say(t, s, "CONFIG GET appendfsync"); got != "*2" {
		t.Errorf("config: %q", got)
	}
	say(t, s, "SET a 1")
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(); err != nil {
		t.Errorf("stopped twice: %v", err)
	}
	s = server(t, redisserver.Options{Dir: dir, Always: true})
	if got := say(t, s, "GET a"); got != "1" {
		t.Errorf("after a stop: %q", got)
	}
	say(t, s, "SET a 2")
	if err := syscall.Kill(s.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = s.Stop()
	s = server(t, redisserver.Options{Dir: dir, Always: true})
	if got := say(t, s, "GET a"); got != "2" {
		t.Errorf("after a kill: %q", got)
	}
}

// A second process on the same data is refused, with a sentence that names the directory.
func TestOneAtATime(t *testing.T) {
	dir := t.TempDir()
	s := server(t, redisserver.Options{Dir: dir})
	if second, err := redisserver.Start(context.Background(), redisserver.Options{Dir: dir}); err == nil {
		_ = second.Stop()
		t.Fatal("two servers on one directory")
	} else if !strings.Contains(err.Error(), dir) {
		t.Errorf("error %q does not name the directory", err)
	}
	if got := say(t, s, "PING"); got != "+PONG" {
		t.Errorf("the first one is disturbed: %q", got)
	}
}

// A server that a killed process left behind is ended, and a file in the socket's place does no harm.
func TestOrphan(t *testing.T) {
	dir := t.TempDir()
	first := server(t, redisserver.Options{Dir: dir, Always: true})
	say(t, first, "SET a 1")
	first.Abandon()
	second := server(t, redisserver.Options{Dir: dir, Always: true})
	if first.PID() == second.PID() {
		t.Error("the orphan goes on")
	}
	if got := say(t, second, "GET a"); got != "1" {
		t.Errorf("the orphan's data: %q", got)
	}
	if err := second.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "redis.sock"), []byte("stale"), 0o600); err != nil {
		t.Fatal(err)
	}
	third := server(t, redisserver.Options{Dir: dir})
	if got := say(t, third, "PING"); got != "+PONG" {
		t.Errorf("beside a stale socket: %q", got)
	}
}

// A path too long for a socket is no obstacle.
func TestLongPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	s := server(t, redisserver.Options{Dir: dir, Volatile: true})
	if got := say(t, s, "PING"); got != "+PONG" {
		t.Errorf("ping: %q", got)
	}
	if !strings.HasPrefix(s.URL, "unix:///") {
		t.Errorf("URL %q", s.URL)
	}
}

// Without the program, and with one that fails, the error says what to do.
func TestNoServer(t *testing.T) {
	_, err := redisserver.Start(context.Background(), redisserver.Options{Dir: t.TempDir(), Binary: "no-such-redis"})
	if err == nil || !strings.Contains(err.Error(), "apt install redis-server") {
		t.Errorf("missing: %v", err)
	}
	_, err = redisserver.Start(context.Background(), redisserver.Options{Dir: t.TempDir(), Binary: "/bin/false"})
	if err == nil || !strings.Contains(err.Error(), "redis.log") {
		t.Errorf("failing: %v", err)
	}
}

// TestRunning finds the server that another process runs on a folder, and none where none runs.
func TestRunning(t *testing.T) {
	dir := t.TempDir()
	if url, ok := redisserver.Running(t.Context(), dir); ok {
		t.Errorf("a server in an empty folder: %s", url)
	}
	s := server(t, redisserver.Options{Dir: dir, Volatile: true})
	if url, ok := redisserver.Running(t.Context(), dir); !ok || url != s.URL {
		t.Errorf("%q, %v; want %q", url, ok, s.URL)
	}
}
