package redistest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/gridwarden/gridwarden/grid/redisstore/redisserver"
)

const (
	launches     = 5 // attempts: somebody else may take a port between our choice and the child
	nodeBudget   = 10 * time.Second
	pollInterval = 10 * time.Millisecond
)

// Node is a redis-server of one test, on a port of its own: a master, a replica, a Sentinel or part of a cluster. It ends
// with the test.
type Node struct {
	Host, Port string
	Bus        string        // port of a cluster's nodes among themselves
	Client     *redis.Client // to this very node
	cmd        *exec.Cmd
	exited     <-chan struct{}
}

// NewNode starts a redis-server that keeps nothing; settings are the lines of its configuration beyond port and directory.
// Where there is none, the test is skipped or fails like NewReal's.
func NewNode(tb testing.TB, settings ...string) *Node {
	tb.Helper()
	return launch(tb, nil, settings)
}

// NewSentinel starts a Sentinel.
func NewSentinel(tb testing.TB, settings ...string) *Node {
	tb.Helper()
	return launch(tb, []string{"--sentinel"}, settings)
}

func launch(tb testing.TB, flags, settings []string) *Node {
	tb.Helper()
	if !Real() {
		NewReal(tb) // skips or fails
	}
	for range launches {
		n := &Node{Host: "127.0.0.1", Port: freePort(tb), Bus: freePort(tb)}
		if n.start(tb, flags, settings) {
			tb.Cleanup(n.Kill)
			return n
		}
	}
	tb.Fatal("no redis-server comes up")
	return nil
}

// start tells whether the server answers.
func (n *Node) start(tb testing.TB, flags, settings []string) bool {
	tb.Helper()
	dir := tb.TempDir()
	config := fmt.Sprintf("bind %s\nport %s\ndir %q\nlogfile %q\nprotected-mode no\n", n.Host, n.Port, dir, filepath.Join(dir, "log"))
	if len(flags) == 0 {
		config += "save \"\"\nappendonly no\ncluster-port " + n.Bus + "\n"
	}
	config += strings.Join(settings, "\n") + "\n"
	file := filepath.Join(dir, "conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		tb.Fatal(err)
	}
	n.cmd = exec.Command("redis-server", append([]string{file}, flags...)...) //nolint:noctx,gosec // Kill ends it; our own arguments
	exited, err := redisserver.Launch(n.cmd)
	if err != nil {
		tb.Fatal(err)
	}
	n.exited = exited
	n.Client = redis.NewClient(&redis.Options{
		Addr: n.Addr(), DisableIdentity: true, MaxRetries: -1,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	})
	if n.answers() {
		return true
	}
	n.Kill()
	return false
}

// answers waits until the server does, and nobody else on its port, or is gone.
func (n *Node) answers() bool {
	own := fmt.Sprintf("process_id:%d\r", n.cmd.Process.Pid)
	for deadline := time.Now().Add(nodeBudget); time.Now().Before(deadline); {
		if strings.Contains(n.Client.Info(context.Background(), "server").Val(), own) {
			return true
		}
		select {
		case <-n.exited:
			return false
		case <-time.After(pollInterval):
		}
	}
	return false
}

// Addr is host:port.
func (n *Node) Addr() string { return net.JoinHostPort(n.Host, n.Port) }

// Kill ends the server as kill -9 does, and waits until it is gone.
func (n *Node) Kill() {
	_ = n.cmd.Process.Kill()
	<-n.exited
	_ = n.Client.Close()
}

// freePort is a port that nobody listens on now.
func freePort(tb testing.TB) string {
	tb.Helper()
	var config net.ListenConfig
	l, err := config.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// Until waits until the condition holds, at most budget; it fails the test otherwise.
func Until(tb testing.TB, budget time.Duration, what string, holds func() bool) {
	tb.Helper()
	for deadline := time.Now().Add(budget); !holds(); {
		if time.Now().After(deadline) {
			tb.Fatalf("%s: not within %v", what, budget)
		}
		<-time.After(pollInterval)
	}
}
