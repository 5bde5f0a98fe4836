package main

import (
	"bufio"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redisserver"
	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/seeds"
)

// sealKeys seal the people of the bench, who do not exist.
const sealKeys = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// warehouse is a redis-server of the bench's own with our store on it.
type warehouse struct {
	dir      string
	server   *redisserver.Server
	client   *redis.Client
	store    *redisstore.Store
	district *seeds.District
	towns    []grid.Cell
	work     *casework.Work
	keys     *seal.Keyring
	serial   atomic.Int64 // of the reports made here
}

// newWarehouse starts a server that writes to disk each second, or always.
func (b *bench) newWarehouse(ctx context.Context, name string, always bool) (*warehouse, error) {
	b.warehouses++
	w := &warehouse{dir: filepath.Join(b.dir, name+strconv.Itoa(b.warehouses))}
	var err error
	w.server, err = redisserver.Start(ctx, redisserver.Options{Dir: w.dir, Always: always})
	if err != nil {
		return w, err
	}
	err = w.open(b.seeds, always)
	return w, err
}

func (w *warehouse) open(folder string, always bool) error {
	var err error
	if w.district, w.towns, err = loadDistrict(folder); err != nil {
		return err
	}
	if w.keys, err = seal.ParseKeys(sealKeys); err != nil {
		return err
	}
	w.work = casework.New(w.district.Tree, w.district.Calendar, w.district.Casework())
	w.client = newClient(w.server.URL, 256)
	w.store, err = redisstore.New(w.client, redisstore.Options{
		District: string(w.district.Code), Sealer: w.keys, NextStage: w.work.NextStage, Coalesce: always,
	})
	return err
}

// newClient is a plain client with a pool of its own.
func newClient(url string, pool int) *redis.Client {
	return redis.NewClient(&redis.Options{
		Network: "unix", Addr: strings.TrimPrefix(url, "unix://"), PoolSize: pool, MinIdleConns: min(pool, 64), DisableIdentity: true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	})
}

// close ends the server and removes what it kept.
func (w *warehouse) close() {
	if w == nil {
		return
	}
	if w.client != nil {
		_ = w.client.Close()
	}
	if w.server != nil {
		_ = w.server.Stop()
	}
	_ = os.RemoveAll(w.dir)
}

// figure reads one number that the server tells of itself.
func (w *warehouse) figure(ctx context.Context, part, name string) float64 {
	if w == nil {
		return 0
	}
	lines := bufio.NewScanner(strings.NewReader(w.client.Info(ctx, part).Val()))
	for lines.Scan() {
		if value, ok := strings.CutPrefix(lines.Text(), name+":"); ok {
			v, _ := strconv.ParseFloat(strings.TrimSpace(value), 64)
			return v
		}
	}
	return 0
}

// cpu is how long the server has computed.
func (w *warehouse) cpu(ctx context.Context) time.Duration {
	seconds := w.figure(ctx, "cpu", "used_cpu_user") + w.figure(ctx, "cpu", "used_cpu_sys")
	return time.Duration(seconds * float64(time.Second))
}

// appoint gives the district an admin and a desk, and every township an inspector, all on Telegram already. It returns
// their numbers there.
func (w *warehouse) appoint(ctx context.Context) ([]int64, error) {
	root := w.district.Tree.Root().Code
	since := time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC)
	change := ledger.Change{At: time.Now(), Roster: &ledger.RosterWrite{}}
	var users []int64
	add := func(id grid.OfficerID, role grid.Role, cell grid.CellCode) {
		user := int64(100 + len(users))
		who := w.person(user)
		users = append(users, user)
		change.People = append(change.People, ledger.Person{ID: who, User: user, Chat: user, Lang: "zh-CN"})
		change.Roster.Officers = append(change.Roster.Officers, grid.Officer{
			ID: id, Name: string(id), Person: who, Sample: true,
			Appointments: []grid.Appointment{{Role: role, Cell: cell, From: since}},
		})
	}
	add("admin", grid.Admin, root)
	add("desk", grid.Desk, root)
	for _, town := range w.towns {
		add(grid.OfficerID("inspector-"+string(town.Code)), grid.Inspector, town.Code)
	}
	_, err := w.store.Commit(ctx, change)
	return users, err
}

func (w *warehouse) person(user int64) grid.PersonID {
	return grid.PersonID(w.keys.Pseudonym("tg", user))
}

// fill stores n reports, each by a reporter of its own. As in life, nearly all of them are over: one in twenty is open.
func (w *warehouse) fill(ctx context.Context, n int) error {
	_, err := crowd(ctx, 64, int64(n), time.Hour, func() error {
		c, err := w.report(w.nextID(), time.Now())
		if err != nil {
			return err
		}
		if w.serial.Load()%20 != 0 {
			err = w.end(&c)
			if err != nil {
				return err
			}
		}
		c.Outbox = nil // whoever reported long ago has the answer
		_, err = w.store.Commit(ctx, c)
		return err
	})
	return err
}

// end lets the reporter take the report back in the same change.
func (w *warehouse) end(c *ledger.Change) error {
	write := &c.Cases[0]
	act := casework.Act{Action: casework.Withdraw, Person: write.After.Reporter, At: c.At}
	next, event, err := w.work.Apply(write.After, act, grid.NewRoster(1, nil), c.At)
	write.After, write.Events = next, append(write.Events, event)
	return err
}

// crowd calls do from some goroutines until it was called n times (0: without end) or the time is over, and tells how many
// calls succeeded.
func crowd(ctx context.Context, goroutines int, n int64, span time.Duration, do func() error) (int64, error) {
	var left, done atomic.Int64
	left.Store(n)
	deadline := time.Now().Add(span)
	errs := make([]error, goroutines)
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for ctx.Err() == nil && time.Now().Before(deadline) {
				if n > 0 && left.Add(-1) < 0 {
					return
				}
				if errs[g] = do(); errs[g] != nil {
					return
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	return done.Load(), errors.Join(append(errs, ctx.Err())...)
}

// discard empties a folder's server for the next measurement.
func (w *warehouse) discard(ctx context.Context) error { return w.client.FlushAll(ctx).Err() }
