package redisstore

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	batchSize   = 64
	batchBudget = 10 * time.Second // for one batch, whoever waits for it
)

// coalescer sends commits that are made at the same time in one batch: while a batch is on its way, the next one gathers.
// With appendfsync always a batch costs one write to disk instead of one each. There is no goroutine of its own: the
// first of the waiting callers sends the batch for all, and then hands over to the first of the next.
type coalescer struct {
	mu      sync.Mutex
	busy    bool // somebody sends
	waiting []*call
}

// call is one commit that waits for its reply.
type call struct {
	keys  []string
	args  []any
	turn  chan struct{} // closed when this call is to send the next batch
	ready chan struct{} // closed when the reply is there
	reply []string
	err   error
}

// run sends the script with others' and returns its reply. When ctx ends first, the commit may still happen.
func (c *coalescer) run(ctx context.Context, client redis.UniversalClient, keys []string, args []any) ([]string, error) {
	me := &call{keys: keys, args: args, turn: make(chan struct{}), ready: make(chan struct{})}
	c.mu.Lock()
	c.waiting = append(c.waiting, me)
	if !c.busy {
		c.busy = true
		close(me.turn)
	}
	c.mu.Unlock()
	select {
	case <-me.ready:
		return me.reply, me.err
	case <-me.turn:
		c.send(ctx, client)
		return me.reply, me.err
	case <-ctx.Done():
		c.leave(me)
		return nil, ctx.Err()
	}
}

// send sends what waits, the caller's own commit first, and hands over.
func (c *coalescer) send(ctx context.Context, client redis.UniversalClient) {
	c.mu.Lock()
	n := min(len(c.waiting), batchSize)
	batch := c.waiting[:n:n]
	c.waiting = c.waiting[n:]
	c.mu.Unlock()

	defer c.handOver()
	defer func() {
		for _, x := range batch {
			close(x.ready)
		}
	}()
	if len(batch) == 1 {
		batch[0].run(ctx, client)
		return
	}
	// The others' commits must not fail because this caller gives up.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), batchBudget)
	defer cancel()
	pipeline(ctx, client, batch)
}

// pipeline sends several in one round trip. A server that does not know the script yet is told by running one alone.
func pipeline(ctx context.Context, client redis.UniversalClient, batch []*call) {
	replies := make([]*redis.Cmd, len(batch))
	_, _ = client.Pipelined(ctx, func(p redis.Pipeliner) error { // every command carries its own error
		for i, x := range batch {
			replies[i] = p.EvalSha(ctx, ledgerCommit.Hash(), x.keys, x.args...)
		}
		return nil
	})
	for i, x := range batch {
		if x.reply, x.err = replies[i].StringSlice(); redis.HasErrorPrefix(x.err, "NOSCRIPT") {
			x.run(ctx, client)
		}
	}
}

func (x *call) run(ctx context.Context, client redis.UniversalClient) {
	x.reply, x.err = ledgerCommit.Run(ctx, client, x.keys, x.args...).StringSlice()
}

// handOver lets the first of those who wait send the next batch.
func (c *coalescer) handOver() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy = len(c.waiting) > 0; c.busy {
		close(c.waiting[0].turn)
	}
}

// leave takes a call out of the line whose caller gave up. Was it chosen to send in this very moment, it passes that on.
func (c *coalescer) leave(me *call) {
	c.mu.Lock()
	for i, x := range c.waiting {
		if x == me {
			c.waiting = append(c.waiting[:i:i], c.waiting[i+1:]...)
			break
		}
	}
	chosen := false
	select {
	case <-me.turn:
		chosen = true
	default:
	}
	c.mu.Unlock()
	if chosen {
		c.handOver()
	}
}
