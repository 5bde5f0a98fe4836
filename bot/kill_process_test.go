package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/redisstore/redisserver"
)

// buildProgram builds what an office would run.
func buildProgram(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "gridwarden")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", bin, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

// keeper starts a program again whenever it ends, as an init system does.
type keeper struct {
	bin       string
	args, env []string
	log       *os.File

	mu     sync.Mutex
	cmd    *exec.Cmd // what runs now
	ending bool
	kills  int
	exits  int   // how often it ended by itself, for want of Redis
	last   error // how it ended last
	done   chan struct{}
}

func newKeeper(t *testing.T, log, bin string, env []string, args ...string) *keeper {
	t.Helper()
	f, err := os.Create(log)
	if err != nil {
		t.Fatal(err)
	}
	k := &keeper{bin: bin, args: args, env: env, log: f, done: make(chan struct{})}
	go k.run()
	t.Cleanup(func() {
		_ = k.end(syscall.SIGKILL)
		_ = f.Close()
	})
	return k
}

func (k *keeper) run() {
	defer close(k.done)
	for {
		cmd := exec.Command(k.bin, k.args...) // end ends it
		cmd.Env, cmd.Stdout, cmd.Stderr = k.env, k.log, k.log
		k.mu.Lock()
		if k.ending {
			k.mu.Unlock()
			return
		}
		k.last = cmd.Start()
		k.cmd = cmd
		k.mu.Unlock()
		err := cmd.Wait()
		k.mu.Lock()
		k.last = err
		if ended := exitCode(err); ended >= 0 && !k.ending {
			k.exits++
		}
		k.mu.Unlock()
		time.Sleep(20 * time.Millisecond)
	}
}

// exitCode is what the program returned, -1 when a signal ended it.
func exitCode(err error) int {
	var e *exec.ExitError
	if errors.As(err, &e) {
		return e.ExitCode()
	}
	return 0
}

// kill ends the program as a power cut would; it starts again.
func (k *keeper) kill() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.cmd != nil && k.cmd.Process.Kill() == nil {
		k.kills++
	}
}

// end ends it for good and returns how it ended.
func (k *keeper) end(signal os.Signal) error {
	k.mu.Lock()
	k.ending = true
	if k.cmd != nil {
		_ = k.cmd.Process.Signal(signal)
	}
	k.mu.Unlock()
	<-k.done
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.last
}

// redisProcess is a redis-server of the test's own that can be killed.
type redisProcess struct {
	dir    string
	server *redisserver.Server
	kills  int
}

func newRedisProcess(t *testing.T) *redisProcess {
	t.Helper()
	dir, err := os.MkdirTemp("", "gwkill") //nolint:usetesting // short: a unix socket's path has a limit
	if err != nil {
		t.Fatal(err)
	}
	r := &redisProcess{dir: dir}
	t.Cleanup(func() {
		if r.server != nil {
			_ = r.server.Stop()
		}
		_ = os.RemoveAll(dir)
	})
	if err := r.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

// start starts it on what it wrote before. It writes to disk before it answers: with everysec, Redis may answer up to two
// seconds before it hands a change even to the kernel, while an fsync is under way, and a kill in that moment takes back
// what was confirmed.
func (r *redisProcess) start(ctx context.Context) error {
	var err error
	r.server, err = redisserver.Start(ctx, redisserver.Options{Dir: r.dir, Always: *killFsync == "always"})
	return err
}

// kill ends it as a power cut of the process would, leaves it away for a while, and starts it again.
func (r *redisProcess) kill(ctx context.Context, away time.Duration) error {
	pid, err := r.pid(ctx)
	if err != nil {
		return err
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		return err
	}
	r.kills++
	_ = r.server.Stop() // waits for its end; how it ended we know
	time.Sleep(away)
	return r.start(ctx)
}

// pid asks the server for the number of its process.
func (r *redisProcess) pid(ctx context.Context) (int, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "unix", strings.TrimPrefix(r.server.URL, "unix://"))
	if err != nil {
		return 0, err
	}
	defer func() { _ = c.Close() }()
	if _, err := c.Write([]byte("INFO server\r\n")); err != nil {
		return 0, err
	}
	lines := bufio.NewScanner(c)
	for lines.Scan() {
		if id, ok := strings.CutPrefix(lines.Text(), "process_id:"); ok {
			return strconv.Atoi(strings.TrimSpace(id))
		}
	}
	return 0, fmt.Errorf("redis does not tell its process: %w", lines.Err())
}

// freePort is a port of the loopback that nobody listens on now.
func freePort(t *testing.T) string {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// tail is the end of a log, for a failure.
func tail(file string, lines int) string {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	all := bytes.Split(bytes.TrimSpace(raw), []byte("\n"))
	return string(bytes.Join(all[max(0, len(all)-lines):], []byte("\n")))
}

// command is one run of the program, killed when ctx ends.
func command(ctx context.Context, bin string, env []string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, bin, args...)
	cmd.Env = env
	return cmd
}
