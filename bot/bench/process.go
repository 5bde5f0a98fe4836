package main

import (
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
	"syscall"
	"time"
)

// process is a child: the program under test or a baseline.
type process struct {
	cmd   *exec.Cmd
	began time.Time
	log   string
	done  chan struct{}
}

// spawn starts a child whose output goes to a file. It ends with end, or with ctx.
func (b *bench) spawn(ctx context.Context, name, bin string, env []string, args ...string) (*process, error) {
	log, err := os.Create(filepath.Join(b.dir, name+".log")) //nolint:gosec // the bench's own folder
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.CommandContext(ctx, bin, args...), log: log.Name(), done: make(chan struct{})}
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = append(os.Environ(), env...), log, log
	p.cmd.WaitDelay = time.Second
	p.began = time.Now()
	err = p.cmd.Start()
	_ = log.Close()
	if err != nil {
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait() // how it ended shows in its log
		close(p.done)
	}()
	return p, nil
}

// end stops the child, first politely.
func (p *process) end() {
	if p == nil {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	t := time.NewTimer(10 * time.Second)
	defer t.Stop()
	select {
	case <-p.done:
	case <-t.C:
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

// failed words why a child is not there any more.
func (p *process) failed() error {
	raw, _ := os.ReadFile(p.log)
	return fmt.Errorf("%s does not answer:\n%s", filepath.Base(p.cmd.Path), raw[max(0, len(raw)-2000):])
}

// ticks a second: USER_HZ, the unit of /proc/<pid>/stat, is 100 on every Linux that Go runs on.
const ticks = 100

// cpu is the time that the child has computed; 0 where the system has no /proc.
func (p *process) cpu() time.Duration { return cpuOf(p.cmd.Process.Pid) }

func cpuOf(pid int) time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, ok := bytes.Cut(raw[bytes.LastIndexByte(raw, ')')+1:], []byte(" "))
	fields := strings.Fields(string(rest))
	if !ok || len(fields) < 13 {
		return 0
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64) // utime, the 14th field of the file
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	if errors.Join(err1, err2) != nil {
		return 0
	}
	return time.Duration(user+system) * time.Second / ticks
}

// memory reads one figure of /proc/<pid>/status, VmRSS or VmHWM, in MiB.
func (p *process) memory(name string) float64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			kb, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 64)
			return kb / 1024
		}
	}
	return 0
}

// freePort is an address of the loopback on which nobody listens now.
func freePort(ctx context.Context) (string, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// wait waits for d; it fails when ctx ends first.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// until asks every few milliseconds whether something is so, for at most patience.
func until(ctx context.Context, patience time.Duration, so func() bool) error {
	for deadline := time.Now().Add(patience); !so(); {
		if time.Now().After(deadline) {
			return errors.New("waited too long")
		}
		if err := wait(ctx, 2*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}
