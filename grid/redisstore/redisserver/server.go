package redisserver

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Options of a server.
type Options struct {
	Dir       string // where the data, the log and the socket are kept; made when it does not exist
	Binary    string // redis-server; found on PATH when empty
	Volatile  bool   // nothing is kept: for tests
	Always    bool   // appendfsync always instead of everysec: no second is lost when the machine dies
	Databases int    // 0: 1
}

const (
	startBudget  = time.Minute      // loading a million cases takes some seconds
	stopBudget   = 20 * time.Second // writing out what is pending
	askBudget    = 5 * time.Second
	pollInterval = 5 * time.Millisecond
	socketName   = "redis.sock"
	lockName     = "lock"
	longestPath  = 100 // of a unix socket; the system's limit is 104 to 108
)

// Server is a running child. It ends with Stop, or with this process.
type Server struct {
	URL string // unix://…, for redisstore.Open

	socket string
	temp   string // where the socket is, when Dir is too long a path for one
	lock   *os.File
	cmd    *exec.Cmd
	exited <-chan struct{} // closed when the child is gone
	stop   sync.Once
	err    error
}

// Start runs a redis-server on Dir and returns when it has loaded its data and answers. Only one process may use a Dir:
// for the second one Start fails. A server that a killed predecessor left behind on the same Dir is ended first; a socket
// or lock left behind does no harm.
func Start(ctx context.Context, o Options) (*Server, error) {
	bin, err := find(o.Binary)
	if err != nil {
		return nil, err
	}
	if o.Dir, err = filepath.Abs(o.Dir); err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	s := &Server{}
	if err := s.prepare(ctx, o.Dir); err != nil {
		return nil, errors.Join(err, s.cleanUp())
	}
	if err := s.launch(bin, o); err != nil {
		return nil, errors.Join(err, s.cleanUp())
	}
	if err := s.ready(ctx, filepath.Join(o.Dir, "redis.log")); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// Installed tells whether there is a redis-server to start; its error says how to get one.
func Installed() error {
	_, err := find("")
	return err
}

// find looks for the program.
func find(bin string) (string, error) {
	if bin == "" {
		bin = "redis-server"
	}
	path, err := exec.LookPath(bin)
	if err != nil {
		return "", fmt.Errorf("redis-server is not installed: install it (Debian: apt install redis-server), "+
			"or give the address of a running Redis: %w", err)
	}
	return path, nil
}

// prepare locks the directory, chooses the socket and ends what a killed predecessor left running there.
func (s *Server) prepare(ctx context.Context, dir string) error {
	lock, err := os.OpenFile(filepath.Join(dir, lockName), os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator names the directory
	if err != nil {
		return fmt.Errorf("lock data directory: %w", err)
	}
	s.lock = lock
	if err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return fmt.Errorf("another process uses the data directory %s: %w", dir, err)
	}
	s.socket = filepath.Join(dir, socketName)
	if len(s.socket) > longestPath {
		if s.temp, err = os.MkdirTemp("", "gw-redis-"); err != nil {
			return fmt.Errorf("socket: %w", err)
		}
		s.socket = filepath.Join(s.temp, socketName)
	}
	s.URL = "unix://" + s.socket
	return s.endOrphan(ctx)
}

// endOrphan shuts down a server that answers on our socket although nobody holds the lock, and waits until it is gone.
func (s *Server) endOrphan(ctx context.Context) error {
	for s.ask(ctx, "SHUTDOWN") == nil {
		if err := pause(ctx, pollInterval); err != nil {
			return err
		}
	}
	if err := os.Remove(s.socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("old socket: %w", err)
	}
	return nil
}

func arguments(o Options, socket string) []string {
	args := []string{
		"--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--daemonize", "no",
		"--dir", o.Dir, "--logfile", filepath.Join(o.Dir, "redis.log"), "--save", "",
		"--databases", strconv.Itoa(max(o.Databases, 1)), "--hash-max-listpack-value", "512",
		"--maxmemory-policy", "noeviction",
	}
	if o.Volatile {
		return append(args, "--appendonly", "no")
	}
	fsync := "everysec"
	if o.Always {
		fsync = "always"
	}
	return append(args, "--appendonly", "yes", "--appendfsync", fsync)
}

// launch starts the child.
func (s *Server) launch(bin string, o Options) error {
	cmd := exec.Command(bin, arguments(o, s.socket)...) //nolint:noctx,gosec // Stop ends it, gracefully; the operator names the program
	cmd.Dir = o.Dir
	exited, err := Launch(cmd)
	if err != nil {
		return fmt.Errorf("start redis-server: %w", err)
	}
	s.cmd, s.exited = cmd, exited
	return nil
}

// ready waits until the data is loaded.
func (s *Server) ready(ctx context.Context, log string) error {
	ctx, cancel := context.WithTimeout(ctx, startBudget)
	defer cancel()
	for {
		err := s.ask(ctx, "PING")
		if err == nil {
			return nil
		}
		select {
		case <-s.exited:
			return fmt.Errorf("redis-server ended at once: see %s", log)
		default:
		}
		if waited := pause(ctx, pollInterval); waited != nil {
			return fmt.Errorf("redis-server does not answer (%w): see %s", err, log)
		}
	}
}

// Stop ends the server after it has written everything out. It may be called more than once.
func (s *Server) Stop() error {
	s.stop.Do(func() { s.err = errors.Join(s.end(), s.cleanUp()) })
	return s.err
}

func (s *Server) end() error {
	if s.cmd == nil {
		return nil
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop redis-server: %w", err)
	}
	timer := time.NewTimer(stopBudget)
	defer timer.Stop()
	select {
	case <-s.exited:
		return nil
	case <-timer.C:
		_ = s.cmd.Process.Kill()
		<-s.exited
		return fmt.Errorf("redis-server did not stop within %v and was killed", stopBudget)
	}
}

// cleanUp gives up the directory.
func (s *Server) cleanUp() error {
	var err error
	if s.lock != nil {
		err = s.lock.Close()
		s.lock = nil
	}
	if s.temp != "" {
		err = errors.Join(err, os.RemoveAll(s.temp))
	}
	return err
}

// ask sends one command without arguments. It fails when nobody listens or the answer is an error, as it is while the data
// is being loaded; a server that shuts down hangs up, which is an answer.
func (s *Server) ask(ctx context.Context, command string) error {
	var d net.Dialer
	c, err := d.DialContext(ctx, "unix", s.socket)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(askBudget)) // if it cannot be set, reading fails as well
	if _, err = c.Write([]byte(command + "\r\n")); err != nil {
		return err
	}
	answer, err := bufio.NewReader(c).ReadString('\n')
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	case strings.HasPrefix(answer, "-"):
		return errors.New(strings.TrimSpace(answer[1:]))
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Socket is the path of the unix socket.
func (s *Server) Socket() string { return s.socket }

// Running gives the address of the server that another process runs on dir, for whoever only wants to read there; false
// when none answers at once.
func Running(ctx context.Context, dir string) (url string, ok bool) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", false
	}
	s := &Server{socket: filepath.Join(dir, socketName)}
	if s.ask(ctx, "PING") != nil {
		return "", false
	}
	return "unix://" + s.socket, true
}
