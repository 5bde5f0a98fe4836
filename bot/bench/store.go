package main

import (
	"context"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// store measures G1, G2 and G12.
func (b *bench) store(ctx context.Context) error {
	everysec, err := b.newWarehouse(ctx, "s1", false)
	defer everysec.close()
	if err != nil {
		return err
	}
	always, err := b.newWarehouse(ctx, "s2", true)
	defer always.close()
	if err != nil {
		return err
	}
	if err := b.creating(ctx, everysec, "G1 create a case, everysec, 64 connections", 64, 1, ">= 0.95"); err != nil {
		return err
	}
	if err := b.creating(ctx, always, "G1 create a case, always, 256 writers", 256, 16, ">= 0.90"); err != nil {
		return err
	}
	if err := b.serverCost(ctx, everysec); err != nil {
		return err
	}
	return b.bytesPerCase(ctx, everysec)
}

// creating measures G1: cases created through our store beside the very same script sent by redis-benchmark.
func (b *bench) creating(ctx context.Context, w *warehouse, goal string, writers, pipeline int, want string) error {
	script, err := w.capture(ctx)
	if err != nil {
		return err
	}
	ours, theirs, cpu := make([]float64, 0, b.rounds), make([]float64, 0, b.rounds), make([]float64, 0, b.rounds)
	missing := ""
	for range b.rounds {
		self := cpuOf(pid())
		began := time.Now()
		n, err := crowd(ctx, writers, 0, b.window, w.create(ctx))
		if err != nil {
			return err
		}
		mine := rate(n, time.Since(began))
		ours, cpu = append(ours, mine), append(cpu, each(cpuOf(pid())-self, n))
		v, err := script.benchmark(ctx, w.server.Socket(), writers, pipeline, int(mine*b.window.Seconds()))
		if err != nil {
			missing = err.Error()
			break
		}
		theirs = append(theirs, v)
		if err := w.discard(ctx); err != nil {
			return err
		}
	}
	note := "same script and arguments; ours makes each change anew (JSON, hash), " + micros(median(cpu)) + " of our CPU each"
	if missing != "" {
		note = missing
	}
	how := "redis-benchmark "
	if len(theirs) > 0 {
		how += perSecond(median(theirs))
	}
	b.table.add(row{goal, perSecond(median(ours)), how, ratio(median(ours), median(theirs)), want, note})
	return nil
}

// create returns a function that stores one new report.
func (w *warehouse) create(ctx context.Context) func() error {
	return func() error {
		c, err := w.report(w.nextID(), time.Now())
		if err != nil {
			return err
		}
		_, err = w.store.Commit(ctx, c)
		return err
	}
}

// plainCase is the least that storing a case can be: a number, a hash, three indexes, a log entry, and a key by which a
// repetition is known.
var plainCase = redis.NewScript(`
if not redis.call('SET', KEYS[6], 1, 'NX', 'EX', 86400) then return 0 end
local n = redis.call('INCR', KEYS[1])
redis.call('HSET', KEYS[2] .. n, unpack(ARGV, 2))
for i = 3, 5 do redis.call('ZADD', KEYS[i], ARGV[1], n) end
redis.call('XADD', KEYS[7], 'MAXLEN', '~', 100000, '*', 'case', n)
return n`)

// plainly returns a function that stores one case by the plain script.
func plainly(ctx context.Context, client *redis.Client, serial *atomic.Int64) func() error {
	return func() error {
		i := serial.Add(1)
		keys := []string{"plain:seq", "plain:case:", "plain:a", "plain:b", "plain:c", "plain:once:" + strconv.FormatInt(i, 10), "plain:log"}
		args := []any{i * 7919 % 1000003}
		for f := range 10 {
			args = append(args, "field"+strconv.Itoa(f), "value"+strconv.FormatInt(i, 10))
		}
		args = append(args, "text", strings.Repeat("x", wordsSize), "file", strings.Repeat("f", fileSize))
		return plainCase.Run(ctx, client, keys, args...).Err()
	}
}

// serverCost measures G2: what one case costs Redis.
func (b *bench) serverCost(ctx context.Context, w *warehouse) error {
	const writers = 16
	ours, plain := make([]float64, 0, b.rounds), make([]float64, 0, b.rounds)
	var serial atomic.Int64
	measure := func(do func() error) (float64, error) {
		before := w.cpu(ctx)
		n, err := crowd(ctx, writers, 0, b.window, do)
		return each(w.cpu(ctx)-before, n), err
	}
	for range b.rounds {
		if err := w.discard(ctx); err != nil {
			return err
		}
		v, err := measure(w.create(ctx))
		if err != nil {
			return err
		}
		ours = append(ours, v)
		if v, err = measure(plainly(ctx, w.client, &serial)); err != nil {
			return err
		}
		plain = append(plain, v)
	}
	b.table.add(row{
		"G2 Redis CPU of creating a case", micros(median(ours)), micros(median(plain)), ratio(median(ours), median(plain)), "<= 0.75",
		"baseline: 12-field hash, 3 sorted sets, log, key; ours adds history, outbox message, 5 indexes, checks, digest figure",
	})
	return nil
}

// bytesPerCase measures G12.
func (b *bench) bytesPerCase(ctx context.Context, w *warehouse) error {
	cases := 20000
	if b.full {
		cases = 100000
	}
	var used float64
	measure := func(n int, do func() error) error {
		if err := w.discard(ctx); err != nil {
			return err
		}
		memory := w.figure(ctx, "memory", "used_memory")
		if _, err := crowd(ctx, 64, int64(n), time.Minute, do); err != nil {
			return err
		}
		used = (w.figure(ctx, "memory", "used_memory") - memory) / float64(n)
		return nil
	}
	var serial atomic.Int64
	if err := measure(cases, plainly(ctx, w.client, &serial)); err != nil {
		return err
	}
	plain := used
	if err := measure(cases, w.create(ctx)); err != nil {
		return err
	}
	whole := used
	history, outbox, err := w.apart(ctx, cases)
	if err != nil {
		return err
	}
	bare := whole - history
	b.table.add(row{
		"G12 bytes per case without its history", strconv.Itoa(int(bare)) + " B", strconv.Itoa(userBytes) + " B of the person's", ratio(bare, float64(userBytes)), "<= 3.2",
		strconv.Itoa(cases) + " cases; history " + strconv.Itoa(int(history)) + " B more; of it the confirmation in the outbox " + strconv.Itoa(int(outbox)) +
			" B, gone when sent; the plain script's case " + strconv.Itoa(int(plain)) + " B",
	})
	return nil
}

// apart measures what the history and the waiting confirmations take: it removes them and looks what became free.
func (w *warehouse) apart(ctx context.Context, cases int) (history, outbox float64, err error) {
	before := w.figure(ctx, "memory", "used_memory")
	streams, err := w.scan(ctx, "stream")
	if err != nil {
		return 0, 0, err
	}
	err = w.client.Del(ctx, streams...).Err()
	if err != nil {
		return 0, 0, err
	}
	after := w.figure(ctx, "memory", "used_memory")
	outbox = (before - after) / float64(cases)
	lists, err := w.scan(ctx, "list")
	if err != nil {
		return 0, 0, err
	}
	for _, key := range lists { // the first element is the case, the others are its history
		if err := w.client.LTrim(ctx, key, 0, 0).Err(); err != nil {
			return 0, 0, err
		}
	}
	return (after - w.figure(ctx, "memory", "used_memory")) / float64(cases), outbox, nil
}

// scan lists the keys of one type.
func (w *warehouse) scan(ctx context.Context, kind string) ([]string, error) {
	var keys []string
	it := w.client.ScanType(ctx, 0, "*", 1000, kind).Iterator()
	for it.Next(ctx) {
		keys = append(keys, it.Val())
	}
	return keys, it.Err()
}
