package main

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/handlers"
)

// Numbers of the lease: only one process of a district works its inbox and outbox at a time. Correctness does not hang
// on it, for every change is checked when it is committed; it saves the others the work.
const (
	leaseName  = "worker"
	leaseTTL   = 15 * time.Second
	leaseRenew = 5 * time.Second
)

// intake brings updates in: a poller, or nothing where a webhook does.
type intake func(ctx context.Context) error

// polling asks Telegram for updates.
func (a *app) polling() intake {
	p := &handlers.Poller{
		API: a.API, Token: a.Token, Client: a.HTTP, Store: a.store, Clock: a.Clock, Log: a.Log, Wake: a.dispatcher.Wake,
	}
	if a.Metrics != nil {
		p.Seen = a.Metrics.received
	}
	return p.Run
}

// Run works until ctx ends: in the order sender, lanes, jobs, intake, and it stops in the reverse order, so that what
// came in last is still dealt with and said.
func (a *app) Run(ctx context.Context, in intake) error {
	if err := a.announce(ctx); err != nil && ctx.Err() == nil {
		a.Log.WarnContext(ctx, "command menu not set", handlers.CallAttr(err))
	}
	for {
		if err := a.refresh(ctx); err != nil && ctx.Err() == nil {
			a.Log.ErrorContext(ctx, "changed tables not read", slog.Any("error", err))
		}
		again, err := a.runOnce(ctx, in)
		if !again || err != nil {
			return err
		}
		a.Log.InfoContext(ctx, "tables changed, put into force")
	}
}

// runOnce works until ctx ends or changed tables are to be put into force, for which nothing may be under way.
func (a *app) runOnce(ctx context.Context, in intake) (again bool, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	awaitReload := func(stage context.Context) error {
		select {
		case <-stage.Done():
		case <-a.reloads:
			again = true
			stop()
		}
		return nil
	}
	stages := []func(context.Context) error{
		a.sender.Run, a.announcing, a.answering, a.evidence.Run, a.exporting, a.dispatcher.Run, a.clockwork, awaitReload,
	}
	if in != nil {
		stages = append(stages, in)
	}
	err = runInOrder(ctx, stages)
	return again, err
}

// RunLeased is Run for a process that may have twins: it works while it holds the lease, and waits for it otherwise. The
// holder names the process among its twins, and is the same after a crash: then it goes on at once instead of waiting
// until its own lease has run out.
func (a *app) RunLeased(ctx context.Context, in intake, holder string) error {
	for {
		if !a.awaitLease(ctx, holder) {
			return nil
		}
		a.Log.InfoContext(ctx, "at work")
		work, stop := context.WithCancel(ctx)
		lost := make(chan struct{})
		go func() {
			a.keepLease(work, holder)
			close(lost)
			stop()
		}()
		err := a.Run(work, in)
		stop()
		<-lost
		if ctx.Err() != nil || err != nil {
			return errors.Join(err, a.dropLease(ctx, holder))
		}
		a.Log.WarnContext(ctx, "lease lost, waiting")
	}
}

// dropLease lets a twin begin at once.
func (a *app) dropLease(ctx context.Context, holder string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	return a.store.Release(ctx, leaseName, holder)
}

// holderAt names a process by its machine and the address that it listens on, of which there is one.
func holderAt(listen string) string {
	host, err := os.Hostname()
	if err != nil { // then it is a stranger after every start, and waits
		return rand.Text()
	}
	return host + " " + listen
}

// awaitLease returns true when the lease is ours, false when ctx ended first.
func (a *app) awaitLease(ctx context.Context, holder string) bool {
	for {
		held, err := a.store.Lease(ctx, leaseName, holder, leaseTTL, a.Clock())
		if err != nil && ctx.Err() == nil {
			a.Log.WarnContext(ctx, "store away", slog.Any("error", err))
		}
		if held {
			return true
		}
		if pause(ctx, time.Second) != nil {
			return false
		}
	}
}

// keepLease renews the lease and returns when somebody else has it. A store that is away for a while is not a reason to
// stop: nothing can be done without it, by anybody.
func (a *app) keepLease(ctx context.Context, holder string) {
	for pause(ctx, leaseRenew) == nil {
		held, err := a.store.Lease(ctx, leaseName, holder, leaseTTL, a.Clock())
		if err == nil && !held {
			return
		}
	}
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

// runInOrder starts the stages one after the other and, when ctx ends or one of them fails, stops them in reverse, each
// after the one before it has come to rest.
func runInOrder(ctx context.Context, stages []func(context.Context) error) error {
	type running struct {
		stop context.CancelFunc
		done chan struct{}
	}
	var (
		all    = make([]running, 0, len(stages))
		mu     sync.Mutex
		first  error
		failed = make(chan struct{})
		once   sync.Once
	)
	for _, stage := range stages {
		stageCtx, stop := context.WithCancel(context.WithoutCancel(ctx))
		r := running{stop: stop, done: make(chan struct{})}
		all = append(all, r)
		go func() {
			defer close(r.done)
			if err := stage(stageCtx); err != nil && stageCtx.Err() == nil {
				mu.Lock()
				first = errors.Join(first, err)
				mu.Unlock()
				once.Do(func() { close(failed) })
			}
		}()
	}
	select {
	case <-ctx.Done():
	case <-failed:
	}
	for i := len(all) - 1; i >= 0; i-- {
		all[i].stop()
		<-all[i].done
	}
	mu.Lock()
	defer mu.Unlock()
	return first
}
