// Command bench prints the goals of docs/performance.md as ratios: our program beside bare baselines that do the least the
// same work could take, in the same run on the same machine. Nothing here passes or fails. `make bench` runs it; with
// -full it also fills the store with 100,000 cases. The baselines are sub-commands of this very program (echo, reference,
// intake), so that each runs as a process of its own whose CPU time can be read.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, context.Canceled) {
		_, _ = fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// baselines are the sub-commands that bench runs as processes of their own.
var baselines = map[string]func(ctx context.Context, args []string) error{
	"echo": echo, "reference": reference, "intake": intake,
}

// run runs a baseline, or the whole bench.
func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 {
		if baseline, ok := baselines[args[0]]; ok {
			return baseline(ctx, args[1:])
		}
	}
	b := &bench{out: out}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.BoolVar(&b.full, "full", false, "also measure with 100,000 stored cases (some minutes more)")
	flags.DurationVar(&b.window, "window", 1200*time.Millisecond, "length of each measurement")
	flags.IntVar(&b.rounds, "rounds", 3, "measurements of each side, taken in turns; the median counts")
	only := flags.String("only", "", "sections to run, separated by commas: "+strings.Join(sectionNames(), ", "))
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	return b.run(ctx, *only)
}

// bench is one run of everything.
type bench struct {
	out    io.Writer
	full   bool
	window time.Duration
	rounds int

	dir   string // for everything that this run keeps on disk
	self  string // this program, for the baselines
	bin   string // the program under test
	seeds string // the district's data, with Telegram's limits out of the way
	table table

	warehouses int // how many there were
}

// section measures one or more goals and adds their rows to the table.
type section struct {
	name    string
	measure func(b *bench, ctx context.Context) error
}

var sections = []section{
	{"store", (*bench).store},
	{"intake", (*bench).intake},
	{"echo", (*bench).echo},
	{"conversations", (*bench).conversations},
	{"broadcast", (*bench).broadcast},
	{"reminders", (*bench).reminders},
	{"point", (*bench).point},
	{"backlog", (*bench).backlog},
}

func sectionNames() []string {
	names := make([]string, len(sections))
	for i, s := range sections {
		names[i] = s.name
	}
	return names
}

// run prepares, measures section by section and prints the table. A section that fails is told and left out.
func (b *bench) run(ctx context.Context, only string) error {
	began := time.Now()
	wanted := strings.FieldsFunc(only, func(r rune) bool { return r == ',' })
	if len(wanted) == 0 {
		wanted = sectionNames()
	}
	for _, w := range wanted {
		if !slices.Contains(sectionNames(), w) {
			return fmt.Errorf("no section is called %q; there are: %s", w, strings.Join(sectionNames(), ", "))
		}
	}
	if err := b.prepare(ctx); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(b.dir) }()
	b.say("%s", machine())
	for _, s := range sections {
		if !slices.Contains(wanted, s.name) {
			continue
		}
		start := time.Now()
		if err := s.measure(b, ctx); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			b.say("%s: left out: %v", s.name, err)
			continue
		}
		b.say("%s: measured in %.0f s", s.name, time.Since(start).Seconds())
	}
	b.table.print(b.out)
	b.say("whole run: %.0f s", time.Since(began).Seconds())
	return nil
}

// say prints one line.
func (b *bench) say(format string, args ...any) { _, _ = fmt.Fprintf(b.out, format+"\n", args...) }

// prepare makes the folder and builds the program as an office would run it.
func (b *bench) prepare(ctx context.Context) error {
	var err error
	if b.dir, err = os.MkdirTemp("", "gwbench"); err != nil { // short: a unix socket's path has a limit
		return err
	}
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	b.bin = filepath.Join(b.dir, "gridwarden")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", b.bin, "github.com/gridwarden/gridwarden/bot") //nolint:gosec // fixed arguments
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	b.seeds, err = unlimitedSeeds(filepath.Join(b.dir, "seeds"))
	return err
}
