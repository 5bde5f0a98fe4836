package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// placeholder is what redis-benchmark replaces by twelve random digits; a case's id is as long.
const placeholder = "__rand_int__"

// command is one call of the commit script as our store sends it.
type command struct{ args []string }

// capture makes a report whose id is the placeholder and keeps the command that our store sends for it, so that
// redis-benchmark can send the same with other ids.
func (w *warehouse) capture(ctx context.Context) (command, error) {
	spy := &spy{}
	w.client.AddHook(spy)
	change, err := w.report(placeholder, time.Now())
	if err != nil {
		return command{}, err
	}
	if _, err := w.store.Commit(ctx, change); err != nil {
		return command{}, err
	}
	if len(spy.args) == 0 {
		return command{}, errors.New("the store sent no script")
	}
	return command{spy.args}, w.discard(ctx)
}

// spy keeps the first script call that passes.
type spy struct {
	once sync.Once
	args []string
}

// DialHook lets connections pass.
func (s *spy) DialHook(next redis.DialHook) redis.DialHook { return next }

// ProcessHook keeps the arguments of the first script call.
func (s *spy) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if cmd.Name() == "evalsha" {
			s.once.Do(func() {
				for _, a := range cmd.Args() {
					// What is sealed may hold zero bytes, which no command line takes; to the script it is all one.
					s.args = append(s.args, strings.ReplaceAll(fmt.Sprint(a), "\x00", "\x01"))
				}
			})
		}
		return next(ctx, cmd)
	}
}

// ProcessPipelineHook lets pipelines pass.
func (s *spy) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

var errNoBenchmark = errors.New("redis-benchmark is missing (Debian: redis-tools): no baseline")

// figures are the last fields of redis-benchmark's CSV: the rate and six latencies. The title before them holds our
// arguments, commas and line ends included.
var csvFigures = regexp.MustCompile(`"([\d.]+)","[\d.]+","[\d.]+","[\d.]+","[\d.]+","[\d.]+","[\d.]+"\s*$`)

// benchmark lets redis-benchmark send the command n times and returns its rate.
func (c command) benchmark(ctx context.Context, socket string, connections, pipeline, n int) (float64, error) {
	bin, err := exec.LookPath("redis-benchmark")
	if err != nil {
		return 0, errNoBenchmark
	}
	args := append([]string{
		"-s", socket, "-c", strconv.Itoa(connections), "-P", strconv.Itoa(pipeline), "-n", strconv.Itoa(n),
		"-r", "2000000000", "--csv",
	}, c.args...)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, bin, args...).Output() //nolint:gosec // found on PATH, our own arguments
	if err != nil {
		return 0, fmt.Errorf("redis-benchmark: %w", err)
	}
	m := csvFigures.FindSubmatch(out)
	if m == nil {
		return 0, errors.New("redis-benchmark: its answer cannot be read")
	}
	return strconv.ParseFloat(string(m[1]), 64)
}

// pid is our own process.
func pid() int { return os.Getpid() }
